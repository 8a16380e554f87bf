"""The dates that partnerships have ahead, as a calendar: reviews, last days for notice, ends and next meetings."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import IO, NamedTuple

from icalendar import Calendar, Event
from sqlalchemy import select

from register.clock import today
from register.exchange.taking.portion_lookups import portions
from register.exchange.taking.scope import Scope
from register.interactions.lookups import last_held
from register.partnerships.deal_models import DealRevision
from register.partnerships.models import Partnership

PAST = timedelta(days=366)
"""Dates older than a year are left out."""
PRODUCT = "-//Partnership register//Dates ahead//EN"


class Dated(NamedTuple):
    """One date of one partnership."""

    partnership_id: int
    what: str
    """A key of `WORDS`."""
    name: str
    on: date
    since: datetime
    """When the register learned it, so that the same facts give the same bytes."""


WORDS = {
    "review": ("Review due: {}", "The deal is due for its review."),
    "notice": ("Last day for notice: {}", "The last day on which notice can be given."),
    "end": ("Ends: {}", "The deal, or the partnership where it has no deal, comes to its end."),
    "meeting": ("Next meeting due: {}", "By the rhythm that the partners agreed, counted from the last interaction."),
}
"""The summary and the description of each sort of date."""


def write_calendar(scope: Scope, target: IO[bytes]) -> int:
    """Write the dates ahead as an iCalendar file (RFC 5545); return how many there are."""
    dates = list(dates_ahead(scope))
    target.write(calendar_of(dates))
    return len(dates)


def calendar_of(dates: Sequence[Dated], name: str = "Partnerships: dates ahead") -> bytes:
    """Return dates as an iCalendar file; each is a whole day that takes nobody's time."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for one in dates:
        calendar.add_component(_event(one))
    return bytes(calendar.to_ical())


def _event(one: Dated) -> Event:
    summary, description = WORDS[one.what]
    event = Event()
    event.add("uid", f"{one.what}-{one.partnership_id}@partnership-register")
    event.add("dtstamp", one.since)
    event.add("dtstart", one.on)
    event.add("dtend", one.on + timedelta(days=1))
    event.add("summary", summary.format(one.name))
    event.add("description", description)
    event.add("transp", "TRANSPARENT")
    return event


def dates_ahead(scope: Scope) -> Iterator[Dated]:
    """Yield the dates of the partnerships that have not closed, partnership by partnership."""
    terms, oldest = DealRevision, today() - PAST
    asked = (
        select(
            Partnership.id, Partnership.name, Partnership.ends_on.label("partnership_ends_on"),
            Partnership.cadence_days, Partnership.created_at, terms.review_on, terms.notice_on, terms.ends_on,
            terms.recorded_at,
        )
        .outerjoin(terms, (terms.partnership_id == Partnership.id) & terms.superseded_at.is_(None))
        .where(scope.partnerships(), Partnership.closed_on.is_(None))
    )  # fmt: skip
    for rows in portions(asked, Partnership.id):
        held = last_held([row.id for row in rows if row.cadence_days], scope.clocks)
        for row in rows:
            since = row.recorded_at or row.created_at
            days = {"review": row.review_on, "notice": row.notice_on, "end": row.ends_on or row.partnership_ends_on}
            if row.cadence_days and row.id in held:
                days["meeting"] = held[row.id] + timedelta(days=row.cadence_days)
            for what, day in days.items():
                if day is not None and day >= oldest:
                    yield Dated(row.id, what, row.name, day, since)
