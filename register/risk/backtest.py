"""Back-tests the main flag: whether, on each of many past days, the most exposed tenth were those that went badly next.

Days go from a fifth of the stream's span, every so many days, to 90 days before its end; those in the last 40 % of the
span count. On each day a key's exposure is computed from rows known before the day, each row of weight 1. Asked are
keys that did well so far: at least 5 rows and 5 good ones known, a share of good that is reached, and a row held within
two years. Right is a flag where a severe row was held in the 90 days from the day on.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from register.risk.exposure import AHEAD, RATE_HALF_LIFE, exposure
from register.risk.flag_measures import Asked, FlagsReport, measured
from register.trust.backtest import By, Key, Sums, known_on
from register.trust.figure import PRIOR_HALF_LIFE, counterpart_share, figure, network_share
from register.trust.streams import Row

EXPOSURE_HALF_LIFE: Final = 90.0
"""Days, of the figure in the exposure: quicker than the published one, for it asks about the next 90."""
LEAST_ROWS = LEAST_GOOD = 5
LAST_WITHIN: Final = 730
"""Days."""
FLAGGED: Final = 10
"""One in so many is flagged."""


@dataclass(slots=True)
class Past:
    """All that is known of one key on a day; its size does not grow with its rows."""

    level: Sums = field(default_factory=Sums)
    own: Sums = field(default_factory=Sums)
    rows: int = 0
    good: int = 0
    first: date = date.max
    last: date = date.min

    def learn(self, row: Row) -> None:
        """Take in one row."""
        self.level.add(row, EXPOSURE_HALF_LIFE)
        self.own.add(row, RATE_HALF_LIFE)
        self.rows += 1
        self.good += row.good
        self.first, self.last = min(self.first, row.held_on), max(self.last, row.held_on)

    def is_eligible(self, day: date, good_share: float) -> bool:
        """Return whether this key went well so far and is still at work, so that a flag would be news."""
        enough = self.rows >= LEAST_ROWS and self.good >= LEAST_GOOD
        return enough and self.good >= good_share * self.rows and (day - self.last).days <= LAST_WITHIN


class Exposures:
    """The exposure of every key on a day, from what was learnt so far."""

    def __init__(self, by: By) -> None:
        self._by = by
        self._network = Sums()
        self._ratees: defaultdict[str, Sums] = defaultdict(Sums)
        self.keys: defaultdict[Key, Past] = defaultdict(Past)

    def learn(self, row: Row) -> None:
        """Take in one row."""
        self.keys[key_of(row, self._by)].learn(row)
        self._network.add(row, PRIOR_HALF_LIFE)
        self._ratees[row.ratee].add(row, PRIOR_HALF_LIFE)

    def on(self, day: date, good_share: float) -> list[tuple[Key, float]]:
        """Return each eligible key with its exposure, the most exposed first; ties in the order of keys."""
        network = network_share(*self._network.read(day, PRIOR_HALF_LIFE))
        found = [
            (key, self._exposure(key, past, network, day))
            for key, past in self.keys.items()
            if past.is_eligible(day, good_share)
        ]
        return sorted(found, key=lambda each: (-each[1], each[0]))

    def _exposure(self, key: Key, past: Past, network: float, day: date) -> float:
        trust = figure(*past.level.read(day, EXPOSURE_HALF_LIFE), self._lent(key, past.own, network, day))
        return exposure(sum(past.own.read(day, RATE_HALF_LIFE)), past.first, trust, day)

    def _lent(self, key: Key, own: Sums, network: float, day: date) -> float:
        """Return the prior that the figure has by pair or by ratee."""
        if self._by == "ratee":
            return network
        elsewhere, record = Sums(), self._ratees[key[-1]]
        elsewhere.good, elsewhere.bad = record.good - own.good, record.bad - own.bad
        return counterpart_share(*elsewhere.read(day, PRIOR_HALF_LIFE), network)


def backtest_flags(rows: Sequence[Row], by: By, every: int, good_share: float) -> FlagsReport:
    """Flag the most exposed tenth of a stream (at least one row) on past days, and measure what came of it."""
    days = list(replay_flags(rows, by, every, good_share))
    return measured([asked for _, asked in days], every)


def replay_flags(rows: Sequence[Row], by: By, every: int, good_share: float) -> Iterator[tuple[date, list[Asked]]]:
    """Yield each counted day with the keys asked on it, the most exposed first."""
    arriving, learnt, exposures = sorted(rows, key=known_on), 0, Exposures(by)
    severe = severe_days(rows, by)
    for day in counted_days([row.held_on for row in rows], every):
        while learnt < len(arriving) and known_on(arriving[learnt]) < day:
            exposures.learn(arriving[learnt])
            learnt += 1
        found = exposures.on(day, good_share)
        flagged = len(found) // FLAGGED
        asked = [
            Asked(key, score, place < flagged, goes_badly(severe.get(key, []), day))
            for place, (key, score) in enumerate(found)
        ]
        yield day, asked


def counted_days(held: Sequence[date], every: int) -> list[date]:
    """Return the days on which flags are tried and count: the last 40 % of the span, short of its last 90 days."""
    start, end = min(held), max(held)
    span = (end - start).days
    first = -(-span // 5)
    tried = range(first, span - int(AHEAD) + 1, every)
    return [start + timedelta(days=at) for at in tried if 5 * at >= 3 * span]


def severe_days(rows: Iterable[Row], by: By) -> dict[Key, list[date]]:
    """Return the days on which each key's severe rows were held, in order."""
    found: defaultdict[Key, list[date]] = defaultdict(list)
    for row in rows:
        if row.severe:
            found[key_of(row, by)].append(row.held_on)
    return {key: sorted(days) for key, days in found.items()}


def goes_badly(severe: Sequence[date], day: date) -> bool:
    """Return whether one of the severe days, in order, lies in the 90 days from the day on."""
    place = bisect_left(severe, day)
    return place < len(severe) and (severe[place] - day).days < AHEAD


def key_of(row: Row, by: By) -> Key:
    """Return whom a row is about."""
    return (row.rater, row.ratee) if by == "pair" else (row.ratee,)
