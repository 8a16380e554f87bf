"""The measures are those of networkx, and say who would be cut off."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.network.graph import Network, Tie
from register.network.measures import articulation_points, betweenness, bridges, density, measure
from register.network.pieces import cut_off
from tests.fixtures.networks import network


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Random networks of up to 14 organisations, self-loops and doubled pairs among what is asked for."""
    number = draw(st.integers(0, 14))
    if number == 0:
        return network(0, [])
    ends = st.integers(1, number)
    return network(number, draw(st.lists(st.tuples(ends, ends), max_size=30)))


def as_networkx(net: Network, renumbered: Callable[[int], int] = int) -> "nx.Graph":
    graph = nx.Graph()
    graph.add_nodes_from(renumbered(node.id) for node in net.nodes)
    graph.add_edges_from((renumbered(tie.a), renumbered(tie.b)) for tie in net.ties)
    return graph


@given(networks())
def test_measures_equal_those_of_networkx(net: Network) -> None:
    found, graph = measure(net), as_networkx(net)

    assert found.degree == dict(graph.degree())
    assert found.betweenness == pytest.approx(nx.betweenness_centrality(graph))
    assert set(found.articulation_points) == set(nx.articulation_points(graph))
    assert set(found.bridges) == {(min(pair), max(pair)) for pair in nx.bridges(graph)}
    assert set(found.isolates) == set(nx.isolates(graph))
    assert {frozenset(part) for part in found.components} == set(map(frozenset, nx.connected_components(graph)))
    assert found.density == pytest.approx(nx.density(graph))


@given(networks())
def test_each_measure_asked_for_alone_is_the_same(net: Network) -> None:
    found = measure(net)

    assert betweenness(net) == pytest.approx(found.betweenness)
    assert bridges(net) == found.bridges
    assert articulation_points(net) == set(found.articulation_points)


@given(networks(), st.sampled_from([lambda one: one, lambda one: -one, lambda one: one * 10**9]), st.booleans())
def test_articulation_points_do_not_depend_on_how_organisations_are_numbered(
    net: Network, renumbered: Callable[[int], int], are_doubled: bool
) -> None:
    nodes = tuple(replace(node, id=renumbered(node.id)) for node in net.nodes)
    loops = tuple(Tie(node.id, node.id, (), None, None) for node in nodes[:1])
    ties = (*(replace(tie, a=renumbered(tie.a), b=renumbered(tie.b)) for tie in net.ties), *loops)
    again = Network(nodes, ties * (2 if are_doubled else 1))

    assert articulation_points(again) == {renumbered(one) for one in articulation_points(net)}
    assert articulation_points(again) == set(nx.articulation_points(as_networkx(net, renumbered)))


@given(networks())
def test_who_is_cut_off_is_all_but_the_largest_piece_left_when_one_is_taken_away(net: Network) -> None:
    graph = as_networkx(net)
    expected = {}
    for point in nx.articulation_points(graph):
        part = nx.node_connected_component(graph, point) - {point}
        pieces = [tuple(sorted(piece)) for piece in nx.connected_components(graph.subgraph(part))]
        expected[point] = tuple(sorted(pieces, key=lambda piece: (-len(piece), piece))[1:])

    assert cut_off(net) == expected


def test_a_chain_hangs_on_each_of_its_inner_links() -> None:
    found = measure(network(4, [(1, 2), (2, 3), (3, 4)]))

    assert found.cut_off == {2: ((1,),), 3: ((4,),)}
    assert found.bridges == ((1, 2), (2, 3), (3, 4))


def test_without_the_centre_of_a_star_all_but_one_are_cut_off_one_by_one() -> None:
    assert cut_off(network(4, [(2, 1), (2, 3), (2, 4)])) == {2: ((3,), (4,))}


def test_a_ring_hangs_on_nobody() -> None:
    found = measure(network(4, [(1, 2), (2, 3), (3, 4), (4, 1)]))

    assert (found.cut_off, found.bridges) == ({}, ())


def test_a_chain_longer_than_python_calls_go_deep_is_walked() -> None:
    number = 3000
    found = cut_off(network(number, [(at, at + 1) for at in range(1, number)]))

    assert len(found) == number - 2
    assert found[10] == (tuple(range(1, 10)),)


@pytest.mark.parametrize("number", [0, 1])
def test_an_empty_network_and_a_single_organisation_are_measured(number: int) -> None:
    found = measure(network(number, []))

    assert found.density == 0
    assert found.isolates == tuple(range(1, number + 1))
    assert found.bridges == ()


def test_density_is_the_share_of_possible_ties() -> None:
    assert density(4, 3) == 0.5
    assert density(2, 1) == 1


def test_loading_the_measures_loads_neither_networkx_nor_rustworkx_nor_pyvis() -> None:
    program = (
        "import sys; import register.network.measures, register.network.layout, register.network.drawing, "
        "register.network.sentences; "
        "print(sorted({'networkx', 'rustworkx', 'pyvis', 'IPython', 'numpy', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
