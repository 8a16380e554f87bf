"""Contacts and organisations added while logging."""


from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from register.accounts.models import Person
from register.clock import clocks_now
from register.database import db
from register.interactions.lookups import attendances
from register.interactions.models import Interaction
from register.partnerships.contact_changes import add_contact
from register.partnerships.lookups import participations
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Contact, Organisation
from tests.factories import a_partnership, a_person, an_organisation, partners_of, signed_in
from tests.log_forms import how_many, newest, typed


@pytest.fixture
def officer(session: Any) -> Person:
    return a_person()


@pytest.fixture
def partnership(officer: Person) -> Partnership:
    return a_partnership(members={officer: "officer"}, name="Night Sitting Service")


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
    ({"contact_name": "Tess"}, "Enter what the contact does"),
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
