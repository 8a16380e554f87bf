"""In which order the days of a table's columns are written, decided for each column from all of its cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from register.exchange.reading.choices import MONTH_FIRST, Choices
from register.exchange.reading.columns import Column, placed
from register.exchange.reading.days import DayOrder, order_of, swap_of
from register.exchange.reading.findings import Findings
from register.exchange.reading.grids import Grid

Place = TypeVar("Place")

SWAPPED = (
    "every date that the spreadsheet knew as one has a day up to 12, and every one that it kept as text a later day. "
    "Perhaps a spreadsheet took day first for month first: compare some with their source, since 4 March may be 3 April"
)


def day_orders(
    grid: Grid, columns: Sequence[Column], choices: Choices, findings: Findings
) -> Mapping[int, DayOrder]:
    """Return how the columns of days are written, by place, and let the findings say what had to be decided.

    A column without a sign of its own is written as the others of its file are, where those agree.
    """
    return settled(grid, decided(orders_in(grid, columns, choices), choices.days), findings)


def orders_in(grid: Grid, columns: Sequence[Column], choices: Choices) -> dict[int, DayOrder]:
    """Return how the columns of days are written, by place, as far as each shows it."""
    places = placed(columns, grid.titles, choices.columns)
    found = (places[one.key] for one in columns if one.is_day and one.key in places)
    return {place: order_of(_cells(grid, place)) for place in found}


def settled(grid: Grid, orders: Mapping[int, DayOrder], findings: Findings) -> Mapping[int, DayOrder]:
    """Let the findings say what had to be decided of some columns, and return those that are not day first."""
    for place, order in orders.items():
        title = grid.titles[place]
        findings.notices += [notice] if (notice := order.notice(title)) else []
        findings.notices += [f"Column {title}: {SWAPPED}."] if swap_of(_cells(grid, place)) else []
    return {place: order for place, order in orders.items() if not order.is_plain}


def _cells(grid: Grid, place: int) -> Iterator[str]:
    return (cells[place] for _, cells in grid.body if place < len(cells))


def decided(orders: Mapping[Place, DayOrder], chosen: str | None) -> dict[Place, DayOrder]:
    """Return the orders of several columns as they are read: as was chosen, or as those show that have a sign."""
    if chosen:
        month_first = chosen == MONTH_FIRST
        return {key: replace(one, is_chosen=True, reads_month_first=month_first) for key, one in orders.items()}
    early = next((order.day_first for order in orders.values() if order.day_first), "")
    late = next((order.month_first for order in orders.values() if order.month_first), "")
    if bool(early) == bool(late):
        return dict(orders)
    return {
        key: replace(one, day_first=early, month_first=late, reads_month_first=bool(late)) if one.either else one
        for key, one in orders.items()
    }
