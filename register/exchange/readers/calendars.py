"""Meetings from a calendar file: one a day on which an event was held, never with a reading.

Cancelled and private events are left out, and so are those still to come. An event that repeats is taken only inside a
window of days that somebody chooses, since a calendar repeats for ever what was held once.
"""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from icalendar import Calendar, Component

from register.clock import today
from register.exchange.readers.events import (
    account_of,
    day_of_event,
    emails_of,
    newest,
    text_of_event,
    value_of,
)
from register.exchange.readers.recurrences import (
    MOST,
    UNREADABLE,
    RhythmError,
    Start,
    Window,
    days_by_rule,
    days_listed,
    repeats,
    start_of,
)
from register.exchange.reading.choices import AS_IT_IS, Choices
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.uploads import Upload, text_of
from register.refusals import Refusal

CANCELLED, PRIVATE, TO_COME = "event that was cancelled", "event marked private", "event still to come"
REPEATING = "event that repeats: choose from when until when"
OUTSIDE = "event outside the days chosen"
WITHOUT_DAY, UNREAD = "event without a day", "event whose repetition cannot be read"
ENDINGS = (".ics",)


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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        every = _events(_mended(text.content, findings), upload.name)
    if not every:
        raise Refusal(f"{upload.name} is a calendar without an event.")
    events = newest(every, findings)
    moved = ((text_of_event(event, "UID"), day_of_event(event, "RECURRENCE-ID")) for _, event in events)
    changed = {(uid, day) for uid, day in moved if day}
    found: list[Meeting] = []
    for row, event in events:
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
    start = value_of(event, "DTSTART")
    reason = _left_out(event, start, choices)
    if reason or start is None:
        findings.skipped[reason or WITHOUT_DAY] += 1
        return
    for day in _days(event, start, choices, changed, row, findings):
        if day > today():
            findings.skipped[TO_COME] += 1
        elif not _is_inside(day, choices):
            findings.skipped[OUTSIDE] += 1
        else:
            yield Meeting(day, account_of(event), emails_of(event), row)


def _left_out(event: Component, start: date | None, choices: Choices) -> str:
    if start is None:
        return WITHOUT_DAY
    if text_of_event(event, "STATUS").upper() == "CANCELLED":
        return CANCELLED
    if text_of_event(event, "CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"):
        return PRIVATE
    is_open = choices.since is None or choices.until is None
    return REPEATING if repeats(event) and is_open else ""


def _is_inside(day: date, choices: Choices) -> bool:
    return (choices.since or date.min) <= day <= (choices.until or date.max)


def _days(
    event: Component, start: date | datetime, choices: Choices, changed: set[tuple[str, date]], row: int,
    findings: Findings,
) -> Sequence[date]:  # fmt: skip
    """Return the days on which an event stands: of one that repeats, those inside the window."""
    clock = start_of(start)
    if not repeats(event) or choices.since is None or choices.until is None:
        return [clock.london(clock.at)]
    window = Window(choices.since, choices.until)
    noted = _Noted(findings, row, text_of_event(event, "SUMMARY"))
    try:
        found = days_by_rule(event, clock, window)
    except UNREADABLE as error:
        findings.skipped[UNREAD] += 1
        why = f"it is to repeat {error}" if isinstance(error, RhythmError) else "how it repeats cannot be read"
        noted.note("RRULE", f"{why}, so it was left out; log what was held of it by hand")
        return []
    found |= {day for day in noted.days(event, "RDATE", clock, "further days") if window.has(day)}
    if len(found) > MOST:
        reason = f"it repeats on more than {MOST:,} days between those chosen, of which the first {MOST:,} were taken"
        noted.note("RRULE", reason)
    gone = noted.days(event, "EXDATE", clock, "the days on which it was not held")
    uid = text_of_event(event, "UID")
    gone |= {day for one, day in changed if one == uid} if uid else set()
    return [day for day in sorted(found)[:MOST] if day not in gone]


@dataclass(frozen=True)
class _Noted:
    """One event whose oddities are noted with its place."""

    findings: Findings
    row: int
    title: str

    def note(self, key: str, reason: str) -> None:
        self.findings.add_note(Problem(self.findings.sheet, self.row, key, self.title, reason))

    def days(self, event: Component, key: str, clock: Start, what: str) -> set[date]:
        """Return the days that an event lists under a key; none, noted, where they cannot be read."""
        try:
            return days_listed(event, key, clock)
        except UNREADABLE:
            self.note(key, f"{what} cannot be read, and were left aside")
            return set()
