"""What one event of a calendar says of itself, and which of its versions counts."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from icalendar import Component

from register.exchange.readers.recurrences import UNREADABLE, start_of
from register.exchange.reading.findings import Findings
from register.text import CONTROL, PARAGRAPHS

OVERTAKEN = "event that the file tells again in a later version"


def newest(events: Sequence[Component], findings: Findings) -> list[tuple[int, Component]]:
    """Return the events with their places, of each that has several versions the one of the highest number.

    Calendars that were sent by mail tell an event again each time that it is moved. An id alone says nothing, since
    some programs give all their events the same.
    """
    versions: dict[tuple[str, date | None], list[int]] = defaultdict(list)
    for event in events:
        if "SEQUENCE" in event:
            versions[_known_by(event)].append(_sequence(event))
    kept = []
    for row, event in enumerate(events, start=1):
        known_by = _known_by(event)
        if known_by[0] and "SEQUENCE" in event and _sequence(event) < max(versions[known_by]):
            findings.skipped[OVERTAKEN] += 1
        else:
            kept.append((row, event))
    return kept


def _known_by(event: Component) -> tuple[str, date | None]:
    return text_of_event(event, "UID"), day_of_event(event, "RECURRENCE-ID")


def _sequence(event: Component) -> int:
    text = text_of_event(event, "SEQUENCE")
    return int(text) if text.isdecimal() else 0


def value_of(event: Component, key: str) -> date | datetime | None:
    """Return one of an event's dates, None where it has none that can be read."""
    try:
        value = event.get(key)
        found = None if value is None else value.dt
        if isinstance(found, date):
            start_of(found).london(start_of(found).at)
            return found
    except (*UNREADABLE, OverflowError):
        pass
    return None


def day_of_event(event: Component, key: str) -> date | None:
    """Return the civil day in London of one of an event's dates."""
    found = value_of(event, key)
    return start_of(found).london(start_of(found).at) if found else None


def text_of_event(event: Component, key: str) -> str:
    """Return a text of an event on one line."""
    value: Any = event.get(key, "")
    if isinstance(value, list):
        value = value[0] if value else ""
    return " ".join(CONTROL.sub(" ", str(value)).split())


def account_of(event: Component) -> str:
    """Return what an event says of itself: its title, where it was, and its description."""
    title = text_of_event(event, "SUMMARY") or "Meeting without a title"
    place = text_of_event(event, "LOCATION")
    about = CONTROL.sub(" ", str(event.get("DESCRIPTION", ""))).replace("\r\n", "\n").strip()
    parts = (f"{title}, {place}" if place else title, "" if about == title else about)
    said = "\n\n".join(part for part in parts if part)
    return said if len(said) <= PARAGRAPHS else said[: PARAGRAPHS - 1].rstrip() + "…"


def emails_of(event: Component) -> frozenset[str]:
    """Return the addresses of who organised an event and who was asked, in lower case."""
    found = []
    for key in ("ATTENDEE", "ORGANIZER"):
        told = event.get(key, [])
        for one in told if isinstance(told, list) else [told]:
            kind, _, address = str(one).partition(":")
            if kind.casefold() == "mailto" and "@" in address:
                found.append(address.strip().casefold())
    return frozenset(found)
