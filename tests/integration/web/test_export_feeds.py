"""Calendars read by an address: secret, revocable, and never more than their owner may see at the moment."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select

from register.accounts.changes import disable_person
from register.accounts.models import Person
from register.database import db
from register.exchange.taking.export_models import CalendarFeed
from register.history.models import HistoryEntry
from register.history.verification import verify
from register.partnerships.member_changes import end_member
from register.partnerships.models import Member
from tests.factories import a_partnership, a_person, signed_in
from tests.fixtures.stories import days_ago


def address_of(client: FlaskClient, person: Person, holds: str = "mine") -> str:
    answer = signed_in(client, person).post("/export/calendars", data={"holds": holds})
    found = re.search(r"/calendars/[\w-]{43}\.ics", answer.text)
    assert found
    with client.session_transaction() as cookie:
        cookie.clear()
    return found[0]


def test_an_address_is_shown_once_and_kept_as_a_hash(client: FlaskClient) -> None:
    officer = a_person()
    address = address_of(client, officer)
    assert address not in signed_in(client, officer).get("/export/calendars").text
    feed = db.session.scalars(select(CalendarFeed)).one()
    assert feed.token_hash not in address
    assert "calendar_feed:made" in db.session.scalars(select(HistoryEntry.action)).all()
    assert verify().problems == ()


def test_a_program_without_a_session_reads_what_the_owner_looks_after(client: FlaskClient) -> None:
    officer = a_person()
    a_partnership(members={officer: "lead"}, name="Mine", ends_on=days_ago(-30), is_restricted=True)
    a_partnership(name="Another", ends_on=days_ago(-30))
    mine = client.get(address_of(client, officer))
    assert mine.content_type == "text/calendar; charset=utf-8"
    assert "Ends: Mine" in mine.text
    assert "Another" not in mine.text
    assert "Ends: Another" in client.get(address_of(client, officer, "all")).text


def test_what_the_owner_may_no_longer_see_is_gone_at_once(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(
        members={a_person(): "lead", officer: "officer"}, name="Hidden", ends_on=days_ago(-30), is_restricted=True
    )
    address = address_of(client, officer, "all")
    assert "Hidden" in client.get(address).text
    asked = select(Member).where(Member.partnership_id == partnership.id, Member.person_id == officer.id)
    end_member("register", db.session.scalars(asked).one())
    assert "Hidden" not in client.get(address).text


def test_an_unchanged_calendar_answers_304(client: FlaskClient) -> None:
    officer = a_person()
    a_partnership(members={officer: "lead"}, ends_on=days_ago(-30))
    address = address_of(client, officer)
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    a_partnership(members={officer: "lead"}, ends_on=days_ago(-31))
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_revoked_address_an_unknown_one_and_that_of_somebody_gone_answer_alike(client: FlaskClient) -> None:
    officer, leaver = a_person(), a_person()
    revoked, of_leaver = address_of(client, officer), address_of(client, leaver)
    feed = db.session.scalars(select(CalendarFeed).where(CalendarFeed.person_id == officer.id)).one()
    assert "cannot be undone" in signed_in(client, officer).get(f"/export/calendars/{feed.id}/revoke").text
    assert client.post(f"/export/calendars/{feed.id}/revoke").status_code == 302
    disable_person("register", leaver)
    with client.session_transaction() as cookie:
        cookie.clear()
    answers = [client.get(one) for one in (revoked, of_leaver, f"/calendars/{'x' * 43}.ics", "/calendars/x.ics")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


def test_only_the_owner_revokes_and_only_once(client: FlaskClient) -> None:
    officer = a_person()
    address_of(client, officer)
    feed = db.session.scalars(select(CalendarFeed)).one()
    assert signed_in(client, a_person()).post(f"/export/calendars/{feed.id}/revoke").status_code == 404
    assert signed_in(client, officer).post(f"/export/calendars/{feed.id}/revoke").status_code == 302
    assert client.post(f"/export/calendars/{feed.id}/revoke").status_code == 404
    assert client.get("/export/calendars").status_code == 200


def test_there_is_an_end_to_addresses(client: FlaskClient) -> None:
    officer = a_person()
    for _ in range(10):
        address_of(client, officer)
    answer = signed_in(client, officer).post("/export/calendars", data={"holds": "mine"})
    assert answer.status_code == 422
    assert "Revoke one" in answer.text


def test_an_administrator_has_no_calendar(client: FlaskClient) -> None:
    assert signed_in(client, a_person("administrator")).get("/export/calendars").status_code == 403
