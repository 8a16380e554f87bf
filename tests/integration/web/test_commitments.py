"""The page of a promise: what became of it, and changing an earlier answer."""

from datetime import timedelta
from typing import Any

import pytest
from flask import g
from flask.testing import FlaskClient
from sqlalchemy import select

from register.accounts.models import Person
from register.clock import today
from register.database import db
from register.interactions.changes import NewCommitment
from register.interactions.commitment_changes import live_settlement
from register.interactions.commitment_lookups import settlements_of, successors_of
from register.interactions.models import Commitment
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, an_interaction, partners_of, signed_in

TODAY = today()


@pytest.fixture
def officer(session: Any) -> Person:
    return a_person()


@pytest.fixture
def partnership(officer: Person) -> Partnership:
    return a_partnership(members={officer: "officer"})


@pytest.fixture
def promise(officer: Person, partnership: Partnership) -> Commitment:
    """Return a promise two days past its date."""
    council, charity = partners_of(partnership)
    made = NewCommitment(charity.id, council.id, "Send the rota", TODAY - timedelta(days=2))
    an_interaction(officer, partnership, held_on=TODAY - timedelta(days=20), commitments=[made])
    return db.session.scalars(select(Commitment)).one()


def typed(**changed: Any) -> dict[str, Any]:
    return {"outcome": "late", "settled_on": TODAY.isoformat(), "form_key": "a-key", "answered": "", **changed}


def test_an_open_promise_says_how_late_it_is(client: FlaskClient, officer: Person, promise: Commitment) -> None:
    page = signed_in(client, officer).get(f"/commitments/{promise.id}").text
    assert "Send the rota" in page
    assert "Open, 2 days late" in page
    assert "What became of it?" in page


def test_an_answer_is_kept_and_shown(client: FlaskClient, officer: Person, promise: Commitment) -> None:
    address = f"/commitments/{promise.id}"
    answer = signed_in(client, officer).post(address, data=typed(note="Two days of storm"))
    assert (answer.status_code, answer.location) == (302, address)
    page = client.get(address).text
    assert "Kept late" in page
    assert "Two days of storm" in page
    assert "Change this answer" in page


def test_an_answer_sent_twice_is_one_answer(client: FlaskClient, officer: Person, promise: Commitment) -> None:
    signed_in(client, officer)
    for _ in range(2):
        assert client.post(f"/commitments/{promise.id}", data=typed()).status_code == 302
    assert len(settlements_of(promise.id)) == 1


@pytest.mark.parametrize(("changed", "field", "words"), [
    ({"outcome": ""}, "outcome", "Choose what became of it"),
    ({"outcome": "lost"}, "outcome", "Choose what became of it"),
    ({"outcome": "kept"}, "outcome", "done after that day is kept late"),
    ({"settled_on": (TODAY + timedelta(days=2)).isoformat()}, "settled_on", "today or earlier"),
    ({"settled_on": (TODAY - timedelta(days=21)).isoformat()}, "settled_on", "when the promise was made"),
    ({"settled_on": ""}, "settled_on", "Enter the day"),
    ({"settled_on": "31/02/2026"}, "settled_on", "Enter a day that exists"),
    ({"note": "x" * 201}, "note", "200 characters or fewer"),
    ({"note": "nu\x00ll"}, "note", "cannot be kept"),
    ({"outcome": "renegotiated"}, "new_due_on", "Give the promise a date"),
    ({"outcome": "renegotiated", "new_due_on": TODAY.isoformat(), "new_what": "x" * 201}, "new_what", "200 characters"),
])
def test_what_cannot_be_kept_is_refused_on_its_field(
    client: FlaskClient, officer: Person, promise: Commitment, changed: dict[str, str], field: str, words: str,
) -> None:
    answer = signed_in(client, officer).post(f"/commitments/{promise.id}", data=typed(**changed))
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert words in answer.text
    assert settlements_of(promise.id) == []


def test_a_renegotiated_promise_gets_a_successor(client: FlaskClient, officer: Person, promise: Commitment) -> None:
    later = TODAY + timedelta(days=10)
    sent = typed(outcome="renegotiated", new_due_on=later.isoformat(), new_what="Send the rota, with names")
    assert signed_in(client, officer).post(f"/commitments/{promise.id}", data=sent).status_code == 302
    [successor] = successors_of(promise.id)
    assert (successor.what, successor.due_on) == ("Send the rota, with names", later)
    assert f"/commitments/{successor.id}" in client.get(f"/commitments/{promise.id}").text
    assert f"/commitments/{promise.id}" in client.get(f"/commitments/{successor.id}").text


def test_an_earlier_answer_is_changed_with_a_reason_and_stays_visible(
    client: FlaskClient, officer: Person, promise: Commitment,
) -> None:
    address = f"/commitments/{promise.id}"
    signed_in(client, officer).post(address, data=typed())
    answered = str(settlements_of(promise.id)[-1].id)
    change = typed(outcome="broken", form_key="another", answered=answered)
    refused = client.post(address, data=change)
    assert refused.status_code == 422
    assert "Say why the earlier answer is changed." in refused.text
    assert client.post(address, data={**change, "note": "It was the old rota"}).status_code == 302
    assert [row.outcome for row in settlements_of(promise.id)] == ["late", "broken"]
    assert "<del>Kept late</del>" in client.get(address).text


def test_who_answers_after_somebody_else_sees_that_answer_first(
    client: FlaskClient, officer: Person, promise: Commitment,
) -> None:
    address = f"/commitments/{promise.id}"
    signed_in(client, officer).post(address, data=typed())
    second = client.post(address, data=typed(outcome="broken", note="I thought so", form_key="another"))
    assert second.status_code == 422
    assert "Somebody answered this meanwhile" in second.text
    assert getattr(live_settlement(promise.id), "outcome", None) == "late"


def test_those_outside_read_it_but_do_not_answer(client: FlaskClient, promise: Commitment) -> None:
    signed_in(client, a_person("auditor"))
    page = client.get(f"/commitments/{promise.id}")
    assert page.status_code == 200
    assert "What became of it?" not in page.text
    assert client.post(f"/commitments/{promise.id}", data=typed()).status_code == 403
    for name in ("person", "frame", "_login_user"):
        g.pop(name, None)
    signed_in(client, a_person("administrator"))
    assert client.get(f"/commitments/{promise.id}").status_code == 403


@pytest.mark.usefixtures("session")
def test_promises_of_hidden_partnerships_do_not_exist(client: FlaskClient) -> None:
    inside = a_person()
    hidden = a_partnership(members={inside: "lead"}, is_restricted=True)
    council, charity = partners_of(hidden)
    an_interaction(inside, hidden, commitments=[NewCommitment(charity.id, council.id, "Quietly", TODAY)])
    promise = db.session.scalars(select(Commitment)).one()
    signed_in(client, a_person())
    for number in (promise.id, 999999, 10**20):
        assert client.get(f"/commitments/{number}").status_code == 404
        assert client.post(f"/commitments/{number}", data=typed()).status_code == 404
