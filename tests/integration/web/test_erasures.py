"""The pages of erasures and holds: two people, an exact preview, and nothing of a hidden partnership."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from register.accounts.changes import open_restricted
from register.accounts.models import Person
from register.database import db
from register.erasures.models import Erasure, LegalHold
from register.history.verification import verify
from register.interactions.models import Interaction
from register.partnerships.contact_changes import add_contact
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Contact
from tests.factories import a_partnership, a_person, an_interaction, partners_of, signed_in

NAME = "Zebulon Quirkwater"


@pytest.fixture
def governance(app: Flask) -> list[Person]:
    """Two people of information governance, and a contact who is named in an open and in a restricted partnership."""
    officer = a_person()
    for is_restricted, name in ((False, "Bins"), (True, "Quiet matter")):
        partnership = a_partnership(members={officer: "lead"}, name=name, is_restricted=is_restricted)
        if not is_restricted:
            add_contact(officer.actor, organisation_id=partners_of(partnership)[1].id, role="Manager", name=NAME)
        an_interaction(officer, partnership, account=f"{NAME} came to {name}.")
    people = [a_person("governance", name="Ann"), a_person("governance", name="Ben")]
    db.session.commit()
    return people


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.get_data(as_text=True)
    return str(response.get_data(as_text=True))


def record() -> str:
    return f"/erasures/new?record=contact:{db.session.scalars(select(Contact.id)).one()}"


def asked_for(client: FlaskClient, *, named: bool = True) -> str:
    """Ask for the contact as somebody does who ticks every box that the page offers; return where that leads."""
    contact_id = db.session.scalars(select(Contact.id)).one()
    data = {
        "form_key": "one", "ground": "request", "reason": "Letter 3.",
        "fields": [f"contact:{contact_id}:name", f"contact:{contact_id}:role"],
        "named": [f"interaction:{key}:account" for key in db.session.scalars(select(Interaction.id))] if named else [],
    }
    response = client.post(record(), data=data)
    assert response.status_code == 302, response.get_data(as_text=True)
    return str(response.headers["Location"])


def decide(client: FlaskClient, erasure_id: int, **data: str) -> tuple[int, str]:
    url = f"/erasures/{erasure_id}"
    seen = page(client, url).partition('name="seen" value="')[2].partition('"')[0]
    response = client.post(url, data={"seen": seen, **data})
    return response.status_code, response.get_data(as_text=True)


def test_one_asks_and_another_confirms(client: FlaskClient, governance: list[Person]) -> None:
    signed_in(client, governance[0])
    assert "Nothing waits." in page(client, "/erasures")
    offered = page(client, record())
    assert f"{NAME} came to Bins." in offered
    assert "Quiet" not in offered
    assert asked_for(client) == "/erasures"
    first, second = db.session.scalars(select(Erasure).order_by(Erasure.id)).all()
    assert (first.partnership_id is None, second.partnership_id is None) == (True, False)
    assert NAME in page(client, f"/erasures/{first.id}")
    status, said = decide(client, first.id, decision="confirm")
    assert (status, "Somebody else of information governance has to confirm" in said) == (422, True)
    signed_in(client, governance[1])
    for erasure in (first, second):
        assert decide(client, erasure.id, decision="confirm")[0] == 302
        assert NAME not in page(client, f"/erasures/{erasure.id}")
    contact = db.session.scalars(select(Contact)).one()
    assert (contact.name, contact.role) == (None, "Erased")
    accounts = set(db.session.scalars(select(Interaction.account)))
    assert accounts == {"Erased", f"{NAME} came to Quiet matter."}
    assert verify().problems == ()


def test_what_is_hidden_is_neither_offered_nor_taken(client: FlaskClient, governance: list[Person]) -> None:
    hidden = db.session.scalars(select(Partnership).where(Partnership.is_restricted)).one()
    meeting = db.session.scalars(select(Interaction.id).where(Interaction.partnership_id == hidden.id)).one()
    signed_in(client, governance[0])
    for url in (f"/erasures/new?record=interaction:{meeting}", f"/holds/new?record=partnership:{hidden.id}"):
        page(client, url, 404)
    assert "Quiet" not in page(client, "/erasures?q=Quiet").split("<main")[1].replace('value="Quiet"', "")
    open_restricted(governance[0], "Request 9.")
    assert "Quiet matter" in page(client, record())
    asked_for(client)
    db.session.expire_all()
    own = db.session.scalars(select(Erasure).where(Erasure.partnership_id == hidden.id)).one()
    client.post(f"/holds/new?record=partnership:{hidden.id}", data={"reason": "Claim 7.", "form_key": "two"})
    hold = db.session.scalars(select(LegalHold)).one()
    for person in (governance[1], a_person("auditor")):
        signed_in(client, person)
        page(client, f"/erasures/{own.id}", 404)
        assert "Quiet" not in page(client, "/erasures")
        assert "Claim 7" not in page(client, "/holds")
    signed_in(client, governance[1])
    page(client, f"/holds/{hold.id}/lift", 404)


def test_an_auditor_reads_and_changes_nothing(client: FlaskClient, governance: list[Person]) -> None:
    asked_for(signed_in(client, governance[0]), named=False)
    erasure = db.session.scalars(select(Erasure)).one()
    signed_in(client, a_person("auditor"))
    assert "Ask for an erasure" not in page(client, "/erasures").split("<main")[1]
    assert "Decide" not in page(client, f"/erasures/{erasure.id}")
    assert client.post(f"/erasures/{erasure.id}", data={"decision": "confirm"}).status_code == 403
    page(client, record(), 403)
    for role in ("officer", "leader", "administrator"):
        page(signed_in(client, a_person(role)), "/erasures", 403)


def test_what_changed_since_it_was_read_is_not_erased(client: FlaskClient, governance: list[Person]) -> None:
    asked_for(signed_in(client, governance[0]), named=False)
    erasure = db.session.scalars(select(Erasure)).one()
    signed_in(client, governance[1])
    response = client.post(f"/erasures/{erasure.id}", data={"decision": "confirm", "seen": "0"})
    assert response.status_code == 422
    assert "no longer what you saw" in response.get_data(as_text=True)
    assert decide(client, erasure.id)[0] == 422
    assert decide(client, erasure.id, decision="decline")[0] == 422
    assert decide(client, erasure.id, decision="decline", reason="It is needed.")[0] == 302
    assert "It is needed." in page(client, f"/erasures/{erasure.id}")
    assert decide(client, erasure.id, decision="confirm")[0] == 422
    assert db.session.scalars(select(Contact.name)).one() == NAME


def test_a_hold_stops_an_erasure_and_says_why(client: FlaskClient, governance: list[Person]) -> None:
    asked_for(signed_in(client, governance[0]), named=False)
    erasure = db.session.scalars(select(Erasure)).one()
    contact_id = db.session.scalars(select(Contact.id)).one()
    organisation_id = db.session.scalars(select(Contact.organisation_id)).one()
    signed_in(client, governance[1])
    for held in (f"contact:{contact_id}", f"organisation:{organisation_id}"):
        url = f"/holds/new?record={held}"
        assert client.post(url, data={"reason": "", "form_key": held}).status_code == 422
        assert client.post(url, data={"reason": f"Claim of {held}.", "form_key": held}).status_code == 302
        assert client.post(url, data={"reason": "Again.", "form_key": f"{held}2"}).status_code == 422
        assert f"Claim of {held}." in page(client, f"/erasures/{erasure.id}")
        status, said = decide(client, erasure.id, decision="confirm")
        assert (status, f"Claim of {held}" in said) == (422, True)
        hold = db.session.scalars(select(LegalHold).where(LegalHold.lifted_at.is_(None))).one()
        assert client.post(f"/holds/{hold.id}/lift", data={"reason": ""}).status_code == 422
        assert client.post(f"/holds/{hold.id}/lift", data={"reason": "Settled."}).status_code == 302
        assert client.get(f"/holds/{hold.id}/lift").status_code == 302
    assert "Settled." in page(client, "/holds")
    assert decide(client, erasure.id, decision="confirm")[0] == 302


@pytest.mark.parametrize(
    "named",
    ["", "contact", "contact:", "contact:x", "contact:0", "contact:99999999999999", "contact:-1", "contact:٣",
     "nothing:1", "history_entry:9999", "sign_in:1"],
)
def test_a_record_that_is_none_answers_404(client: FlaskClient, governance: list[Person], named: str) -> None:
    signed_in(client, governance[0])
    page(client, f"/erasures/new?record={named}", 404)
    page(client, f"/holds/new?record={named}", 404)


def test_the_way_to_an_erasure_is_offered_to_governance_alone(client: FlaskClient, governance: list[Person]) -> None:
    contact = db.session.scalars(select(Contact)).one()
    url = f"/organisations/{contact.organisation_id}"
    assert "Ask for an erasure" in page(signed_in(client, governance[0]), url)
    assert "Ask for an erasure" not in page(signed_in(client, a_person()), url)


@pytest.mark.parametrize("typed", ["%00", "%25", "_", "%F0%9F%98%80", "a" * 5000, "%0A", "'; DROP TABLE contact; --"])
def test_whatever_is_looked_for_is_answered(client: FlaskClient, governance: list[Person], typed: str) -> None:
    signed_in(client, governance[0])
    for path in ("/erasures", "/holds"):
        page(client, f"{path}?q={typed}")
