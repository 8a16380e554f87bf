"""Groups of a network that is too large to be drawn whole: communities, each drawn as one, to be looked into.

A group is a community, so that the same network falls into the same groups. It is called after its most tied
organisation, and an address names it by any of its members: `within=17` is the group that organisation 17 is in,
whoever leads it, and `within=17-245` a group within it.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from register.network.graph import STANDINGS, Network, Node
from register.network.parting import communities, largest_first, parts
from register.network.table import most_tied

LARGEST_DRAWN = 1500
"""Nodes that a picture can hold and still be read."""
MOST_GROUPS = 60
"""Groups that a picture can hold; the smallest ones are drawn together."""
REST = "rest"


@dataclass(frozen=True, slots=True)
class Group:
    """Organisations drawn as one; `leader` is the most tied of them. `is_rest` marks the smaller groups together."""

    leader: Node
    members: tuple[int, ...]
    is_rest: bool = False

    @property
    def key(self) -> str:
        """Return what an address calls it."""
        return REST if self.is_rest else str(self.leader.id)

    @property
    def name(self) -> str:
        """Return what people call it."""
        others = len(self.members) - 1
        if self.is_rest:
            return f"{len(self.members):,} in smaller groups"
        return f"{self.leader.label} and {others:,} other{'s' if others > 1 else ''}" if others else self.leader.label


@dataclass(frozen=True, slots=True)
class Link:
    """What lies between two groups, by their places: how many ties of each word."""

    one: int
    other: int
    words: Mapping[str, int]

    @property
    def ties(self) -> int:
        """Return how many ties there are."""
        return sum(self.words.values())


@dataclass(frozen=True, slots=True)
class Grouped:
    """A network as groups, the links between them, and how many ties of each word each group has."""

    groups: tuple[Group, ...]
    links: tuple[Link, ...]
    words: tuple[Mapping[str, int], ...]


def grouped(network: Network, known: Mapping[int, int]) -> Grouped:
    """Return the network as groups; `known` says of some which community they were found in before."""
    members = _members(network, known)
    order = {node.id: at for at, node in enumerate(most_tied(network))}
    made = [_group(network, ids, order) for ids in members[: MOST_GROUPS - (len(members) > MOST_GROUPS)]]
    rest = [one for ids in members[len(made) :] for one in ids]
    if rest:
        made.append(Group(network.by_id[min(rest, key=order.__getitem__)], tuple(sorted(rest)), is_rest=True))
    return Grouped(tuple(made), *_counted(network, made))


def within(network: Network, path: Sequence[str], known: Mapping[int, int]) -> Network | None:
    """Return the part of the network inside a group, or inside a group of a group; None where there is none such.

    Example: `within(network, ["rest", "245"], known)` is the group of 245 among the smaller groups.
    """
    for key in path:
        found = next((group for group in grouped(network, known).groups if _is_called(group, key)), None)
        if found is None:
            return None
        # What was found before tells a group's own members not apart: it is divided anew.
        known = known if found.is_rest else {}
        network = parts(network, [found.members])[0]
    return network


def joined(network: Network, known: Mapping[int, int]) -> dict[int, int]:
    """Return `known` with everybody added who is tied to somebody in it: to the community most of them are in."""
    found = {node_id: known[node_id] for node_id in network.by_id if node_id in known}
    border = sorted({near for node_id in found for near in network.neighbours[node_id]} - found.keys())
    while border:
        near = {one: Counter(found[other] for other in network.neighbours[one] if other in found) for one in border}
        found.update({one: min(counts, key=lambda key: (-counts[key], key)) for one, counts in near.items()})
        border = sorted({other for one in border for other in network.neighbours[one]} - found.keys())
    return found


def _members(network: Network, known: Mapping[int, int]) -> list[list[int]]:
    """Return who is together, largest first: as it was found before, and the others anew."""
    found = joined(network, known)
    together = defaultdict(list)
    for node_id, community in found.items():
        together[community].append(node_id)
    left = [node.id for node in network.nodes if node.id not in found]
    fresh = communities(parts(network, [left])[0]) if left else []
    made = largest_first([*together.values(), *fresh])
    return _cut(network) if len(made) == 1 and len(made[0]) > LARGEST_DRAWN else made


def _cut(network: Network) -> list[list[int]]:
    """Divide what no method divides, such as a thousand around one: the most tied first, as many as can be drawn."""
    order = [node.id for node in most_tied(network)]
    return [order[at : at + LARGEST_DRAWN] for at in range(0, len(order), LARGEST_DRAWN)]


def _group(network: Network, ids: Sequence[int], order: Mapping[int, int]) -> Group:
    return Group(network.by_id[min(ids, key=order.__getitem__)], tuple(sorted(ids)))


def _counted(network: Network, made: Sequence[Group]) -> tuple[tuple[Link, ...], tuple[Mapping[str, int], ...]]:
    """Return the links, and the words of all ties that a group's members have."""
    place = {node_id: at for at, group in enumerate(made) for node_id in group.members}
    between: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    of: list[Counter[str]] = [Counter() for _ in made]
    for tie in network.ties:
        ends = sorted({place[tie.a], place[tie.b]})
        for end in ends:
            of[end][tie.word] += 1
        if len(ends) > 1:
            between[ends[0], ends[1]][tie.word] += 1
    links = (Link(one, other, _in_order(words)) for (one, other), words in sorted(between.items()))
    return tuple(links), tuple(map(_in_order, of))


def _in_order(words: Mapping[str, int]) -> dict[str, int]:
    return {word: words[word] for word in STANDINGS if word in words}


def _is_called(group: Group, key: str) -> bool:
    return key == REST if group.is_rest else key.isascii() and key.isdigit() and int(key) in group.members
