"""When a forecast is fitted anew, and which form of it the past has earned.

A form is used only where, in forecasts made before their outcomes were known, it did better than the form below it by
two standard errors, and only while its latest forecasts did no worse. Rows forecast on one day count as one event for
the error: they were made of the same knowledge, and often go well or badly together (one late lorry, ten lines).
"""

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from register.trust.forecast import FIGURE, RICHER, SIMPLE

Column = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

FIRST_FIT: Final = 500
FIT_EVERY: Final = 1000
"""Rows."""
DECIDE_EVERY: Final = 100
"""Rows after the first fit: a form that has begun to do worse is left soon, not at the next fit. Each fit falls on
one of these rows."""
STANDARD_ERRORS: Final = 2.0
LATEST_SHARE, LATEST_LEAST = 0.1, 500
"""The latest tenth of the forecasts with a known outcome, and at least this many, in which a form may not do worse:
what was earned long ago can be over, and the longer a record the longer a bad stretch has to last to undo it."""
LEAST_FORECASTS, LEAST_DAYS = 100, 20
"""Below these the standard error itself is a guess."""


def fits_at(row: int) -> bool:
    """Return whether a forecast is fitted before this row (the first is 0): at 500 and every multiple of 1,000."""
    return row == FIRST_FIT or (row > 0 and row % FIT_EVERY == 0)


def is_better(saved: Column, days: Places) -> bool:
    """Return whether a form did better than the form below it by two standard errors, and of late no worse.

    `saved` is how much smaller the form's loss was at each row, in the order in which outcomes became known; `days` are
    numbers from 0, the same for rows forecast on the same day.

    Example: 40 rows saved .1 and 60 lost .1: worse on average, not better.
    """
    if len(saved) < LEAST_FORECASTS or float(_latest(saved).mean()) < 0:
        return False
    mean = float(saved.mean())
    rows_of_days = np.bincount(days)
    apart = np.bincount(days, weights=saved) - mean * rows_of_days
    events = int(np.count_nonzero(rows_of_days))
    if events < LEAST_DAYS:
        return False
    error = math.sqrt(float(apart @ apart) * events / (events - 1)) / len(saved)
    return mean > STANDARD_ERRORS * error


def earned(losses: Mapping[str, Column], days: Places) -> str:
    """Return the form that may be used, from each form's losses at the rows that all of them forecast.

    The richer form is asked only where the simple one has earned its place.
    """
    if not is_better(losses[FIGURE] - losses[SIMPLE], days):
        return FIGURE
    return RICHER if is_better(losses[SIMPLE] - losses[RICHER], days) else SIMPLE


def _latest(saved: Column) -> Column:
    return saved[-max(LATEST_LEAST, int(LATEST_SHARE * len(saved))) :]
