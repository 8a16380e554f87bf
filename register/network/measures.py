"""Measures of the network: who is central, what would break, who stands alone.

rustworkx computes what takes long and networkx is the oracle that the tests hold it to, number for number. rustworkx is
imported inside the functions that need it: `register.web` is loaded by every worker and every command, and most of them
never measure a network (rustworkx brings numpy with it, a tenth of a second and 20 MB).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from register.network.graph import Network, ordered
from register.network.pieces import Piece, cut_off

if TYPE_CHECKING:
    import rustworkx


@dataclass(frozen=True, slots=True)
class Measures:
    """What is measured of a network; organisations stand by id.

    `betweenness` is the share (0 to 1) of the shortest paths between all others that pass through an organisation.
    `cut_off` says for each articulation point which organisations lose the rest without it, in separate groups.
    `bridges` are the ties, smaller id first, that are the only link between what lies on their two sides.
    """

    degree: dict[int, int]
    betweenness: dict[int, float]
    cut_off: dict[int, tuple[Piece, ...]]
    bridges: tuple[tuple[int, int], ...]
    isolates: tuple[int, ...]
    components: tuple[Piece, ...]
    density: float

    @property
    def articulation_points(self) -> tuple[int, ...]:
        """Return the organisations without which somebody would be cut off, ascending."""
        return tuple(sorted(self.cut_off))


def measure(network: Network) -> Measures:
    """Return all measures of the network; components largest first."""
    graph, ids = _graph(network)
    degree = {node_id: len(near) for node_id, near in network.neighbours.items()}
    return Measures(
        degree=degree,
        betweenness=betweenness(network),
        cut_off=cut_off(network),
        bridges=_bridges(graph, ids),
        isolates=tuple(sorted(node_id for node_id, number in degree.items() if number == 0)),
        components=_components(graph, ids),
        density=density(len(ids), len(network.ties)),
    )


def density(nodes: int, ties: int) -> float:
    """Return the share of all possible ties that exist: 0 to 1, and 0 where there can be none."""
    return 2 * ties / (nodes * (nodes - 1)) if nodes > 1 else 0.0


def betweenness(network: Network) -> dict[int, float]:
    """Return each organisation's betweenness, normalised as networkx does (Brandes 2001)."""
    import rustworkx  # noqa: PLC0415 - loaded when used, see the module's docstring

    graph, ids = _graph(network)
    found = rustworkx.graph_betweenness_centrality(graph, normalized=True, endpoints=False)
    return {ids[index]: float(value) for index, value in found.items()}


def articulation_points(network: Network) -> frozenset[int]:
    """Return the organisations without which their part of the network would fall apart."""
    import rustworkx  # noqa: PLC0415 - loaded when used, see the module's docstring

    graph, ids = _graph(network)
    return frozenset(ids[index] for index in rustworkx.articulation_points(graph))


def bridges(network: Network) -> tuple[tuple[int, int], ...]:
    """Return the ties that are the only link between what lies on their two sides, smaller id first, ascending."""
    return _bridges(*_graph(network))


def _graph(network: Network) -> "tuple[rustworkx.PyGraph[int, None], list[int]]":
    """Return the ties as a rustworkx graph, and the organisation's id for each of its indices."""
    import rustworkx  # noqa: PLC0415 - loaded when used, see the module's docstring

    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    ids = [node.id for node in network.nodes]
    index = dict(zip(ids, graph.add_nodes_from(ids), strict=True))
    graph.add_edges_from_no_data([(index[tie.a], index[tie.b]) for tie in network.ties if tie.a != tie.b])
    return graph, ids


def _bridges(graph: "rustworkx.PyGraph[int, None]", ids: list[int]) -> tuple[tuple[int, int], ...]:
    import rustworkx  # noqa: PLC0415 - loaded when used, see the module's docstring

    # The package's own types say that a bridge has one end.
    ends = cast("set[tuple[int, int]]", rustworkx.bridges(graph))
    return tuple(sorted(ordered(ids[one], ids[other]) for one, other in ends))


def _components(graph: "rustworkx.PyGraph[int, None]", ids: list[int]) -> tuple[Piece, ...]:
    import rustworkx  # noqa: PLC0415 - loaded when used, see the module's docstring

    found = (tuple(sorted(ids[index] for index in part)) for part in rustworkx.connected_components(graph))
    return tuple(sorted(found, key=lambda part: (-len(part), part)))
