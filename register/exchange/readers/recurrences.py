"""The days on which an event that repeats stands, reckoned by the event's own clock and told as days of London."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Component
from icalendar.error import BrokenCalendarProperty

from register.clock import LONDON

MOST = 1000
"""Days on which one event may repeat inside a window: more is no meeting."""
UNREADABLE = (ValueError, TypeError, AttributeError, ArithmeticError, LookupError, BrokenCalendarProperty)
"""What the libraries raise for a rule, or a list of days, that is none."""
FINE = ("SECONDLY", "MINUTELY", "HOURLY")
WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
SHORT_MONTHS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
A_DAY = timedelta(days=1)
MARGIN = 2
"""Days beside the window that are looked at as well, since a day elsewhere is another in London."""


class RhythmError(ValueError):
    """A rule that no meeting has; it says why in words for people."""


@dataclass(frozen=True)
class Window:
    """From when until when somebody wants to see the days of what repeats."""

    since: date
    until: date

    def has(self, day: date) -> bool:
        """Say whether a day stands inside."""
        return self.since <= day <= self.until


@dataclass(frozen=True)
class Start:
    """When an event starts, by its own clock: a weekly meeting of another zone stays on its weekday there."""

    at: datetime
    """Without a zone."""
    zone: tzinfo | None
    """None for a whole day, and for a time of no zone, which means the same hour everywhere."""

    def london(self, at: datetime) -> date:
        """Return the day in London of a time of this clock."""
        return (at.replace(tzinfo=self.zone).astimezone(LONDON) if self.zone else at).date()

    def of(self, value: date | datetime) -> datetime:
        """Return another date of the event by this clock."""
        if not isinstance(value, datetime):
            return datetime.combine(value, self.at.time())
        if value.tzinfo and self.zone:
            value = value.astimezone(self.zone)
        return value.replace(tzinfo=None)


def start_of(value: date | datetime) -> Start:
    """Return when an event starts."""
    if isinstance(value, datetime):
        return Start(value.replace(tzinfo=None), value.tzinfo)
    return Start(datetime.combine(value, time()), None)


def repeats(event: Component) -> bool:
    """Say whether an event stands on more days than that of its start."""
    return "RRULE" in event or "RDATE" in event


def days_by_rule(event: Component, start: Start, window: Window) -> set[date]:
    """Return the days inside the window on which an event stands by its rules, with more than `MOST` if so.

    The day of its start is one of them. Raise one of `UNREADABLE` for a rule that is none.
    """
    found = {start.london(at) for rule in _listed(event, "RRULE") for at in _by_rule(_parts(rule), start, window)}
    return {day for day in (*found, start.london(start.at)) if window.has(day)}


def days_listed(event: Component, key: str, start: Start) -> set[date]:
    """Return the days that stand one by one under a key, of periods their first; raise one of `UNREADABLE`."""
    values = [value.dt for one in _listed(event, key) for value in one.dts]
    firsts = (value[0] if isinstance(value, tuple) else value for value in values)
    return {start.london(start.of(value)) for value in firsts if isinstance(value, date)}


def _listed(event: Component, key: str) -> list[Any]:
    told = event.get(key, [])
    return told if isinstance(told, list) else [told]


def _parts(rule: Any) -> dict[str, str]:
    """Return the parts of a rule by their names."""
    written = rule.to_ical()
    text = written.decode() if isinstance(written, bytes) else str(written)
    return {key.upper(): value for key, _, value in (part.partition("=") for part in text.split(";")) if key}


def _by_rule(parts: Mapping[str, str], start: Start, window: Window) -> Iterator[datetime]:
    """Yield the times of a rule, from a day before the window until a day after it: zones differ by less."""
    _check(parts)
    count = int(parts["COUNT"]) if "COUNT" in parts else None
    first, last = _bounds(window)
    last = min(last, _until(parts["UNTIL"], start)) if "UNTIL" in parts else last
    kept = {key: value for key, value in parts.items() if key not in ("COUNT", "UNTIL", *WITHIN_A_DAY)}
    from_then = start.at if count is not None else _forward(kept, start.at, first)
    rule = rrulestr(";".join(f"{key}={value}" for key, value in kept.items()), dtstart=from_then)
    times = rule.xafter(from_then, inc=True)
    met = 0
    for at in times if count is None else islice(times, count):
        if at > last or met > MOST + MARGIN:
            return
        if at >= first:
            met += 1
            yield at


def _check(parts: Mapping[str, str]) -> None:
    """Raise RhythmError for rules that no meeting has, over which a program could sit for ever."""
    if parts.get("FREQ", "").upper() in FINE:
        raise RhythmError("more often than once a day")
    if int(parts.get("INTERVAL", "1")) < 1:
        raise RhythmError("at no interval")
    months = [int(month) for month in parts.get("BYMONTH", "").split(",") if month]
    days = [int(day) for day in parts.get("BYMONTHDAY", "").split(",") if day]
    longest = max((SHORT_MONTHS.get(month, 31) for month in months), default=31)
    if days and min(abs(day) for day in days) > longest:
        raise RhythmError("on a day that no month has")


def _bounds(window: Window) -> tuple[datetime, datetime]:
    since = max(window.since, date.min + A_DAY) - A_DAY
    until = min(window.until, date.max - A_DAY) + A_DAY
    return datetime.combine(since, time()), datetime.combine(until, time.max)


def _until(text: str, start: Start) -> datetime:
    """Return the last time of a rule by the event's clock; a day without a time counts whole."""
    if "T" not in text:
        return datetime.combine(datetime.strptime(text[:8], "%Y%m%d").date(), time.max)  # noqa: DTZ007 - by that clock
    return start.of(datetime.fromisoformat(text))


def _forward(parts: Mapping[str, str], at: datetime, first: datetime) -> datetime:
    """Return a later start of the same rhythm before `first`, so that an old calendar is not walked day by day."""
    if parts.get("FREQ", "").upper() not in ("DAILY", "WEEKLY"):
        return at
    step = 7 * int(parts.get("INTERVAL", "1"))
    return at + timedelta(days=max(((first - at).days - step) // step, 0) * step)
