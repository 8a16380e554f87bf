"""Measures of the network: who is central, what would break, who stands alone.

networkx defines them and is the oracle that the tests hold them to, number for number; rustworkx computes what takes
long. It is imported inside the functions that need it: `register.web` is loaded by every worker and every command, and
most of them never measure a network (rustworkx brings numpy with it, a tenth of a second and 20 MB).
"""

from dataclasses import dataclass, field
from typing import cast

from register.network.centrality import centrality
from register.network.graph import Network
from register.network.indexed import Indexed, indexed
from register.network.pieces import Piece, cut_off

SPARSE = 8
"""How many times the number of organisations the largest id may be to serve as an index."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What is measured of a network; organisations stand by id.

    `betweenness` is the share (0 to 1) of the shortest paths between all others that pass through an organisation;
    it is empty while that is still being worked out. `core` is the largest k for which an organisation is in a group
    whose members all have k ties within it. `cut_off` says for each articulation point which organisations lose the
    rest without it, in separate groups. `bridges` are the ties, smaller id first, that are the only link between what
    lies on their two sides.
    """

    degree: dict[int, int]
    betweenness: dict[int, float]
    cut_off: dict[int, tuple[Piece, ...]]
    bridges: tuple[tuple[int, int], ...]
    isolates: tuple[int, ...]
    components: tuple[Piece, ...]
    density: float
    core: dict[int, int] = field(default_factory=dict)

    @property
    def articulation_points(self) -> tuple[int, ...]:
        """Return the organisations without which somebody would be cut off, ascending."""
        return tuple(sorted(self.cut_off))


def measure(network: Network, between: dict[int, float] | None = None) -> Measures:
    """Return all measures of the network; components largest first.

    `between` is the betweenness where it was worked out before; everything else takes time in step with the ties.
    """
    by_index = indexed(network)
    degree = {node_id: len(near - {node_id}) for node_id, near in network.neighbours.items()}
    return Measures(
        degree=degree,
        betweenness=_betweenness(by_index) if between is None else between,
        cut_off=cut_off(network),
        bridges=_bridges(by_index),
        isolates=tuple(sorted(node_id for node_id, number in degree.items() if number == 0)),
        components=_components(by_index),
        density=density(len(by_index.ids), len(by_index.pairs)),
        core=_core(by_index),
    )


def density(nodes: int, ties: int) -> float:
    """Return the share of all possible ties that exist: 0 to 1, and 0 where there can be none."""
    return 2 * ties / (nodes * (nodes - 1)) if nodes > 1 else 0.0


def betweenness(network: Network) -> dict[int, float]:
    """Return each organisation's betweenness, normalised as networkx does (Brandes 2001)."""
    return _betweenness(indexed(network))


def articulation_points(network: Network) -> frozenset[int]:
    """Return the organisations without which their part of the network would fall apart.

    Ids that are small numbers are indices themselves: turning one into the other took longer than finding the points,
    and neither a tie that stands twice nor an index that is nobody's makes another point.
    """
    import rustworkx  # noqa: PLC0415 - loaded when used, see the module's docstring

    ids = [node.id for node in network.nodes]
    if not ids or min(ids) < 0 or max(ids) > SPARSE * len(ids):
        by_index = indexed(network)
        return frozenset(by_index.ids[index] for index in rustworkx.articulation_points(by_index.graph))
    graph: rustworkx.PyGraph[None, None] = rustworkx.PyGraph(multigraph=True)
    graph.extend_from_edge_list([(tie.a, tie.b) for tie in network.ties])
    return frozenset(rustworkx.articulation_points(graph))


def bridges(network: Network) -> tuple[tuple[int, int], ...]:
    """Return the ties that are the only link between what lies on their two sides, smaller id first, ascending."""
    return _bridges(indexed(network))


def components(network: Network) -> tuple[Piece, ...]:
    """Return the organisations that hang together, in groups, largest first."""
    return _components(indexed(network))


def _betweenness(network: Indexed) -> dict[int, float]:
    return dict(zip(network.ids, centrality(network).betweenness, strict=True))


def _bridges(network: Indexed) -> tuple[tuple[int, int], ...]:
    import rustworkx  # noqa: PLC0415 - loaded when used, see the module's docstring

    # The package's own types say that a bridge has one end.
    ends = cast("set[tuple[int, int]]", rustworkx.bridges(network.graph))
    return tuple(sorted(map(network.pair_of_ids, ends)))


def _components(network: Indexed) -> tuple[Piece, ...]:
    import rustworkx  # noqa: PLC0415 - loaded when used, see the module's docstring

    found = (
        tuple(sorted(network.ids[index] for index in part)) for part in rustworkx.connected_components(network.graph)
    )
    return tuple(sorted(found, key=lambda part: (-len(part), part)))


def _core(network: Indexed) -> dict[int, int]:
    import rustworkx  # noqa: PLC0415 - loaded when used, see the module's docstring

    # The package's own types say that it is one number.
    found = cast("dict[int, int]", rustworkx.core_number(network.graph))
    return {node_id: found[index] for index, node_id in enumerate(network.ids)}
