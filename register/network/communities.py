"""Communities: groups of organisations that work with one another more than with the rest.

They are found by the method of Louvain (Blondel and others 2008) as networkx has it. It begins in an order drawn from a
seed; the seed is fixed, so that the same network falls into the same groups every time.
"""

from register.network.indexed import Indexed

SEED = 1
Community = tuple[int, ...]
"""Ids of organisations, ascending."""


def communities(network: Indexed) -> tuple[Community, ...]:
    """Return the communities of two organisations and more, largest first; whoever has no tie is in none."""
    import networkx as nx  # noqa: PLC0415 - loaded when used, see the docstring of `indexed`

    if not network.pairs:
        return ()
    graph = nx.Graph()
    # In the order of ids: organisations come by name, and a new name must move nobody to another group.
    graph.add_nodes_from(sorted(network.ids))
    graph.add_edges_from(sorted(map(network.pair_of_ids, network.pairs)))
    found = nx.community.louvain_communities(graph, seed=SEED)
    groups = (tuple(sorted(group)) for group in found if len(group) > 1)
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))
