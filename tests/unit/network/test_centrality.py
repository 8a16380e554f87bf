"""Betweenness, closeness, cores and communities are those of networkx, whichever way they are worked out."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.network import centrality
from register.network.centrality import Centrality
from register.network.communities import SEED, communities
from register.network.indexed import Indexed, indexed
from register.network.measures import measure
from register.network.worked_out import as_text, from_text, work_out
from tests.fixtures.networks import network

WAYS = (centrality._by_rustworkx, centrality._by_blocks)


@st.composite
def graphs(draw: st.DrawFn) -> Indexed:
    """Random networks of up to 40 organisations: empty, of one, in parts, self-loops among what is asked for."""
    number = draw(st.integers(0, 40))
    ends = st.integers(1, max(number, 1))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=80)) if number else []
    return indexed(network(number, pairs))


def like(found: Centrality | None, graph: "nx.Graph") -> bool:
    assert found is not None
    between, close = nx.betweenness_centrality(graph), nx.closeness_centrality(graph)
    return found.betweenness == pytest.approx(list(between.values())) and found.closeness == pytest.approx(
        list(close.values())
    )


@given(graphs())
def test_each_way_gives_the_numbers_of_networkx(found: Indexed) -> None:
    graph = found.as_networkx()

    assert all(like(way(found), graph) for way in WAYS)


@given(graphs())
def test_cores_are_those_of_networkx(found: Indexed) -> None:
    net = network(len(found.ids), [found.pair_of_ids(pair) for pair in found.pairs])
    levels = nx.core_number(found.as_networkx())

    assert measure(net).core == {found.ids[at]: level for at, level in levels.items()}


@given(graphs())
def test_communities_are_those_of_networkx_with_the_same_seed(found: Indexed) -> None:
    expected = nx.community.louvain_communities(found.as_networkx(), seed=SEED) if found.pairs else []
    groups = {frozenset(found.ids[at] for at in group) for group in expected if len(group) > 1}

    assert set(map(frozenset, communities(found))) == groups
    assert communities(found) == communities(found)


def test_a_new_name_moves_nobody_to_another_group() -> None:
    graph = nx.gnm_random_graph(60, 110, seed=5)
    found = indexed(network(60, [(one + 1, other + 1) for one, other in graph.edges]))
    turned = Indexed(found.ids[::-1], [(59 - one, 59 - other) for one, other in reversed(found.pairs)])

    assert turned.fingerprint == found.fingerprint
    assert communities(turned) == communities(found)


@given(graphs())
def test_what_is_kept_is_read_back_number_for_number(found: Indexed) -> None:
    worked_out = work_out(found)

    assert from_text(as_text(worked_out)) == worked_out


def test_a_network_of_several_blocks_is_walked_whole() -> None:
    graph = nx.gnm_random_graph(centrality.SMALLEST_BLOCKED + 70, 500, seed=3)
    found = indexed(network(len(graph), [(one + 1, other + 1) for one, other in graph.edges]))

    assert like(centrality.centrality(found), graph)


def test_a_chain_too_long_for_blocks_is_walked_by_rustworkx() -> None:
    number = centrality.SMALLEST_BLOCKED + 1
    chain = indexed(network(number, [(at, at + 1) for at in range(1, number)]))

    assert centrality._by_blocks(chain) is None
    assert like(centrality.centrality(chain), chain.as_networkx())


def test_the_fingerprint_tells_networks_apart_and_not_their_order_or_names() -> None:
    one = indexed(network(4, [(1, 2), (2, 3)]))

    assert one.fingerprint == indexed(network(4, [(3, 2), (2, 1)], names={1: "Renamed"})).fingerprint
    others = [network(4, [(1, 2)]), network(3, [(1, 2), (2, 3)]), network(5, [(1, 2), (2, 3)]), network(0, [])]
    assert len({one.fingerprint, *(indexed(other).fingerprint for other in others)}) == 5
