"""The ties as pairs of indices, made once for all measures of a network.

rustworkx and numpy speak of indices and not of ids; turning one into the other takes longer than some of the measures.
They are imported when used: `register.web` is loaded by every worker and every command, and most never measure.
"""

import hashlib
from array import array
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from register.network.graph import Network, ordered

if TYPE_CHECKING:
    import networkx as nx
    import rustworkx

Indices = tuple[int, int]


@dataclass(frozen=True)
class Indexed:
    """Organisations by index, and the ties between them: each pair once, none with itself."""

    ids: list[int]
    pairs: list[Indices]

    @cached_property
    def graph(self) -> "rustworkx.PyGraph[None, None]":
        """Return the same as rustworkx has it; the pairs are told apart already, so that it need not look."""
        import rustworkx  # noqa: PLC0415 - loaded when used, see the module's docstring

        graph: rustworkx.PyGraph[None, None] = rustworkx.PyGraph(multigraph=True)
        graph.add_nodes_from([None] * len(self.ids))
        graph.add_edges_from_no_data(self.pairs)
        return graph

    def as_networkx(self) -> "nx.Graph":
        """Return the same as networkx has it, by index."""
        import networkx as nx  # noqa: PLC0415 - loaded when used, see the module's docstring

        graph = nx.Graph()
        graph.add_nodes_from(range(len(self.ids)))
        graph.add_edges_from(self.pairs)
        return graph

    def pair_of_ids(self, pair: Indices) -> tuple[int, int]:
        """Return the ids of a tie, smaller first."""
        return ordered(self.ids[pair[0]], self.ids[pair[1]])

    @cached_property
    def fingerprint(self) -> str:
        """Return what two networks share only when they have the same organisations and the same ties.

        Names and standings are no part of it: betweenness and its like do not depend on them.
        """
        nodes = array("q", sorted(self.ids))
        ties = array("q", (end for pair in sorted(map(self.pair_of_ids, self.pairs)) for end in pair))
        return hashlib.blake2b(len(nodes).to_bytes(8) + nodes.tobytes() + ties.tobytes(), digest_size=16).hexdigest()


def indexed(network: Network) -> Indexed:
    """Return the network by indices, in the order of its organisations."""
    ids = [node.id for node in network.nodes]
    at = dict(zip(ids, range(len(ids)), strict=True)).__getitem__
    ends = zip(map(at, [tie.a for tie in network.ties]), map(at, [tie.b for tie in network.ties]), strict=True)
    return Indexed(ids, [pair for pair in dict.fromkeys(ends) if pair[0] != pair[1]])
