"""The register's own past as a stream: each judgement of a relationship, with what was known before it.

A judgement is a unit of evidence: one rater's readings of one day, or one promise. Its outcome is how good it was,
from 0 to 1, and not only 1 or 0: a meeting rated 4 all through is three quarters good, and counts as such everywhere.

Who speaks of whom: the relationship is judged, and lent to by the counterpart's record in other relationships. A rater
is a person in one voice, an officer's own view or what the officer was told; a promise is a fact and has no rater.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from register.trust.figure import COUNTERPART_STRENGTH, HALF_LIFE, PRIOR_HALF_LIFE
from register.trust.forecast import LEVEL_HALF_LIVES, Known
from register.trust.known import Columns, days_of, elsewhere, numbered, places


class Judgement(NamedTuple):
    """One unit of evidence about a relationship as a whole."""

    held_on: date
    known_on: date
    """The day on which the register learned of it."""
    partnership_id: int
    rater_id: int
    ratee_id: int
    rater_key: str
    """Empty for a promise."""
    good: float
    pieces: int = 1
    """How many pieces of evidence share the unit."""


class Judged(Columns):
    """Judgements as columns, in the order in which they happened."""

    def __init__(self, ordered: Sequence[Judgement]) -> None:
        held = days_of(one.held_on.toordinal() for one in ordered)
        known = days_of(max(one.known_on, one.held_on).toordinal() for one in ordered)
        super().__init__(np.array([one.good for one in ordered], dtype=np.float64), held, held, known)
        relationships = [(one.partnership_id, one.rater_id, one.ratee_id) for one in ordered]
        numbers = numbered(relationships)
        self.relationships = places(numbers, relationships)
        self.reverses = places(numbers, [(one.partnership_id, one.ratee_id, one.rater_id) for one in ordered])
        self.ratees = places(None, [one.ratee_id for one in ordered])
        # A promise has a rater of its own in each relationship, who therefore says nothing elsewhere.
        voices = [one.rater_key or key for one, key in zip(ordered, relationships, strict=True)]
        self.raters = places(None, voices)
        self.own_raters = places(None, list(zip(voices, relationships, strict=True)))


def in_order(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Return judgements in the order in which they are forecast; the same whatever order they come in."""
    return sorted(judgements)


def known_before_each(judged: Judged) -> Known:
    """Return what was known before each judgement: everything recorded before the day on which it happened."""
    everybody = np.zeros_like(judged.relationships)
    good, bad = judged.sums(everybody, everybody, PRIOR_HALF_LIFE)
    network = (good + 1) / (good + bad + 2)
    own = judged.sums(judged.relationships, judged.relationships, PRIOR_HALF_LIFE)
    ratee = elsewhere(judged.sums(judged.ratees, judged.ratees, PRIOR_HALF_LIFE), own)
    said = judged.sums(judged.raters, judged.raters, PRIOR_HALF_LIFE)
    said_here = judged.sums(judged.own_raters, judged.own_raters, PRIOR_HALF_LIFE)
    rater = elsewhere(said, said_here)
    record = (ratee[0] + COUNTERPART_STRENGTH * network) / (ratee[0] + ratee[1] + COUNTERPART_STRENGTH)
    levels = [judged.sums(judged.relationships, judged.relationships, half_life) for half_life in LEVEL_HALF_LIVES]
    reverse = judged.sums(judged.relationships, judged.reverses, HALF_LIFE)
    return Known(
        goods=np.column_stack([level[0] for level in levels]), bads=np.column_stack([level[1] for level in levels]),
        lent=record, network=network, rater_good=rater[0], rater_bad=rater[1], record=record,
        reverse_good=reverse[0], reverse_bad=reverse[1],
    )
