"""The picture of every deal beside its relationship: where each mark stands, and where its name finds room.

The deal is drawn from left to right by the share of its documents in place, the relationship from bottom to top by its
lowest known view; what is not known has a strip of its own below, for it has no height. Plain arithmetic: the template
draws it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from register.risk.entries import Entry

LEFT, TOP, RIGHT, BOTTOM = 62.0, 12.0, 766.0, 512.0
STRIP_TOP, STRIP_BOTTOM = 524.0, 614.0
SIZE: Final = 8.0
"""Half the width of a mark."""
LETTER: Final = 6.1
"""The width of a letter of 12 pixels, on the wide side."""
LINE: Final = 15.0
LONGEST: Final = 28
STRONG_DEAL, GOOD_RELATIONSHIP = 0.8, 0.6
SHAPES: Final = {
    "commissioning": "circle", "shared_service": "square", "multi_agency": "diamond", "community_codesign": "hexagon",
    "internal": "triangle",
}
"""One shape for each kind of partnership."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside a mark; `anchor` as SVG has it. Where it stands further off, a line leads to it."""

    x: float
    y: float
    anchor: str
    text: str
    leads: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """One partnership in the picture."""

    entry: Entry
    x: float
    y: float
    path: str
    """Its shape, ready for the `d` of a path."""
    low: float | None
    """Where the band ends; None where nothing is known."""
    high: float | None
    rank: int | None
    """Its place on the watchlist."""
    label: Label | None
    """None where no room was left; the table has it."""


@dataclass(frozen=True, slots=True)
class Quadrant:
    """The whole picture."""

    marks: tuple[Mark, ...]
    left_out: tuple[Entry, ...]
    """Those without a deal on record: they have no place from left to right."""
    ticks: tuple[tuple[float, int], ...]
    grades: tuple[tuple[float, int], ...]
    deal_line: float
    grade_line: float


def quadrant(entries: Sequence[Entry]) -> Quadrant:
    """Return the picture of some partnerships, the watchlist's worst first, so that their names find room first."""
    placed = [entry for entry in entries if entry.facts.deal is not None]
    start = _start(placed)
    spots = _apart([_spot(entry, start) for entry in placed])
    taken = [_around(x, y, SIZE + 1) for x, y in spots] + list(CORNERS)
    marks = []
    for rank, (entry, (x, y)) in enumerate(zip(placed, spots, strict=True), 1):
        label = _label(x, y, _name(entry), taken)
        marks.append(_mark(entry, x, y, label, rank if entry.flags else None))
    return Quadrant(
        tuple(marks), tuple(entry for entry in entries if entry.facts.deal is None),
        tuple((across(share / 100, start), share) for share in range(round(100 * start), 101, 20)),
        tuple((up(share / 100), share) for share in range(0, 101, 20)),
        across(STRONG_DEAL, start), up(GOOD_RELATIONSHIP),
    )


CORNERS: Final[tuple[Box, ...]] = (
    (LEFT, TOP, LEFT + 150, TOP + 24), (RIGHT - 110, TOP, RIGHT, TOP + 24), (LEFT, BOTTOM - 26, LEFT + 110, BOTTOM),
    (RIGHT - 200, BOTTOM - 26, RIGHT, BOTTOM), (RIGHT - 90, STRIP_TOP, RIGHT, STRIP_TOP + 24),
)
"""Where the names of the four corners stand, and that of the strip."""


def across(share: float, start: float) -> float:
    """Return how far from the left a deal stands, `start` being the share at the left edge."""
    return LEFT + 20 + (RIGHT - LEFT - 40) * (share - start) / (1 - start)


def up(figure: float) -> float:
    """Return how far from the top a figure stands."""
    return BOTTOM - (BOTTOM - TOP) * figure


def _start(entries: Iterable[Entry]) -> float:
    """Return the share at the left edge: the least one there is, rounded down to a fifth, and at most 60 %."""
    least = min((entry.facts.deal.completeness for entry in entries if entry.facts.deal), default=0.0)
    return min(int(least * 5) / 5, 0.6)


