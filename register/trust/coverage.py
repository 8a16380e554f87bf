"""How often the 90 % band held what followed: the next five outcomes of each key, against the band's own distribution.

Each key's counted rows are cut into consecutive fives, none overlapping; a five that spans more than 365 days, or a
single day, is left out. With the band's Beta distribution at the first row of a five, the number of good ones among
them is beta-binomial. Numbers are whole, so that no band can hold exactly 90 % of them; each five counts the share of
its step of that distribution which lies between 5 % and 95 %.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import betaln, comb

from register.trust.beta import BAND_EVIDENCE, BAND_TAIL, PRIOR_STRENGTH
from register.trust.forecast import Known

Column = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

FIVE: Final = 5
LONGEST_SPAN: Final = 365
"""Days."""

_LEAST: Final = 1e-9


def fives(keys: Sequence[int], held: Sequence[int], start: int) -> list[list[int]]:
    """Return the rows of each five that counts, from row `start` on; `held` are days."""
    rows_of: defaultdict[int, list[int]] = defaultdict(list)
    for row in range(start, len(keys)):
        rows_of[keys[row]].append(row)
    found = [rows[at : at + FIVE] for rows in rows_of.values() for at in range(0, len(rows) - FIVE + 1, FIVE)]
    return [five for five in found if 0 < _span([held[row] for row in five]) <= LONGEST_SPAN]


def coverage(known: Known, outcomes: Column, keys: Places, held: Places, start: int) -> float | None:
    """Return the mean share of what followed that the band held; None where no five counts."""
    found = fives(keys.tolist(), held.tolist(), start)
    if not found:
        return None
    rows = np.array(found)
    return float(shares_inside(*parameters(known, rows[:, 0]), outcomes[rows].sum(axis=1)).mean())


def parameters(known: Known, rows: npt.NDArray[np.int_]) -> tuple[Column, Column]:
    """Return the two parameters of the band's Beta distribution at each of these rows."""
    good, bad, lent = known.goods[rows, 1], known.bads[rows, 1], known.lent[rows]
    counted = BAND_EVIDENCE / np.maximum(good + bad, BAND_EVIDENCE)
    alpha, beta = counted * good + PRIOR_STRENGTH * lent, counted * bad + PRIOR_STRENGTH * (1 - lent)
    return np.maximum(alpha, _LEAST), np.maximum(beta, _LEAST)


def shares_inside(alpha: Column, beta: Column, good: Column) -> Column:
    """Return which share of [F(k-1), F(k)] lies inside [.05, .95]: F is the beta-binomial of five, k the good ones.

    Example: Beta(1, 1) makes 0 to 5 good ones equally likely; k = 0 takes [0, .167], of which .7 lie inside.
    """
    chances = _chances(alpha, beta)
    upto = np.cumsum(chances, axis=1)
    at = (np.arange(len(good)), good.astype(np.int64))
    top, width = upto[at], np.maximum(chances[at], _LEAST)
    inside = np.minimum(top, 1 - BAND_TAIL) - np.maximum(top - width, BAND_TAIL)
    return np.clip(inside / width, 0.0, 1.0)


def _chances(alpha: Column, beta: Column) -> Matrix:
    """Return the beta-binomial chance of 0 to 5 good ones, a line for each pair of parameters."""
    good = np.arange(FIVE + 1)
    logs = betaln(alpha[:, None] + good, beta[:, None] + FIVE - good) - betaln(alpha, beta)[:, None]
    return np.asarray(comb(FIVE, good) * np.exp(logs), dtype=np.float64)


def _span(days: list[int]) -> int:
    return max(days) - min(days)
