"""Rows as they were known: before a change, before they were made, and never as to who may see them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from register.clock import Clocks, day_of, now, pretending, today
from register.database import db
from register.history.known import changed_since, column_as_known, first_sequence_from, rows_as_known
from register.history.models import HistoryEntry
from register.history.recording import recorded
from register.interactions.changes import Happening, Present, correct_interaction
from register.partnerships.changes import (
    add_participation,
    close_partnership,
    edit_participation,
    edit_partnership,
)
from register.partnerships.deal_changes import revise_deal
from register.partnerships.lookups import all_participations, members, participations
from register.partnerships.member_changes import end_member, set_member
from register.partnerships.models import Partnership
from register.partnerships.organisation_changes import close_organisation, edit_organisation
from register.partnerships.organisation_lookups import aliases_of, identifiers_of
from register.partnerships.organisation_models import OrganisationAlias
from register.trust.changes import set_restriction
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of, signed_in

START = now() - timedelta(days=40)


def day(number: int) -> datetime:
    """Return an instant so many days after the start."""
    return START + timedelta(days=number)


@contextmanager
def on_day(number: int) -> Iterator[None]:
    """Do something then, and seal it then."""
    with pretending(day(number)):
        yield
        db.session.commit()


def known_on(number: int, on: date | None = None) -> Clocks:
    return Clocks(on or today(), day_of(day(number)))


@pytest.fixture
def bins(session: scoped_session[Any]) -> Partnership:
    """A partnership made on day 1, renamed and closed on day 10; a partner came on day 5, another left on day 10."""
    with on_day(1):
        officer = a_person(name="Ada")
        found = a_partnership([an_organisation("Alder"), an_organisation("Birch")], {officer: "lead"}, name="Bins")
        revise_deal("register", found, {"reference": "first"})
    with on_day(5):
        add_participation("register", found, an_organisation("Cedar").id, "partner")
    with on_day(10):
        alder, birch, _ = all_participations(found.id)
        edit_organisation("register", alder.organisation, {"name": "Alder Borough"})
        edit_participation("register", birch, role="partner", joined_on=None, left_on=today() - timedelta(days=39))
        set_member("register", found, a_person(name="Bob").id, "lead")
        end_member("register", members(found.id)[0])
        revise_deal("register", found, {"reference": "second"})
        edit_partnership("register", found, {"name": "Waste"})
        close_partnership("register", found, day_of(day(2)), "It is done.")
    db.session.expire_all()
    return found


@pytest.mark.parametrize(("number", "name", "is_closed"), [(1, "Bins", False), (9, "Bins", False), (10, "Waste", True)])
def test_a_row_holds_what_it_held_at_the_end_of_the_day(
    bins: Partnership, number: int, name: str, is_closed: bool,
) -> None:
    (known,) = rows_as_known([bins], known_on(number))
    assert (known.name, known.is_closed) == (name, is_closed)
    assert not db.session.dirty


def test_a_row_that_was_made_later_is_not_there(bins: Partnership) -> None:
    assert rows_as_known([bins], known_on(0)) == []
    assert rows_as_known([bins], Clocks(today())) == [bins]


def test_partners_are_those_whom_the_register_knew_by_the_names_of_then(bins: Partnership) -> None:
    def names(number: int) -> list[str]:
        db.session.expire_all()
        clocks = known_on(number)
        rows = participations([bins.id], clocks)
        rows_as_known([row.organisation for row in rows], clocks)
        return [row.organisation.name for row in rows]

    assert names(1) == ["Alder", "Birch"]
    assert names(5) == ["Alder", "Birch", "Cedar"]
    assert names(10) == ["Alder Borough", "Cedar"]


def test_members_are_those_of_then(bins: Partnership) -> None:
    assert [one.person.name for one in members(bins.id, known_on(9))] == ["Ada"]
    assert [one.person.name for one in members(bins.id, known_on(10))] == ["Bob"]
    assert [one.person.name for one in members(bins.id, Clocks(day_of(day(9))))] == ["Ada"]
    assert [one.person.name for one in members(bins.id)] == ["Bob"]


def test_who_may_see_a_row_is_decided_by_what_holds_today(bins: Partnership) -> None:
    set_restriction("register", bins, is_restricted=True, reason="A delicate thing.")
    db.session.commit()
    (known,) = rows_as_known([bins], known_on(9))
    assert known.is_restricted


def test_a_condition_goes_by_what_was_known(bins: Partnership) -> None:
    held = changed_since("partnership", known_on(9).known_before or now())
    asked = select(Partnership.id).where(column_as_known(Partnership.closed_on, held).is_(None))
    assert db.session.scalars(asked.where(column_as_known(Partnership.name, held) == "Bins")).all() == [bins.id]
    assert db.session.scalars(select(Partnership.id).where(Partnership.closed_on.is_(None))).all() == []


def test_many_rows_are_asked_for_in_parts(bins: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    before = known_on(1).known_before or now()
    at_once = changed_since("participation", before)
    monkeypatch.setattr("register.history.known.BATCH", 1)
    assert changed_since("participation", before) == at_once
    assert changed_since("participation", before, list(at_once)) == at_once
    assert [values is None for _, values in sorted(at_once.items())] == [False, True]


def test_pages_show_a_partnership_as_it_was_known(client: FlaskClient, bins: Partnership) -> None:
    signed_in(client, a_person("leader"))
    known = f"known={day_of(day(9))}"
    for place in ("", f"/{bins.id}", f"/{bins.id}/deal", f"/{bins.id}/partners", f"/{bins.id}/members"):
        address = f"/partnerships{place}?{known}"
        page = client.get(address).text
        assert "Bins" in page, address
        assert "Waste" not in page, address
        assert "Alder Borough" not in page, address
    assert "second" not in client.get(f"/partnerships/{bins.id}/deal?{known}").text
    assert "Waste" in client.get("/partnerships?state=closed").text
    body = partners_of(bins)[0]
    assert "Alder Borough" not in client.get(f"/organisations/{body.id}?{known}").text
    assert "Cedar" not in client.get(f"/organisations?known={day_of(day(1))}").text
    assert "Bins" in client.get(f"/watchlist?{known}").text


def test_a_page_of_what_was_not_there_yet_says_so(client: FlaskClient, bins: Partnership) -> None:
    signed_in(client, a_person("leader"))
    for address in (f"/partnerships/{bins.id}", f"/organisations/{partners_of(bins)[0].id}"):
        answer = client.get(f"{address}?known={day_of(day(0))}")
        assert answer.status_code == 200
        assert "did not hold this record yet" in answer.text


def test_an_organisation_that_ended_later_is_still_open_in_the_list(client: FlaskClient, bins: Partnership) -> None:
    body = partners_of(bins)[1]
    with on_day(20):
        close_organisation("register", body, day_of(day(3)))
    signed_in(client, a_person("leader"))
    assert "Birch" not in client.get("/organisations").text
    assert "Birch" in client.get(f"/organisations?known={day_of(day(19))}").text


def test_nothing_is_offered_to_be_changed_in_the_past(client: FlaskClient, session: scoped_session[Any]) -> None:
    officer = a_person()
    found = a_partnership(members={officer: "lead"})
    signed_in(client, officer)
    yesterday = today() - timedelta(days=1)
    for place in ("", "/deal", "/members", "/partners"):
        page = client.get(f"/partnerships/{found.id}{place}?on={yesterday}").text
        assert "You are reading the past" in page
        for verb in ("/edit", "interactions/new?", "/restrict", "Give somebody a part", "Add a partner"):
            assert verb not in page.partition("<main")[2], (place, verb)


def test_the_first_entry_of_an_instant_is_found_by_halving(session: scoped_session[Any]) -> None:
    hours = (0, 0, 1, 1, 1, 2, 5, 5, 9)
    for number, hour in enumerate(hours):
        with pretending(START + timedelta(hours=hour)):
            an_organisation(f"Body {number}")
            db.session.commit()
    for hour in range(-1, 11):
        instant = START + timedelta(hours=hour)
        asked = select(HistoryEntry.sequence).where(HistoryEntry.at >= instant).order_by(HistoryEntry.sequence).limit(1)
        assert first_sequence_from(instant) == (session.scalar(asked) or len(hours) + 1), hour


def test_an_interaction_says_which_version_the_register_held_then(client: FlaskClient) -> None:
    with on_day(1):
        officer = a_person()
        found = a_partnership(members={officer: "lead"})
        met = an_interaction(officer, found, account="Nine waited.", held_on=day_of(day(1)))
    with on_day(10):
        bodies = [Present(body.id) for body in partners_of(found)]
        right = Happening("meeting", day_of(day(1)), "Eleven waited.", bodies)
        now_stands = correct_interaction(officer, found, met, right, "The list came.")
    signed_in(client, officer)

    def page(number: int, known: int) -> str:
        return client.get(f"/interactions/{number}?known={day_of(day(known))}").text

    assert "The register did not hold this then" in page(met.id, 0)
    assert "the version that the register held then" in page(met.id, 5)
    assert "held another version" in page(now_stands.id, 5)
    assert f"/interactions/{met.id}?" in page(now_stands.id, 5)
    assert "another version" not in page(now_stands.id, 12)


def test_other_names_and_identifiers_are_those_of_then(session: scoped_session[Any], client: FlaskClient) -> None:
    with on_day(1):
        reader = a_person(name="Ada")
        body = an_organisation("Alder Council", aliases=["Alder Borough"], identifiers=[("GB-COH", "01234567")])
    with on_day(10):
        edit_organisation("register", body, {}, aliases=["Alder District"], identifiers=[("GB-CHC", "7654321")])
    assert aliases_of(body.id) == ["Alder District"]
    assert aliases_of(body.id, known_on(5)) == ["Alder Borough"]
    assert [row.scheme for row in identifiers_of(body.id)] == ["GB-CHC", "GB-COH"]
    assert [row.scheme for row in identifiers_of(body.id, known_on(5))] == ["GB-COH"]
    session.expire_all()
    page = signed_in(client, reader).get(f"/organisations/{body.id}?known={day_of(day(5))}").text
    assert "Alder Borough" in page
    assert "Alder District" not in page
    assert "7654321" not in page


def test_what_another_organisation_has_since_was_still_this_ones_then(session: scoped_session[Any]) -> None:
    with on_day(1):
        body, other = an_organisation("Alder Council", aliases=["Alder Borough"]), an_organisation("Birch Council")
    with on_day(10), recorded("register", "organisation:edited"):
        alias = session.scalars(select(OrganisationAlias)).one()
        alias.organisation_id = other.id
    session.expire_all()
    assert (aliases_of(body.id), aliases_of(other.id)) == ([], ["Alder Borough"])
    assert (aliases_of(body.id, known_on(5)), aliases_of(other.id, known_on(5))) == (["Alder Borough"], [])