def _spot(entry: Entry, start: float) -> tuple[float, float]:
    deal = entry.facts.deal
    x = across(deal.completeness if deal else start, start)
    return x, up(entry.weakest.figure) if entry.weakest else (STRIP_TOP + STRIP_BOTTOM) / 2


def _apart(spots: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the spots, those that would lie on another moved aside: a document more or less is no great matter."""
    kept: list[tuple[float, float]] = []
    for x, y in spots:
        sideways = (step * (SIZE + 1) for number in range(60) for step in ((number, -number) if number else (0,)))
        free = (x + step for step in sideways if LEFT + SIZE < x + step < RIGHT - SIZE and not any(
            abs(x + step - other) < 2 * SIZE + 1 and abs(y - height) < 2 * SIZE + 1 for other, height in kept))
        kept.append((next(free, x), y))
    return kept


def _name(entry: Entry) -> str:
    return entry.name if len(entry.name) <= LONGEST else entry.name[: LONGEST - 1].rstrip() + "…"


def _around(x: float, y: float, by: float) -> Box:
    return x - by, y - by, x + by, y + by


def _label(x: float, y: float, text: str, taken: list[Box]) -> Label | None:
    """Return where a name finds room, and take it; the nearest places first."""
    wide = len(text) * LETTER
    for label, box in _places(x, y, text, wide):
        if _is_inside(box, y) and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            return label
    return None


def _places(x: float, y: float, text: str, wide: float) -> Iterable[tuple[Label, Box]]:
    """Yield places for a name: beside the mark, then above and below it, then further off with a line to it."""
    for down in (0.0, -8.0, 8.0, -16.0, 16.0, -30.0, 30.0, -44.0, 44.0, -60.0, 60.0):
        off = SIZE + 4 if abs(down) <= SIZE else SIZE - 2
        middle = y + down
        for side in (1, -1):
            edge = x + side * off
            left = edge if side == 1 else edge - wide
            box = (left, middle - LINE / 2, left + wide, middle + LINE / 2)
            yield Label(edge, middle + 4, "start" if side == 1 else "end", text, abs(down) > LINE), box
        if abs(down) >= LINE:
            box = (x - wide / 2, middle - LINE / 2, x + wide / 2, middle + LINE / 2)
            yield Label(x, middle + 4, "middle", text, abs(down) > LINE + 2), box


def _is_inside(box: Box, y: float) -> bool:
    top, bottom = (STRIP_TOP, STRIP_BOTTOM) if y > BOTTOM else (TOP, BOTTOM)
    return box[0] >= LEFT + 2 and box[2] <= RIGHT - 2 and box[1] >= top and box[3] <= bottom


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _mark(entry: Entry, x: float, y: float, label: Label | None, rank: int | None) -> Mark:
    weakest = entry.weakest
    return Mark(
        entry, x, y, shape(SHAPES.get(entry.facts.kind, "circle"), x, y),
        up(weakest.low) if weakest else None, up(weakest.high) if weakest else None, rank, label,
    )


def shape(name: str, x: float, y: float, size: float = SIZE) -> str:
    """Return a shape around a point, as the `d` of a path."""
    if name == "circle":
        half = f"a{size:g} {size:g} 0 1 0"
        return f"M{x - size:.1f} {y:.1f}{half} {2 * size:g} 0{half} {-2 * size:g} 0z"
    corners = CORNERS_OF[name]
    return "M" + "L".join(f"{x + size * right:.1f} {y + size * down:.1f}" for right, down in corners) + "z"


CORNERS_OF: Final = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "hexagon": ((-1.15, 0), (-0.58, -1), (0.58, -1), (1.15, 0), (0.58, 1), (-0.58, 1)),
    "triangle": ((0, -1.15), (1.15, 0.9), (-1.15, 0.9)),
}
