"""The drawing of the two clocks: when things happened above, when they were recorded below, joined by lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from register.clock import Clocks, today
from register.reports.late_lookups import Happening
from register.trust.timeline import month_starts

LEAST_SPAN: Final = 60
"""Days: fewer would set single days apart like weeks."""
LETTER: Final = 6.4
"""The width of one letter, about."""


class Size(NamedTuple):
    """The size of one drawing; a phone gets one of its own, so that its text stays readable."""

    key: str
    width: int
    left: int
    right: int
    most_months: int


SIZES: Final = (Size("wide", 1040, 110, 20, 9), Size("narrow", 330, 8, 8, 4))
MOST_SPAN: Final = 150
"""Days before the one asked about that a story's drawing shows."""


class Line(NamedTuple):
    """One thing that happened: where it stands above and below."""

    above: float
    below: float
    is_late: bool
    words: str


class Hatched(NamedTuple):
    """What lies after one of the clocks' days, which the page leaves out."""

    x: float
    width: float
    label: str
    label_x: float
    anchor: str


class Tick(NamedTuple):
    """The first of a month."""

    x: float
    text: str


@dataclass(frozen=True)
class Drawn:
    """One drawing, ready to be written as SVG."""

    size: Size
    lines: list[Line]
    months: list[Tick]
    on: Hatched | None
    known: Hatched | None
    end: float


def drawings(found: Sequence[Happening], clocks: Clocks, late_after: int) -> list[Drawn]:
    """Return both drawings of some happenings: dashed where recorded late, or after the day asked about."""
    days = [day for one in found for day in (one.happened_on, one.recorded_on)]
    if not days:
        return []
    last = min(max([*days, clocks.on, clocks.known or clocks.on]) + timedelta(days=5), today())
    first = min([*days, last - timedelta(days=LEAST_SPAN)])
    return [_drawn(Scale(size, first, last), found, clocks, late_after) for size in SIZES]


def first_drawn(clocks: Clocks) -> date:
    """Return the first day of which a story's drawing tells."""
    return clocks.on - timedelta(days=MOST_SPAN)


def is_marked(one: Happening, clocks: Clocks, late_after: int) -> bool:
    """Say whether an entry is drawn apart: left out by the clocks, or where they leave nothing out, late."""
    return one.recorded_on > clocks.known if clocks.known else one.days > late_after


class Scale(NamedTuple):
    """Turns days into places."""

    size: Size
    first: date
    last: date

    def x(self, day: date) -> float:
        """Return how far from the left a day lies."""
        inside = self.size.width - self.size.left - self.size.right - 12
        share = (min(max(day, self.first), self.last) - self.first).days / max((self.last - self.first).days, 1)
        return round(self.size.left + 6 + inside * share, 1)


def _drawn(scale: Scale, found: Sequence[Happening], clocks: Clocks, late_after: int) -> Drawn:
    size = scale.size
    lines = [
        Line(scale.x(one.happened_on), scale.x(one.recorded_on), is_marked(one, clocks, late_after), _words(one))
        for one in found
    ]
    on = None if clocks.on >= today() else _hatched(scale, clocks.on, f"as it was on {clocks.on:%-d %B}")
    known = _hatched(scale, clocks.known, f"as we knew it on {clocks.known:%-d %B}") if clocks.known else None
    return Drawn(size, lines, _months(scale), on, known, size.width - size.right)


def _words(one: Happening) -> str:
    return f"{one.kind} of {one.happened_on:%-d %B %Y}, recorded on {one.recorded_on:%-d %B %Y}"


def _hatched(scale: Scale, day: date, label: str) -> Hatched:
    """Return what lies after a day, with its label inside where it fits and else before it."""
    x, end = scale.x(day), scale.size.width - scale.size.right
    fits = end - x > len(label) * LETTER + 8
    return Hatched(x, round(max(end - x, 0), 1), label, x + 6 if fits else x - 6, "start" if fits else "end")


def _months(scale: Scale) -> list[Tick]:
    starts = month_starts(scale.first, scale.last)
    for step in (1, 2, 3, 6, 12):
        shown = [start for start in starts if (start.month - 1) % step == 0]
        if len(shown) <= scale.size.most_months:
            break
    return [Tick(scale.x(day), f"{day:%-d %b %Y}" if day.month == 1 else f"{day:%-d %b}") for day in shown]
