"""Tokens: made by their owner, kept as a digest, good until they end."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from register.accounts.changes import disable_person, enable_person, reset_password
from register.accounts.models import ApiToken
from register.accounts.token_changes import MOST, end_token, good_token, issue_token, tokens_of
from register.clock import now, pretending
from register.database import db
from register.history.models import HistoryValue
from register.history.verification import verify
from register.refusals import Refusal
from tests.factories import a_person


def test_a_token_opens_what_its_owner_may_and_is_kept_as_a_digest_only(app: Flask) -> None:
    person = a_person()
    token, secret = issue_token(person, "Dashboard", ["read"], 30)
    db.session.commit()
    assert good_token(secret) == (token, person)
    assert token.token_hash not in secret
    values = " ".join(db.session.scalars(select(HistoryValue.values)))
    assert secret not in values
    assert token.token_hash not in values
    assert verify().is_whole


@pytest.mark.parametrize(("name", "scopes", "days", "field"), [
    ("", ["read"], 30, "name"), ("x", [], 30, "scopes"), ("x", ["read", "rule"], 30, "scopes"),
    ("x", ["read"], 31, "days"),
])  # fmt: skip
def test_a_token_needs_a_name_a_purpose_and_a_last_day(
    app: Flask, name: str, scopes: list[str], days: int, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        issue_token(a_person(), name, scopes, days)
    assert refused.value.field == field


def test_administrators_have_no_tokens(app: Flask) -> None:
    with pytest.raises(Refusal, match="may not"):
        issue_token(a_person("administrator"), "x", ["read"], 30)


def test_nobody_has_more_tokens_than_they_can_look_after(app: Flask) -> None:
    person = a_person()
    for number in range(MOST):
        issue_token(person, f"Program {number}", ["read"], 30)
    with pytest.raises(Refusal, match="End one"):
        issue_token(person, "One more", ["read"], 30)
    end_token(person, tokens_of(person)[0])
    issue_token(person, "One more", ["read"], 30)


def test_a_token_ends_by_its_day_by_hand_and_with_its_owner(app: Flask) -> None:
    person, administrator = a_person(), a_person("administrator")
    _, dated = issue_token(person, "Dated", ["read"], 30)
    with pretending(now() + timedelta(days=31)):
        assert good_token(dated) is None
    token, ended = issue_token(person, "Ended", ["read"], 30)
    end_token(person, token)
    assert good_token(ended) is None
    _, orphaned = issue_token(person, "Orphaned", ["read"], 30)
    disable_person(administrator.actor, person)
    enable_person(administrator.actor, person)
    assert good_token(orphaned) is None
    _, stolen = issue_token(person, "Stolen", ["read"], 30)
    reset_password(administrator.actor, person, "another good password")
    assert good_token(stolen) is None
    db.session.commit()
    assert verify().is_whole


def test_nobody_ends_the_token_of_another(app: Flask) -> None:
    token, secret = issue_token(a_person(), "Mine", ["read"], 30)
    with pytest.raises(Refusal, match="not your token"):
        end_token(a_person(), token)
    assert good_token(secret)


@pytest.mark.parametrize("secret", ["", "prt_", "prt_" + "x" * 10_000, "nonsense", "prt_\x00"])
def test_what_is_no_token_opens_nothing(app: Flask, secret: str) -> None:
    assert good_token(secret) is None
    assert db.session.scalars(select(ApiToken)).all() == []
