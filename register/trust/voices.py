"""Several voices on one relationship: where those who rate it differ, and how far the two directions lie apart.

An officer's own view and what the partner told the officer are two voices, and are never mixed into one. Each voice is
what one person said in it; raters are compared determinant by determinant by the last thing that each said in 180 days.

Example: Imogen rated openness 4 in May and Tom 2 in June: they lie 2 points apart, a finding for the next review.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from register.trust.evidence import Item

HEARD_IN: Final = timedelta(days=180)
"""Older ratings are of another time: who differs from them need not differ from whoever gave them."""
APART: Final = 2.0
"""Points of 1 to 5 from which raters disagree: "fair" against "very good", or "poor" against "good"."""

OWN, TOLD = "own", "told"
VOICES: Final = (OWN, TOLD)


class Voice(NamedTuple):
    """What one person in one voice said last of a determinant."""

    rater_key: str
    held_on: date
    score: float
    """1 to 5; a mean where the person gave several scores on that day."""

    @property
    def kind(self) -> str:
        """Own view, or as the partner told."""
        return voice_of(self.rater_key)


class Spread(NamedTuple):
    """What all voices said of one determinant, in the order of their keys."""

    determinant: str
    voices: tuple[Voice, ...]

    @property
    def low(self) -> Voice:
        """The lowest voice; of equals the latest."""
        return min(self.voices, key=lambda voice: (voice.score, -voice.held_on.toordinal()))

    @property
    def high(self) -> Voice:
        """The highest voice; of equals the latest."""
        return max(self.voices, key=lambda voice: (voice.score, voice.held_on.toordinal()))

    @property
    def apart(self) -> float:
        """How many points lie between the highest and the lowest."""
        return self.high.score - self.low.score

    @property
    def is_disagreement(self) -> bool:
        """Whether they lie far enough apart to be taken up at the next review."""
        return self.apart >= APART


def voice_of(rater_key: str) -> str:
    """Return the voice of a rater's key: "person:3:told" is "told"."""
    return TOLD if rater_key.endswith(f":{TOLD}") else OWN


def spreads(items: Iterable[Item], on: date) -> list[Spread]:
    """Return the determinants of one relationship on which more than one voice spoke lately, the widest apart first."""
    latest: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        if item.determinant and item.rater_key and on - HEARD_IN < item.held_on <= on:
            latest[item.determinant, item.rater_key].append(item)
    voices: dict[str, list[Voice]] = defaultdict(list)
    for (determinant, rater_key), said in sorted(latest.items()):
        voices[determinant].append(_voice(rater_key, said))
    found = [Spread(determinant, tuple(some)) for determinant, some in voices.items() if len(some) > 1]
    return sorted(found, key=lambda spread: (-spread.apart, spread.determinant))


def _voice(rater_key: str, said: list[Item]) -> Voice:
    last = max(item.held_on for item in said)
    goods = [item.good for item in said if item.held_on == last]
    return Voice(rater_key, last, 1 + 4 * sum(goods) / len(goods))
