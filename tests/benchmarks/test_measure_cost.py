"""What the network's measures and layout cost beside networkx alone, at 2,000 organisations and 5,000 relationships.

Run with `pytest -m benchmark tests/benchmarks/test_measure_cost.py -s`. Nothing here asserts a time: machines differ,
ratios speak. Times are CPU of the whole process, best of some rounds, and so count every thread that was used; the
wall clock stands beside them. Both sides begin with the same `Network`, so that what each needs to be made of it
(a graph of networkx, pairs of indices) is counted, and once more with that ready.
"""

import random
import time
from collections.abc import Callable
from typing import NamedTuple

import networkx as nx
import pytest
import rustworkx

from register.network.centrality import centrality
from register.network.communities import communities
from register.network.graph import Network
from register.network.indexed import Indexed, indexed
from register.network.layout import positions
from register.network.measures import articulation_points, measure
from register.network.pieces import cut_off
from tests.fixtures.networks import network

pytestmark = pytest.mark.benchmark

ORGANISATIONS, RELATIONSHIPS = 2_000, 5_000


class Cost(NamedTuple):
    """Milliseconds of CPU and of the wall clock."""

    cpu: float
    wall: float


def even() -> Network:
    """Ties spread evenly: the hardest shape, with the longest ways."""
    graph = nx.gnm_random_graph(ORGANISATIONS, RELATIONSHIPS, seed=1)
    return network(ORGANISATIONS, [(one + 1, other + 1) for one, other in graph.edges])


def partnerships() -> Network:
    """Ties made by partnerships of two to five, a few organisations in many of them, as registers have them."""
    chance, pairs = random.Random(1), set[tuple[int, int]]()
    busy = [1 + int(chance.paretovariate(0.9)) % ORGANISATIONS for _ in range(4 * ORGANISATIONS)]
    while len(pairs) < RELATIONSHIPS:
        bodies = {chance.choice(busy), *(1 + chance.randrange(ORGANISATIONS) for _ in range(chance.randint(1, 4)))}
        pairs |= {(one, other) for one in bodies for other in bodies if one < other}
    return network(ORGANISATIONS, sorted(pairs)[:RELATIONSHIPS])


def as_networkx(net: Network) -> "nx.Graph":
    graph = nx.Graph()
    graph.add_nodes_from(node.id for node in net.nodes)
    graph.add_edges_from((tie.a, tie.b) for tie in net.ties)
    return graph


def cost(work: Callable[[], object], rounds: int) -> Cost:
    """Return the least that a piece of work took."""
    cpu, wall = [], []
    for _ in range(rounds):
        at_wall, at_cpu = time.perf_counter(), time.process_time()
        work()
        cpu.append(1000 * (time.process_time() - at_cpu))
        wall.append(1000 * (time.perf_counter() - at_wall))
    return Cost(min(cpu), min(wall))


def _cut_off_by_networkx(graph: "nx.Graph") -> list[list[set[int]]]:
    """Return the pieces without each articulation point, the way that networkx offers."""
    return [
        list(nx.connected_components(graph.subgraph(graph.nodes - {point}))) for point in nx.articulation_points(graph)
    ]


def rows_of(net: Network) -> list[tuple[str, int, Cost, Cost]]:
    """Return what is compared: name, threads that ours uses, ours, networkx alone."""
    graph, ready = as_networkx(net), indexed(net)
    drawn = ready.graph

    def from_scratch(ask: Callable[[Indexed], object]) -> Callable[[], object]:
        return lambda: ask(indexed(net))

    def alone(ask: Callable[["nx.Graph"], object]) -> Callable[[], object]:
        return lambda: ask(as_networkx(net))

    made = cost(lambda: as_networkx(net), 3)
    between, close = cost(lambda: nx.betweenness_centrality(graph), 1), cost(lambda: nx.closeness_centrality(graph), 1)
    both = Cost(made.cpu + between.cpu + close.cpu, made.wall + between.wall + close.wall)
    return [
        ("betweenness and closeness, from network", 1, cost(from_scratch(centrality), 5), both),
        ("that, against networkx's betweenness", 1, cost(lambda: centrality(ready), 5), between),
        ("betweenness by rustworkx, one thread", 1,
         cost(lambda: rustworkx.graph_betweenness_centrality(drawn, parallel_threshold=10**9), 3), between),
        ("betweenness by rustworkx, all threads", 0, cost(lambda: rustworkx.graph_betweenness_centrality(drawn), 3),
         between),
        ("articulation points, graphs ready", 1, cost(lambda: rustworkx.articulation_points(drawn), 20),
         cost(lambda: list(nx.articulation_points(graph)), 20)),
        ("articulation points, from the network", 1, cost(lambda: articulation_points(net), 20),
         cost(alone(lambda g: list(nx.articulation_points(g))), 20)),
        ("those, and who is cut off without each", 1, cost(lambda: cut_off(net), 20),
         cost(alone(_cut_off_by_networkx), 1)),
        ("bridges, graphs ready", 1, cost(lambda: rustworkx.bridges(drawn), 20),
         cost(lambda: list(nx.bridges(graph)), 10)),
        ("bridges, from the network", 1, cost(from_scratch(lambda one: rustworkx.bridges(one.graph)), 20),
         cost(alone(lambda g: list(nx.bridges(g))), 10)),
        ("cores", 1, cost(lambda: rustworkx.core_number(drawn), 20), cost(lambda: nx.core_number(graph), 20)),
        ("communities (networkx on both sides)", 1, cost(lambda: communities(ready), 3),
         cost(lambda: nx.community.louvain_communities(graph, seed=1), 3)),
    ]  # fmt: skip


@pytest.mark.parametrize("shape", [even, partnerships])
def test_measures_beside_networkx_alone(shape: Callable[[], Network]) -> None:
    net = shape()
    print(f"\n{shape.__name__}: {len(net.nodes):,} organisations, {len(net.ties):,} relationships")
    print(f"{'':<40}{'threads':>8}{'ours ms':>10}{'wall':>9}{'networkx ms':>13}{'wall':>9}{'CPU':>9}{'wall':>9}")
    for name, threads, ours, theirs in rows_of(net):
        print(
            f"{name:<40}{threads or 'all':>8}{ours.cpu:>10.2f}{ours.wall:>9.2f}{theirs.cpu:>13.2f}{theirs.wall:>9.2f}"
            f"{theirs.cpu / ours.cpu:>8.1f}x{theirs.wall / ours.wall:>8.1f}x"
        )
        assert ours.wall > 0


def test_what_a_page_computes_itself_and_what_is_left_to_a_refresh() -> None:
    net = partnerships()
    rows = [
        ("all but centrality and communities", cost(lambda: measure(net, {}), 5)),
        ("centrality", cost(lambda: centrality(indexed(net)), 3)),
        ("communities", cost(lambda: communities(indexed(net)), 3)),
        ("first layout of all", cost(lambda: positions(net), 2)),
        ("ten newcomers beside their neighbours", _newcomers(net)),
    ]
    print(f"\n{'':<40}{'CPU ms':>10}{'wall':>10}")
    for name, taken in rows:
        print(f"{name:<40}{taken.cpu:>10.1f}{taken.wall:>10.1f}")
    assert all(taken.cpu > 0 for _, taken in rows)


def _newcomers(net: Network) -> Cost:
    placed = positions(net)
    for one in sorted(placed)[-10:]:
        del placed[one]
    return cost(lambda: positions(net, placed), 3)
