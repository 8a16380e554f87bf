"""What came of plans: the figure when a plan began, the figure when it ended, and whether that is more than chance."""

import math
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from register.clock import Clocks
from register.partnerships.lookups import Relationship, organisations
from register.risk.life import Answer
from register.risk.watchlist import entry_of
from register.trust.figure import Standing, figure
from register.trust.lookups import views
from register.trust.timeline import running
from register.trust.timeline_lookups import units_of
from register.trust.trend import LEVEL_HALF_LIFE, trend


class WhatCame(NamedTuple):
    """A plan with the relationship it was about, as it stood before and after."""

    plan: Answer
    ended: date
    is_over: bool
    """Whether its day went by, or another answer took its place."""
    relationship: Relationship
    rater: str
    ratee: str
    then: Standing
    now: Standing
    trend: str
    """A word of `trust.trend`: what was logged since, against the relationship's own level when the plan began."""
    heard: float
    """How much evidence was logged since."""


def what_came(partnership_id: int, answers: Sequence[Answer], on: date) -> list[WhatCame]:
    """Return what came of each plan among the answers to one flag, the newest first.

    A plan ends on its day to look again, or when another answer takes its place; one in hand is read as of `on`.
    """
    found = []
    for place, answer in enumerate(answers):
        if answer.kind == "planned":
            later = answers[place + 1].answered_on if place + 1 < len(answers) else None
            ended = min(day for day in (answer.until, later, on) if day is not None)
            found.append(_what_came(partnership_id, answer, ended, is_over=later is not None or ended < on))
    return [one for one in reversed(found) if one is not None]


def _what_came(partnership_id: int, plan: Answer, ended: date, *, is_over: bool) -> WhatCame | None:
    relationship = _about(partnership_id, plan)
    if relationship is None:
        return None
    then = views([relationship], Clocks(plan.answered_on))[relationship].standing
    now = views([relationship], Clocks(ended))[relationship].standing
    units = units_of([relationship], Clocks(ended)).get(relationship, [])
    level = figure(*running(units, LEVEL_HALF_LIFE).on(plan.answered_on), then.lent)
    since = [unit for unit in units if plan.answered_on < unit.held_on <= ended]
    good, bad = math.fsum(unit.good for unit in since), math.fsum(unit.bad for unit in since)
    names = organisations(relationship[1:])
    return WhatCame(
        plan, ended, is_over, relationship, names[relationship.rater_id].label, names[relationship.ratee_id].label,
        then, now, trend(level, good, bad).word, good + bad,
    )


def _about(partnership_id: int, plan: Answer) -> Relationship | None:
    """Return the relationship that the flag named when it was planned, or else the lowest view of that day."""
    named = sorted(key.split(":") for key in plan.reasons if key.startswith("relationship:"))
    if named:
        return Relationship(partnership_id, int(named[0][1]), int(named[0][2]))
    entry = entry_of(partnership_id, Clocks(plan.answered_on))
    weakest = entry.weakest if entry else None
    return Relationship(partnership_id, *weakest.target) if weakest else None
