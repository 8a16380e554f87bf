"""Evidence as plain values: what each reading weighs, what is left of it on a day, and sums that do so at once.

Two ways to the same sums. `summed` adds a list of items up as they stand on a day: the replay. `scaled` and `read` keep
a running sum in the scale of one fixed day: each item counts 2 ** ((held_on - EPOCH) / half_life) there, and reading it
on a day takes the scale off again. So a late entry is its own term added, a correction is the old term subtracted, and
the order of entry does not matter.

Example: a good meeting of 1 January 2020 counts 1, one of 29 June 2020 (180 days later) counts 2, and read on 29 June
they are worth (1 + 2) / 2 = 1.5 fresh meetings.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from register.trust.beta import weighed
from register.trust.figure import decay, refuse_short
from register.trust.schemes import SCORES

EPOCH: Final = date(2020, 1, 1)
"""The day in whose scale running sums are kept."""

_EPOCH_ORDINAL: Final = EPOCH.toordinal()
_FURTHEST: Final = 1000.0
"""In half-lives from the epoch: beyond, the scale no longer fits a double. At 180 days that is 492 years."""


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence about one relationship: how good it was and how bad, adding up to 1 before it is shared."""

    determinant: str
    """With its scheme, such as "ilm:openness"; empty for the relationship as a whole."""
    held_on: date
    good: float
    bad: float
    rater_key: str
    """Whose readings of one day share one unit of weight; empty for a commitment, which shares with nothing."""


def from_scores(scores: Collection[int]) -> tuple[float, float] | None:
    """Return (good, bad) of one reading: the mean of (score - 1) / 4 over what was actually rated, and the rest to 1.

    None where nothing was rated: missing is not "3". Example: a 5 and a 3 give (.75, .25).
    """
    if not scores:
        return None
    if not all(score in SCORES for score in scores):
        raise ValueError("A score must be 1, 2, 3, 4 or 5.")
    good = (sum(scores) / len(scores) - 1) / 4
    return good, 1 - good


def weights(items: Iterable[Item]) -> list[float]:
    """Return each item's share of its unit: one rater's readings of one day and determinant share one unit equally.

    Example: two readings by one officer of one day weigh a half each; a commitment always weighs 1.
    """
    units = [(item.determinant, item.held_on, item.rater_key) for item in items]
    sizes = Counter(units)
    return [1 / sizes[unit] if unit[2] else 1.0 for unit in units]


def summed(items: Iterable[Item], on: date, half_life: float) -> tuple[float, float]:
    """Return the (good, bad) that items of one relationship and one determinant are worth on a day.

    What was held after the day is left out.
    """
    held = [item for item in items if item.held_on <= on]
    left = [
        weight * decay((on - item.held_on).days, half_life) for item, weight in zip(held, weights(held), strict=True)
    ]
    good = sum(part * item.good for part, item in zip(left, held, strict=True))
    bad = sum(part * item.bad for part, item in zip(left, held, strict=True))
    return weighed(good), weighed(bad)


def scaled(value: float, held_on: date, half_life: float) -> float:
    """Return what a value adds to a running sum, in the epoch's scale. Subtract it to take the value back."""
    return value * float(2.0 ** _half_lives_from_epoch(held_on, half_life))


def read(total: float, on: date, half_life: float) -> float:
    """Return what a running sum is worth on a day not before its latest entry; rounding below 0 is 0."""
    return weighed(total * float(2.0 ** -_half_lives_from_epoch(on, half_life)))


def _half_lives_from_epoch(day: date, half_life: float) -> float:
    """Return how many half-lives after the epoch a day lies; ValueError where a double cannot hold the scale."""
    refuse_short(half_life)
    steps = (day.toordinal() - _EPOCH_ORDINAL) / half_life
    if abs(steps) > _FURTHEST:
        raise ValueError(f"{day.isoformat()} lies too far from {EPOCH.year} for a half-life of {half_life:g} days.")
    return steps
