"""What is left of a network when the reader asks for a part of it."""

from register.network.graph import Network, Node, build
from register.network.narrowing import Filters, narrowed, without_isolates
from tests.fixtures.networks import network, node, view


def town() -> Network:
    """A council (1), a charity (2) and a company (3), all tied; a charity (4) and a council (5) alone."""
    nodes = [
        node(1),
        node(2, sector="voluntary"),
        node(3, sector="private"),
        node(4, sector="voluntary"),
        node(5),
    ]
    views = [view(1, 2, "weak"), view(1, 3, "strong")]
    return build(nodes, {(1, 2): [1], (1, 3): [1], (2, 3): [1]}, views)


def shown(filters: Filters) -> tuple[set[int], set[tuple[int, int]]]:
    left = narrowed(town(), filters)
    return {one.id for one in left.nodes}, {(tie.a, tie.b) for tie in left.ties}


def test_nothing_asked_leaves_everything() -> None:
    assert not Filters().is_narrowing
    assert narrowed(town(), Filters()) == town()


def test_a_standing_leaves_its_ties_and_their_ends() -> None:
    assert shown(Filters(standing="weak")) == ({1, 2}, {(1, 2)})


def test_a_sector_leaves_its_organisations_whom_they_work_with_and_its_own_isolates() -> None:
    assert shown(Filters(sector="voluntary")) == ({1, 2, 3, 4}, {(1, 2), (2, 3)})


def test_a_sector_and_a_standing_hold_together() -> None:
    assert shown(Filters(sector="private", standing="strong")) == ({1, 3}, {(1, 3)})


def test_surroundings_keep_their_centre_even_without_a_tie() -> None:
    assert shown(Filters(around=5)) == ({5}, set())
    assert shown(Filters(around=2)) == ({1, 2, 3}, {(1, 2), (1, 3), (2, 3)})


def test_a_kind_has_no_isolates_for_the_database_has_narrowed_it_already() -> None:
    assert shown(Filters(kind="multi_agency"))[0] == {1, 2, 3}


def test_a_place_is_found_however_it_is_written_and_no_place_can_be_asked_for() -> None:
    nodes = [Node(1, "One", "", "public", "council", place="Ferncote"), node(2), node(3)]
    town = build(nodes, {(1, 2): [1], (2, 3): [1]})

    assert {one.id for one in narrowed(town, Filters(place="FERNCOTE")).nodes} == {1, 2}
    assert {one.id for one in narrowed(town, Filters(place="none")).nodes} == {1, 2, 3}
    assert {(tie.a, tie.b) for tie in narrowed(town, Filters(sector="private", place="Ferncote")).ties} == set()


def test_isolates_can_be_left_out() -> None:
    assert [one.id for one in without_isolates(network(3, [(1, 3)])).nodes] == [1, 3]
