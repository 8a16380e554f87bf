"""What the log form refuses: all at once, beside its field, with everything typed kept."""


from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from register.accounts.models import Person
from register.database import db
from register.interactions.changes import NewCommitment
from register.interactions.models import Commitment, Interaction
from register.partnerships.changes import edit_participation
from register.partnerships.lookups import all_participations
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, an_interaction, partners_of, signed_in
from tests.log_forms import TODAY, how_many, typed


@pytest.fixture
def officer(session: Any) -> Person:
    return a_person()


@pytest.fixture
def partnership(officer: Person) -> Partnership:
    return a_partnership(members={officer: "officer"}, name="Night Sitting Service")


def test_readings_of_one_partnership_are_not_saved_for_another(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    other = a_partnership(members={officer: "lead"})
    charity = partners_of(partnership)[1]
    sent = typed(partnership, partnership=other.id, **{f"did-{charity.id}-ilm:openness": "4"})
    answer = signed_in(client, officer).post("/interactions/new", data=sent)
    assert answer.status_code == 422
    assert "is about Night Sitting Service" in answer.text
    assert f"How did {charity.label} do?" in answer.text
    assert how_many(Interaction) == 0


def test_all_that_is_wrong_is_said_at_once_beside_its_field_and_everything_typed_is_kept(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    council, charity = partners_of(partnership)
    sent = typed(
        partnership, account=" ", held_on=(TODAY + timedelta(days=30)).isoformat(), **{
            f"did-{charity.id}-ilm:openness": "1", f"told-{charity.id}-ilm:ability-seen": "They liked it",
            "promise-0-who": f"{council.id}-{charity.id}", "promise-0-what": "Name a contact",
        },
    )
    answer = signed_in(client, officer).post("/interactions/new", data=sent)
    assert answer.status_code == 422
    assert "Five things need you" in answer.text
    for words in (
        "a sentence is enough", "has not come yet", "Say what you saw for Openness", "Choose a score for Ability",
        "Give the promise a date", "They liked it", "Name a contact",
    ):
        assert words in answer.text
    for field in ("account", "held_on", f"did-{charity.id}-ilm:openness-seen", "promise-0-due_on"):
        assert f'href="#{field}"' in answer.text
        assert f'id="{field}-error"' in answer.text
    assert 'value="1" checked' in answer.text
    assert how_many(Interaction) == 0


@pytest.mark.parametrize(("field", "value", "words"), [
    ("account", "nu\x00ll", "cannot be kept"),
    ("account", "x" * 4001, "4000 characters or fewer"),
    ("held_on", "31 February 2026", "Enter a day that exists"),
    ("held_on", "", "Enter the day it happened"),
    ("kind", "party", "Choose what it was"),
    ("organisations", "999999", "Only organisations that took part"),
    ("organisations", "9" * 40, "Only organisations that took part"),
    ("organisations", "<script>", "Only organisations that took part"),
    ("organisations", [], "Choose which organisations took part"),
    ("partnership", "", "Choose the partnership"),
    ("kept", "12345", "answered meanwhile"),
])
def test_hostile_or_missing_input_is_refused_with_a_sentence(
    client: FlaskClient, officer: Person, partnership: Partnership, field: str, value: Any, words: str,
) -> None:
    sent = typed(partnership, **{field: value})
    if field == "partnership":
        sent["drawn_for"] = ""
    answer = signed_in(client, officer).post("/interactions/new", data=sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert how_many(Interaction) == 0


@pytest.mark.parametrize("score", ["0", "6", "-1", "1e3", "٤", "9" * 30])
def test_a_score_out_of_range_is_refused(
    client: FlaskClient, officer: Person, partnership: Partnership, score: str,
) -> None:
    charity = partners_of(partnership)[1]
    sent = typed(partnership, **{f"did-{charity.id}-ilm:openness": score})
    answer = signed_in(client, officer).post("/interactions/new", data=sent)
    assert answer.status_code == 422
    assert "Choose a score from 1 to 5 for openness." in answer.text


def test_a_promise_cannot_be_kept_before_it_was_made(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    council, charity = partners_of(partnership)
    an_interaction(officer, partnership, commitments=[NewCommitment(charity.id, council.id, "Send it", TODAY)])
    promise = db.session.scalars(select(Commitment)).one()
    sent = typed(partnership, held_on=(TODAY - timedelta(days=9)).isoformat(), kept=[promise.id])
    answer = signed_in(client, officer).post("/interactions/new", data=sent)
    assert answer.status_code == 422
    assert "when the promise was made" in answer.text
    assert how_many(Interaction) == 1


def test_a_partner_who_has_left_can_be_taken_out_of_the_form_again(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    gone = all_participations(partnership.id)[1]
    edit_participation("register", gone, role="partner", joined_on=None, left_on=TODAY - timedelta(days=30))
    answer = signed_in(client, officer).post("/interactions/new", data=typed(partnership))
    assert answer.status_code == 422
    assert "Only organisations that took part" in answer.text
    assert f'value="{gone.organisation_id}" checked' in answer.text
    earlier = typed(partnership, held_on=(TODAY - timedelta(days=40)).isoformat())
    assert client.post("/interactions/new", data=earlier).status_code == 302


def test_choosing_another_partnership_keeps_what_was_written_and_saves_nothing(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    other = a_partnership(members={officer: "lead"})
    council, charity = partners_of(other)
    sent = typed(partnership, partnership=other.id, step="choose", account="Half a sentence")
    answer = signed_in(client, officer).post("/interactions/new", data=sent)
    assert answer.status_code == 200
    assert "Half a sentence" in answer.text
    assert f"How did {charity.label} do?" in answer.text
    assert f'value="{council.id}" checked' in answer.text
    assert how_many(Interaction) == 0


def test_more_rows_for_promises_come_without_saving(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    sent = typed(partnership, step="more", promise_count="3", **{"promise-2-what": "The third"})
    answer = signed_in(client, officer).post("/interactions/new", data=sent)
    assert answer.status_code == 200
    assert 'name="promise-5-what"' in answer.text
    assert "The third" in answer.text
    assert how_many(Interaction) == 0
