"""All measures of one network together: rows for organisations, rows for ties, and what is said of the whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from register.network.carriers import Carriers, numbers
from register.network.coverage import Coverage, coverage, silent
from register.network.graph import STANDINGS, Network, Node, Tie
from register.network.measures import Measures, measure
from register.network.worked_out import WorkedOut


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one organisation stands in the network; None where that is not worked out, or is in no community."""

    node: Node
    degree: int
    between: float | None
    close: float | None
    core: int
    place: str
    """"core", "between", "edge" or "alone"."""
    community: int | None
    """Its number, 1 for the largest."""
    cuts_off: int
    """How many would be cut off without it."""
    weak: int
    """Weak ties."""


@dataclass(frozen=True, slots=True)
class Carried:
    """One tie: whether it alone joins its two sides, and how many pairs of an officer and a contact carry it."""

    one: Node
    other: Node
    tie: Tie
    is_bridge: bool
    pairs: int | None
    """None: not found out."""


@dataclass(frozen=True)
class Overview:
    """What there is to say of a network."""

    network: Network
    measures: Measures
    worked_out: WorkedOut
    carriers: Carriers | None
    """None: not found out."""

    @cached_property
    def coverage(self) -> Coverage:
        """Return how much is known at all."""
        return coverage(self.network)

    @cached_property
    def pairs(self) -> Mapping[tuple[int, int], int]:
        """Return how many pairs of people carry each tie; empty where that was not found out."""
        return {} if self.carriers is None else numbers(self.network, self.carriers)

    @cached_property
    def community_of(self) -> Mapping[int, int]:
        """Return the number of each organisation's community."""
        return {one: at for at, group in enumerate(self.worked_out.communities, 1) for one in group}

    @cached_property
    def core(self) -> tuple[int, ...]:
        """Return the organisations of the innermost core, most tied first; none where nobody has two ties."""
        top = max(self.measures.core.values(), default=0)
        if top < LEAST_CORE:
            return ()
        inside = (one for one, level in self.measures.core.items() if level == top)
        return tuple(sorted(inside, key=lambda one: (-self.measures.degree[one], one)))

    @cached_property
    def ranked(self) -> tuple[int, ...]:
        """Return the organisations that have a tie, the most central first: by betweenness, then by ties."""
        between, degree = self.worked_out.betweenness, self.measures.degree
        tied = (one for one, number in degree.items() if number)
        return tuple(sorted(tied, key=lambda one: (-between.get(one, 0.0), -degree[one], one)))

    @cached_property
    def silent(self) -> tuple[int, ...]:
        """Return the central organisations of which no view is known."""
        return silent(self.network, self.ranked)

    @cached_property
    def standings(self) -> list[Standing]:
        """Return a row for each organisation, in the order of names."""
        return [
            self._standing(node)
            for node in sorted(self.network.nodes, key=lambda node: (node.name.casefold(), node.id))
        ]

    @cached_property
    def ties(self) -> list[Carried]:
        """Return a row for each tie, in the order of names."""
        found, single = self.network.by_id, set(self.measures.bridges)
        rows = []
        for tie in self.network.ties:
            one, other = sorted((found[tie.a], found[tie.b]), key=lambda node: (node.name.casefold(), node.id))
            rows.append(Carried(one, other, tie, (tie.a, tie.b) in single, self.pairs.get((tie.a, tie.b))))
        return sorted(rows, key=lambda row: (row.one.name.casefold(), row.other.name.casefold(), row.tie.a, row.tie.b))

    def _standing(self, node: Node) -> Standing:
        found, key = self.measures, node.id
        return Standing(
            node,
            found.degree[key],
            self.worked_out.betweenness.get(key),
            self.worked_out.closeness.get(key),
            found.core[key],
            self._place(key),
            self.community_of.get(key),
            self.cuts_off(key),
            sum(1 for tie in self.network.ties_of[key] if tie.word == "weak"),
        )

    def cuts_off(self, key: int) -> int:
        """Return how many organisations would be cut off without one."""
        return sum(map(len, self.measures.cut_off.get(key, ())))

    def _place(self, key: int) -> str:
        level = self.measures.core[key]
        if not level:
            return "alone"
        if key in self._core_set:
            return "core"
        return "edge" if level == 1 else "between"

    @cached_property
    def _core_set(self) -> frozenset[int]:
        return frozenset(self.core)


LEAST_CORE = 2
"""Ties that each member of a core has within it: with one, everybody who works with anybody would be core."""

SORTS: Mapping[str, Callable[[Standing], Any]] = {
    "name": lambda row: row.node.name.casefold(),
    "degree": lambda row: row.degree,
    "between": lambda row: row.between or 0.0,
    "close": lambda row: row.close or 0.0,
    "core": lambda row: row.core,
    "group": lambda row: row.community or 0,
    "cuts": lambda row: row.cuts_off,
    "weak": lambda row: row.weak,
}
"""What the rows of organisations can be sorted by."""
TIE_SORTS: Mapping[str, Callable[[Carried], Any]] = {
    "name": lambda row: (row.one.name.casefold(), row.other.name.casefold()),
    "standing": lambda row: STANDINGS.index(row.tie.word),
    "people": lambda row: row.pairs or 0,
    "bridge": lambda row: row.is_bridge,
}
"""What the rows of ties can be sorted by."""


def overview(network: Network, worked_out: WorkedOut, carriers: Carriers | None) -> Overview:
    """Return all measures of a network, with what was worked out before."""
    return Overview(network, measure(network, worked_out.betweenness), worked_out, carriers)


def sorted_rows(rows: list[Any], sort: str, sorts: Mapping[str, Callable[[Any], Any]]) -> list[Any]:
    """Return rows sorted as an address asks, "-" before the name for largest first; else as they are."""
    key = sorts.get(sort.removeprefix("-"))
    return sorted(rows, key=key, reverse=sort.startswith("-")) if key else rows
