"""The chance of a serious breach in the next 90 days: low, raised or high, and a number once the past can back it.

A number without a record is a guess that looks like knowledge. So a score, such as the exposure, is first only placed
among today's scores: high in the highest tenth, raised in the next two tenths, low below. Once enough past trials are
over (a score on a past day, and whether a breach followed in the 90 days after it), they are put in order of their
score, cut into ten groups of equal count, and neighbours are pooled until a higher score never says a lower chance. The
number is then what came of the trials in the score's group, and that record is said with it.

Example: of 120 trials with such a score 9 were followed by a breach, and of all trials 2 in 100: (9 + 2*.02) / 122 is
7 in 100.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isclose
from typing import Final, NamedTuple

from register.trust.beta import PRIOR_STRENGTH

LOW, RAISED, HIGH, NOT_KNOWN = "low", "raised", "high", "not known"
LEVELS: Final = (LOW, RAISED, HIGH, NOT_KNOWN)

SAME: Final = 1e-9
HIGH_SHARE, RAISED_SHARE = 10, 3
"""High is one in ten, as the main flag has it; high or raised are three in ten."""
LEAST_SCORES: Final = 10
"""Below this many scores there is no tenth."""

LEAST_TRIALS, LEAST_BREACHES = 200, 20
"""The history without which no number is said. The error of a count is its root: 20 breaches give the overall rate to
about a quarter of itself, and each of ten groups of 200 trials holds 20 of them."""
GROUPS: Final = 10


class Trial(NamedTuple):
    """A score on a past day whose 90 days are over. Days tried lie 90 days apart, so that no breach counts twice."""

    score: float
    breached: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Trials of neighbouring scores, and what came of them."""

    lowest: float
    """The least score among them."""
    trials: int
    breaches: int


@dataclass(frozen=True, slots=True)
class Chance:
    """What is said of one score."""

    level: str
    """One of `LEVELS`."""
    number: float | None
    """The calibrated chance; None until the past can back one."""
    record: Group | None
    """The past trials behind the number."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the past says of scores."""

    groups: tuple[Group, ...]
    """In order of score, the share of breaches rising; empty until there is enough history."""
    trials: int
    breaches: int


def calibrate(trials: Iterable[Trial]) -> Calibration:
    """Return what past trials say of scores; without groups while there are too few.

    Trials of one score are never parted between groups. A score that is no finite number: ValueError.
    """
    ordered = sorted(trials)
    if not all(math.isfinite(trial.score) for trial in ordered):
        raise ValueError("A score must be a finite number.")
    breaches = sum(trial.breached for trial in ordered)
    enough = len(ordered) >= LEAST_TRIALS and breaches >= LEAST_BREACHES
    return Calibration(_pooled(_groups(ordered)) if enough else (), len(ordered), breaches)


def chance(score: float, scores: Sequence[float], calibration: Calibration) -> Chance:
    """Return what is said of a score among today's scores, with the number that the past backs, if any."""
    if not math.isfinite(score):
        raise ValueError("A score must be a finite number.")
    level = level_of(score, scores)
    if not calibration.groups:
        return Chance(level, None, None)
    place = bisect_right([group.lowest for group in calibration.groups], score)
    record = calibration.groups[max(place - 1, 0)]
    base = calibration.breaches / calibration.trials
    number = (record.breaches + PRIOR_STRENGTH * base) / (record.trials + PRIOR_STRENGTH)
    return Chance(level, number, record)


def level_of(score: float, scores: Sequence[float]) -> str:
    """Return where a score lies among all scores of the day; "not known" where there are fewer than ten.

    Rounded down to whole scores. Example: of 1 to 20, 19 and 20 are high, 15 to 18 raised, the rest low. Scores that
    differ only in their last digits, as sums added up in another order do, are the same.
    """
    if len(scores) < LEAST_SCORES:
        return NOT_KNOWN
    above = sum(other > score and not isclose(other, score, rel_tol=SAME) for other in scores)
    if above < len(scores) // HIGH_SHARE:
        return HIGH
    return RAISED if above < len(scores) * RAISED_SHARE // HIGH_SHARE else LOW


def _groups(ordered: Sequence[Trial]) -> list[Group]:
    """Cut trials into groups of about equal count, moving each cut up to where the score changes."""
    groups: list[Group] = []
    start, size = 0, math.ceil(len(ordered) / GROUPS)
    while start < len(ordered):
        end = min(start + size, len(ordered))
        while end < len(ordered) and ordered[end].score == ordered[end - 1].score:
            end += 1
        held = ordered[start:end]
        groups.append(Group(held[0].score, len(held), sum(trial.breached for trial in held)))
        start = end
    return groups


def _pooled(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Pool neighbours until the share of breaches rises with the score (pool adjacent violators, Ayer et al. 1955)."""
    kept: list[Group] = []
    for group in groups:
        pooled = group
        while kept and kept[-1].breaches * pooled.trials >= pooled.breaches * kept[-1].trials:
            below = kept.pop()
            pooled = Group(below.lowest, below.trials + pooled.trials, below.breaches + pooled.breaches)
        kept.append(pooled)
    return tuple(kept)
