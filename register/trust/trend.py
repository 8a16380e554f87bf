"""Whether a relationship is changing: its last 90 days against its own level before them.

Never a slope through the last dots: measured on eight streams, slopes foretell nothing. And silence is no news: where
nothing happened in the last 90 days there is "no clear change".

With the level `m`, the figure of 90 days ago at a half-life of 730 days, and with `R` and `B`, the good and bad
evidence of the last 90 days without forgetting, what is recent is distributed as Beta(R + 2m, B + 2(1 - m)). It falls
only when the chance that it lies below m - 0.1 is over .9, and rises likewise.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from register.trust.beta import chance_below, shared, weighed
from register.trust.evidence import Item, summed
from register.trust.figure import figure

RECENT_DAYS: Final = 90
LEVEL_HALF_LIFE: Final = 730.0
"""Days: two years, so that the level holds still while the last 90 days are held against it."""
MARGIN: Final = 0.1
"""How far off its level what is recent has to lie to be called a change."""
SURE_FROM: Final = 0.9

FALLING, RISING, NO_CLEAR_CHANGE = "falling", "rising", "no clear change"
TRENDS: Final = (FALLING, RISING, NO_CLEAR_CHANGE)


@dataclass(frozen=True, slots=True)
class Trend:
    """What the last 90 days say against the level before them, with the numbers that were used."""

    word: str
    """One of `TRENDS`."""
    level: float
    """The figure of 90 days ago, with a half-life of 730 days."""
    good: float
    """Good evidence of the last 90 days, without forgetting."""
    bad: float
    chance_falling: float
    """The chance that what is recent lies more than `MARGIN` below the level; 0 where nothing happened."""
    chance_rising: float


def trend(level: float, good: float, bad: float) -> Trend:
    """Return the trend of a level and the good and bad evidence of the 90 days after it.

    Example: a level of .8 and then six bad meetings: Beta(1.6, 6.4) lies below .7 almost surely, "falling". One bad
    meeting, Beta(1.6, 1.4), does with a chance of .77: "no clear change".
    """
    level, good, bad = shared(level), weighed(good), weighed(bad)
    if good + bad <= 0:
        return Trend(NO_CLEAR_CHANGE, level, good, bad, 0.0, 0.0)
    falls = chance_below(level - MARGIN, good, bad, level)
    rises = 1 - chance_below(level + MARGIN, good, bad, level)
    return Trend(_word(falls, rises), level, good, bad, falls, rises)


def trend_of(items: Collection[Item], lent_before: float, on: date) -> Trend:
    """Return the trend on a day from the evidence of one relationship and determinant.

    `lent_before` is what others' evidence lent 90 days earlier. What was held after the day is left out.
    """
    before = on - timedelta(days=RECENT_DAYS)
    level = figure(*summed(items, before, LEVEL_HALF_LIFE), lent_before)
    recent = [item for item in items if before < item.held_on]
    return trend(level, *summed(recent, on, math.inf))


def _word(falls: float, rises: float) -> str:
    if falls > SURE_FROM:
        return FALLING
    return RISING if rises > SURE_FROM else NO_CLEAR_CHANGE
