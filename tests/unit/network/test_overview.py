"""What the measures mean: who is core, what is known, on whom ties rest, and when nobody is ranked."""

from register.network.carriers import Carrier, Met, Resting, carried_alone_by, carriers_of, lost_without, resting_on
from register.network.coverage import coverage
from register.network.graph import Network
from register.network.indexed import indexed
from register.network.measure_sentences import measure_sentences, silence, why_not_ranked
from register.network.overview import SORTS, TIE_SORTS, Overview, overview, sorted_rows
from register.network.worked_out import NOTHING, WorkedOut, work_out
from tests.fixtures.networks import network

RING = [(1, 2), (2, 3), (3, 1)]


def measured(net: Network, worked_out: WorkedOut | None = None, *met: Met) -> Overview:
    return overview(net, worked_out or work_out(indexed(net)), carriers_of(met))


def said(found: Overview) -> str:
    return " ".join(map(str, measure_sentences(found)))


def a_star(number: int, word: str = "strong") -> Network:
    """Organisation 1 works with all others, which say how they see it; it says nothing."""
    pairs = [(1, other) for other in range(2, number + 1)]
    return network(number, pairs, {(other, 1): word for _, other in pairs})


def test_the_core_is_the_innermost_ring_and_the_edge_has_one_partner() -> None:
    found = measured(network(5, [*RING, (3, 4)]))

    assert {row.node.id: row.place for row in found.standings} == {
        1: "core", 2: "core", 3: "core", 4: "edge", 5: "alone",
    }  # fmt: skip
    assert "The core is 3 organisations, each with 2 or more relationships within it" in said(found)
    assert "1 organisation stands at the edge." in said(found)


def test_where_nobody_has_a_ring_of_partners_there_is_no_core() -> None:
    assert measured(network(3, [(1, 2), (2, 3)])).core == ()


def test_what_is_known_from_one_side_is_told_from_what_is_known_from_both() -> None:
    known = coverage(network(4, [(1, 2), (2, 3), (3, 4)], {(1, 2): "strong", (2, 1): "weak", (2, 3): "sound"}))

    assert (known.ties, known.known, known.both_ways) == (3, 2, 1)
    assert known.reciprocity == 0.5
    assert coverage(network(2, [(1, 2)])).reciprocity is None


def test_nobody_is_ranked_in_a_handful_or_where_little_is_known() -> None:
    assert "among fewer than 10 organisations" in str(why_not_ranked(measured(a_star(9))))
    assert "is known of 0 in 100 relationships, and a ranking needs 50" in str(
        why_not_ranked(measured(a_star(12, "not known")))
    )
    assert why_not_ranked(measured(a_star(12))) is None


def test_a_broker_is_named_only_where_organisations_may_be_ranked() -> None:
    assert "Organisation 1 stands between most of the others." in said(measured(a_star(12)))
    assert "stands between" not in said(measured(a_star(12, "not known")))


def test_a_broker_with_weak_relationships_is_pointed_out() -> None:
    assert "depends on weak relationships of Organisation 1" in said(measured(a_star(12, "weak")))


def test_a_central_organisation_that_never_says_how_it_sees_the_others_is_warned_of() -> None:
    found = measured(a_star(12))

    assert found.silent == (1,)
    assert str(silence(found)).startswith("Organisation 1 is central, and we know of nobody how they see them.")
    assert silence(measured(network(2, [(1, 2)], {(1, 2): "weak", (2, 1): "weak"}))) is None


def test_ties_are_counted_by_the_pairs_of_people_who_carry_them() -> None:
    met = (Met(1, 2, 70, 80), Met(2, 1, 70, 81), Met(2, 3, 70, 81))
    found = measured(network(4, [(1, 2), (2, 3), (3, 4)]), None, *met)

    assert dict(found.pairs) == {(1, 2): 2, (2, 3): 1, (3, 4): 0}
    assert "None of 1 relationship rests on one officer" in said(
        measured(network(2, [(1, 2)]), None, Met(1, 2, 7, 8), Met(1, 2, 7, 9))
    )
    assert "1 of 3 relationships rests on one officer and one contact; of 1 nobody who met" in said(found)


def test_a_tie_rests_on_whoever_is_alone_on_a_side() -> None:
    carriers = carriers_of([Met(1, 2, 70, 80), Met(1, 2, 70, 81), Met(1, 3, 71, 82)])

    assert resting_on(carriers[1, 2]) == Resting(70, None)
    assert resting_on(frozenset({Carrier(1, 2)})) == Resting(1, 2)
    assert carried_alone_by(carriers, officer_id=70) == {(1, 2)}
    assert carried_alone_by(carriers, contact_id=82) == {(1, 3)}
    assert carried_alone_by(carriers, contact_id=80) == set()
    assert lost_without(carriers, carriers_of([Met(1, 2, 70, 80)])) == {(1, 3)}


def test_parts_links_and_single_points_are_said() -> None:
    found = measured(network(7, [(1, 2), (2, 3), (4, 5), (5, 6), (6, 4)]))

    assert "They are in 2 separate parts; the largest has 3 organisations." in said(found)
    assert "Somebody would be cut off if one organisation left: Organisation 2." in said(found)
    assert "2 relationships are each the only link between their two sides" in said(found)
    assert "Organisation 7 has no live relationship." in said(found)
    assert "Nobody would be cut off if any one organisation left." in said(measured(network(3, RING)))


def test_communities_are_numbered_largest_first_and_named_by_their_most_tied() -> None:
    pairs = [*RING, (3, 4), (1, 4), (4, 5), (5, 6), (6, 7), (7, 5)]
    found = measured(network(7, pairs))

    assert found.community_of == {1: 1, 2: 1, 3: 1, 4: 1, 5: 2, 6: 2, 7: 2}
    assert "They fall into 2 groups" in said(found)


def test_a_network_without_ties_has_nothing_to_measure() -> None:
    for number in (0, 1, 5):
        assert said(measured(network(number, []))) == (
            "No two organisations work together here, so there is nothing to measure."
        )


def test_what_is_not_worked_out_yet_is_left_open() -> None:
    found = measured(network(3, RING), NOTHING)

    assert {row.between for row in found.standings} == {None}
    assert {row.community for row in found.standings} == {None}
    assert "between most" not in said(found)


def test_rows_sort_both_ways_and_a_sort_that_there_is_not_leaves_them() -> None:
    found = measured(network(5, [*RING, (3, 4)], {(3, 4): "weak"}), None, Met(1, 2, 7, 8))

    assert [row.node.id for row in sorted_rows(found.standings, "-degree", SORTS)][:2] == [3, 1]
    assert [row.node.id for row in sorted_rows(found.standings, "nonsense", SORTS)] == [1, 2, 3, 4, 5]
    for key in SORTS:
        assert len(sorted_rows(found.standings, key, SORTS)) == 5
    for key in TIE_SORTS:
        assert len(sorted_rows(found.ties, key, TIE_SORTS)) == 4
    assert sorted_rows(found.ties, "-standing", TIE_SORTS)[-1].tie.word == "weak"
