"""A calendar brought into the log of a partnership: once, by its officer, with those who were asked."""

import pytest
from flask import Flask
from sqlalchemy import select

from register.accounts.models import Person
from register.database import db
from register.exchange.arrivals.calendars import bring_calendar
from register.exchange.bringing.errands import Errand
from register.exchange.readers.calendars import read_calendar
from register.exchange.reading.choices import Choices
from register.exchange.reading.uploads import Upload
from register.history.verification import verify
from register.interactions.models import Attendance, Interaction, Reading
from register.partnerships.contact_changes import add_contact, edit_contact
from register.partnerships.models import Partnership
from register.refusals import Refusal
from tests.factories import a_partnership, a_person, partners_of

EVENT = "BEGIN:VEVENT\nSUMMARY:Steering group\nDTSTART:20250114T100000Z\nATTENDEE:mailto:ann@x.example\nEND:VEVENT\n"
CALENDAR = f"BEGIN:VCALENDAR\n{EVENT}END:VCALENDAR\n"


@pytest.fixture
def officer(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def partnership(officer: Person) -> Partnership:
    return a_partnership(members={officer: "officer"})


def brought(person: Person | None, partnership_id: int | None, leads: tuple[int, ...] = ()) -> Errand:
    errand = Errand("register", Choices(partnership_id=partnership_id, leads=leads), person)
    bring_calendar(errand, read_calendar(Upload("c.ics", CALENDAR.encode())))
    db.session.commit()
    return errand


def test_a_meeting_is_logged_once_and_without_a_reading(officer: Person, partnership: Partnership) -> None:
    for created in (1, 0):
        counts = brought(officer, partnership.id).summary.counts()["interactions"]
        assert (counts["created"], counts["unchanged"]) == (created, 1 - created)
    kept = db.session.scalars(select(Interaction)).one()
    assert (kept.kind, kept.account, str(kept.held_on)) == ("meeting", "Steering group", "2025-01-14")
    assert db.session.scalars(select(Reading)).all() == []
    assert verify().is_whole


def test_without_a_known_contact_every_partner_stands_as_present_and_that_is_said(
    officer: Person, partnership: Partnership
) -> None:
    errand = brought(officer, partnership.id)
    present = set(db.session.scalars(select(Attendance.organisation_id)))
    assert present == {body.id for body in partners_of(partnership)}
    assert any("every partner stands as present" in note for note in errand.summary.notes)


def test_a_contact_who_was_asked_stands_as_present(officer: Person, partnership: Partnership) -> None:
    _, second = partners_of(partnership)
    contact = add_contact(officer.actor, organisation_id=second.id, role="Manager")
    edit_contact(officer.actor, contact, role="Manager", name=None, email="Ann@x.example", phone=None, left_on=None)
    brought(officer, partnership.id)
    (row,) = db.session.scalars(select(Attendance))
    assert (row.organisation_id, row.contact_id) == (second.id, contact.id)


def test_only_an_officer_of_the_partnership_brings_meetings(officer: Person, partnership: Partnership) -> None:
    hidden = a_partnership(is_restricted=True)
    for number, said in ((None, "Choose the partnership"), (99999, "There is no"), (hidden.id, "There is no")):
        with pytest.raises(Refusal, match=said):
            brought(officer, number)
    with pytest.raises(Refusal, match="Only an officer"):
        brought(a_person(), partnership.id)


def test_the_command_line_says_whose_meetings_they_are(officer: Person, partnership: Partnership) -> None:
    with pytest.raises(Refusal, match="--lead"):
        brought(None, partnership.id)
    brought(None, partnership.id, leads=(officer.id,))
    assert db.session.scalars(select(Interaction.recorded_by_id)).one() == officer.id
