"""The ties as rows to sort, and as a matrix of who thinks what of whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from register.network.difference import CHANGES
from register.network.graph import STANDINGS, Network, Node, Tie, View


@dataclass(frozen=True, slots=True)
class Row:
    """A tie with its two organisations, in the order of their names."""

    one: Node
    other: Node
    one_of_other: View | None
    other_of_one: View | None
    tie: Tie

    @property
    def key(self) -> str:
        """Return what names the row in an address."""
        return f"{self.tie.a}-{self.tie.b}"


@dataclass(frozen=True, slots=True)
class Cell:
    """What the row's organisation thinks of the column's; `view` is None where there is no relationship or no view."""

    rater: Node
    ratee: Node
    view: View | None
    is_self: bool
    is_tied: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows in the order of `nodes`, each with one cell for each of `nodes`."""

    nodes: tuple[Node, ...]
    rows: tuple[tuple[Node, tuple[Cell, ...]], ...]


SORTS: Mapping[str, Callable[[Row], Any]] = {
    "name": lambda row: (row.one.name.casefold(), row.other.name.casefold()),
    "other": lambda row: (row.other.name.casefold(), row.one.name.casefold()),
    "standing": lambda row: (STANDINGS.index(row.tie.word), row.one.name.casefold()),
    "partnerships": lambda row: len(row.tie.partnerships),
    "last": lambda row: row.tie.last_on or date.min,
    "change": lambda row: CHANGES.index(row.tie.change) if row.tie.change else len(CHANGES),
}
"""What the table can be sorted by; with a "-" before it, the other way round. "change" is for two days compared."""


def rows(network: Network, sort: str = "name") -> list[Row]:
    """Return the ties as sorted rows; a `sort` that there is not sorts by name.

    Example: `rows(network, "-last")` puts the tie that was logged last first.
    """
    found = sorted((_row(network, tie) for tie in network.ties), key=lambda row: (*SORTS["name"](row), row.key))
    key = SORTS.get(sort.removeprefix("-"))
    return sorted(found, key=key, reverse=sort.startswith("-")) if key else found


def matrix(network: Network, largest: int, order: str = "sector") -> Matrix:
    """Return the matrix of the most tied organisations, by sector and name, by name, or most tied first."""
    chosen = most_tied(network)[:largest]
    if order == "name":
        chosen.sort(key=lambda node: node.name.casefold())
    elif order == "sector":
        chosen.sort(key=lambda node: (SECTOR_ORDER.get(node.sector, len(SECTOR_ORDER)), node.name.casefold()))
    views = {
        pair: view
        for tie in network.ties
        for pair, view in (((tie.a, tie.b), tie.a_of_b), ((tie.b, tie.a), tie.b_of_a))
    }
    return Matrix(
        tuple(chosen), tuple((rater, tuple(_cell(rater, ratee, views) for ratee in chosen)) for rater in chosen)
    )


def most_tied(network: Network) -> list[Node]:
    """Return the organisations, those with most ties first."""
    return sorted(network.nodes, key=lambda node: (-len(network.ties_of[node.id]), node.name.casefold(), node.id))


def standing_counts(network: Network, node_id: int) -> dict[str, int]:
    """Return how many ties of an organisation have each word, best first, those that occur."""
    words = [tie.word for tie in network.ties_of[node_id]]
    return {word: words.count(word) for word in STANDINGS if word in words}


SECTOR_ORDER = {"public": 0, "voluntary": 1, "community": 2, "private": 3}


def _row(network: Network, tie: Tie) -> Row:
    a, b = network.by_id[tie.a], network.by_id[tie.b]
    if (a.name.casefold(), a.id) <= (b.name.casefold(), b.id):
        return Row(a, b, tie.a_of_b, tie.b_of_a, tie)
    return Row(b, a, tie.b_of_a, tie.a_of_b, tie)


def _cell(rater: Node, ratee: Node, views: Mapping[tuple[int, int], View | None]) -> Cell:
    pair = rater.id, ratee.id
    return Cell(rater, ratee, views.get(pair), rater.id == ratee.id, pair in views)
