"""A network too large to draw falls into groups, the same ones each time, down to what can be drawn."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from register.network.graph import Network
from register.network.grouping import LARGEST_DRAWN, MOST_GROUPS, Grouped, grouped, joined, within
from register.network.parting import communities, parts
from tests.fixtures.networks import network


def cliques(*sizes: int, bridge: bool = True) -> Network:
    """Groups in which everybody is tied to everybody, each tied to the next by its first member."""
    pairs, first, firsts = [], 1, []
    for size in sizes:
        firsts.append(first)
        ids = range(first, first + size)
        pairs += [(one, other) for one in ids for other in ids if one < other]
        first += size
    pairs += list(itertools.pairwise(firsts)) if bridge else []
    return network(first - 1, pairs, {(firsts[0], firsts[0] + 1): "weak"})


def members(found: Grouped) -> list[tuple[int, ...]]:
    return [group.members for group in found.groups]


def test_a_group_is_called_after_its_most_tied_organisation_and_says_how_many_it_is() -> None:
    found = grouped(cliques(5, 4), {})

    assert members(found) == [(1, 2, 3, 4, 5), (6, 7, 8, 9)]
    assert [group.name for group in found.groups] == ["Organisation 1 and 4 others", "Organisation 6 and 3 others"]


def test_links_and_groups_count_their_ties_by_word() -> None:
    found = grouped(cliques(3, 3), {})

    assert [(link.one, link.other, link.words) for link in found.links] == [(0, 1, {"not known": 1})]
    assert found.words == ({"weak": 1, "not known": 3}, {"not known": 4})


def test_the_same_network_falls_into_the_same_groups() -> None:
    net = cliques(7, 5, 6, 4)

    assert grouped(net, {}) == grouped(net, {})


def test_what_was_found_before_stays_and_newcomers_join_whom_they_are_tied_to() -> None:
    net = cliques(4, 4)
    found = grouped(net, {1: 9, 2: 9, 5: 9, 6: 3})

    assert members(found) == [(6, 7, 8), (1, 2, 3, 4, 5)] or members(found) == [(1, 2, 3, 4, 5), (6, 7, 8)]
    assert joined(net, {})  == {}


def test_the_smallest_groups_are_drawn_together_and_can_be_looked_into() -> None:
    net = cliques(*[3] * (MOST_GROUPS + 10), bridge=False)
    found = grouped(net, {})
    rest = within(net, ["rest"], {})

    assert len(found.groups) == MOST_GROUPS
    assert found.groups[-1].is_rest
    assert found.groups[-1].name == "33 in smaller groups"
    assert rest is not None
    assert len(rest.nodes) == 33


def test_an_address_names_a_group_by_any_of_its_members() -> None:
    net = cliques(5, 4)

    assert within(net, ["7"], {}) == within(net, ["9"], {})
    assert [node.id for node in (within(net, ["7"], {}) or net).nodes] == [6, 7, 8, 9]


def test_no_such_group_is_none() -> None:
    net = cliques(3, 3)

    assert [within(net, [key], {}) for key in ("99", "rest", "-1", "", "²", "one")] == [None] * 6


def test_a_thousand_around_one_are_cut_until_they_can_be_drawn() -> None:
    star = network(LARGEST_DRAWN + 100, [(1, other) for other in range(2, LARGEST_DRAWN + 101)])
    found = grouped(star, dict.fromkeys(range(1, LARGEST_DRAWN + 101), 1))

    assert [len(group.members) for group in found.groups] == [LARGEST_DRAWN, 100]


def test_nobody_falls_into_no_group() -> None:
    assert grouped(network(0, []), {}) == Grouped((), (), ())


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 30),
    st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), max_size=60),
    st.dictionaries(st.integers(1, 40), st.integers(1, 4)),
)
def test_everybody_is_in_one_group_and_every_tie_is_counted(
    number: int, pairs: list[tuple[int, int]], known: dict[int, int]
) -> None:
    net = network(number, pairs)
    found = grouped(net, known)
    inside = parts(net, [group.members for group in found.groups])

    assert sorted(one for group in found.groups for one in group.members) == list(range(1, number + 1))
    assert sum(link.ties for link in found.links) + sum(len(part.ties) for part in inside) == len(net.ties)
    assert sorted(one for ids in communities(net) for one in ids) == list(range(1, number + 1))
