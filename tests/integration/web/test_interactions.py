"""The log form and the pages of interactions, as a browser without script meets them."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from register.accounts.models import Person
from register.clock import clocks_now, today
from register.database import db
from register.interactions.changes import NewCommitment
from register.interactions.commitment_changes import live_settlement
from register.interactions.lookups import attendances, readings
from register.interactions.models import Commitment, Interaction
from register.partnerships.changes import edit_participation
from register.partnerships.contact_changes import add_contact
from register.partnerships.lookups import all_participations, participations
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Contact, Organisation
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of, signed_in

TODAY = today()


@pytest.fixture
def officer(session: Any) -> Person:
    return a_person()


@pytest.fixture
def partnership(officer: Person) -> Partnership:
    return a_partnership(members={officer: "officer"}, name="Home from Hospital")


def typed(at: Partnership, /, **changed: Any) -> dict[str, Any]:
    """Return what the two needed lines send, with more or other fields."""
    first, second = partners_of(at)[:2]
    return {
        "partnership": at.id, "drawn_for": at.id, "kind": "meeting", "held_on": TODAY.isoformat(),
        "organisations": [first.id, second.id], "account": "We planned the winter.", "form_key": "a-key", **changed,
    }


def newest() -> Interaction:
    return db.session.scalars(select(Interaction).order_by(Interaction.id.desc())).first()  # type: ignore[return-value]


def how_many(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


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


def test_readings_of_one_partnership_are_not_saved_for_another(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    other = a_partnership(members={officer: "lead"})
    charity = partners_of(partnership)[1]
    sent = typed(partnership, partnership=other.id, **{f"did-{charity.id}-ilm:openness": "4"})
    answer = signed_in(client, officer).post("/interactions/new", data=sent)
    assert answer.status_code == 422
    assert "is about Home from Hospital" in answer.text
    assert f"How did {charity.label} do?" in answer.text
    assert how_many(Interaction) == 0


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


def test_a_form_sent_twice_makes_one_interaction(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    signed_in(client, officer)
    first, second = (client.post("/interactions/new", data=typed(partnership)) for _ in range(2))
    assert first.location == second.location
    assert how_many(Interaction) == 1


def test_more_rows_for_promises_come_without_saving(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    sent = typed(partnership, step="more", promise_count="3", **{"promise-2-what": "The third"})
    answer = signed_in(client, officer).post("/interactions/new", data=sent)
    assert answer.status_code == 200
    assert 'name="promise-5-what"' in answer.text
    assert "The third" in answer.text
    assert how_many(Interaction) == 0


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


def test_a_new_contact_and_a_new_organisation_are_added_in_place(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    sent = typed(
        partnership, contact_role="Ward manager", contact_organisation="new", organisation_name="Aldermere Trust",
        organisation_sector="public",
    )
    assert signed_in(client, officer).post("/interactions/new", data=sent).status_code == 302
    body = db.session.scalars(select(Organisation).where(Organisation.name == "Aldermere Trust")).one()
    [contact] = db.session.scalars(select(Contact))
    assert (contact.role, contact.name, contact.organisation_id) == ("Ward manager", None, body.id)
    roles = {row.organisation_id: row.role for row in participations([partnership.id], clocks_now())}
    assert roles[body.id] == "partner"
    assert contact.id in {row.contact_id for row in attendances([newest().id])[newest().id]}


@pytest.mark.parametrize(("changed", "words"), [
    ({"contact_name": "Dawn"}, "Enter what the contact does"),
    ({"contact_role": "Clerk"}, "Choose where the new contact works"),
    ({"contact_role": "Clerk", "contact_organisation": "new"}, "Choose where the new contact works"),
    ({"organisation_name": "A body"}, "Choose a sector"),
    ({"organisation_name": "A\x00body", "organisation_sector": "public"}, "cannot be kept"),
])
def test_a_newcomer_that_cannot_be_added_is_refused_and_nothing_is_added(
    client: FlaskClient, officer: Person, partnership: Partnership, changed: dict[str, str], words: str,
) -> None:
    bodies = how_many(Organisation)
    answer = signed_in(client, officer).post("/interactions/new", data=typed(partnership, **changed))
    assert answer.status_code == 422
    assert words in answer.text
    assert (how_many(Contact), how_many(Organisation), how_many(Interaction)) == (0, bodies, 0)


def test_a_newcomer_goes_again_when_something_else_is_wrong(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    changed = {"organisation_name": "A body", "organisation_sector": "public", "account": ""}
    assert signed_in(client, officer).post("/interactions/new", data=typed(partnership, **changed)).status_code == 422
    assert db.session.scalars(select(Organisation).where(Organisation.name == "A body")).all() == []


def test_a_contact_brings_its_organisation(client: FlaskClient, officer: Person, partnership: Partnership) -> None:
    council, charity = partners_of(partnership)
    contact = add_contact("register", organisation_id=charity.id, role="Manager")
    sent = typed(partnership, organisations=[council.id], contacts=[contact.id])
    assert signed_in(client, officer).post("/interactions/new", data=sent).status_code == 302
    rows = attendances([newest().id])[newest().id]
    assert [(row.organisation_id, row.contact_id) for row in rows] == [(council.id, None), (charity.id, contact.id)]


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


def test_an_organisation_that_the_register_has_already_is_taken_by_its_name(
    client: FlaskClient, officer: Person, partnership: Partnership,
) -> None:
    known = an_organisation("Aldermere Trust")
    sent = typed(partnership, organisation_name=" Aldermere  Trust ", organisation_sector="")
    assert signed_in(client, officer).post("/interactions/new", data=sent).status_code == 302
    assert known.id in {row.organisation_id for row in attendances([newest().id])[newest().id]}
    assert len(db.session.scalars(select(Organisation).where(Organisation.name == "Aldermere Trust")).all()) == 1
    twice = typed(partnership, form_key="other", organisation_name="Aldermere Trust")
    again = client.post("/interactions/new", data=twice)
    assert again.status_code == 422
    assert "Aldermere Trust takes part already." in again.text


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
