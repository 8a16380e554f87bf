"""What a chart of trust over time is made of: its sizes, its marks, and the drawing that is ready to be written."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Frame(NamedTuple):
    """The size of one drawing."""

    key: str
    width: int
    left: int
    right: int
    most_months: int
    """Labels that fit below."""
    height: int = 254


WIDE = Frame("wide", 1040, 34, 26, 9)
NARROW = Frame("narrow", 330, 26, 14, 4)


class Mark(NamedTuple):
    """Something that happened, set in one of the lanes below: 0 for meetings, 1 for promises."""

    day: date
    name: str
    """A mark of macros/standing.html: meeting, incident, kept, late, broken."""
    lane: int
    words: str


class Silence(NamedTuple):
    """A stretch in which nothing was logged."""

    start: date
    """The last day on which something was."""
    end: date

    @property
    def days(self) -> int:
        """Its length."""
        return (self.end - self.start).days


class Placed(NamedTuple):
    """A mark with its place."""

    x: float
    y: float
    name: str
    words: str


class Shaded(NamedTuple):
    """A silence with its place, and as much of its label as fits."""

    x: float
    width: float
    text: str


class Tick(NamedTuple):
    """A month with its place."""

    x: float
    text: str


@dataclass(frozen=True)
class Drawing:
    """One drawing, ready to be written as SVG."""

    frame: Frame
    areas: list[tuple[str, str]]
    """(key of the word, path) of each stretch of the band."""
    lines: list[tuple[bool, str]]
    """(nothing was logged, path) of each stretch of the figure."""
    silences: list[Shaded]
    marks: list[Placed]
    months: list[Tick]
    rules: list[tuple[int, float]]
    """(figure, y) of the rules at 0, 40, 60 and 100."""
    today: float
