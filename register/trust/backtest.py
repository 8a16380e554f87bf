"""Forecasts a stream's past by the product's own figure, and measures how well that would have gone.

Rows go by `forecast_on`, in the file's order within a day, and those from position floor(0.6 n) on count. A row is
forecast from rows known strictly before its `forecast_on`, so that rows of one day never see one another. A row's
evidence is `good`, aged by `held_on`, each row of weight 1: the sharing of one unit among a day's readings by one rater
is left out here.

By pair the key is (rater, ratee), and the prior the ratee's record without the own pair, drawn to the network. By ratee
the key is the ratee, and the prior the network's. What is kept for a key does not grow with its rows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

import numpy as np

from register.trust.evidence import read, scaled
from register.trust.figure import HALF_LIFE, PRIOR_HALF_LIFE, counterpart_share, figure, network_share
from register.trust.metrics import Column, Measures, measures
from register.trust.streams import Row

By = Literal["pair", "ratee"]
Key = tuple[str, ...]

COUNTED_FROM: Final = 0.6
"""The share of rows that only serve as a past."""
WINDOW: Final = 10


class Sums:
    """Good and bad evidence as running sums of one half-life."""

    __slots__ = ("bad", "good")

    def __init__(self) -> None:
        self.good = 0.0
        self.bad = 0.0

    def add(self, row: Row, half_life: float) -> None:
        """Add a row with its own age, whenever it became known."""
        self.good += scaled(row.good, row.held_on, half_life)
        self.bad += scaled(1 - row.good, row.held_on, half_life)

    def read(self, on: date, half_life: float) -> tuple[float, float]:
        """Return (good, bad) on a day."""
        return read(self.good, on, half_life), read(self.bad, on, half_life)


@dataclass(slots=True)
class Tally:
    """What the rules of thumb know of a key, in the order in which it became known."""

    good: int = 0
    rows: int = 0
    recent: int = 0
    """The outcomes of the last ten rows as bits, the newest lowest: a key costs a few bytes, however many there are."""

    def add(self, row: Row) -> None:
        """Count one row."""
        self.good += row.good
        self.rows += 1
        self.recent = (self.recent << 1 | row.good) & (1 << WINDOW) - 1


@dataclass(slots=True)
class Known:
    """All that is known of one key: evidence for the figure, its part in the ratee's record, and the plain counts."""

    level: Sums = field(default_factory=Sums)
    own: Sums = field(default_factory=Sums)
    tally: Tally = field(default_factory=Tally)


# Each rule of thumb takes what it counted of the key and the network's share, and gives a chance.
BASELINES: Final[tuple[tuple[str, Callable[[Tally, float], float]], ...]] = (
    ("base_rate", lambda _tally, network: network),
    ("mean", lambda tally, network: tally.good / tally.rows if tally.rows else network),
    ("last_value", lambda tally, network: float(tally.recent & 1) if tally.rows else network),
    ("window_10", lambda tally, _network: (tally.recent.bit_count() + 1) / (min(tally.rows, WINDOW) + 2)),
    ("beta_1_1", lambda tally, _network: (tally.good + 1) / (tally.rows + 2)),
)


class Past:
    """What is known at a moment of the replay."""

    def __init__(self, by: By) -> None:
        self._by = by
        self._network = Sums()
        self._ratees: dict[str, Sums] = {}
        self._keys: dict[Key, Known] = {}

    def learn(self, row: Row) -> None:
        """Take in one row, as a meeting is taken in when it is logged."""
        known = self._keys.setdefault(self._key(row), Known())
        known.level.add(row, HALF_LIFE)
        known.tally.add(row)
        self._network.add(row, PRIOR_HALF_LIFE)
        if self._by == "pair":
            known.own.add(row, PRIOR_HALF_LIFE)
            self._ratees.setdefault(row.ratee, Sums()).add(row, PRIOR_HALF_LIFE)

    def forecasts(self, row: Row) -> tuple[float, ...]:
        """Return the chance of a good outcome by the figure, and then by each of `BASELINES`."""
        network = network_share(*self._network.read(row.forecast_on, PRIOR_HALF_LIFE))
        known = self._keys.get(self._key(row)) or Known()
        lent = self._lent(row, known.own, network) if self._by == "pair" else network
        ours = figure(*known.level.read(row.forecast_on, HALF_LIFE), lent)
        return ours, *(rule(known.tally, network) for _, rule in BASELINES)

    def _lent(self, row: Row, own: Sums, network: float) -> float:
        """Return the ratee's share from what other raters said of it."""
        elsewhere = Sums()
        record = self._ratees.get(row.ratee)
        if record is not None:
            elsewhere.good, elsewhere.bad = record.good - own.good, record.bad - own.bad
        return counterpart_share(*elsewhere.read(row.forecast_on, PRIOR_HALF_LIFE), network)

    def _key(self, row: Row) -> Key:
        return (row.rater, row.ratee) if self._by == "pair" else (row.ratee,)


@dataclass(frozen=True, slots=True)
class Report:
    """What a back-test found."""

    rows: int
    counted: int
    default: Measures
    baselines: dict[str, Measures]


def backtest(rows: Iterable[Row], by: By) -> Report:
    """Replay a stream (at least one row) and measure the figure and the rules of thumb over its last 40 % by time."""
    ordered = sorted(rows, key=lambda row: row.forecast_on)
    outcomes, chances = replay(ordered, by)
    base = chances[1]
    found = [measures(outcomes, column, base) for column in chances]
    names = [name for name, _ in BASELINES]
    return Report(len(ordered), len(outcomes), found[0], dict(zip(names, found[1:], strict=True)))


def replay(ordered: list[Row], by: By) -> tuple[Column, Column]:
    """Return the counted rows' outcomes, and one line of chances for the figure and for each of `BASELINES`.

    `ordered` goes by `forecast_on`.
    """
    past, start = Past(by), int(COUNTED_FROM * len(ordered))
    arriving = sorted(ordered, key=known_on)
    learnt, chances = 0, []
    for row in ordered[start:]:
        while learnt < len(arriving) and known_on(arriving[learnt]) < row.forecast_on:
            past.learn(arriving[learnt])
            learnt += 1
        chances.append(past.forecasts(row))
    outcomes = np.array([row.good for row in ordered[start:]], dtype=np.float64)
    return outcomes, np.array(chances, dtype=np.float64).T


def known_on(row: Row) -> date:
    """Return the day on which a row's outcome is known: never before it happened, nor before it is forecast.

    Streams keep that order themselves; where one does not, a row still must not be forecast from itself.
    """
    return max(row.recorded_on, row.held_on, row.forecast_on)
