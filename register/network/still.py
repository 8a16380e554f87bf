"""The picture as a still drawing: what a page shows before, or without, the script, and what a printer prints.

It is the same picture, line for line, as the one painted on vis-network's canvas; here it becomes paths of an SVG.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from register.network.difference import SIGNS
from register.network.drawing import APART, Picture, Point, lines_of

MARGIN = 70.0
LABEL_BELOW = 18.0
LARGEST = 400
"""Organisations up to which a page carries the still drawing; beyond, it would outweigh the page itself."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: SVG path, colour, width in the drawing's units, dashes as SVG wants them ("" for none)."""

    path: str
    colour: str
    width: float
    dashes: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """One organisation: the outline of its symbol, and where its name stands."""

    id: int
    path: str
    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Mark:
    """What changed of a tie, by the sign of its word, at its middle."""

    sign: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Still:
    """A drawing: `view_box` as SVG wants it, lines in the order in which they lie on one another, then symbols."""

    view_box: str
    lines: tuple[Line, ...]
    symbols: tuple[Symbol, ...]
    marks: tuple[Mark, ...] = ()


def still(picture: Picture, largest: int = LARGEST) -> Still | None:
    """Return the picture as a still drawing; None when there is nothing to draw, or too much for a page."""
    nodes = picture["nodes"]
    if not nodes or len(nodes) > largest:
        return None
    places = {node["id"]: (float(node["x"]), float(node["y"])) for node in nodes}
    return Still(
        _view_box(list(places.values())),
        tuple(line for edge in picture["edges"] for line in _lines(edge, places[edge["from"]], places[edge["to"]])),
        tuple(_symbol(node) for node in nodes),
        tuple(
            Mark(SIGNS[edge["change"]], *middle_of(edge, places[edge["from"]], places[edge["to"]]))
            for edge in picture["edges"]
            if edge.get("change")
        ),
    )


def middle_of(edge: dict[str, Any], start: Point, end: Point) -> Point:
    """Return the spot at which the sign on an edge stands."""
    pull = APART / 2 if edge.get("bent") else 0.0
    across = (start[0] + end[0]) / 2 + (start[1] - end[1]) * pull
    return round(across, 1), round((start[1] + end[1]) / 2 - (start[0] - end[0]) * pull, 1)


def _view_box(places: list[Point]) -> str:
    left, top = (min(place[axis] for place in places) - MARGIN for axis in (0, 1))
    right, bottom = (max(place[axis] for place in places) + MARGIN for axis in (0, 1))
    return f"{left:g} {top:g} {right - left:g} {bottom - top:g}"


def _lines(edge: dict[str, Any], start: Point, end: Point) -> Iterator[Line]:
    path = f"M{start[0]:g} {start[1]:g}L{end[0]:g} {end[1]:g}"
    if edge.get("bent"):
        # Bent to one side of its own direction, so that the two directions part.
        across = (start[0] + end[0]) / 2 + (start[1] - end[1]) * APART
        down = (start[1] + end[1]) / 2 - (start[0] - end[0]) * APART
        path = f"M{start[0]:g} {start[1]:g}Q{across:g} {down:g} {end[0]:g} {end[1]:g}"
    for stroke, width in lines_of(edge):
        yield Line(path, stroke.colour, width, " ".join(f"{length:g}" for length in stroke.dashes))


def _symbol(node: dict[str, Any]) -> Symbol:
    x, y, size = float(node["x"]), float(node["y"]), float(node["size"])
    return Symbol(node["id"], outline(node["shape"], x, y, size), node["label"], x, y + size + LABEL_BELOW)


def outline(shape: str, x: float, y: float, size: float) -> str:
    """Return the SVG path of a symbol around a point."""
    if shape == "dot":
        return f"M{x - size:g} {y:g}a{size:g} {size:g} 0 1 0 {2 * size:g} 0a{size:g} {size:g} 0 1 0 {-2 * size:g} 0z"
    corners = CORNERS.get(shape, CORNERS["star"])
    spots = ((x + size * across, y + size * down) for across, down in corners)
    return "M" + "L".join(f"{across:.1f} {down:.1f}" for across, down in spots) + "z"


def _star() -> tuple[tuple[float, float], ...]:
    turns = ((at * math.pi / 5, 1.0 if at % 2 == 0 else 0.45) for at in range(10))
    return tuple((reach * math.sin(turn), -reach * math.cos(turn)) for turn, reach in turns)


CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "triangle": ((0, -1.1), (1.1, 0.9), (-1.1, 0.9)),
    "hexagon": ((-0.5, -0.87), (0.5, -0.87), (1, 0), (0.5, 0.87), (-0.5, 0.87), (-1, 0)),
    "star": _star(),
}
"""The corners of the symbols, for size 1 around (0, 0)."""
