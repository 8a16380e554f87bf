"""Since when something holds: a relationship's evidence walked through again, day by day.

What others lend is taken as it is on the day of asking: the walk asks only what the relationship's own evidence did.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, takewhile
from operator import itemgetter

from register.risk.views import Piece, ViewFacts
from register.trust.figure import HALF_LIFE, PRIOR_STRENGTH, figure

FAST = 90.0
SLOW = 365.0


@dataclass(frozen=True, slots=True)
class Moment:
    """What a relationship's evidence added up to at the end of a day on which some was added."""

    day: date
    first_day: date
    good: float
    """Half-life 180, as of every figure."""
    bad: float
    figure_90: float
    count_365: float
    rows: int


def moments(view: ViewFacts) -> Iterator[Moment]:
    """Yield the relationship as it stood on each day of its evidence, oldest first."""
    sums = [0.0] * 5
    last: date | None = None
    first, rows = None, 0
    for day, pieces in _by_day(view.pieces):
        first = first or day
        age = (day - last).days if last else 0
        sums = [value * 0.5 ** (age / half_life) for value, half_life in zip(sums, HALF_LIVES, strict=True)]
        good, bad, number = _totals(pieces)
        sums = [value + added for value, added in zip(sums, (good, bad, good, bad, number), strict=True)]
        last, rows = day, rows + number
        yield Moment(day, first, sums[0], sums[1], figure(sums[2], sums[3], view.lent), sums[4], rows)


HALF_LIVES = (HALF_LIFE, HALF_LIFE, FAST, FAST, SLOW)


def run_start(days: Iterable[tuple[date, bool]]) -> date | None:
    """Return the first day of the unbroken run in which something held up to the last day; None where it does not."""
    start: date | None = None
    for day, holds in days:
        start = (start or day) if holds else None
    return start


def run_start_back(days: Iterable[tuple[date, bool]]) -> date | None:
    """Return the same from the last day back: none is asked of that lies before the run."""
    return min((day for day, _ in takewhile(itemgetter(1), days)), default=None)


def held_since(view: ViewFacts, holds: Callable[[Moment], bool]) -> date | None:
    """Return the first of the unbroken run of evidence days on which something held; None where it does not.

    It is asked on evidence days only: what holds merely because time went by since then does not count.
    """
    return run_start((moment.day, holds(moment)) for moment in moments(view))


def pair_held_since(one: ViewFacts, other: ViewFacts, holds: Callable[[Moment, Moment], bool]) -> date | None:
    """Return the first of the unbroken run of days, with evidence on either side, on which something held of both."""
    ours, theirs = list(moments(one)), list(moments(other))
    days = sorted({moment.day for moment in (*ours, *theirs)})
    return run_start((day, _both_hold(_on(ours, day), _on(theirs, day), holds)) for day in days)


def not_known_since(view: ViewFacts, began_on: date) -> date:
    """Return the day since which half or more is not known: when the evidence faded, or `began_on` if it never was.

    Evidence worth N fades to two units, where half is not known, after 180 * log2(N / 2) days.
    """
    since, total, last = began_on, 0.0, None
    for day, pieces in _by_day(view.pieces):
        if last is not None and total > PRIOR_STRENGTH and _fades_on(last, total) <= day:
            since = _fades_on(last, total)
        good, bad, _ = _totals(pieces)
        total = good + bad + (total * 0.5 ** ((day - last).days / HALF_LIFE) if last else 0.0)
        last = day
    return _fades_on(last, total) if last and total > PRIOR_STRENGTH else since


def _fades_on(day: date, total: float) -> date:
    return day + timedelta(days=math.ceil(HALF_LIFE * math.log2(total / PRIOR_STRENGTH)))


def _by_day(pieces: Sequence[Piece]) -> Iterator[tuple[date, list[Piece]]]:
    for day, together in groupby(pieces, key=lambda piece: piece.held_on):
        yield day, list(together)


def _totals(pieces: Iterable[Piece]) -> tuple[float, float, int]:
    every = list(pieces)
    return sum(one.good for one in every), sum(one.bad for one in every), sum(one.rows for one in every)


def _both_hold(one: Moment | None, other: Moment | None, holds: Callable[[Moment, Moment], bool]) -> bool:
    return one is not None and other is not None and holds(one, other)


def _on(walked: Sequence[Moment], day: date) -> Moment | None:
    """Return what had added up by a day, aged to it."""
    before = [moment for moment in walked if moment.day <= day]
    if not before:
        return None
    last = before[-1]
    left = 0.5 ** ((day - last.day).days / HALF_LIFE)
    return Moment(day, last.first_day, last.good * left, last.bad * left, last.figure_90, last.count_365, last.rows)
