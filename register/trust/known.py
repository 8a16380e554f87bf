"""What was known before each row of a stream: the sums from which figure, forecast and band are computed.

The same running sums as the product's, for a whole stream at once: by days, what became known since is added to the
totals, and then the totals are read for all rows that are forecast on that day.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from register.trust.backtest import By, known_on
from register.trust.evidence import EPOCH
from register.trust.figure import COUNTERPART_STRENGTH, HALF_LIFE, PRIOR_HALF_LIFE
from register.trust.forecast import LEVEL_HALF_LIVES, Known
from register.trust.streams import Row

Column = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

_EPOCH: Final = EPOCH.toordinal()
_NOBODY: Final = -1


class Columns:
    """Outcomes with their days since the epoch, in order of the day on which each is forecast."""

    def __init__(self, outcomes: Column, held: Places, asked: Places, known: Places) -> None:
        self.outcomes = outcomes
        """Of 0 to 1: how good each was."""
        self.held, self.asked, self.known = held, asked, known
        self.days: Places = np.unique(asked, return_inverse=True)[1]
        """The days of forecasts numbered from 0."""
        self._arriving = np.argsort(known, kind="stable")
        # How many rows, in order of arrival, are known before each row.
        self._learnt = np.searchsorted(known[self._arriving], asked, side="left")

    def seen_before(self, row: int) -> Places:
        """Return the rows known strictly before the day on which a row is forecast, in order of becoming known."""
        return self._arriving[: self._learnt[row]]

    def sums(self, told: Places, asked: Places, half_life: float) -> tuple[Column, Column]:
        """Return the good and the bad evidence told of each row's `asked` by the day it is forecast, aged to it.

        `told` says whom each row's outcome is about; whoever is asked and nobody told of has none.
        """
        scale = np.exp2(self.held / half_life)
        added = np.column_stack([self.outcomes * scale, (1 - self.outcomes) * scale])
        # One place more than there are parties: the last one, never told of, is that of `_NOBODY`.
        totals, read = np.zeros((int(told.max()) + 2, 2)), np.empty((len(told), 2))
        starts = np.flatnonzero(np.diff(self.asked, prepend=self.asked[0] - 1)).tolist()
        before = 0
        for start, end in zip(starts, [*starts[1:], len(told)], strict=True):
            news = self._arriving[before : self._learnt[start]]
            np.add.at(totals, told[news], added[news])
            read[start:end] = totals[asked[start:end]]
            before = self._learnt[start]
        aged = np.maximum(read * np.exp2(-self.asked / half_life)[:, None], 0.0)
        return aged[:, 0], aged[:, 1]


class Stream(Columns):
    """A stream as columns, with who speaks of whom."""

    def __init__(self, ordered: Sequence[Row]) -> None:
        super().__init__(
            np.array([row.good for row in ordered], dtype=np.float64),
            days_of(row.held_on.toordinal() for row in ordered),
            days_of(row.forecast_on.toordinal() for row in ordered),
            days_of(known_on(row).toordinal() for row in ordered),
        )
        pairs = numbered((row.rater, row.ratee) for row in ordered)
        self.pairs = places(pairs, ((row.rater, row.ratee) for row in ordered))
        self.reverses = places(pairs, ((row.ratee, row.rater) for row in ordered))
        self.raters = places(None, (row.rater for row in ordered))
        self.ratees = places(None, (row.ratee for row in ordered))

    def keys(self, by: By) -> Places:
        """Return the number of each row's key."""
        return self.pairs if by == "pair" else self.ratees


def known_before(stream: Stream, by: By) -> Known:
    """Return what was known before each row; by pair or by ratee as the back-test of the figure has it."""
    everybody = np.zeros_like(stream.pairs)
    good, bad = stream.sums(everybody, everybody, PRIOR_HALF_LIFE)
    network = (good + 1) / (good + bad + 2)
    own = stream.sums(stream.pairs, stream.pairs, PRIOR_HALF_LIFE)
    rater = elsewhere(stream.sums(stream.raters, stream.raters, PRIOR_HALF_LIFE), own)
    ratee = elsewhere(stream.sums(stream.ratees, stream.ratees, PRIOR_HALF_LIFE), own)
    record = (ratee[0] + COUNTERPART_STRENGTH * network) / (ratee[0] + ratee[1] + COUNTERPART_STRENGTH)
    keys = stream.keys(by)
    levels = [stream.sums(keys, keys, half_life) for half_life in LEVEL_HALF_LIVES]
    return Known(
        goods=np.column_stack([level[0] for level in levels]),
        bads=np.column_stack([level[1] for level in levels]),
        lent=record if by == "pair" else network,
        network=network,
        rater_good=rater[0],
        rater_bad=rater[1],
        record=record,
        reverse_good=(reverse := stream.sums(stream.pairs, stream.reverses, HALF_LIFE))[0],
        reverse_bad=reverse[1],
    )


def elsewhere(record: tuple[Column, Column], own: tuple[Column, Column]) -> tuple[Column, Column]:
    """Return a record without the own relationship's part; rounding below 0 is 0."""
    return np.maximum(record[0] - own[0], 0.0), np.maximum(record[1] - own[1], 0.0)


def days_of(ordinals: Iterable[int]) -> Places:
    """Return days as numbers since the epoch."""
    return np.fromiter(ordinals, dtype=np.int64) - _EPOCH


def numbered(parties: Iterable[Hashable]) -> dict[Hashable, int]:
    """Return a number for each party, in order of first appearance."""
    return {party: number for number, party in enumerate(dict.fromkeys(parties))}


def places(numbers: dict[Hashable, int] | None, parties: Iterable[Hashable]) -> Places:
    """Return each party's number; `_NOBODY` for one that has none."""
    listed = list(parties)
    numbers = numbered(listed) if numbers is None else numbers
    return np.array([numbers.get(party, _NOBODY) for party in listed], dtype=np.int64)
