"""Accounts are changed, disabled and given new passwords, and each change is recorded."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import scoped_session

from register.accounts.changes import (
    change_person,
    disable_person,
    enable_person,
    person_of,
    reset_password,
    start_session,
)
from register.accounts.passwords import matches
from register.clock import today
from register.database import db
from register.history.lookups import entries_of
from register.refusals import Refusal
from tests.factories import PASSWORD, a_person


def test_a_change_is_recorded_with_its_fields(app: Flask) -> None:
    person = a_person()
    change_person("register", person, name=" Ada  King ", role="leader", job_title="Director")
    db.session.commit()
    assert (person.name, person.role, person.job_title, person.version) == ("Ada King", "leader", "Director", 2)
    assert [entry.action for entry in entries_of("person", person.id)] == ["person:added", "person:changed"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": ""}, "name"),
        ({"role": "king"}, "role"),
        ({"job_title": "\x00"}, "job_title"),
    ],
)
def test_a_refused_change_changes_nothing(app: Flask, facts: dict[str, Any], field: str) -> None:
    person = a_person(name="Ada")
    db.session.commit()
    with pytest.raises(Refusal) as caught:
        change_person("register", person, **{"name": "Eve", "role": "leader", "job_title": "x", **facts})
    assert caught.value.field == field
    assert (person.name, person.role, person.job_title) == ("Ada", "officer", None)
    db.session.commit()


def test_nobody_changes_their_own_role_but_may_change_their_name(app: Flask) -> None:
    person = a_person(role="administrator")
    with pytest.raises(Refusal, match="cannot change your own role") as caught:
        change_person(person.actor, person, name=person.name, role="auditor", job_title=None)
    assert caught.value.field == "role"
    change_person(person.actor, person, name="Ada King", role="administrator", job_title=None)
    assert person.name == "Ada King"


def test_nobody_disables_themselves(app: Flask) -> None:
    person = a_person(role="administrator")
    with pytest.raises(Refusal, match="cannot disable your own account"):
        disable_person(person.actor, person)
    assert person.is_active


def test_a_disabled_person_is_signed_out_at_once_and_everywhere(app: Flask) -> None:
    person = a_person()
    tokens = [start_session(person), start_session(person)]
    assert [person_of(token) for token in tokens] == [person, person]
    disable_person("register", person)
    assert [person_of(token) for token in tokens] == [None, None]
    enable_person("register", person)
    assert [person_of(token) for token in tokens] == [None, None]
    assert person.is_active


def test_disabling_twice_is_recorded_once(app: Flask) -> None:
    person = a_person()
    disable_person("register", person)
    first = person.disabled_at
    disable_person("register", person)
    db.session.commit()
    assert person.disabled_at == first
    assert [entry.action for entry in entries_of("person", person.id)] == ["person:added", "person:disabled"]


def test_a_new_password_ends_the_sessions_and_the_old_password(app: Flask) -> None:
    person = a_person()
    token = start_session(person)
    reset_password("register", person, "another good password")
    assert person_of(token) is None
    assert matches("another good password", person.password_hash)
    assert not matches(PASSWORD, person.password_hash)


def test_a_password_that_is_refused_ends_no_session(app: Flask) -> None:
    person = a_person()
    token = start_session(person)
    db.session.commit()
    with pytest.raises(Refusal):
        reset_password("register", person, "short")
    assert person_of(token) is person


@pytest.mark.parametrize("lost", [{"role": "leader"}, {"last_day": today()}, None])
def test_nobody_takes_the_last_administrator_whose_account_does_not_end(
    session: scoped_session[Any], lost: dict[str, Any] | None,
) -> None:
    lasting, ending = a_person("administrator"), a_person("administrator", last_day=today())
    told = {"name": lasting.name, "role": "administrator", "job_title": None}

    def take() -> None:
        if lost is None:
            disable_person(ending.actor, lasting)
        else:
            change_person(ending.actor, lasting, **{**told, **lost})

    with pytest.raises(Refusal, match="only administrator whose account does not end"):
        take()
    a_person("administrator")
    take()


def test_the_name_of_the_last_administrator_can_be_changed(session: scoped_session[Any]) -> None:
    lasting, ending = a_person("administrator"), a_person("administrator", last_day=today())
    change_person(ending.actor, lasting, name="Ada King", role="administrator", job_title=None)
    assert lasting.name == "Ada King"
