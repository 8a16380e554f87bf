"""One set of facts: ties, their words and their surroundings."""

import pytest

from register.network.graph import Network, around, build, only, weakest
from tests.fixtures.networks import network, node, view


def test_a_tie_is_named_after_the_side_that_sees_it_worse() -> None:
    net = network(2, [(1, 2)], {(1, 2): "sound", (2, 1): "weak"})

    assert net.ties[0].word == "weak"


def test_a_side_that_is_not_known_does_not_spoil_the_word_of_the_other() -> None:
    net = network(2, [(1, 2)], {(1, 2): "sound", (2, 1): "not known"})

    assert net.ties[0].word == "sound"
    assert net.ties[0].one_way_known is True


@pytest.mark.parametrize("words", [{}, {(1, 2): "not known"}, {(1, 2): "not known", (2, 1): "not known"}])
def test_a_tie_is_not_known_when_neither_side_is(words: dict[tuple[int, int], str]) -> None:
    net = network(2, [(1, 2)], words)

    assert net.ties[0].word == "not known"
    assert net.ties[0].one_way_known is None


def test_directions_differ_only_when_both_are_known_and_say_different_words() -> None:
    def differ(one: str, other: str) -> bool:
        return network(2, [(1, 2)], {(1, 2): one, (2, 1): other}).ties[0].directions_differ

    assert differ("strong", "weak")
    assert not differ("strong", "strong")
    assert not differ("strong", "not known")


def test_of_views_in_several_partnerships_the_weakest_known_one_counts() -> None:
    strong, mixed = view(1, 2, "strong", partnership=1), view(1, 2, "mixed", partnership=2)
    unknown = view(1, 2, "not known", partnership=3)

    assert weakest([strong, unknown, mixed]) == mixed
    assert weakest([unknown]) == unknown
    assert weakest([]) is None


def test_of_two_views_with_one_word_the_lower_figure_counts() -> None:
    higher, lower = view(1, 2, "sound", 0.75), view(1, 2, "sound", 0.65, partnership=2)

    assert weakest([higher, lower]) == lower
    assert weakest([lower, higher]) == lower


def test_more_trust_and_more_evidence_both_make_a_tie_stronger() -> None:
    def strength(word: str) -> float:
        return network(2, [(1, 2)], {(1, 2): word}).ties[0].strength

    assert strength("strong") > strength("mixed") > strength("not known") > 0
    assert network(2, [(1, 2)]).ties[0].strength == 0


def test_a_pair_named_in_both_orders_is_one_tie_with_all_its_partnerships() -> None:
    net = build([node(1), node(2)], {(2, 1): [7], (1, 2): [3, 7]})

    assert [(tie.a, tie.b, tie.partnerships) for tie in net.ties] == [(1, 2, (3, 7))]


def test_an_organisation_has_no_tie_with_itself() -> None:
    net = build([node(1), node(2)], {(1, 1): [1]}, [view(1, 1, "weak")])

    assert net.ties == ()


def test_a_pair_with_an_organisation_that_is_not_shown_makes_no_tie() -> None:
    assert build([node(1)], {(1, 99): [1]}).ties == ()


def test_surroundings_reach_as_many_steps_as_asked() -> None:
    chain = network(5, [(1, 2), (2, 3), (3, 4), (4, 5)])

    assert [one.id for one in around(chain, 1, 1).nodes] == [1, 2]
    assert [one.id for one in around(chain, 1, 2).nodes] == [1, 2, 3]
    assert around(chain, 99) == Network((), ())


def test_a_part_keeps_only_the_ties_among_its_organisations() -> None:
    part = only(network(3, [(1, 2), (2, 3)]), [2, 3, 99])

    assert [(tie.a, tie.b) for tie in part.ties] == [(2, 3)]


def test_the_far_end_of_a_tie_is_found_from_either_end() -> None:
    tie = network(2, [(1, 2)]).ties[0]

    assert (tie.other(1), tie.other(2)) == (2, 1)
