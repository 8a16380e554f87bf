"""Breach exposure: how much may go badly in the next 90 days, and which relationships are the most exposed tenth."""

import math
from collections.abc import Iterable
from datetime import date
from typing import Final

from register.risk.views import ViewFacts

AHEAD: Final = 90.0
"""Days."""
RATE_HALF_LIFE: Final = 365.0
SHORTEST: Final = 30.0
"""Days over which a pace is reckoned at least: two meetings in the first week are no pace."""
LEAST_ROWS: Final = 5
"""Pieces of evidence below which a pace is chance."""
LEAST_RELATIONSHIPS: Final = 10
"""Below this many there is no tenth."""


def exposure(count_365: float, first_held_on: date, figure_90: float, on: date) -> float:
    """Return how many interactions of the next 90 days would go badly at the present pace and trust.

    The pace is the count (half-life 365) over the days that it stands for: with an age of A days since the first
    evidence those are 365 / ln 2 * (1 - 2^(-A/365)), so that a steady pace reads the same in each year.

    Example: one piece of evidence a week for a year and a figure of .5 expose to about 90 / 7 * .5 = 6.4.
    """
    age = max((on - first_held_on).days, 0)
    stands_for = RATE_HALF_LIFE / math.log(2) * (1 - 2 ** (-age / RATE_HALF_LIFE))
    return count_365 / max(SHORTEST, stands_for) * (1 - figure_90) * AHEAD


def exposure_of(view: ViewFacts, on: date) -> float | None:
    """Return a relationship's exposure; None where too little is known to reckon one."""
    if view.first_held_on is None or view.rows < LEAST_ROWS or not view.is_known:
        return None
    return exposure(view.count_365, view.first_held_on, view.figure_90, on)


def exposure_line(exposures: Iterable[float]) -> float | None:
    """Return the least exposure of the most exposed tenth, rounded down to whole relationships; None below ten."""
    ordered = sorted(exposures, reverse=True)
    if len(ordered) < LEAST_RELATIONSHIPS:
        return None
    return ordered[len(ordered) // 10 - 1]
