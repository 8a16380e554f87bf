"""Which organisations would be cut off if one were gone.

One walk of the network finds it for all organisations at once (Hopcroft and Tarjan 1973): the walk numbers the
organisations in the order it meets them, and `low` is the smallest number that an organisation and all below it can
reach by a tie that the walk did not use. What lies below a child that reaches no higher than its parent hangs on that
parent alone.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from register.network.graph import Network

Piece = tuple[int, ...]
"""Ids of organisations joined by some path, ascending."""
Neighbours = Mapping[int, Collection[int]]
"""Of each organisation those that it is tied to; a tie stands at both ends, and none leads back to itself."""


def cut_off(network: Network) -> dict[int, tuple[Piece, ...]]:
    """Return for each articulation point the groups that would lose the rest without it, largest first.

    Of the pieces into which the network would fall the largest is "the rest" (of equals, the one with the smallest
    id), and it is not among the groups.
    Example: in the chain 1 - 2 - 3 - 4, without 2 there is ((1,),), without 3 there is ((4,),).
    """
    return cut_off_among(network.neighbours)


def cut_off_among(neighbours: Neighbours) -> dict[int, tuple[Piece, ...]]:
    """Return the same where nothing is known but who is tied to whom."""
    found: dict[int, tuple[Piece, ...]] = {}
    met: set[int] = set()
    for node_id in neighbours:
        if node_id not in met:
            walk = _Walk(neighbours)
            walk.run(node_id)
            met.update(walk.order)
            found.update(walk.groups())
    return dict(sorted(found.items()))


@dataclass
class _Walk:
    """A depth-first walk of one connected part."""

    neighbours: Neighbours
    order: list[int] = field(default_factory=list)
    _number: dict[int, int] = field(default_factory=dict)
    _low: dict[int, int] = field(default_factory=dict)
    _parent: dict[int, int] = field(default_factory=dict)

    def run(self, root: int) -> None:
        """Walk from the root; by a list and not by calls, which Python allows only a thousand deep."""
        path = [(root, self._enter(root))]
        while path:
            here, waiting = path[-1]
            near = next(waiting, None)
            if near is None:
                path.pop()
                self._leave(here)
            elif near in self._number:
                if near != self._parent.get(here):
                    self._low[here] = min(self._low[here], self._number[near])
            else:
                self._parent[near] = here
                path.append((near, self._enter(near)))

    def groups(self) -> Iterator[tuple[int, tuple[Piece, ...]]]:
        """Yield each articulation point of the part with the groups that would be cut off."""
        size = dict.fromkeys(self.order, 1)
        hanging: dict[int, list[list[int]]] = {}
        for child in reversed(self.order[1:]):
            parent = self._parent[child]
            size[parent] += size[child]
            if self._low[child] >= self._number[parent]:
                below = self.order[self._number[child] : self._number[child] + size[child]]
                hanging.setdefault(parent, []).append(below)
        for point, pieces in hanging.items():
            groups = self._without_the_rest(point, pieces)
            if groups:
                yield point, groups

    def _enter(self, node_id: int) -> Iterator[int]:
        self._number[node_id] = self._low[node_id] = len(self.order)
        self.order.append(node_id)
        return iter(self.neighbours[node_id])

    def _leave(self, node_id: int) -> None:
        parent = self._parent.get(node_id)
        if parent is not None:
            self._low[parent] = min(self._low[parent], self._low[node_id])

    def _without_the_rest(self, point: int, hanging: list[list[int]]) -> tuple[Piece, ...]:
        """Return the pieces but the largest; what does not hang on the point is only listed where it is not that."""
        remaining = len(self.order) - 1 - sum(map(len, hanging))
        if remaining > max(map(len, hanging)):
            return _largest_first(hanging)
        gone = {point}.union(*hanging)
        rest = [node_id for node_id in self.order if node_id not in gone] if remaining else []
        return _largest_first([*hanging, *([rest] if rest else [])])[1:]


def _largest_first(pieces: list[list[int]]) -> tuple[Piece, ...]:
    return tuple(sorted((tuple(sorted(piece)) for piece in pieces), key=lambda piece: (-len(piece), piece)))
