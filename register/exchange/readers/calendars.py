"""Meetings from a calendar file: one a day on which an event was held, never with a reading.

Cancelled and private events are left out, and so are those still to come. An event that repeats is taken only inside a
window of days that somebody chooses, since a calendar repeats for ever what was held once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar, Component
from icalendar.error import BrokenCalendarProperty

from register.clock import LONDON, today
from register.exchange.reading.choices import AS_IT_IS, Choices
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.uploads import Upload, text_of
from register.refusals import Refusal
from register.text import CONTROL, PARAGRAPHS

CANCELLED, PRIVATE, TO_COME = "event that was cancelled", "event marked private", "event still to come"
REPEATING = "event that repeats: choose from when until when"
OUTSIDE = "event outside the days chosen"
WITHOUT_DAY = "event without a day"
ENDINGS = (".ics",)
MOST = 1000
"""Days on which one event may repeat inside a window: more is no meeting."""


@dataclass(frozen=True)
class Meeting:
    """One event on one day."""

    held_on: date
    account: str
    emails: frozenset[str]
    """The addresses of who organised it and who was asked, in lower case."""
    row: int
    """The event's place in the file."""


@dataclass
class Meetings:
    """The meetings of one calendar, and what was found on the way."""

    rows: tuple[Meeting, ...] = ()
    findings: Findings = field(default_factory=Findings)

    def __len__(self) -> int:
        """Return how many meetings there are."""
        return len(self.rows)


def read_calendar(upload: Upload, choices: Choices = AS_IT_IS) -> Meetings:
    """Read an iCalendar file; raise Refusal when it is none."""
    findings = Findings(upload.name, "events")
    text = text_of(upload, "calendar", choices.encoding)
    findings.notices += [f"{text.note}."] if text.note else []
    events = _events(_mended(text.content, findings), upload.name)
    if not events:
        raise Refusal(f"{upload.name} is a calendar without an event.")
    changed = {(_text(event, "UID"), day) for event in events if (day := _day(event, "RECURRENCE-ID"))}
    found = []
    for row, event in enumerate(events, start=1):
        found += list(_meetings(event, row, choices, changed, findings))
    return Meetings(tuple(sorted(found, key=lambda meeting: (meeting.held_on, meeting.row))), findings)


def _mended(content: str, findings: Findings) -> str:
    """Return a calendar's text without the lines that are none, each of which is noted."""
    lines = []
    for number, line in enumerate(content.lstrip("\ufeff").splitlines(), start=1):
        if not line.strip() or ":" in line or line[0] in " \t" or ";" in line:
            lines.append(line)
        else:
            reason = f"line {number} is no line of a calendar, and was left out"
            findings.add_note(Problem("", 0, "", line, reason))
    return "\r\n".join(line for line in lines if line.strip())


def _events(content: str, name: str) -> list[Component]:
    if "BEGIN:VCALENDAR" not in content.upper():
        raise Refusal(f"{name} is no calendar: it has no line BEGIN:VCALENDAR.")
    try:
        calendars = Calendar.from_ical(content, multiple=True)
        cancelled = [str(one.get("METHOD", "")).upper() == "CANCEL" for one in calendars]
        events = [
            (event, is_off) for one, is_off in zip(calendars, cancelled, strict=True) for event in one.walk("VEVENT")
        ]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        said = " ".join(str(error).split())[:160].rstrip(".")
        raise Refusal(f"{name} cannot be read as a calendar: {said or 'it is broken'}.") from None
    for event, is_off in events:
        if is_off:
            event["STATUS"] = "CANCELLED"
    return [event for event, _ in events]


def _meetings(
    event: Component, row: int, choices: Choices, changed: set[tuple[str, date]], findings: Findings
) -> Iterator[Meeting]:
    """Yield the meetings of one event, and count why there are no more."""
    start = _day(event, "DTSTART")
    reason = _left_out(event, start, choices)
    if reason or start is None:
        findings.skipped[reason or WITHOUT_DAY] += 1
        return
    days = _days(event, start, choices, changed, row, findings)
    for day in days:
        if day > today():
            findings.skipped[TO_COME] += 1
        elif not _is_inside(day, choices):
            findings.skipped[OUTSIDE] += 1
        else:
            yield Meeting(day, _account(event), _emails(event), row)


