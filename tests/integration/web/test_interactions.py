"""Logging what happened, as a browser without script meets it."""


from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from register.accounts.models import Person
from register.database import db
from register.interactions.changes import NewCommitment
from register.interactions.commitment_changes import live_settlement
from register.interactions.lookups import attendances, readings
from register.interactions.models import Commitment, Interaction
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, an_interaction, partners_of, signed_in
from tests.log_forms import TODAY, how_many, newest, typed


@pytest.fixture
def officer(session: Any) -> Person:
    return a_person()


@pytest.fixture
def partnership(officer: Person) -> Partnership:
    return a_partnership(members={officer: "officer"}, name="Night Sitting Service")


def test_two_lines_are_enough(client: FlaskClient, officer: Person, partnership: Partnership) -> None:
    answer = signed_in(client, officer).post("/interactions/new", data=typed(partnership))
    assert answer.status_code == 302
    assert answer.location == f"/interactions/{newest().id}"
    page = client.get(answer.location).text
    assert "We planned the winter." in page
    assert "Next agenda" in page


def test_it_can_be_saved_before_the_partnerships_own_fields_were_drawn(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    short = {"partnership": partnership.id, "kind": "call", "held_on": "23/11/2025", "account": "A call."}
    assert signed_in(client, officer).post("/interactions/new", data=short).status_code == 302
    present = attendances([newest().id])[newest().id]
    assert {row.organisation_id for row in present} == {body.id for body in partners_of(partnership)}
    assert [row.person_id for row in present if row.person_id] == [officer.id]


def test_only_partnerships_where_one_may_log_are_offered(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    other = a_partnership(name="Somebody else’s")
    page = signed_in(client, officer).get("/interactions/new").text
    assert partnership.name in page
    assert other.name not in page


def test_the_partnership_of_the_address_is_chosen(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    page = signed_in(client, officer).get(f"/interactions/new?partnership={partnership.id}&account=Rota+covered").text
    assert f'<option value="{partnership.id}" selected>' in page
    assert "How did" in page
    assert "Rota covered" in page


def test_readings_and_promises_are_kept_in_their_directions(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    council, charity = partners_of(partnership)
    sent = typed(
        partnership, we=council.id, promise_count="3", **{
            f"did-{charity.id}-ilm:openness": "4", f"did-{charity.id}-ilm:openness-seen": "Sent the figures",
            f"did-{charity.id}-ilm:ability": "", f"told-{charity.id}-ilm:fairness": "2",
            "promise-1-who": f"{charity.id}-{council.id}", "promise-1-what": "Send the rota",
            "promise-1-due_on": (TODAY + timedelta(days=9)).isoformat(),
        },
    )
    assert signed_in(client, officer).post("/interactions/new", data=sent).status_code == 302
    rows = readings([newest().id])[newest().id]
    assert [(row.rater_id, row.ratee_id, row.determinant, row.score, row.voice) for row in rows] == [
        (council.id, charity.id, "ilm:openness", 4, "own"), (charity.id, council.id, "ilm:fairness", 2, "told"),
    ]
    promise = db.session.scalars(select(Commitment)).one()
    assert (promise.promisor_id, promise.what, promise.interaction_id) == (charity.id, "Send the rota", newest().id)
    page = client.get(f"/interactions/{newest().id}").text
    assert "4 Good" in page
    assert "the officer’s report of their view" in page
    assert "Send the rota" in page


def test_one_can_speak_for_the_other_side(client: FlaskClient, officer: Person, partnership: Partnership) -> None:
    council, charity = partners_of(partnership)
    sent = typed(partnership, we=charity.id, **{f"did-{council.id}-ilm:openness": "3"})
    assert signed_in(client, officer).post("/interactions/new", data=sent).status_code == 302
    [row] = readings([newest().id])[newest().id]
    assert (row.rater_id, row.ratee_id) == (charity.id, council.id)


def test_a_form_sent_twice_makes_one_interaction(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    signed_in(client, officer)
    first, second = (client.post("/interactions/new", data=typed(partnership)) for _ in range(2))
    assert first.location == second.location
    assert how_many(Interaction) == 1


def test_open_promises_that_were_kept_are_answered_as_kept_or_late(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    council, charity = partners_of(partnership)
    promises = [
        NewCommitment(charity.id, council.id, what, TODAY - timedelta(days=ago))
        for what, ago in (("Long due", 5), ("Not yet due", -5), ("Not ticked", 3))
    ]
    an_interaction(officer, partnership, held_on=TODAY - timedelta(days=20), commitments=promises)
    due, ahead, other = db.session.scalars(select(Commitment.id).order_by(Commitment.id))
    page = signed_in(client, officer).get(f"/interactions/new?partnership={partnership.id}").text
    assert "Long due" in page
    assert "5 days late" in page
    client.post("/interactions/new", data=typed(partnership, kept=[due, ahead]))
    assert [getattr(live_settlement(key), "outcome", None) for key in (due, ahead, other)] == ["late", "kept", None]


def test_the_form_says_what_is_lacking_and_what_one_gets_back(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    council, charity = partners_of(partnership)
    late = NewCommitment(council.id, charity.id, "Name a payments contact", TODAY - timedelta(days=4))
    long_ago = TODAY - timedelta(days=9)
    an_interaction(
        officer, partnership, {"ilm:openness": 4}, held_on=long_ago, kind="dispute", commitments=[late],
    )
    page = signed_in(client, officer).get(f"/interactions/new?partnership={partnership.id}").text
    assert "ability, understanding, fairness, integrity and consistency" in page
    assert f"{charity.label}’s side" in page
    assert "After the dispute of" in page
    assert "4 days late" in page


def test_with_many_partners_one_chooses_whom_to_rate(client: FlaskClient, officer: Person) -> None:
    framework = a_partnership(partners=9, members={officer: "lead"})
    body = partners_of(framework)[4]
    page = signed_in(client, officer).get(f"/interactions/new?partnership={framework.id}").text
    assert "Whom do you want to rate?" in page
    assert "How did" not in page
    answer = client.post("/interactions/new", data=typed(framework, step="show", about=[body.id]))
    assert answer.status_code == 200
    assert f"How did {body.label} do?" in answer.text
    assert answer.text.count("How did") == 1


def test_a_partnership_without_partners_says_what_to_do(client: FlaskClient, officer: Person) -> None:
    empty = a_partnership(partners=0, members={officer: "lead"})
    page = signed_in(client, officer).get(f"/interactions/new?partnership={empty.id}")
    assert page.status_code == 200
    sent = {"partnership": empty.id, "account": "We met.", "held_on": TODAY.isoformat(), "kind": "meeting"}
    answer = client.post("/interactions/new", data=sent)
    assert answer.status_code == 422
    assert "Nobody takes part in this partnership yet" in answer.text


def test_who_looks_after_no_partnership_is_led_to_one_instead_of_a_form(client: FlaskClient) -> None:
    page = signed_in(client, a_person()).get("/interactions/new").text
    assert "What happened?" not in page
    assert 'href="/partnerships/new"' in page
