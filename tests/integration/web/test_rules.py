"""Trying thresholds in the browser, proposing them, and having somebody else confirm them."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from flask import g
from flask.testing import FlaskClient
from sqlalchemy import select

from register.accounts.models import Person
from register.clock import clocks_now, today
from register.database import db
from register.partnerships.models import Partnership
from register.risk import trial as risk_trial
from register.risk.models import RuleSet
from register.risk.rule_lookups import thresholds_in_force
from tests.factories import a_partnership, a_person, an_interaction, signed_in

TRIED = {"threshold": "gone_quiet.days", "place": "", "value": "400"}


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def quiet(name: str, **facts: Any) -> Partnership:
    """Return a partnership that met monthly and has been silent for 350 days."""
    officer = a_person()
    partnership = a_partnership(**{
        "name": name, "members": {officer: "lead"}, "significance": "routine", "started_on": ago(900),
        "cadence_days": 30, **facts,
    })
    an_interaction(officer, partnership, held_on=ago(350))
    return partnership


def signed_in_as(client: FlaskClient, person: Person) -> FlaskClient:
    g.pop("_login_user", None)
    return signed_in(client, person)


@pytest.fixture
def leader(session: Any) -> Person:
    return a_person("leader", name="Helen Okafor")


def page(client: FlaskClient, where: str, status: int = 200) -> str:
    answer = client.get(where)
    assert answer.status_code == status
    return unescape(answer.text)


def trial(value: str = "400", threshold: str = "gone_quiet.days", place: str = "") -> str:
    return f"/rules/trial?threshold={threshold}&place={place}&value={value}"


def test_a_trial_names_the_flags_that_would_not_have_been_raised_and_when(client: FlaskClient, leader: Person) -> None:
    quiet("Night Sitting Service")
    shown = page(signed_in(client, leader), trial())
    gone = shown.partition("Would not have been raised")[2]
    assert "No flag would have come." in shown
    assert "Night Sitting Service" in gone
    assert "Gone quiet" in gone
    assert thresholds_in_force(clocks_now()).number == 1


def test_a_trial_for_one_kind_leaves_other_kinds_alone(client: FlaskClient, leader: Person) -> None:
    quiet("Night Sitting Service")
    quiet("Shared payroll", kind="internal")
    gone = page(signed_in(client, leader), trial(place="kind:internal")).partition("Would not have been raised")[2]
    assert "Shared payroll" in gone
    assert "Night Sitting Service" not in gone


def test_a_trial_shows_nothing_of_what_one_may_not_know(client: FlaskClient, leader: Person) -> None:
    quiet("Open matter")
    before = page(signed_in(client, leader), trial()).partition("What it would have raised")[2]
    quiet("Quiet matter", is_restricted=True)
    after = page(client, trial()).partition("What it would have raised")[2]
    assert "Quiet matter" not in after
    # All but the form's own key and token is the same.
    assert before.partition("Propose it")[0] == after.partition("Propose it")[0]


def test_an_administrator_proposes_without_seeing_partnerships(client: FlaskClient) -> None:
    quiet("Night Sitting Service")
    shown = page(signed_in(client, a_person("administrator")), trial())
    assert "Night Sitting Service" not in shown
    assert "shown to those who may see partnerships" in shown
    sent = {**TRIED, "reason": "Too many flags.", "form_key": "a-key"}
    assert client.post("/rules/trial", data=sent).status_code == 302


def test_one_proposes_another_confirms_and_the_flags_follow(client: FlaskClient, leader: Person) -> None:
    partnership = quiet("Night Sitting Service")
    sent = {**TRIED, "reason": "Too many flags.", "form_key": "a-key"}
    answer = signed_in(client, leader).post("/rules/trial", data=sent)
    row = db.session.scalars(select(RuleSet)).one()
    address = f"/rules/{row.id}"
    assert (answer.status_code, answer.location) == (302, address)
    assert "another senior leader has to confirm it" in page(client, address)
    own = client.post(address, data={"decision": "confirm"})
    assert own.status_code == 422
    assert "Somebody else has to confirm what you proposed." in unescape(own.text)

    other = signed_in_as(client, a_person("leader", name="Joan Whitlock"))
    assert f'id="partnership-{partnership.id}"' in page(other, "/watchlist")
    assert "Helen Okafor proposed" in page(other, "/guidance/rules")
    assert other.post(address, data={"decision": "confirm"}).location == "/guidance/rules"
    assert f'id="partnership-{partnership.id}"' not in page(other, "/watchlist")
    shown = page(other, "/guidance/rules")
    for words in ("rule set 2", "more than 400 days", "Too many flags.", "confirmed by Joan Whitlock", "Rule set 1"):
        assert words in shown
    assert other.post(address, data={"decision": "decline"}).status_code == 422


@pytest.mark.parametrize(("changed", "sentence"), [
    ({"value": ""}, "Enter a number, such as 90."),
    ({"value": "many"}, "Enter a number, such as 90."),
    ({"value": "nan"}, "Enter a number from 1 to 1,000."),
    ({"value": "inf"}, "Enter a number from 1 to 1,000."),
    ({"value": "9" * 400}, "Enter a number, such as 90."),
    ({"value": "0"}, "Enter a number from 1 to 1,000."),
    ({"value": "60"}, "These are the thresholds in force already."),
    ({"threshold": "nothing.at_all"}, "Choose a threshold from the list."),
    ({"threshold": ""}, "Choose a threshold from the list."),
    ({"place": "kind:unheard_of"}, "Choose a kind or a significance from the list."),
    ({"reason": " "}, "Say why the thresholds should change."),
    ({"reason": "x" * 201}, "must be 200 characters or fewer"),
])
def test_what_cannot_be_proposed_comes_back_with_what_was_typed(
    client: FlaskClient, leader: Person, changed: dict[str, str], sentence: str,
) -> None:
    sent = {**TRIED, "reason": "Because <b>", "form_key": "a-key", **changed}
    answer = signed_in(client, leader).post("/rules/trial", data=sent)
    assert answer.status_code == 422
    assert unescape(answer.text).count(sentence) in (1, 2)
    assert f'value="{sent["value"]}"' in answer.text
    assert db.session.scalars(select(RuleSet)).all() == []


def test_a_bad_value_in_the_address_is_said_at_its_field(client: FlaskClient, leader: Person) -> None:
    browser = signed_in(client, leader)
    for address in (trial("many"), trial("1e9"), trial(threshold="x"), trial(place="x"), "/rules/trial?threshold="):
        assert "There is a problem" in page(browser, address, 422), address


def test_only_leaders_and_administrators_try_and_only_leaders_decide(client: FlaskClient, leader: Person) -> None:
    signed_in(client, leader).post("/rules/trial", data={**TRIED, "reason": "Too many.", "form_key": "a-key"})
    row = db.session.scalars(select(RuleSet)).one()
    for role in ("officer", "auditor", "governance"):
        browser = signed_in_as(client, a_person(role))
        assert [browser.get(where).status_code for where in ("/rules/trial", f"/rules/{row.id}")] == [403, 403], role
        assert "Try other thresholds" not in page(browser, "/guidance/rules")
    administrator = signed_in_as(client, a_person("administrator"))
    assert administrator.get(f"/rules/{row.id}").status_code == 200
    assert administrator.post(f"/rules/{row.id}", data={"decision": "confirm"}).status_code == 403
    assert administrator.get("/rules/999999").status_code == 404


def test_a_proposal_may_be_declined_and_needs_a_decision(client: FlaskClient, leader: Person) -> None:
    signed_in(client, leader).post("/rules/trial", data={**TRIED, "reason": "Too many.", "form_key": "a-key"})
    row = db.session.scalars(select(RuleSet)).one()
    assert client.post(f"/rules/{row.id}", data={}).status_code == 422
    assert client.post(f"/rules/{row.id}", data={"decision": "decline"}).status_code == 302
    assert thresholds_in_force(clocks_now()).number == 1
    assert "Declined" in page(client, f"/rules/{row.id}")


@pytest.mark.parametrize(("longest", "said"), [(25_000, "At 24 month ends"), (1, "At 8 quarterly month ends")])
def test_a_rule_of_trust_is_tried_on_fewer_days_where_the_log_is_long(
    client: FlaskClient, leader: Person, monkeypatch: pytest.MonkeyPatch, longest: int, said: str,
) -> None:
    monkeypatch.setattr(risk_trial, "LONG_LOG", longest)
    partnership = quiet("Night Sitting Service")
    officer = a_person()
    for days in (200, 190, 180, 170, 160):
        an_interaction(officer, partnership, {"ilm:openness": 2}, held_on=ago(days))
    shown = page(signed_in(client, leader), trial("10", threshold="weak_trust.below"))
    assert said in shown
    assert "Night Sitting Service" in shown.partition("Would not have been raised")[2]
