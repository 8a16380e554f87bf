"""The Beta distribution behind a figure: its band, and the chances that the rules of risk ask for.

With good evidence `r`, bad evidence `s` and a lent share `a` weighing `S`, trust is taken to be distributed as
Beta(r + S*a, s + S*(1 - a)) (the beta reputation, Jøsang and Ismail 2002; S = 2 as in subjective logic, Jøsang 2016).
"""

import math
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, betaincinv

Column = npt.NDArray[np.float64]
Parts = tuple[float, float, float]
"""(good, bad, lent): aged good and bad evidence, and the lent share."""

PRIOR_STRENGTH: Final = 2.0
"""S: what is lent weighs as much as two interactions, the non-informative weight of subjective logic (Jøsang 2016)."""

BAND_EVIDENCE: Final = 5.0
"""The band counts at most this much evidence: it says where the next few interactions will lie, not the mean."""

BAND_TAIL: Final = 0.05
"""Each side of the 90 % band."""

# Sums beyond any real register: above it doubles run over, and a Beta distribution has long been a point.
_MOST: Final = 1e9
# A Beta distribution needs both parameters above nought; a share of exactly 0 or 1 is taken as this close to it.
_LEAST: Final = 1e-9
# Points of the numerical integration, mapped to 0..1: enough for an error below .001 (a test redoes exact cases).
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(96)
_POINTS: Final = (_NODES + 1) / 2
_SHARES: Final = _WEIGHTS / 2


def weighed(evidence: float) -> float:
    """Return a sum of evidence as it may be used: never below 0 (subtracting leaves -1e-16), and a number."""
    if not math.isfinite(evidence):
        raise ValueError("A sum of evidence must be a finite number.")
    return min(max(evidence, 0.0), _MOST)


def shared(share: float) -> float:
    """Return a share as it may be used: between 0 and 1, and a number."""
    if not math.isfinite(share):
        raise ValueError("A share must be a finite number.")
    return min(max(share, 0.0), 1.0)


def parameters(good: float, bad: float, lent: float) -> tuple[float, float]:
    """Return the two parameters r + S*a and s + S*(1 - a)."""
    lent = shared(lent)
    alpha, beta = weighed(good) + PRIOR_STRENGTH * lent, weighed(bad) + PRIOR_STRENGTH * (1 - lent)
    return max(alpha, _LEAST), max(beta, _LEAST)


def band(good: float, bad: float, lent: float) -> tuple[float, float]:
    """Return the 5 % and 95 % quantiles, with at most `BAND_EVIDENCE` of the evidence counted."""
    good, bad = weighed(good), weighed(bad)
    counted = BAND_EVIDENCE / max(good + bad, BAND_EVIDENCE)
    alpha, beta = parameters(counted * good, counted * bad, lent)
    return float(betaincinv(alpha, beta, BAND_TAIL)), float(betaincinv(alpha, beta, 1 - BAND_TAIL))


def bands(goods: Column, bads: Column, lents: Column) -> tuple[list[float], list[float]]:
    """Return the lower and the upper ends of many bands at once; the columns already hold to their bounds."""
    counted = BAND_EVIDENCE / np.maximum(goods + bads, BAND_EVIDENCE)
    alpha = np.maximum(counted * goods + PRIOR_STRENGTH * lents, _LEAST)
    beta = np.maximum(counted * bads + PRIOR_STRENGTH * (1 - lents), _LEAST)
    return betaincinv(alpha, beta, BAND_TAIL).tolist(), betaincinv(alpha, beta, 1 - BAND_TAIL).tolist()


def chance_below(threshold: float, good: float, bad: float, lent: float) -> float:
    """Return the chance that trust lies below a threshold, with all the evidence counted, uncapped.

    Example: no evidence and a share of .5 make every value equally likely, so `chance_below(0.3, 0, 0, 0.5)` is .3.
    """
    alpha, beta = parameters(good, bad, lent)
    return float(betainc(alpha, beta, shared(threshold)))


def chance_exceeds(first: Parts, second: Parts, margin: float = 0.0) -> float:
    """Return the chance that the first's trust exceeds the second's by more than a margin.

    All evidence counts, and the two are taken as independent. The second's trust is walked through by its own quantiles
    (Gauss and Legendre, 96 points), asking at each how often the first lies above it: error below .001.

    Example: two that nothing is known of: `chance_exceeds((0, 0, 0.5), (0, 0, 0.5))` is .5.
    """
    alpha, beta = parameters(*first)
    trust_of_second = betaincinv(*parameters(*second), _POINTS)
    lines = np.clip(trust_of_second + margin, 0.0, 1.0)
    return shared(float(_SHARES @ (1 - betainc(alpha, beta, lines))))
