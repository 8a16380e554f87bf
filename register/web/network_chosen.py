"""The card beside the matrix: what two organisations say of one another, and what each said on the day compared with.

Example: `?view=matrix&chosen=7-3` chooses the cell in which organisation 7 speaks of organisation 3.
"""

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import request

from register.clock import Clocks
from register.network.difference import Change, Difference
from register.network.graph import Network, Node, Tie, View, ordered
from register.network.lookups import partnership_names
from register.network.narrowing import built
from register.web.network_facts import facts_on
from register.web.network_page import Asked
from register.web.security import me

PAIR = re.compile(r"(-?[0-9]{1,9})-(-?[0-9]{1,9})", re.ASCII)
"""Rater and ratee; a partnership that is shown as a node has a minus before its id."""


class Side(NamedTuple):
    """What one of the two says of the other, then and now."""

    rater: Node
    ratee: Node
    view: View | None
    was: View | None
    """None, too, where no day is compared with."""
    change: Change | None


@dataclass(frozen=True)
class Pair:
    """The chosen cell: its own side first, then the other way."""

    sides: tuple[Side, Side]
    tie: Tie
    partnership_names: dict[int, str]
    was_tied: bool

    @property
    def apart(self) -> Node | None:
        """Return who sees it worse where both are known and their bands do not meet; None where they do."""
        one, other = self.sides
        lower, higher = sorted((one, other), key=lambda side: _bounds(side.view))
        known = all(side.view is not None and side.view.is_known for side in self.sides)
        return lower.rater if known and _bounds(lower.view)[1] < _bounds(higher.view)[0] else None

    @property
    def both_known(self) -> bool:
        """Whether both sides are known, so that they can be compared."""
        return self.tie.one_way_known is False


def pair_asked(asked: Asked, network: Network, difference: Difference | None) -> dict[str, Any]:
    """Return the chosen cell for the page; what is hidden and what there is not are told in the same words."""
    text = request.args.get("chosen", "")
    found = PAIR.fullmatch(text)
    rater, ratee = (int(found[1]), int(found[2])) if found else (0, 0)
    tie = next((one for one in network.ties_of.get(rater, ()) if one.other(rater) == ratee), None)
    if tie is None:
        return {"pair": None, "is_no_pair": bool(text)}
    before = _before(asked, rater, ratee) if difference else None
    sides = tuple(
        Side(
            network.by_id[one], network.by_id[other], said_by(tie, one), said_by(before, one) if before else None,
            difference.by_direction.get((one, other)) if difference else None,
        )
        for one, other in ((rater, ratee), (ratee, rater))
    )  # fmt: skip
    names = partnership_names(me(), tie.partnerships, asked.clocks)
    return {"pair": Pair((sides[0], sides[1]), tie, names, before is not None), "is_no_pair": False}


def said_by(tie: Tie, rater: int) -> View | None:
    """Return what one of a tie's two says of the other."""
    return tie.a_of_b if rater == tie.a else tie.b_of_a


def _before(asked: Asked, one: int, other: int) -> Tie | None:
    """Return the tie as it was on the day that is compared with, by the same partnerships."""
    if asked.against is None:
        return None
    earlier = built(facts_on(Clocks(asked.against, asked.clocks.known)), asked.filters)
    ends = ordered(one, other)
    return next((tie for tie in earlier.ties_of.get(one, ()) if (tie.a, tie.b) == ends), None)


def _bounds(view: View | None) -> tuple[float, float]:
    if view is None or view.low is None or view.high is None:
        return 0.0, 1.0
    return view.low, view.high
