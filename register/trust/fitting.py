"""Fits a logistic regression that a ridge pulls towards given coefficients: with no rows it returns exactly those.

What is made least is the sum of the log loss over the rows plus `RIDGE` / 2 times the squared distance from the target
(a normal prior of variance 1 / `RIDGE` on each coefficient). It is convex with one lowest point, found by Newton's
method with a line search: undamped, the steps diverged on real streams.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import expit

Column = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]

RIDGE: Final = 30.0
"""How strongly coefficients are pulled to the figure: a few hundred rows move little, some thousand speak."""

_MOST_STEPS: Final = 60
_MOST_HALVINGS: Final = 40
# Newton's decrement at which the loss, a sum over rows, can hardly fall any more.
_CLOSE: Final = 1e-9
# The share of the fall promised by the slope that a step has to bring (Armijo's rule).
_PROMISED: Final = 1e-4


def fit(inputs: Matrix, outcomes: Column, towards: Column, ridge: float = RIDGE) -> Column:
    """Return the coefficients, one for each column of `inputs`; `outcomes` are 1 for good and 0 for bad.

    The same rows give the same coefficients. Anything but finite numbers: ValueError.
    """
    if not (np.isfinite(inputs).all() and np.isfinite(outcomes).all() and np.isfinite(towards).all()):
        raise ValueError("A forecast is fitted on finite numbers only.")
    if not 0 < ridge < np.inf:
        raise ValueError("A ridge must be a number above nought.")
    coefficients = towards.copy()
    for _ in range(_MOST_STEPS if len(inputs) else 0):
        chances = expit(inputs @ coefficients)
        slope = inputs.T @ (chances - outcomes) + ridge * (coefficients - towards)
        bend = inputs.T @ (inputs * (chances * (1 - chances))[:, None]) + ridge * np.eye(len(towards))
        step = np.linalg.solve(bend, slope)
        decrement = float(slope @ step)
        if decrement < _CLOSE:
            break
        length = _length(inputs, outcomes, towards, ridge, coefficients, step, decrement)
        coefficients = coefficients - length * step
    return coefficients


def penalised_loss(inputs: Matrix, outcomes: Column, towards: Column, ridge: float, coefficients: Column) -> float:
    """Return what the fit makes least."""
    scores = inputs @ coefficients
    distance = coefficients - towards
    return float(np.sum(np.logaddexp(0.0, scores) - outcomes * scores) + ridge / 2 * (distance @ distance))


def _length(
    inputs: Matrix, outcomes: Column, towards: Column, ridge: float, coefficients: Column, step: Column, decrement: float
) -> float:
    """Return the first of 1, 1/2, 1/4... of a step that brings enough; 0 where rounding hides any fall."""
    here = penalised_loss(inputs, outcomes, towards, ridge, coefficients)
    length = 1.0
    for _ in range(_MOST_HALVINGS):
        there = penalised_loss(inputs, outcomes, towards, ridge, coefficients - length * step)
        if there <= here - _PROMISED * length * decrement:
            return length
        length /= 2
    return 0.0
