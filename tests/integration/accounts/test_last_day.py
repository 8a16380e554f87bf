"""Accounts that end by themselves: up to the last day one signs in, after it nobody does."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from register.accounts.changes import (
    add_person,
    change_person,
    disable_person,
    open_restricted,
    person_of,
    sign_in,
    start_session,
)
from register.accounts.lookups import people
from register.clock import now, pretending, today
from register.database import db
from register.history.lookups import entries_of
from register.refusals import Refusal
from tests.factories import PASSWORD, a_person, signed_in

YESTERDAY, TOMORROW = today() - timedelta(days=1), today() + timedelta(days=1)


def test_on_the_last_day_one_signs_in_and_the_day_after_one_is_told_why_not(session: scoped_session[Any]) -> None:
    person = a_person("auditor", last_day=today())
    sign_in(person.email, PASSWORD, "here")
    with pretending(now() + timedelta(days=1)), pytest.raises(Refusal, match="Your account ended on") as refused:
        sign_in(person.email, PASSWORD, "here")
    assert f"{today():%-d %B %Y}" in refused.value.message


def test_only_who_knows_the_password_learns_that_an_account_is_over(session: scoped_session[Any]) -> None:
    person = a_person(last_day=YESTERDAY)
    with pytest.raises(Refusal, match="address or the password is wrong"):
        sign_in(person.email, "not the password", "here")


def test_sessions_end_with_the_last_day(session: scoped_session[Any]) -> None:
    person = a_person(last_day=today())
    token = start_session(person)
    assert person_of(token) == person
    with pretending(now() + timedelta(hours=1)):
        assert (person_of(token) is None) == (today() > person.last_day)  # type: ignore[operator]  # it has one
    person.last_day = YESTERDAY
    assert not person.is_active


def test_a_disabled_account_that_is_over_tells_nothing(session: scoped_session[Any]) -> None:
    person = a_person(last_day=YESTERDAY)
    disable_person("register", person)
    assert person.is_disabled
    with pytest.raises(Refusal, match="address or the password is wrong"):
        sign_in(person.email, PASSWORD, "here")


def test_an_account_cannot_be_made_to_end_before_today(session: scoped_session[Any]) -> None:
    facts: dict[str, Any] = {"email": "x@x.example", "name": "X", "role": "auditor", "password": PASSWORD}
    with pytest.raises(Refusal, match="today or later"):
        add_person("register", last_day=YESTERDAY, **facts)
    person = add_person("register", last_day=TOMORROW, **facts)
    with pytest.raises(Refusal, match="today or later"):
        change_person("register", person, name="X", role="auditor", job_title=None, last_day=YESTERDAY)


def test_the_last_day_is_recorded_and_a_name_can_be_put_right_after_it(session: scoped_session[Any]) -> None:
    person = a_person(last_day=YESTERDAY)
    change_person("register", person, name="Right", role="officer", job_title=None, last_day=YESTERDAY)
    change_person("register", person, name="Right", role="officer", job_title=None, last_day=TOMORROW)
    db.session.commit()
    assert len(entries_of("person", person.id)) == 3
    assert person.is_active


def test_whoever_is_gone_is_not_offered(session: scoped_session[Any]) -> None:
    a_person(last_day=YESTERDAY)
    here = a_person(last_day=today())
    assert people("officer", active_only=True) == [here]


def test_an_administrator_sets_the_day_on_the_page_and_sees_it(client: FlaskClient) -> None:
    administrator = a_person("administrator")
    signed_in(client, administrator)
    sent = {"email": "a@x.example", "name": "Ann", "role": "auditor", "last_day": TOMORROW.isoformat()}
    assert client.post("/people/new", data=sent).status_code == 200
    assert f"up to {TOMORROW:%-d %B %Y}" in client.get("/people").text
    refused = client.post("/people/new", data={**sent, "email": "b@x.example", "last_day": "yesterday"})
    assert refused.status_code == 422
    assert "Enter a day that exists" in refused.text
    own = {"name": administrator.name, "role": "administrator", "version": "1", "last_day": TOMORROW.isoformat()}
    refused = client.post(f"/people/{administrator.id}/edit", data=own)
    assert "You cannot change your own last day" in refused.text


def test_an_opening_needs_no_account_without_an_end(session: scoped_session[Any]) -> None:
    assert open_restricted(a_person("auditor", last_day=today()), "Audit 7.").reason == "Audit 7."
