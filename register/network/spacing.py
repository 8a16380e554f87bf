"""Room between the organisations of the picture: no two on one spot, groups side by side, the box used."""

import math
from collections.abc import Iterable, Mapping, Sequence

Point = tuple[float, float]

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
MOST_STRETCH = 1.5
"""How much more one side may be drawn out than the other before distances mislead."""
NAMES_ARE_WIDE = 1.6
"""How much further apart two organisations must be side by side than one above the other."""
BESIDE = 2.4
"""The same for two whole groups, between which two names may meet end to end."""
ROUNDS = 60
"""Rounds of pushing apart; what still touches after them touches little."""


class Taken:
    """The spots that are taken, found by the square they lie in, so that a thousand newcomers are placed in no time."""

    def __init__(self, spots: Iterable[Point], spacing: float) -> None:
        self._spacing = spacing
        self._squares: dict[tuple[int, int], list[Point]] = {}
        for spot in spots:
            self._take(spot)

    def take_near(self, wanted: Point) -> Point:
        """Take the spot nearest to `wanted`, on a spiral around it, that is the spacing away from all others."""
        turn = 0
        while True:
            distance, angle = 0.5 * self._spacing * math.sqrt(turn), turn * GOLDEN_ANGLE
            spot = round(wanted[0] + distance * math.cos(angle), 1), round(wanted[1] + distance * math.sin(angle), 1)
            if self._is_clear(spot):
                self._take(spot)
                return spot
            turn += 1

    def _take(self, spot: Point) -> None:
        self._squares.setdefault(self._square(spot), []).append(spot)

    def _is_clear(self, spot: Point) -> bool:
        column, row = self._square(spot)
        return all(
            math.dist(spot, other) >= self._spacing
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in self._squares.get((x, y), ())
        )

    def _square(self, spot: Point) -> tuple[int, int]:
        return math.floor(spot[0] / self._spacing), math.floor(spot[1] / self._spacing)


def stretched(spots: Mapping[int, Point], width: float, height: float) -> dict[int, Point]:
    """Return the spots moved and drawn out to fill the box from (0, 0), neither side by far more than the other.

    A single spot, or a line, stands in the middle of the side on which it has no extent.
    """
    if not spots:
        return {}
    left, top, across, down = _bounds(spots)
    by_x, by_y = _factors(across, down, width, height)
    from_x, from_y = (width - across * by_x) / 2, (height - down * by_y) / 2
    return {
        key: (round(from_x + (x - left) * by_x, 1), round(from_y + (y - top) * by_y, 1))
        for key, (x, y) in spots.items()
    }


def spread_out(spots: Mapping[int, Point], spacing: float) -> dict[int, Point]:
    """Return the spots pushed apart until, as far as it goes, none is nearer to another than the spacing.

    Side by side they need more room than one above the other, because names are wider than high.
    """
    import numpy as np  # noqa: PLC0415 - loaded when used, see the docstring of `layout`
    from scipy.spatial import cKDTree  # noqa: PLC0415 - the same

    keys = sorted(spots)
    places = np.array([spots[key] for key in keys], dtype=float) / (NAMES_ARE_WIDE, 1)
    # Two on one spot have no direction to be pushed in: a tiny turn of the golden angle gives each its own.
    turns = np.arange(len(keys)) * GOLDEN_ANGLE
    places += 0.01 * np.column_stack((np.cos(turns), np.sin(turns)))
    for _ in range(ROUNDS):
        pairs = cKDTree(places).query_pairs(spacing * 0.999, output_type="ndarray")
        if not len(pairs):
            break
        one, other = pairs[:, 0], pairs[:, 1]
        apart = places[other] - places[one]
        distance = np.maximum(np.hypot(apart[:, 0], apart[:, 1]), 1e-9)
        push = apart * ((spacing - distance) / distance / 2)[:, None]
        np.add.at(places, other, push)
        np.add.at(places, one, -push)
    return {key: (float(x) * NAMES_ARE_WIDE, float(y)) for key, (x, y) in zip(keys, places, strict=True)}


def packed(groups: Sequence[Mapping[int, Point]], shape: float, gap: float) -> dict[int, Point]:
    """Return all groups on one sheet, none over another: rows, tallest first, `shape` times as wide as high."""
    sizes = [_bounds(group) for group in groups]
    beside = BESIDE * gap
    area = sum((across + beside) * (down + gap) for _, _, across, down in sizes)
    widest = max((across for _, _, across, _ in sizes), default=0.0)
    limit = max(widest, math.sqrt(area * shape))
    whole: dict[int, Point] = {}
    x = y = row = 0.0
    for at in sorted(range(len(groups)), key=lambda at: (-sizes[at][3], -sizes[at][2], at)):
        left, top, across, down = sizes[at]
        if x and x + across > limit:
            x, y, row = 0.0, y + row + gap, 0.0
        whole.update({key: (x + px - left, y + py - top) for key, (px, py) in groups[at].items()})
        x, row = x + across + beside, max(row, down)
    return whole


def _bounds(spots: Mapping[int, Point]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in spots.values()], [y for _, y in spots.values()]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def _factors(across: float, down: float, width: float, height: float) -> tuple[float, float]:
    by_x = width / across if across else math.inf
    by_y = height / down if down else math.inf
    least = min(by_x, by_y)
    if math.isinf(least):
        return 1.0, 1.0
    return min(by_x, least * MOST_STRETCH), min(by_y, least * MOST_STRETCH)
