"""A statement of disagreement stands beside its opinion wherever that is shown, and moves no figure."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from register.accounts.models import Person
from register.accounts.token_changes import issue_token
from register.clock import today
from register.database import db
from register.history.verification import verify
from register.interactions.changes import Happening, NewReading, Present, correct_interaction
from register.interactions.disagreement_changes import state_disagreement
from register.interactions.models import Disagreement, Interaction
from register.partnerships.contact_changes import add_contact
from register.partnerships.models import Partnership
from register.refusals import Refusal
from register.trust.changes import set_restriction
from register.trust.models import Evidence
from tests.factories import a_partnership, a_person, an_interaction, partners_of, signed_in


@pytest.fixture
def officer(app: Flask) -> Person:
    """An officer who rated a partner in an open partnership."""
    person = a_person()
    partnership = a_partnership(members={person: "lead"}, name="Bins")
    an_interaction(person, partnership, {"ilm:openness": 2})
    db.session.commit()
    return person


def meeting() -> Interaction:
    return db.session.scalars(select(Interaction).order_by(Interaction.id.desc())).first()  # type: ignore[return-value]


def sides() -> tuple[int, int]:
    first, second = partners_of(db.session.scalars(select(Partnership)).one())
    return first.id, second.id


def address() -> str:
    rater, ratee = sides()
    return f"/interactions/{meeting().id}/opinions/{rater}/of/{ratee}/disagreement"


def page(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return str(response.get_data(as_text=True))


def test_a_statement_stands_beside_the_opinion_and_can_be_taken_back(client: FlaskClient, officer: Person) -> None:
    signed_in(client, officer)
    rater, ratee = sides()
    contact = add_contact(officer.actor, organisation_id=ratee, role="Manager", name="Priya")
    before = db.session.execute(select(Evidence.__table__)).all()
    data = {"statement": "We <b>did</b> answer.\nTwice.", "manner": "written", "form_key": "one"}
    assert client.post(address(), data={**data, "contact_id": str(contact.id)}).status_code == 302
    assert client.post(address(), data={**data, "contact_id": str(contact.id)}).status_code == 302
    row = db.session.scalars(select(Disagreement)).one()
    for url in (f"/interactions/{meeting().id}", f"/relationships/{rater}/to/{ratee}"):
        shown = page(client, url)
        assert "We &lt;b&gt;did&lt;/b&gt; answer." in shown
        assert "Priya, Manager, for " in shown
    assert db.session.execute(select(Evidence.__table__)).all() == before
    assert "disagrees with what " in page(client, "/history")
    assert client.post(f"/disagreements/{row.id}/withdraw", data={"reason": ""}).status_code == 422
    assert client.post(f"/disagreements/{row.id}/withdraw", data={"reason": "They asked."}).status_code == 302
    assert client.get(f"/disagreements/{row.id}/withdraw").status_code == 302
    assert "answer." not in page(client, f"/interactions/{meeting().id}")
    assert verify().problems == ()


def test_a_statement_follows_the_corrections_of_its_meeting(client: FlaskClient, officer: Person) -> None:
    rater, ratee = sides()
    state_disagreement(officer, meeting(), rater, ratee, statement="It was not so.", manner="told")
    happening = Happening(
        "meeting", today(), "So.", [Present(rater), Present(ratee)],
        [NewReading(rater, ratee, "ilm:openness", 3, "seen", "own")],
    )
    partnership = db.session.scalars(select(Partnership)).one()
    correct_interaction(officer, partnership, meeting(), happening, "A slip.")
    signed_in(client, officer)
    for interaction_id in db.session.scalars(select(Interaction.id)).all():
        assert "It was not so." in page(client, f"/interactions/{interaction_id}")
    assert "It was not so." in page(client, f"/relationships/{rater}/to/{ratee}")
    assert "It was not so." not in page(client, f"/relationships/{ratee}/to/{rater}")


@pytest.mark.parametrize("data", [
    {"statement": "", "manner": "told"}, {"statement": "x" * 2001, "manner": "told"},
    {"statement": "No.", "manner": ""},
    {"statement": "No.", "manner": "shouted"}, {"statement": "No.", "manner": "told", "contact_id": "99"},
    {"statement": "No.\x00", "manner": "told"},
])  # fmt: skip
def test_a_bad_form_keeps_what_was_typed(client: FlaskClient, officer: Person, data: dict[str, str]) -> None:
    signed_in(client, officer)
    response = client.post(address(), data=data)
    assert response.status_code == 422
    assert db.session.scalars(select(Disagreement)).all() == []


def test_somebody_of_another_organisation_is_refused(app: Flask, officer: Person) -> None:
    rater, ratee = sides()
    stranger = add_contact(officer.actor, organisation_id=rater, role="Manager")
    for contact_id in (stranger.id, 999):
        with pytest.raises(Refusal, match="that was rated"):
            state_disagreement(officer, meeting(), rater, ratee, statement="No.", manner="told", contact_id=contact_id)
    with pytest.raises(Refusal, match="no such opinion"):
        state_disagreement(officer, meeting(), ratee, rater, statement="No.", manner="told")


def test_who_may_not_state_it_reads_it(client: FlaskClient, officer: Person) -> None:
    rater, ratee = sides()
    state_disagreement(officer, meeting(), rater, ratee, statement="It was not so.", manner="told")
    url = address()
    for role, status in (("governance", 200), ("leader", 403), ("auditor", 403), ("officer", 403)):
        signed_in(client, a_person(role))
        assert client.get(url).status_code == status
        assert "It was not so." in page(client, f"/interactions/{meeting().id}")
    assert client.get(url.replace("/of/", "/of/9")).status_code in (403, 404)
    other_way = f"/interactions/{meeting().id}/opinions/{ratee}/of/{rater}/disagreement"
    assert signed_in(client, officer).get(other_way).status_code == 404


def test_a_statement_in_a_hidden_partnership_is_hidden(client: FlaskClient, officer: Person) -> None:
    rater, ratee = sides()
    row = state_disagreement(officer, meeting(), rater, ratee, statement="It was not so.", manner="told")
    partnership = db.session.scalars(select(Partnership)).one()
    set_restriction(officer.actor, partnership, is_restricted=True, reason="Delicate.")
    url = address()
    signed_in(client, a_person("governance"))
    assert client.get(url).status_code == 404
    assert client.get(f"/disagreements/{row.id}/withdraw").status_code == 404


def test_programs_read_it_beside_the_readings(client: FlaskClient, officer: Person) -> None:
    rater, ratee = sides()
    state_disagreement(officer, meeting(), rater, ratee, statement="It was not so.", manner="told")
    _row, token = issue_token(officer, "Dashboard", ["read"], 30)
    db.session.commit()
    answer = client.get(f"/api/v1/interactions/{meeting().id}", headers={"Authorization": f"Bearer {token}"})
    (said,) = answer.get_json()["disagreements"]
    assert said == {
        "rater_id": rater, "ratee_id": ratee, "contact_id": None, "statement": "It was not so.", "manner": "told",
    }
