"""When a forecast is fitted anew, and which form of it the past has earned.

A form is used only where, in forecasts made before their outcomes were known, it did better than the form below it by
two standard errors. Both are asked at the same rows, so the error is that of the mean of the paired differences.
"""

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from register.trust.forecast import FIGURE, RICHER, SIMPLE

Column = npt.NDArray[np.float64]

FIRST_FIT: Final = 500
FIT_EVERY: Final = 1000
"""Rows."""
STANDARD_ERRORS: Final = 2.0
LEAST_FORECASTS: Final = 100
"""Below this many forecasts with a known outcome the standard error itself is a guess."""


def fits_at(row: int) -> bool:
    """Return whether a forecast is fitted before this row (the first is 0): at 500 and every multiple of 1,000."""
    return row == FIRST_FIT or (row > 0 and row % FIT_EVERY == 0)


def is_better(losses: Column, losses_below: Column) -> bool:
    """Return whether losses of the same rows are smaller on average by more than two standard errors."""
    saved = losses_below - losses
    if len(saved) < LEAST_FORECASTS:
        return False
    error = float(saved.std(ddof=1)) / math.sqrt(len(saved))
    return float(saved.mean()) > STANDARD_ERRORS * error


def earned(losses: Mapping[str, Column]) -> str:
    """Return the form that may be used, from each form's losses at the rows that all of them forecast.

    The richer form is asked only where the simple one has earned its place.
    """
    if not is_better(losses[SIMPLE], losses[FIGURE]):
        return FIGURE
    return RICHER if is_better(losses[RICHER], losses[SIMPLE]) else SIMPLE
