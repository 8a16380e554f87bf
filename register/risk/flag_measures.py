"""How good flags were: how often they were right, what they found, and how often they came and went."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from register.trust.backtest import Key
from register.trust.metrics import auc

YEAR: Final = 365.25


class Asked(NamedTuple):
    """One key on one day."""

    key: Key
    score: float
    flagged: bool
    went_badly: bool


@dataclass(frozen=True, slots=True)
class FlagsReport:
    """What a back-test of the main flag found; None where there was nothing to measure it by."""

    days: int
    asked: int
    """Keys on days, all in all."""
    base_rate: float | None
    """The share of those that went badly."""
    lift: float | None
    """How many times the base rate the flagged went badly."""
    precision: float | None
    """The share of flags that were right."""
    recall: float | None
    """The share of those that went badly that were flagged."""
    auc: float | None
    churn: float | None
    """How often a year a key's flag came or went."""


def measured(days: Sequence[Sequence[Asked]], every: int) -> FlagsReport:
    """Return the measures of all days together."""
    asked = [one for day in days for one in day]
    bad, flagged = sum(one.went_badly for one in asked), sum(one.flagged for one in asked)
    right = sum(one.flagged and one.went_badly for one in asked)
    base, precision = _share(bad, len(asked)), _share(right, flagged)
    return FlagsReport(
        days=len(days),
        asked=len(asked),
        base_rate=base,
        lift=precision / base if precision is not None and base else None,
        precision=precision,
        recall=_share(right, bad),
        auc=_auc(asked),
        churn=churn(days, every),
    )


def churn(days: Sequence[Sequence[Asked]], every: int) -> float | None:
    """Return how often a year a key's flag changed between days following one another on which it was asked."""
    changes = pairs = 0
    before: dict[Key, bool] = {}
    for day in days:
        now = {one.key: one.flagged for one in day}
        both = now.keys() & before.keys()
        pairs += len(both)
        changes += sum(now[key] != before[key] for key in both)
        before = now
    return changes / (pairs * every / YEAR) if pairs else None


def _auc(asked: Sequence[Asked]) -> float | None:
    badly = np.array([one.went_badly for one in asked], dtype=np.float64)
    return auc(badly, np.array([one.score for one in asked], dtype=np.float64))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
