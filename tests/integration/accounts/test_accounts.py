"""People's accounts: added, changed, disabled, given a new password."""

import pytest
from flask import Flask
from sqlalchemy import select

from register.accounts.changes import (
    add_person,
    disable_person,
    find_person,
    open_restricted,
)
from register.accounts.lookups import names_of_actors, people
from register.accounts.models import Person
from register.accounts.passwords import matches
from register.database import db
from register.history.lookups import entries_of
from register.refusals import Refusal
from tests.factories import PASSWORD, a_person


def add(**facts: str | None) -> Person:
    return add_person(
        "register",
        **{  # type: ignore[arg-type]  # hostile values are the point
            "email": "ada@testshire.example",
            "name": "Ada",
            "role": "officer",
            "password": PASSWORD,
            **facts,
        },
    )


def test_somebody_is_added_with_an_address_in_small_letters(app: Flask) -> None:
    person = add(email=" Ada@Testshire.Example ", job_title=" ")
    assert (person.email, person.name, person.job_title, person.is_active) == (
        "ada@testshire.example",
        "Ada",
        None,
        True,
    )
    assert matches(PASSWORD, person.password_hash)
    assert find_person("ADA@testshire.example ") is person
    db.session.commit()
    assert [entry.action for entry in entries_of("person", person.id)] == ["person:added"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": None}, "email"),
        ({"email": "ada"}, "email"),
        ({"email": "a@b"}, "email"),
        ({"email": "a b@c.example"}, "email"),
        ({"email": "a@b@c.example"}, "email"),
        ({"email": "a\x00@c.example"}, "email"),
        ({"email": "\udcff@c.example"}, "email"),
        ({"email": "a" * 200 + "@c.example"}, "email"),
        ({"email": "İ" * 120 + "@c.example"}, "email"),
        ({"name": ""}, "name"),
        ({"name": " "}, "name"),
        ({"name": "\u200b"}, "name"),
        ({"name": "a" * 201}, "name"),
        ({"name": "a\x07"}, "name"),
        ({"role": ""}, "role"),
        ({"role": "king"}, "role"),
        ({"role": "Officer"}, "role"),
        ({"password": "short"}, "password"),
        ({"password": "a" * 201}, "password"),
        ({"password": "\udcff" * 20}, "password"),
        ({"job_title": "a" * 201}, "job_title"),
        ({"job_title": "\x1b[2J"}, "job_title"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field_and_nobody_is_added(
    app: Flask,
    facts: dict[str, str | None],
    field: str,
) -> None:
    with pytest.raises(Refusal) as caught:
        add(**facts)
    assert caught.value.field == field
    assert db.session.scalar(select(Person)) is None


def test_an_address_has_one_account(app: Flask) -> None:
    add()
    with pytest.raises(Refusal, match=r"There is an account for ada@testshire\.example already"):
        add(email="ADA@testshire.example")


def test_an_address_typed_with_other_code_points_is_the_same(app: Flask) -> None:
    person = add(email="andre\u0301@testshire.example")
    assert person.email == "andr\xe9@testshire.example"
    assert find_person("andre\u0301@testshire.example") is person
    with pytest.raises(Refusal, match="already"):
        add(email="andr\xe9@testshire.example")


@pytest.mark.parametrize("typed", ["", "\x00", "\udcff@x.example", "a" * 5000, "'; DROP TABLE person; --"])
def test_nobody_is_found_by_what_is_no_address(app: Flask, typed: str) -> None:
    assert find_person(typed) is None


@pytest.mark.parametrize("reason", [None, "", "  ", "\u200b"])
def test_restricted_records_are_not_opened_without_a_reason(app: Flask, reason: str | None) -> None:
    with pytest.raises(Refusal, match="Say why") as caught:
        open_restricted(a_person(role="auditor"), reason)
    assert caught.value.field == "reason"


@pytest.mark.parametrize("role", ["officer", "leader", "administrator"])
def test_restricted_records_are_not_opened_by_those_who_may_not(app: Flask, role: str) -> None:
    with pytest.raises(Refusal, match="may not open"):
        open_restricted(a_person(role=role), "Out of curiosity.")


def test_the_opening_of_restricted_records_is_recorded_with_its_reason(app: Flask) -> None:
    auditor = a_person(role="auditor")
    access = open_restricted(auditor, "Audit 7.")
    db.session.commit()
    (entry,) = entries_of("restricted_access", access.id)
    assert (entry.actor, entry.action) == (auditor.actor, "restricted_access:opened")
    assert access.expires_at > access.opened_at


def test_people_are_listed_by_name_and_by_role(app: Flask) -> None:
    bob, ada = a_person(name="Bob"), a_person(name="Ada", role="leader")
    disable_person("register", bob)
    assert list(people()) == [ada, bob]
    assert list(people("leader")) == [ada]
    assert list(people(active_only=True)) == [ada]


def test_actors_are_called_by_their_names(app: Flask) -> None:
    ada = a_person(name="Ada")
    assert names_of_actors([ada.actor, "register", "command line", "person:99999", ada.actor]) == {
        ada.actor: "Ada",
        "register": "The register",
        "command line": "The command line",
        "person:99999": "The person:99999",
    }
    assert names_of_actors([]) == {}
