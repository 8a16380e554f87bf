"""Meetings of a calendar into the log of one partnership."""

from collections.abc import Iterable

from sqlalchemy import func, select

from register.clock import Clocks
from register.database import db
from register.exchange.arrivals.interaction_sheets import by_whom
from register.exchange.bringing.errands import Errand
from register.exchange.readers.calendars import Meeting, Meetings
from register.exchange.reading.findings import Findings, Problem
from register.interactions.changes import Happening, Present, log_interaction
from register.interactions.models import Interaction
from register.partnerships.lookups import participations
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Contact
from register.refusals import Refusal

WHICH = "Choose the partnership that the meetings belong to: --partnership NUMBER."
NOT_THEIRS = "Only an officer of the partnership logs meetings in it."


def bring_calendar(errand: Errand, meetings: Meetings) -> None:
    """Log the meetings of a calendar in the partnership that was chosen. Flushes and never commits.

    A meeting is there already when the partnership has one of the same day and words, in whatever version.
    """
    partnership = _partnership(errand)
    by = by_whom(errand)
    had = _had(partnership.id)
    for meeting in meetings.rows:
        with errand.one("interactions", meeting.account.split("\n")[0], "events", meeting.row) as record:
            if (meeting.held_on, meeting.account) not in had:
                record.is_new = True
                present = _present(partnership, meeting, meetings.findings)
                log_interaction(by, partnership, Happening("meeting", meeting.held_on, meeting.account, present))
                had.add((meeting.held_on, meeting.account))
        errand.step()
    errand.summary.take_over(meetings.findings, "interactions")


def _partnership(errand: Errand) -> Partnership:
    number = errand.choices.partnership_id
    found = db.session.get(Partnership, number) if number else None
    asked = select(Partnership.id).where(Partnership.id == (number or 0), errand.seen())
    if found is None or db.session.scalar(asked) is None:
        raise Refusal(f"There is no partnership {number}." if number else WHICH, "partnership_id")
    if not errand.may_touch(found.id, "interaction:log"):
        raise Refusal(NOT_THEIRS, "partnership_id")
    return found


def _had(partnership_id: int) -> set[tuple[object, str]]:
    rows = db.session.execute(
        select(Interaction.held_on, Interaction.account).where(Interaction.partnership_id == partnership_id)
    )
    return {(held_on, account) for held_on, account in rows}


def _present(partnership: Partnership, meeting: Meeting, findings: Findings) -> list[Present]:
    """Return who was there: the contacts of partners whose addresses were asked, or else every partner of the day."""
    partners = [row.organisation_id for row in participations([partnership.id], Clocks(meeting.held_on))]
    known = _contacts(partners, meeting.emails)
    if known or not partners:
        return known
    reason = "nobody who was asked is known as a contact, so every partner stands as present; correct it where need be"
    findings.add_note(Problem("events", meeting.row, "", meeting.account.split("\n")[0], reason))
    return [Present(organisation_id) for organisation_id in partners]


def _contacts(partners: Iterable[int], emails: frozenset[str]) -> list[Present]:
    rows = db.session.execute(
        select(Contact.organisation_id, Contact.id)
        .where(Contact.organisation_id.in_(list(partners)), func.lower(Contact.email).in_(sorted(emails)))
        .order_by(Contact.id)
    )
    return [Present(organisation_id, contact_id) for organisation_id, contact_id in rows]
