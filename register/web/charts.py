"""The chart of trust over time: where each line, area and mark stands. The words beside it stand in `chart_words`.

Two drawings of the same figures are made, one for wide pages and one for phones, so that its text stays readable.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from register.trust.figure import NOT_KNOWN
from register.trust.timeline import Moment, month_starts
from register.web.chart_parts import Drawing, Frame, Mark, Placed, Shaded, Silence, Tick

SILENCE: Final = 90
"""Days without anything logged after which the chart says so."""

LEAST_SPAN: Final = timedelta(days=30)
"""A chart of one day would have no width."""

HIGH, FLOOR = 26, 182
"""Where 100 and 0 lie, from the top."""
LANES = (200, 220)
MARK: Final = 14
LETTER: Final = 5.7
"""The width of one letter, about: enough to know whether a label fits."""

KEYS = {"strong": "strong", "sound": "sound", "mixed": "mixed", "weak": "weak", NOT_KNOWN: "not-known"}

TODAY: Final = 20
"""Room kept for the label of the last day."""


class Stretch(NamedTuple):
    """Two moments that follow one another, and what the time between them is drawn as."""

    first: Moment
    last: Moment
    word: str
    is_silent: bool


def silences(logged: Iterable[date], on: date) -> list[Silence]:
    """Return the stretches longer than `SILENCE` between things that were logged, and from the last one to the day."""
    days = sorted({day for day in logged if day <= on} | {on})
    return [Silence(*pair) for pair in pairwise(days) if (pair[1] - pair[0]).days > SILENCE]


def drawing(frame: Frame, moments: Sequence[Moment], marks: Sequence[Mark], quiet: Sequence[Silence]) -> Drawing:
    """Return the drawing of a relationship's moments, from the first one's day to the last one's.

    `moments` must not be empty. What lies before the first day is left out.
    """
    scale = Scale(frame, moments[0].day, moments[-1].day)
    stretches = _stretches(moments, quiet)
    seen = [silence for silence in quiet if silence.end > scale.since]
    return Drawing(
        frame=frame,
        areas=[(KEYS[some[0].word], _area(scale, some)) for some in _runs(stretches, "word")],
        lines=[
            (some[0].is_silent, _line(scale, some))
            for known in _runs(stretches, "is_drawn") if known[0].word != NOT_KNOWN
            for some in _runs(known, "is_silent")
        ],
        silences=[_shaded(scale, silence, is_only=len(seen) == 1) for silence in seen],
        marks=[_placed(scale, mark) for mark in marks if scale.since <= mark.day <= scale.on],
        months=_months(scale),
        rules=[(figure, scale.y(figure / 100)) for figure in (0, 40, 60, 100)],
        today=scale.x(scale.on),
    )


class Scale(NamedTuple):
    """Turns days and shares into places."""

    frame: Frame
    first: date
    on: date

    @property
    def since(self) -> date:
        """The first day that is drawn."""
        return min(self.first, self.on - LEAST_SPAN)

    def x(self, day: date) -> float:
        """Return how far from the left a day lies."""
        span = (self.on - self.since).days
        inside = self.frame.width - self.frame.left - self.frame.right
        return round(self.frame.left + inside * (max(day, self.since) - self.since).days / span, 1)

    def y(self, share: float) -> float:
        """Return how far from the top a share of 0 to 1 lies."""
        return round(FLOOR - (FLOOR - HIGH) * share, 1)


def _stretches(moments: Sequence[Moment], quiet: Sequence[Silence]) -> list[Stretch]:
    """Return what lies between moments. A jump, from the eve of evidence to its day, takes the word it jumps to."""
    found = []
    for first, last in pairwise(moments):
        is_jump = last.units > 0 and (last.day - first.day).days == 1
        is_silent = any(silence.start <= first.day and last.day <= silence.end for silence in quiet) and not is_jump
        found.append(Stretch(first, last, (last if is_jump else first).standing.word, is_silent))
    return found


def _runs(stretches: Sequence[Stretch], by: str) -> list[list[Stretch]]:
    """Return stretches that follow one another and are alike, together."""
    runs: list[list[Stretch]] = []
    for stretch in stretches:
        if runs and _kind(runs[-1][-1], by) == _kind(stretch, by):
            runs[-1].append(stretch)
        else:
            runs.append([stretch])
    return runs


def _kind(stretch: Stretch, by: str) -> str | bool:
    if by == "word":
        return stretch.word
    return stretch.is_silent if by == "is_silent" else stretch.word == NOT_KNOWN


def _points(run: Sequence[Stretch]) -> list[Moment]:
    return [run[0].first, *(stretch.last for stretch in run)]


def _area(scale: Scale, run: Sequence[Stretch]) -> str:
    points = _points(run)
    upper = [f"{scale.x(point.day)} {scale.y(point.standing.high)}" for point in points]
    lower = [f"{scale.x(point.day)} {scale.y(point.standing.low)}" for point in reversed(points)]
    return f"M{'L'.join([*upper, *lower])}Z"


def _line(scale: Scale, run: Sequence[Stretch]) -> str:
    return "M" + "L".join(f"{scale.x(point.day)} {scale.y(point.standing.figure)}" for point in _points(run))


def _shaded(scale: Scale, silence: Silence, *, is_only: bool) -> Shaded:
    """Return a silence with the longest label that fits; the label of an only one may be wider than its silence."""
    left, right = scale.x(silence.start), scale.x(silence.end)
    middle, end = (left + right) / 2, scale.frame.width - scale.frame.right
    room = 2 * min(middle - scale.frame.left, end - middle - TODAY) if is_only else right - left
    said = f"{silence.days} days of silence"
    texts = (f"{said}: less is known, nothing has fallen", said, f"{silence.days} days", "")
    return Shaded(left, round(right - left, 1), next(text for text in texts if len(text) * LETTER < room or not text))


def _placed(scale: Scale, mark: Mark) -> Placed:
    return Placed(round(scale.x(mark.day) - MARK / 2, 1), LANES[mark.lane] - MARK / 2, mark.name, mark.words)


def _months(scale: Scale) -> list[Tick]:
    """Return the months to name: as many as fit, counted from January so that they are the same on every chart."""
    starts = month_starts(scale.since, scale.on)
    for step in (1, 2, 3, 6, 12):
        shown = [start for start in starts if (start.month - 1) % step == 0]
        if len(shown) <= scale.frame.most_months:
            break
    return [Tick(scale.x(day), f"{day:%b %Y}" if day.month == 1 or day == shown[0] else f"{day:%b}") for day in shown]
