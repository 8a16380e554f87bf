"""How good forecasts of a good outcome were: whether they rank, and whether they are as sure as they may be.

Each takes the outcomes (1 good, 0 bad) and the forecast chances of a good one: two columns of equal length, with at
least one row.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.float64]

CLIP: Final = 0.005
"""Log loss takes no chance below this or above 1 minus it: one forecast of 0 or 1 gone wrong would cost without end."""

BINS: Final = 10
"""Of equal count, for the calibration error."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What is said of one way of forecasting."""

    auc: float | None
    """The chance that a good outcome was forecast above a bad one; None where all outcomes are alike."""
    log_loss: float
    brier: float
    calibration_error: float
    skill: float
    """The share of the base rate's log loss that was saved; 0 is no better than the base rate, below 0 is worse."""


def measures(outcomes: Column, chances: Column, base_chances: Column) -> Measures:
    """Measure one column of forecasts, against the base rate's."""
    loss = log_loss(outcomes, chances)
    return Measures(
        auc=auc(outcomes, chances),
        log_loss=loss,
        brier=brier(outcomes, chances),
        calibration_error=calibration_error(outcomes, chances),
        skill=1 - loss / log_loss(outcomes, base_chances),
    )


def auc(outcomes: Column, chances: Column) -> float | None:
    """Return the area under the ROC curve, ties counting half (Mann and Whitney's U by ranks)."""
    good = int(outcomes.sum())
    bad = len(outcomes) - good
    if not good or not bad:
        return None
    _, place, counts = np.unique(chances, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return float((ranks[outcomes == 1].sum() - good * (good + 1) / 2) / (good * bad))


def log_loss(outcomes: Column, chances: Column) -> float:
    """Return the mean of minus the logarithm of the chance given to what happened, chances clipped to `CLIP`."""
    clipped = np.clip(chances, CLIP, 1 - CLIP)
    return float(-np.log(np.where(outcomes == 1, clipped, 1 - clipped)).mean())


def brier(outcomes: Column, chances: Column) -> float:
    """Return the mean squared difference between chance and outcome."""
    return float(np.mean((chances - outcomes) ** 2))


def calibration_error(outcomes: Column, chances: Column) -> float:
    """Return how far chances and outcomes lie apart: over ten bins of equal count by chance, ties by row order.

    The mean of |mean chance - share of good|, each bin weighing what it counts.
    """
    order = np.argsort(chances, kind="stable")
    bins = [places for places in np.array_split(order, BINS) if len(places)]
    apart = [abs(float(chances[places].mean() - outcomes[places].mean())) * len(places) for places in bins]
    return sum(apart) / len(outcomes)
