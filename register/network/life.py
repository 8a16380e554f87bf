"""The register's life as bars: how many interactions were logged in each month, of a long life in each quarter or year.

Example: 60 months are shown as 20 quarters, because a page holds at most 48 bars that can be told apart.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

MOST_BARS = 48
MARKS = 4
"""Bars of which the page says when they are."""
UNITS = ((1, "month"), (3, "quarter"), (12, "year"))
"""Months in a bar, and the bar's word; the first with few enough bars is used."""


class Bar(NamedTuple):
    """The interactions of one month (quarter, year), with where the bar stands; places are shares of the whole, 0 to 1.

    `end` is the first day after it.
    """

    start: date
    end: date
    number: int
    left: float
    width: float
    height: float
    is_marked: bool


class Life(NamedTuple):
    """The register's life from its first month to the day, in bars of one `unit`."""

    first: date
    last: date
    unit: str
    bars: tuple[Bar, ...]

    def place_of(self, day: date) -> float:
        """Return where a day stands, 0 to 1."""
        return min(max((day - self.first).days / max((self.last - self.first).days, 1), 0.0), 1.0)


def life_of(days: Mapping[date, int], last: date) -> Life | None:
    """Return the life up to a day from how many interactions were held on each day; None where there was none."""
    held = Counter({day: number for day, number in days.items() if day <= last})
    if not held:
        return None
    first = min(held).replace(day=1)
    months, unit = _unit(first, last)
    counts: Counter[date] = Counter()
    starts = list(_starts(first, last, months))
    for day, number in held.items():
        counts[starts[_months_between(first, day) // months]] += number
    life = Life(first, last, unit, ())
    highest = max(counts.values())
    every = max(round(len(starts) / MARKS), 1)
    bars = []
    for at, start in enumerate(starts):
        end = later(start, months)
        left = life.place_of(start)
        width = max(life.place_of(end) - left, 0.0)
        bars.append(Bar(start, end, counts[start], left, width, counts[start] / highest, at % every == 0))
    return life._replace(bars=tuple(bars))


def later(day: date, months: int) -> date:
    """Return the day some months later (earlier when negative), the last of a month that has not so many days.

    Example: one month before 31 March is the last of February.
    """
    at = day.year * 12 + day.month - 1 + months
    first = date(at // 12, at % 12 + 1, 1)
    following = date((at + 1) // 12, (at + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def _unit(first: date, last: date) -> tuple[int, str]:
    number = _months_between(first, last) + 1
    return next((unit for unit in UNITS if number / unit[0] <= MOST_BARS), UNITS[-1])


def _starts(first: date, last: date, months: int) -> Iterator[date]:
    while first <= last:
        yield first
        first = later(first, months)


def _months_between(one: date, other: date) -> int:
    return (other.year - one.year) * 12 + other.month - one.month
