"""Fits a logistic regression that a ridge pulls towards given coefficients: with no rows it returns exactly those.

What is made least is the sum of the log loss over the rows plus `RIDGE` / 2 times the squared distance from the target
(a normal prior of variance 1 / `RIDGE` on each coefficient). It is convex with one lowest point, found by Newton's
method with a line search: undamped, the steps diverged on real streams.
"""

from typing import Final, NamedTuple

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


class Task(NamedTuple):
    """What is fitted: rows of inputs with their outcomes (1 good, 0 bad), and where the ridge pulls."""

    inputs: Matrix
    outcomes: Column
    towards: Column
    ridge: float

    def loss(self, coefficients: Column) -> float:
        """Return what the fit makes least."""
        scores = self.inputs @ coefficients
        distance = coefficients - self.towards
        lost = np.sum(np.logaddexp(0.0, scores) - self.outcomes * scores)
        return float(lost + self.ridge / 2 * (distance @ distance))

    def newton(self, coefficients: Column) -> tuple[Column, float]:
        """Return Newton's step, to be taken off the coefficients, and its decrement: twice the fall it promises."""
        chances = expit(self.inputs @ coefficients)
        slope = self.inputs.T @ (chances - self.outcomes) + self.ridge * (coefficients - self.towards)
        curved = self.inputs * (chances * (1 - chances))[:, None]
        bend = self.inputs.T @ curved + self.ridge * np.eye(len(coefficients))
        step = np.linalg.solve(bend, slope)
        return step, float(slope @ step)


def fit(inputs: Matrix, outcomes: Column, towards: Column, ridge: float = RIDGE) -> Column:
    """Return the coefficients, one for each column of `inputs`.

    The same rows give the same coefficients. Anything but finite numbers, or a ridge of nought: ValueError.
    """
    if not all(np.isfinite(part).all() for part in (inputs, outcomes, towards)):
        raise ValueError("A forecast is fitted on finite numbers only.")
    if not 0 < ridge < np.inf:
        raise ValueError("A ridge must be a number above nought.")
    task, coefficients = Task(inputs, outcomes, towards, ridge), towards.copy()
    loss = task.loss(coefficients)
    for _ in range(_MOST_STEPS if len(inputs) else 0):
        step, decrement = task.newton(coefficients)
        if decrement < _CLOSE:
            break
        coefficients, loss = _damped(task, coefficients, loss, step, decrement)
    return coefficients


def _damped(task: Task, here: Column, loss: float, step: Column, decrement: float) -> tuple[Column, float]:
    """Return where the first of 1, 1/2, 1/4... of a step that brings enough leads, and the loss there.

    Where rounding hides any fall: where one stands.
    """
    length = 1.0
    for _ in range(_MOST_HALVINGS):
        there = here - length * step
        lost = task.loss(there)
        if lost <= loss - _PROMISED * length * decrement:
            return there, lost
        length /= 2
    return here, loss
