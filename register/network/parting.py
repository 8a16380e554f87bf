"""A network in parts: its communities, and the part that some of its nodes make."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from register.network.communities import communities as louvain
from register.network.graph import Network, Node
from register.network.indexed import Indexed


def communities(network: Network) -> list[list[int]]:
    """Return the communities by Louvain, largest first; the same network gives the same."""
    ids = tuple(sorted(node.id for node in network.nodes))
    return [list(one) for one in _louvain(ids, tuple(sorted((tie.a, tie.b) for tie in network.ties)))]


@lru_cache(maxsize=8)
def _louvain(ids: tuple[int, ...], pairs: tuple[tuple[int, int], ...]) -> tuple[tuple[int, ...], ...]:
    """Return the communities; remembered, because a page and its data ask one after the other, of three seconds' work.

    What is remembered depends on who is tied to whom and on nothing else, so whoever asks must know all that already.
    """
    index = {node_id: at for at, node_id in enumerate(ids)}
    found = louvain(Indexed(list(ids), [(index[one], index[other]) for one, other in pairs if one != other]))
    alone = set(ids).difference(*found)
    return (*found, *((one,) for one in sorted(alone)))


def parts(network: Network, members: Sequence[Iterable[int]]) -> list[Network]:
    """Return the parts of a network that some sets of nodes make, in one walk of it."""
    place = {node_id: at for at, ids in enumerate(members) for node_id in ids}
    nodes: list[list[Node]] = [[] for _ in members]
    for node in network.nodes:
        if node.id in place:
            nodes[place[node.id]].append(node)
    ties = defaultdict(list)
    for tie in network.ties:
        if tie.a in place and place[tie.a] == place.get(tie.b):
            ties[place[tie.a]].append(tie)
    return [Network(tuple(found), tuple(ties[at])) for at, found in enumerate(nodes)]


def largest_first(groups: Iterable[Iterable[int]]) -> list[list[int]]:
    """Return groups of ids, each ascending, the largest first."""
    return sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
