"""Signing in: the same words whatever is wrong, throttled, and sessions that end on the server."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from register.accounts.changes import (
    FAILURES_PER_ADDRESS,
    FAILURES_PER_PERSON,
    SESSION_LENGTH,
    WINDOW,
    WRONG,
    disable_person,
    hash_token,
    person_of,
    sign_in,
    sign_out,
    start_session,
)
from register.accounts.models import SignIn, SignInAttempt
from register.clock import now, pretending
from register.database import db
from register.refusals import Refusal
from tests.factories import PASSWORD, a_person

HERE = "127.0.0.1"


def refused(email: str, password: str, address: str = HERE) -> str:
    with pytest.raises(Refusal) as caught:
        sign_in(email, password, address)
    assert caught.value.field == "password"
    return caught.value.message


def test_the_right_password_starts_a_session(app: Flask) -> None:
    person = a_person()
    found, token = sign_in(f" {person.email.upper()} ", PASSWORD, HERE)
    assert found is person
    assert person_of(token) is person


def test_the_words_are_the_same_for_whatever_is_wrong(app: Flask) -> None:
    person, gone = a_person(), a_person()
    disable_person("register", gone)
    assert {
        refused(person.email, "a wrong password"),
        refused("nobody@testshire.example", PASSWORD),
        refused(gone.email, PASSWORD),
        refused("", ""),
        refused("\x00", "\x00"),
        refused("\udcff", "\udcff"),
        refused("a" * 10_000, "b" * 10_000),
        refused("İ" * 300, "x"),
        refused("%", "x"),
    } == {WRONG}


def test_a_disabled_account_is_not_told_by_the_right_password(app: Flask) -> None:
    gone = a_person()
    disable_person("register", gone)
    assert refused(gone.email, PASSWORD) == refused(gone.email, "a wrong password") == WRONG


def test_a_stolen_copy_of_the_database_signs_nobody_in(app: Flask) -> None:
    token = start_session(a_person())
    stored = db.session.scalar(select(SignIn.token_hash))
    assert stored == hash_token(token)
    assert token not in str(db.session.execute(text("SELECT * FROM sign_in")).all())
    assert person_of(str(stored)) is None


def test_tokens_are_long_and_never_the_same(app: Flask) -> None:
    person = a_person()
    tokens = {start_session(person) for _ in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 43


def test_signing_out_ends_one_session_and_no_other(app: Flask) -> None:
    person = a_person()
    first, second = start_session(person), start_session(person)
    sign_out(first)
    assert person_of(first) is None
    assert person_of(second) is person
    sign_out(first)
    sign_out("\x00")


def test_a_session_ends_by_itself_and_is_tidied_away(app: Flask) -> None:
    person = a_person()
    with pretending(now() - SESSION_LENGTH - timedelta(seconds=1)):
        old = start_session(person)
        assert person_of(old) is person
    assert person_of(old) is None
    start_session(person)
    assert db.session.scalar(select(func.count()).select_from(SignIn)) == 1


def test_too_many_failures_of_one_account_close_it_for_a_while(app: Flask) -> None:
    person = a_person()
    for number in range(FAILURES_PER_PERSON):
        assert refused(person.email, "a wrong password", f"10.0.0.{number}") == WRONG
    for typed in (person.email, person.email.upper(), f" {person.email}\x00"):
        assert "Wait 15 minutes" in refused(typed, PASSWORD, "10.0.1.1")
    with pretending(now() + WINDOW + timedelta(seconds=1)):
        assert sign_in(person.email, PASSWORD, HERE)[0] is person


def test_failures_of_an_unknown_account_close_it_just_the_same(app: Flask) -> None:
    for _ in range(FAILURES_PER_PERSON):
        assert refused("nobody@testshire.example", "x") == WRONG
    assert "Wait 15 minutes" in refused("nobody@testshire.example", "x")


def test_too_many_failures_from_one_address_close_it_for_all_accounts(app: Flask) -> None:
    for number in range(FAILURES_PER_ADDRESS):
        db.session.add(SignInAttempt(email=f"{number}@x.example", address=HERE, succeeded=False, at=now()))
    person = a_person()
    assert "Wait 15 minutes" in refused(person.email, PASSWORD)
    assert sign_in(person.email, PASSWORD, "10.9.9.9")[0] is person


def test_successes_close_nothing(app: Flask) -> None:
    person = a_person()
    for _ in range(FAILURES_PER_PERSON + 1):
        sign_in(person.email, PASSWORD, HERE)


def test_waiting_is_not_made_longer_by_trying(app: Flask) -> None:
    person = a_person()
    for _ in range(FAILURES_PER_PERSON):
        refused(person.email, "a wrong password")
    with pretending(now() + WINDOW - timedelta(minutes=1)):
        assert "Wait" in refused(person.email, PASSWORD)
    with pretending(now() + WINDOW + timedelta(seconds=1)):
        assert sign_in(person.email, PASSWORD, HERE)[0] is person


def test_attempts_are_forgotten_after_a_day(app: Flask) -> None:
    with pretending(now() - timedelta(days=2)):
        refused("nobody@testshire.example", "x")
    start_session(a_person())
    assert db.session.scalar(select(func.count()).select_from(SignInAttempt)) == 0


@pytest.mark.parametrize("token", ["", "x", "\x00", "é" * 500, "' OR 1=1 --"])
def test_a_made_up_token_belongs_to_nobody(app: Flask, token: str) -> None:
    a_person()
    assert person_of(token) is None
