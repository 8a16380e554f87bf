"""The picture of what would be left: who goes crossed out, who is cut off ringed, around whom it happens."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from register.network.difference import ENDED, NEWLY_NOT_KNOWN, SIGNS, WEAKER
from register.network.drawing import SHAPES, STROKES, UNIT_OF, draw, legend
from register.network.graph import Network, Tie, only
from register.network.layout import positions
from register.network.layout_lookups import whole_places
from register.network.still import Still, outline, still
from register.network.what_if import WhatIf

WHOLE = 80
"""Organisations with a tie up to which the whole network is drawn; of a larger one only what is near."""
NEAR = 120


class Spot(NamedTuple):
    """Where a symbol stands, and how large it is."""

    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Left:
    """What is drawn, with where the marks stand; `is_whole` says that everything is."""

    still: Still
    gone: Spot | None
    cut_off: tuple[Spot, ...]
    is_whole: bool
    number: int
    counts: dict[str, int]


LEGEND = {
    "strokes": STROKES,
    "unit_of": UNIT_OF,
    "signs": (
        (SIGNS[ENDED], "a relationship that would end"),
        (SIGNS[WEAKER], "one that would rest on nobody"),
        (SIGNS[NEWLY_NOT_KNOWN], "one of which nothing would be known"),
    ),
    "shapes": {sector: outline(shape, 9, 9, 7) for sector, shape in SHAPES.items()},
}
"""What the legend of every picture needs."""


def what_is_left(found: WhatIf) -> Left | None:
    """Return the drawing; None where there is nothing to draw, or too much to be read."""
    shown = _shown(found)
    drawn = only(Network(found.before.nodes, tuple(_ties(found))), shown)
    picture = draw(drawn, positions(only(found.before, shown), whole_places()))
    made = still(picture)
    if made is None:
        return None
    spots = {node["id"]: Spot(node["x"], node["y"], node["size"]) for node in picture["nodes"]}
    lost = [one for piece in found.cut_off for one in piece if one in shown]
    return Left(
        still=made,
        gone=spots.get(found.gone.organisation_id or 0),
        cut_off=tuple(spots[one] for one in lost),
        is_whole=all(tie.a in shown and tie.b in shown for tie in found.before.ties),
        number=len(shown),
        counts=dict(legend(Network(drawn.nodes, tuple(tie for tie in drawn.ties if not tie.change)))),
    )


def _ties(found: WhatIf) -> Iterator[Tie]:
    """Yield the ties, with what would become of those that change written on them."""
    groups = ((found.unknown, NEWLY_NOT_KNOWN), (found.lapsing, WEAKER), (found.ended, ENDED))
    changes = {(tie.a, tie.b): change for ties, change in groups for tie in ties}
    for tie in found.before.ties:
        yield replace(tie, change=changes.get((tie.a, tie.b), ""))


def _shown(found: WhatIf) -> frozenset[int]:
    """Return whom to draw: all who have a tie, or those who would notice and whom they work with, as far as it fits."""
    tied = frozenset(end for tie in found.before.ties for end in (tie.a, tie.b))
    if len(tied) <= WHOLE:
        return tied
    near = set(found.touched | {found.gone.organisation_id or 0}) & tied
    for one in sorted(near):
        near |= found.before.neighbours[one]
        if len(near) > NEAR:
            break
    return frozenset(sorted(near, key=lambda one: (one not in found.touched, one))[:NEAR])
