"""The published figure of trust: from good and bad evidence and a borrowed prior to a figure, a band and a word.

The formulas are fixed, so that anybody can recompute a figure by hand. With good evidence `r`, bad evidence `s` (both
aged), the share `a` lent by others' evidence and the strength of that loan `S`:

    figure    p = (r + S*a) / (r + s + S)
    not known u = S / (r + s + S)

They are those of the beta reputation (Jøsang and Ismail 2002) and of subjective logic (Jøsang 2016), in which an
opinion is belief, disbelief and what is not known, adding up to one.

Example: one good meeting today and nobody else's evidence give `figure(1, 0, 0.5)` = (1 + 2*0.5) / (1 + 2) = 0.67, of
which `unknown(1, 0)` = 2/3 is not known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from register.trust.beta import PRIOR_STRENGTH, band, bands, chance_below, chance_exceeds, shared, weighed

__all__ = [
    "COUNTERPART_STRENGTH",
    "HALF_LIFE",
    "PRIOR_HALF_LIFE",
    "PRIOR_STRENGTH",
    "WORDS",
    "Standing",
    "band",
    "chance_below",
    "chance_exceeds",
    "counterpart_share",
    "decay",
    "figure",
    "network_share",
    "standing",
    "standings",
    "unknown",
    "word",
]

HALF_LIFE: Final = 180.0
"""Days after which evidence weighs half. Measured on eight streams of real judgements over 5 to 32 years: choosing it
from a register's own past helped little and made figures jump."""

PRIOR_HALF_LIFE: Final = 365.0
"""Days for what is borrowed, the network's share and the record elsewhere: a year, so that it holds still."""

COUNTERPART_STRENGTH: Final = 4.0
"""How many interactions elsewhere it takes for a counterpart's own record to weigh as much as the network's share; kept
from the same measurements on eight streams."""

STRONG, SOUND, MIXED, WEAK, NOT_KNOWN = "strong", "sound", "mixed", "weak", "not known"
WORDS: Final = (STRONG, SOUND, MIXED, WEAK, NOT_KNOWN)

NOT_KNOWN_FROM: Final = 0.5
"""Of `unknown`: half is not known with no more than two fresh interactions' worth of evidence."""
STRONG_FIGURE, STRONG_ABOVE = 0.8, 0.6
"""Strong from this figure on, where the band's lower end lies above the second."""
SOUND_FIGURE, SOUND_ABOVE = 0.6, 0.4
WEAK_FIGURE, WEAK_BELOW = 0.4, 0.7
"""Weak below this figure, where the band's upper end lies below the second."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is computed of one relationship, or of one determinant of it, on a day."""

    good: float
    """Good evidence, aged: how many interactions of today it is worth."""
    bad: float
    lent: float
    """The prior: what others' evidence says of the counterpart, weighing as much as two interactions."""
    figure: float
    low: float
    """The lower end of the 90 % band."""
    high: float
    belief: float
    disbelief: float
    unknown: float
    """With belief and disbelief it adds up to 1."""
    word: str


def decay(age_days: float, half_life: float) -> float:
    """Return what is left of one unit of evidence after `age_days` days: 1 today, half after one half-life.

    An infinite half-life forgets nothing. Under one day, or for a day before the evidence: ValueError.
    """
    refuse_short(half_life)
    if not 0 <= age_days < float("inf"):
        raise ValueError("The age of evidence must be nought or more days.")
    return float(0.5 ** (age_days / half_life))


def refuse_short(half_life: float) -> None:
    """Raise ValueError for a half-life under one day: evidence would be gone before anyone read the figure."""
    if not half_life >= 1:
        raise ValueError("A half-life must be one day or longer.")


def network_share(good: float, bad: float) -> float:
    """Return the share of good in all evidence of the network, a0 = (R + 1) / (R + S + 2); with none, one half.

    `good` and `bad` are aged with `PRIOR_HALF_LIFE`.
    """
    good, bad = weighed(good), weighed(bad)
    return (good + 1) / (good + bad + 2)


def counterpart_share(good: float, bad: float, network: float) -> float:
    """Return what the counterpart's record elsewhere lends: its share of good, drawn to the network's while short.

    `good` and `bad` leave out the relationship being scored, and are aged with `PRIOR_HALF_LIFE`.
    Example: 4 good elsewhere in a network of .5 lend (4 + 4*.5) / (4 + 4) = .75.
    """
    good, bad = weighed(good), weighed(bad)
    return (good + COUNTERPART_STRENGTH * shared(network)) / (good + bad + COUNTERPART_STRENGTH)


def figure(good: float, bad: float, lent: float) -> float:
    """Return p = (r + S*a) / (r + s + S), between 0 and 1."""
    good, bad = weighed(good), weighed(bad)
    return (good + PRIOR_STRENGTH * shared(lent)) / (good + bad + PRIOR_STRENGTH)


def unknown(good: float, bad: float) -> float:
    """Return u = S / (r + s + S): 1 with no evidence, one half with two fresh interactions, towards 0 with many."""
    return PRIOR_STRENGTH / (weighed(good) + weighed(bad) + PRIOR_STRENGTH)


def word(figure: float, low: float, high: float, unknown: float) -> str:
    """Say a standing in one word. "Mixed" is known, and neither; "not known" is no more than two interactions' worth.

    Example: a figure of .85 with a band from .62 is "strong"; the same figure of one meeting is "not known".
    """
    if unknown >= NOT_KNOWN_FROM:
        return NOT_KNOWN
    if figure >= STRONG_FIGURE and low > STRONG_ABOVE:
        return STRONG
    if figure >= SOUND_FIGURE and low > SOUND_ABOVE:
        return SOUND
    if figure < WEAK_FIGURE and high < WEAK_BELOW:
        return WEAK
    return MIXED


def standing(good: float, bad: float, lent: float) -> Standing:
    """Return the standing that aged evidence and a borrowed prior add up to."""
    return _standing(weighed(good), weighed(bad), shared(lent), *band(good, bad, lent))


def standings(goods: Sequence[float], bads: Sequence[float], lents: Sequence[float]) -> list[Standing]:
    """Return one standing for each place of three sequences of equal length: what a list of relationships asks for.

    The same as `standing` of each, with all quantiles taken at once.
    """
    rows = [(weighed(good), weighed(bad), shared(lent)) for good, bad, lent in zip(goods, bads, lents, strict=True)]
    lows, highs = bands(*np.array(rows, dtype=np.float64).reshape(-1, 3).T)
    return [_standing(*row, low, high) for row, low, high in zip(rows, lows, highs, strict=True)]


def _standing(good: float, bad: float, lent: float, low: float, high: float) -> Standing:
    """Put a standing together from values already held to their bounds."""
    total = good + bad + PRIOR_STRENGTH
    share, missing = (good + PRIOR_STRENGTH * lent) / total, PRIOR_STRENGTH / total
    said = word(share, low, high, missing)
    return Standing(good, bad, lent, share, low, high, good / total, bad / total, missing, said)
