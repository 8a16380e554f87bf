"""How central each organisation is: betweenness and closeness, exactly, in one walk of the network.

The walk is that of Brandes (2001), taken from 32 organisations at once: whole levels of a breadth-first search are one
product of the (sparse) ties with a block of numbers that fits the processor's cache. At 2,000 organisations that takes
half of the time of rustworkx on one thread, and gives closeness besides. It pays while a network is a few steps wide:
the longest chains, and the smallest networks, are walked by rustworkx.

A pair that is not connected adds nothing. Both measures are those of networkx, number for number (a test says so).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from register.network.indexed import Indexed

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

SMALLEST_BLOCKED = 200
"""Organisations below which starting numpy costs more than it saves."""
BLOCK_NUMBERS = 64_000
"""Numbers in a block: half a megabyte, which stays in the cache of one core."""
WIDEST = 32
MOST_STEPS = 40
"""Steps between two organisations beyond which walking by whole levels is wasteful."""


class Centrality(NamedTuple):
    """Each organisation's betweenness and closeness, 0 to 1, by index."""

    betweenness: list[float]
    closeness: list[float]


def centrality(network: Indexed) -> Centrality:
    """Return betweenness (normalised) and closeness (after Wasserman and Faust) of every organisation."""
    if len(network.ids) >= SMALLEST_BLOCKED:
        found = _by_blocks(network)
        if found is not None:
            return found
    return _by_rustworkx(network)


def _by_rustworkx(network: Indexed) -> Centrality:
    import rustworkx  # noqa: PLC0415 - loaded when used, see the docstring of `indexed`

    between = rustworkx.graph_betweenness_centrality(network.graph, normalized=True, endpoints=False)
    close = rustworkx.graph_closeness_centrality(network.graph, wf_improved=True)
    every = range(len(network.ids))
    return Centrality([float(between[at]) for at in every], [_number(close[at]) for at in every])


def _number(value: float) -> float:
    """Return the value; closeness of a network of one is 0 divided by 0 in rustworkx, and 0 in networkx."""
    return float(value) if value == value else 0.0  # noqa: PLR0124 - the test for "not a number"


def _by_blocks(network: Indexed) -> Centrality | None:
    """Return both measures; None when the network is too many steps wide for this way."""
    import numpy as np  # noqa: PLC0415 - loaded when used, see the docstring of `indexed`

    tied = sorted({end for pair in network.pairs for end in pair})
    number, all_of_them = len(tied), len(network.ids)
    if not number:
        return Centrality([0.0] * all_of_them, [0.0] * all_of_them)
    walk = _Walk(_ties(network, tied), number)
    between, reached, steps = np.zeros(number), np.zeros(number), np.zeros(number)
    for first in range(0, number, walk.width):
        chosen = slice(first, min(first + walk.width, number))
        if not walk.out(chosen):
            return None
        reached[chosen], steps[chosen] = walk.reached[: chosen.stop - first], walk.steps[: chosen.stop - first]
        between += walk.back()
    scale = (all_of_them - 1) * (all_of_them - 2)
    between = between / scale if scale > 0 else between * 0
    close = reached / steps * reached / (all_of_them - 1)
    return Centrality(_spread(between, tied, all_of_them), _spread(close, tied, all_of_them))


def _ties(network: Indexed, tied: list[int]) -> "csr_matrix":
    """Return the ties, both ways, as a sparse matrix over the organisations that have one."""
    import numpy as np  # noqa: PLC0415 - loaded when used, see the docstring of `indexed`
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - the same

    ends = np.searchsorted(np.array(tied), np.array(network.pairs))
    rows, columns = np.r_[ends[:, 0], ends[:, 1]], np.r_[ends[:, 1], ends[:, 0]]
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(tied), len(tied)))


def _spread(values: "np.ndarray[Any, Any]", tied: list[int], number: int) -> list[float]:
    """Return the values of those that are tied at their places, and 0 for all others."""
    spread = [0.0] * number
    for at, value in zip(tied, values.tolist(), strict=True):
        spread[at] = value
    return spread


class _Walk:
    """Breadth-first walks from several organisations at once: a row an organisation, a column a walk."""

    def __init__(self, ties: "csr_matrix", number: int) -> None:
        import numpy as np  # noqa: PLC0415 - loaded when used, see the docstring of `indexed`

        self._np, self._ties, self._number = np, ties, number
        self.width = max(4, min(WIDEST, BLOCK_NUMBERS // number))
        self._waiting, self._share, self._owed = (self._block() for _ in range(3))
        self._levels = [self._block()]
        self._last = 0
        self._down, self._across = np.ones(number), np.ones(self.width)
        self.reached = self.steps = np.zeros(self.width)

    def out(self, chosen: slice) -> bool:
        """Walk out from some organisations and count the shortest paths; False when it takes too many steps."""
        np, here = self._np, self._levels[0]
        here.fill(0)
        here[np.arange(chosen.start, chosen.stop), np.arange(chosen.stop - chosen.start)] = 1
        np.subtract(1, here, out=self._waiting)
        self.reached, self.steps = np.zeros(self.width), np.zeros(self.width)
        for step in range(1, MOST_STEPS + 1):
            paths = self._level(step)
            np.multiply(self._ties @ self._levels[step - 1], self._waiting, out=paths)
            # Paths are whole numbers, so this is 1 for who is met at this step and 0 for all others.
            np.minimum(paths, 1, out=self._share)
            met = self._down @ self._share
            if not met.any():
                self._last = step - 1
                return True
            self.reached += met
            self.steps += step * met
            self._waiting -= self._share
        return False

    def back(self) -> "np.ndarray[Any, Any]":
        """Walk back from the farthest, and return what each organisation carries of all paths of these walks."""
        np, carried = self._np, self._column()
        self._owed.fill(0)
        for paths, nearer in self._inwards():
            np.minimum(paths, 1, out=self._share)
            self._owed += self._share
            np.maximum(paths, 1, out=paths)
            np.divide(self._owed, paths, out=self._share)
            np.multiply(self._ties @ self._share, nearer, out=self._owed)
            carried += self._owed @ self._across
        return carried

    def _inwards(self) -> "Iterator[tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]":
        """Yield each level with the next nearer one, but for the walks' own beginnings, which carry nothing."""
        for step in range(self._last, 1, -1):
            yield self._levels[step], self._levels[step - 1]

    def _level(self, step: int) -> "np.ndarray[Any, Any]":
        if step == len(self._levels):
            self._levels.append(self._block())
        return self._levels[step]

    def _block(self) -> "np.ndarray[Any, Any]":
        block: np.ndarray[Any, Any] = self._np.empty((self._number, self.width))
        return block

    def _column(self) -> "np.ndarray[Any, Any]":
        column: np.ndarray[Any, Any] = self._np.zeros(self._number)
        return column
