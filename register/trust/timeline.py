"""A relationship's standing over time, from one pass over the evidence instead of one question for each day.

The sums of evidence are kept in the scale of one fixed day (see `evidence.scaled`), so that what stood on any day is
the running total up to that day with the scale taken off again.

Example: a good meeting on 1 March and a bad one on 1 May give moments for 1 March (not known), 1 April, 30 April (the
eve of a jump), 1 May, and each month's first day up to the day of asking.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, log2
from typing import NamedTuple

import numpy as np

from register.trust.beta import PRIOR_STRENGTH, Column
from register.trust.evidence import read, scaled
from register.trust.figure import HALF_LIFE, PRIOR_HALF_LIFE, Standing, counterpart_share, network_share, standings

EVE = timedelta(days=1)


class Unit(NamedTuple):
    """What one unit of evidence said: one rater's readings of one day, or one promise."""

    held_on: date
    good: float
    bad: float


class Moment(NamedTuple):
    """A relationship as it stood on a day."""

    day: date
    standing: Standing
    units: int
    """Units of evidence held on this very day."""


@dataclass(frozen=True, slots=True)
class Running:
    """Running totals of evidence by day, in the scale of `evidence.scaled`."""

    half_life: float
    days: Sequence[int]
    """Ordinals, ascending."""
    good: Column
    bad: Column

    def on(self, day: date) -> tuple[float, float]:
        """Return the good and bad evidence held by a day, as it is worth on that day."""
        place = int(np.searchsorted(self.days, day.toordinal(), side="right")) - 1
        if place < 0:
            return 0.0, 0.0
        good, bad = float(self.good[place]), float(self.bad[place])
        return read(good, day, self.half_life), read(bad, day, self.half_life)


def running(units: Iterable[Unit], half_life: float) -> Running:
    """Return the running totals of some units, in whatever order they come."""
    ordered = sorted(units)
    goods = [scaled(unit.good, unit.held_on, half_life) for unit in ordered]
    bads = [scaled(unit.bad, unit.held_on, half_life) for unit in ordered]
    days = [unit.held_on.toordinal() for unit in ordered]
    return Running(half_life, days, np.cumsum(goods, dtype=np.float64), np.cumsum(bads, dtype=np.float64))


NOTHING = running((), PRIOR_HALF_LIFE)


@dataclass(frozen=True, slots=True)
class Lending:
    """What the evidence of open partnerships lends on any day, half-life 365."""

    network: Running
    by_ratee: Mapping[int, Running]

    def lent(self, ratee_id: int, own: Running, day: date) -> float:
        """Return the prior of a relationship about an organisation; `own` is what it put in itself, to be left out."""
        good, bad = self.by_ratee.get(ratee_id, NOTHING).on(day)
        own_good, own_bad = own.on(day)
        network = network_share(*self.network.on(day))
        return counterpart_share(max(good - own_good, 0.0), max(bad - own_bad, 0.0), network)


def days_to_show(held_on: Collection[date], since: date, on: date, also: Collection[date] = ()) -> list[date]:
    """Return the days on which a standing is worth reading, ascending: see the example above.

    Those are the first and the last day, each day of evidence with its eve, the first of each month, and `also`.
    """
    evidence = {day for day in held_on if since <= day <= on}
    eves = {day - EVE for day in evidence if day > since}
    others = {day for day in also if since <= day <= on}
    return sorted({min(since, on), on} | evidence | eves | others | set(month_starts(since, on)))


def month_starts(since: date, on: date) -> list[date]:
    """Return the first of each month from `since` to `on`."""
    months = range(since.year * 12 + since.month - 1, on.year * 12 + on.month)
    starts = (date(month // 12, month % 12 + 1, 1) for month in months)
    return [start for start in starts if since <= start <= on]


def moments(
    units: Sequence[Unit], ratee_id: int, lending: Lending, days: Sequence[date], *, lends: bool,
) -> list[Moment]:
    """Return a relationship's standing on each of some days.

    `lends` says whether its own evidence is part of what is lent: that of an open partnership is.
    """
    own = running(units, HALF_LIFE)
    given = running(units, PRIOR_HALF_LIFE) if lends else NOTHING
    sums = [own.on(day) for day in days]
    lents = [lending.lent(ratee_id, given, day) for day in days]
    computed = standings([good for good, _ in sums], [bad for _, bad in sums], lents)
    held = Counter(unit.held_on for unit in units)
    return [Moment(day, standing, held[day]) for day, standing in zip(days, computed, strict=True)]


def fades_on(evidence: float, on: date) -> date | None:
    """Return the first day on which a standing is not known if nothing more is logged; None where it is so already.

    Evidence worth N on a day is worth N * 2^(-d/180) after d days, and half is not known at 2: d = 180 * log2(N / 2).
    """
    if evidence <= PRIOR_STRENGTH:
        return None
    return on + timedelta(days=ceil(HALF_LIFE * log2(evidence / PRIOR_STRENGTH)))


def fading_days(units: Sequence[Unit]) -> list[date]:
    """Return each day on which a standing that was known became not known for want of anything new."""
    held = sorted({unit.held_on for unit in units})
    own = running(units, HALF_LIFE)
    faded = [fades_on(sum(own.on(day)), day) for day in held]
    return [day for day, after in zip(faded, [*held[1:], date.max], strict=False) if day and day < after]
