"""How lenient a rater is: what it says of others, against what the network says.

Shown beside a figure and used by the forecast; it never rewrites anybody's reading, and never moves a figure.
"""

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from register.trust.beta import shared, weighed

Column = npt.NDArray[np.float64]

LENIENCY_STRENGTH: Final = 8.0
"""How many judgements elsewhere it takes for a rater's own way to weigh as much as the network's share; measured on
eight streams of real judgements, with the rest of the forecast."""

# A share is taken as this far from 0 and 1 at least, so that its odds can be written down.
_LEAST: Final = 1e-9


def leniency(good: float, bad: float, network: float) -> float:
    """Return Lx = logit((rq + 8*a0) / (nq + 8)) - logit(a0): above 0 lenient, below 0 strict, 0 like the others.

    `good` and `bad` are what the rater said elsewhere (half-life 365 days, the relationship in question left out), and
    `network` is a0, the share of good in all evidence. A rater that said nothing elsewhere gives 0.

    Example: 8 good and none bad elsewhere in a network of .5: logit(12/16) - logit(.5) = log 3 = 1.10.
    """
    column = leniencies(*(np.array([value]) for value in (weighed(good), weighed(bad), shared(network))))
    return float(column[0])


def leniencies(goods: Column, bads: Column, networks: Column) -> Column:
    """Return the leniency of many raters at once; the columns already hold to their bounds."""
    said = (goods + LENIENCY_STRENGTH * networks) / (goods + bads + LENIENCY_STRENGTH)
    return np.where(goods + bads > 0, logits(said) - logits(networks), 0.0)


def logits(shares: Column) -> Column:
    """Return the logarithm of the odds of each share, always finite."""
    held = np.clip(shares, _LEAST, 1 - _LEAST)
    return np.log(held) - np.log1p(-held)


def times_as_likely(leniency: float) -> float:
    """Return a leniency as odds: how many times the network's odds of a good judgement this rater's are.

    Example: `times_as_likely(1.0986)` is 3.0: where others' odds are even, this rater's are three to one.
    """
    return math.exp(leniency)
