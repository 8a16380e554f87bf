"""The forecast beside the figure: a logistic regression on what is known, which starts as the figure itself.

The figure is fixed. What a register's own past can teach goes into a forecast beside it, in two forms:

    simple  1, logit of the figure at half-lives 30, 180 and 1460 days, Lx, Lx * u
    richer  the same, then the counterpart's record and the reverse direction

Lx is the rater's leniency and u what is not known at 180 days. Both forms are pulled towards coefficients of 0 but for
1 on the figure of 180 days, which give back the figure. `register.trust.stepping` says which form may be used.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from register.trust.beta import PRIOR_STRENGTH
from register.trust.figure import HALF_LIFE
from register.trust.leniency import leniencies, logits

Column = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]

SHORT, LONG = 30.0, 1460.0
"""Days: with the figure's own 180 they tell what is of this month from what is of these years."""
LEVEL_HALF_LIVES: Final = (SHORT, HALF_LIFE, LONG)

FIGURE, SIMPLE, RICHER = "figure", "simple", "richer"
FORMS: Final = (FIGURE, SIMPLE, RICHER)
"""In the order in which a forecast steps up."""

INPUTS: Final = {SIMPLE: 6, RICHER: 8}
"""How many columns of `inputs` each form uses: the first of them."""
_OF_FIGURE: Final = 2


class Known(NamedTuple):
    """What is known before each forecast, in columns of equal length; evidence is aged to the day of the forecast."""

    goods: Matrix
    """Good evidence of the relationship, one column for each of `LEVEL_HALF_LIVES`."""
    bads: Matrix
    lent: Column
    """The prior of the figure."""
    network: Column
    """a0."""
    rater_good: Column
    """What the rater said elsewhere, half-life 365 days."""
    rater_bad: Column
    record: Column
    """The counterpart's record elsewhere, drawn to the network's."""
    reverse_good: Column
    """What the counterpart said of the rater, half-life 180 days."""
    reverse_bad: Column


@dataclass(frozen=True, slots=True)
class Model:
    """A form of the forecast with its coefficients; those of the figure are none."""

    form: str
    coefficients: tuple[float, ...] = ()


PLAIN: Final = Model(FIGURE)
"""The forecast of a register that has not earned another."""


def figures(known: Known) -> Column:
    """Return the published figure, p = (r + S*a) / (r + s + S) at 180 days."""
    return _shares(known.goods[:, 1], known.bads[:, 1], known.lent)


def unknowns(known: Known) -> Column:
    """Return u = S / (r + s + S) at 180 days."""
    return PRIOR_STRENGTH / (known.goods[:, 1] + known.bads[:, 1] + PRIOR_STRENGTH)


def inputs(known: Known) -> Matrix:
    """Return the columns of the richer form, of which the simple form uses the first."""
    lenient = leniencies(known.rater_good, known.rater_bad, known.network)
    usual = logits(known.network)
    reverse = _shares(known.reverse_good, known.reverse_bad, known.network)
    levels = [logits(_shares(known.goods[:, at], known.bads[:, at], known.lent)) for at in range(3)]
    ones = np.ones(len(lenient))
    return np.column_stack(
        [ones, *levels, lenient, lenient * unknowns(known), logits(known.record) - usual, logits(reverse) - usual]
    )


def target(form: str) -> Column:
    """Return the coefficients that give back the figure: 1 on its logit and 0 elsewhere."""
    towards = np.zeros(INPUTS[form])
    towards[_OF_FIGURE] = 1.0
    return towards


def chances(model: Model, figures: Column, inputs: Matrix) -> Column:
    """Return the chance of a good outcome for each row; the figure itself where nothing else was earned."""
    if model.form == FIGURE:
        return figures
    used = inputs[:, : INPUTS[model.form]]
    return np.asarray(expit(used @ np.array(model.coefficients)), dtype=np.float64)


def _shares(goods: Column, bads: Column, lent: Column) -> Column:
    return (goods + PRIOR_STRENGTH * lent) / (goods + bads + PRIOR_STRENGTH)
