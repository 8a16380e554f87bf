"""What came of past exposures: each relationship's score on past days, and whether a serious breach followed.

A serious breach is a dispute in which both took part, a promise broken to the one who rates, or its reading of 1. Days
tried lie 90 days apart, so that no breach counts twice; each score is made of what was known on its day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

import numpy as np

from register.risk.exposure import AHEAD, LEAST_ROWS, exposure
from register.trust.beta import PRIOR_STRENGTH
from register.trust.calibrated import Trial
from register.trust.figure import COUNTERPART_STRENGTH, HALF_LIFE, PRIOR_HALF_LIFE, figure
from register.trust.judgements import Judgement
from register.trust.known import Column, Places, days_of, numbered, places

Key = tuple[int, int, int]
"""Partnership, who rates, who is rated."""

FIGURE_HALF_LIFE: Final = 90.0
"""Days: exposure takes the figure at half the usual half-life."""
LONGEST: Final = 40
"""Days tried at most: ten years."""


class Serious(NamedTuple):
    """A serious breach: on which day, in which partnership, and between whom."""

    held_on: date
    partnership_id: int
    kind: str
    """"dispute", "broken promise" or "reading of 1"."""
    organisation_ids: tuple[int, ...]

    def concerns(self, key: Key) -> bool:
        """Return whether it is a breach of this relationship: of any direction for a dispute, else of its own."""
        if key[0] != self.partnership_id:
            return False
        if self.kind == "dispute":
            return {*key[1:]} <= {*self.organisation_ids}
        return self.organisation_ids == key[1:]


class Past:
    """Judgements as columns, to be read on any day."""

    def __init__(self, judgements: Sequence[Judgement]) -> None:
        keys = [(one.partnership_id, one.rater_id, one.ratee_id) for one in judgements]
        self.numbers = numbered(keys)
        self.keys: list[Key] = list(dict.fromkeys(keys))
        self._at = places(self.numbers, keys)
        self._ratees = places(None, [one.ratee_id for one in judgements])
        self._held = days_of(one.held_on.toordinal() for one in judgements)
        self._known = days_of(max(one.known_on, one.held_on).toordinal() for one in judgements)
        self._good: Column = np.array([one.good for one in judgements], dtype=np.float64)
        self._pieces: Column = np.array([one.pieces for one in judgements], dtype=np.float64)

    def scores_on(self, day: date) -> dict[Key, float]:
        """Return the exposure of each relationship of which enough was known on a day, by what was known then."""
        on = int(days_of([day.toordinal()])[0])
        known = np.flatnonzero(self._known <= on)
        if not len(known):
            return {}
        year = self._sums(known, on, PRIOR_HALF_LIFE)
        lent = self._lent(known, on, year)
        month, level = self._sums(known, on, FIGURE_HALF_LIFE), self._sums(known, on, HALF_LIFE)
        aged = self._pieces[known] * np.exp2((self._held[known] - on) / PRIOR_HALF_LIFE)
        counts = np.bincount(self._at[known], weights=aged, minlength=len(self.keys))
        rows = np.bincount(self._at[known], weights=self._pieces[known], minlength=len(self.keys))
        first = np.full(len(self.keys), on)
        np.minimum.at(first, self._at[known], self._held[known])
        enough = np.flatnonzero((rows >= LEAST_ROWS) & (level.sum(axis=1) > PRIOR_STRENGTH))
        return {
            self.keys[at]: exposure(
                float(counts[at]), day - timedelta(days=int(on - first[at])),
                figure(float(month[at, 0]), float(month[at, 1]), float(lent[at])), day,
            )
            for at in enough.tolist()
        }

    def _sums(self, known: Places, on: int, half_life: float) -> Column:
        """Return good and bad evidence of each relationship, aged to a day."""
        return _summed(self._at[known], self._good[known], self._held[known] - on, half_life, len(self.keys))

    def _lent(self, known: Places, on: int, own: Column) -> Column:
        """Return what each relationship borrows on a day."""
        count = int(self._ratees.max()) + 1
        records = _summed(
            self._ratees[known], self._good[known], self._held[known] - on, PRIOR_HALF_LIFE, count,
        )
        good, bad = own.sum(axis=0)
        network = (good + 1) / (good + bad + 2)
        ratee_of = np.zeros(len(self.keys), dtype=np.int64)
        ratee_of[self._at] = self._ratees
        elsewhere = np.maximum(records[ratee_of] - own, 0.0)
        lent: Column = (elsewhere[:, 0] + COUNTERPART_STRENGTH * network) / (
            elsewhere.sum(axis=1) + COUNTERPART_STRENGTH
        )
        return lent


def _summed(at: Places, good: Column, ages: Places, half_life: float, count: int) -> Column:
    left = np.exp2(ages / half_life)
    goods = np.bincount(at, weights=good * left, minlength=count)
    bads = np.bincount(at, weights=(1 - good) * left, minlength=count)
    return np.column_stack([goods, bads])


def trials(past: Past, breaches: Iterable[Serious], first: date, on: date) -> Iterator[Trial]:
    """Yield what came of each score of each past day whose 90 days are over."""
    by_partnership: dict[int, list[Serious]] = defaultdict(list)
    for breach in breaches:
        by_partnership[breach.partnership_id].append(breach)
    ahead = timedelta(days=int(AHEAD))
    for number in range(1, LONGEST + 1):
        day = on - number * ahead
        if day < first:
            return
        for key, score in past.scores_on(day).items():
            some = by_partnership.get(key[0], ())
            followed = any(day < breach.held_on <= day + ahead and breach.concerns(key) for breach in some)
            yield Trial(score, followed)