def _left_out(event: Component, start: date | None, choices: Choices) -> str:
    if start is None:
        return WITHOUT_DAY
    if _text(event, "STATUS").upper() == "CANCELLED":
        return CANCELLED
    if _text(event, "CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"):
        return PRIVATE
    is_open = choices.since is None or choices.until is None
    return REPEATING if "RRULE" in event and is_open else ""


def _is_inside(day: date, choices: Choices) -> bool:
    return (choices.since or date.min) <= day <= (choices.until or date.max)


def _days(
    event: Component, start: date, choices: Choices, changed: set[tuple[str, date]], row: int, findings: Findings
) -> Sequence[date]:
    """Return the days on which an event stands: of one that repeats, those inside the window."""
    if "RRULE" not in event:
        return [start]
    assert choices.since is not None  # noqa: S101 - `_left_out` asked for the window
    assert choices.until is not None  # noqa: S101 - the same
    first, last = (datetime.combine(day, time()) for day in (choices.since, choices.until))
    try:
        rule = rrulestr(_rule(event), dtstart=datetime.combine(start, time()))
        found: list[date] = []
        for at in rule.xafter(first, inc=True):
            if at > last or len(found) > MOST:
                break
            found.append(at.date())
    except (ValueError, TypeError, ArithmeticError) as error:
        reason = f"how it repeats cannot be read: {' '.join(str(error).split())[:120].rstrip('.')}"
        findings.add_problem(Problem(findings.sheet, row, "RRULE", _text(event, "SUMMARY"), reason))
        return []
    uid = _text(event, "UID")
    excepted = set(_excepted(event)) | {day for one, day in changed if one == uid}
    return [day for day in dict.fromkeys(found) if day not in excepted]


def _rule(event: Component) -> str:
    """Return how an event repeats, its end as a day: all is reckoned in days of London."""
    parts = []
    for part in _ical(event["RRULE"]).split(";"):
        key, _, value = part.partition("=")
        parts.append(f"{key}={value[:8]}" if key == "UNTIL" else part)
    kept = [part for part in parts if part.partition("=")[0] not in ("BYHOUR", "BYMINUTE", "BYSECOND")]
    return ";".join(kept)


def _ical(value: Any) -> str:
    written = value.to_ical()
    return written.decode() if isinstance(written, bytes) else str(written)


def _excepted(event: Component) -> Iterator[date]:
    """Yield the days on which a repeating event was not held."""
    told = event.get("EXDATE", [])
    for one in told if isinstance(told, list) else [told]:
        for value in getattr(one, "dts", []):
            yield _civil(value.dt)


def _day(event: Component, key: str) -> date | None:
    """Return the civil day in London of one of an event's dates, None where it has none that can be read."""
    try:
        value = event.get(key)
        return None if value is None else _civil(value.dt)
    except (BrokenCalendarProperty, AttributeError, ValueError, OverflowError):
        return None


def _civil(value: date | datetime | time | timedelta) -> date:
    if isinstance(value, datetime):
        return value.astimezone(LONDON).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    raise ValueError(value)


def _text(event: Component, key: str) -> str:
    value: Any = event.get(key, "")
    if isinstance(value, list):
        value = value[0] if value else ""
    return " ".join(CONTROL.sub(" ", str(value)).split())


def _account(event: Component) -> str:
    """Return what an event says of itself: its title, where it was, and its description."""
    title = _text(event, "SUMMARY") or "Meeting without a title"
    place = _text(event, "LOCATION")
    about = CONTROL.sub(" ", str(event.get("DESCRIPTION", ""))).replace("\r\n", "\n").strip()
    parts = (f"{title}, {place}" if place else title, "" if about == title else about)
    said = "\n\n".join(part for part in parts if part)
    return said if len(said) <= PARAGRAPHS else said[: PARAGRAPHS - 1].rstrip() + "…"


def _emails(event: Component) -> frozenset[str]:
    found = []
    for key in ("ATTENDEE", "ORGANIZER"):
        told = event.get(key, [])
        for one in told if isinstance(told, list) else [told]:
            kind, _, address = str(one).partition(":")
            if kind.casefold() == "mailto" and "@" in address:
                found.append(address.strip().casefold())
    return frozenset(found)
