"""Contacts are added and edited in the browser: the role first, the name only where it is needed."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from register.database import db
from register.partnerships.contact_changes import add_contact, edit_contact
from register.partnerships.organisation_models import Contact
from tests.factories import a_person, an_organisation, signed_in


def kept() -> list[Contact]:
    """Return every contact."""
    return list(db.session.scalars(select(Contact).order_by(Contact.id)))


def test_a_contact_needs_a_role_and_no_name(client: FlaskClient) -> None:
    body = an_organisation("Ferncote")
    browser = signed_in(client, a_person())
    data = {"role": "Head of operations", "form_key": "one"}
    answers = [browser.post(f"/organisations/{body.id}/contacts/new", data=data) for _ in range(2)]
    assert {answer.location for answer in answers} == {f"/organisations/{body.id}#contacts"}
    assert [(contact.role, contact.name) for contact in kept()] == [("Head of operations", None)]
    assert "Head of operations" in browser.get(f"/organisations/{body.id}").text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"role": ""}, "Enter what the contact does, such as head of operations."),
        ({"role": "a" * 201}, "The role must be 200 characters or fewer."),
        ({"role": "\x00"}, "The role has characters that cannot be kept"),
        ({"name": "a\x1b"}, "The name has characters that cannot be kept"),
        ({"email": "at home"}, "Enter an email address, such as name@charity.example"),
        ({"phone": "0" * 41}, "The telephone number must be 40 characters or fewer."),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(
    client: FlaskClient,
    changed: dict[str, str],
    sentence: str,
) -> None:
    body = an_organisation()
    data = {"role": "Director", "name": "Tess Amory", "phone": "01234", **changed}
    answer = signed_in(client, a_person()).post(f"/organisations/{body.id}/contacts/new", data=data)
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2
    assert kept() == []


def a_contact(**facts: Any) -> Contact:
    """Return a contact at a new organisation."""
    return add_contact("register", organisation_id=an_organisation().id, **{"role": "Director", **facts})


def test_the_last_day_may_lie_ahead(client: FlaskClient) -> None:
    contact = a_contact(name="Joan Whitlock")
    browser = signed_in(client, a_person())
    answer = browser.post(
        f"/contacts/{contact.id}/edit",
        data={"role": "Director", "name": "Joan Whitlock", "left_on": "18 December 2099", "version": contact.version},
    )
    assert answer.location == f"/organisations/{contact.organisation_id}#contacts"
    assert contact.left_on == date(2099, 12, 18)
    assert "Last day 18 December 2099" in browser.get(f"/organisations/{contact.organisation_id}").text


def test_who_has_left_stands_last(client: FlaskClient) -> None:
    contact = a_contact(role="A director")
    add_contact("register", organisation_id=contact.organisation_id, role="Zoologist")
    edit_contact("register", contact, role="A director", name=None, email=None, phone=None, left_on=date(2020, 1, 1))
    page = signed_in(client, a_person()).get(f"/organisations/{contact.organisation_id}").text
    assert page.index("Zoologist") < page.index("A director")
    assert "Left on 1 January 2020" in page


def test_the_second_of_two_editors_sees_mine_theirs_and_the_original(client: FlaskClient) -> None:
    contact = a_contact(role="The original")
    data = {"role": "Mine", "version": contact.version}
    browser = signed_in(client, a_person())
    edit_contact("register", contact, role="Theirs", name=None, email=None, phone=None, left_on=None)
    answer = browser.post(f"/contacts/{contact.id}/edit", data=data)
    assert answer.status_code == 409
    for text in ("Mine", "Theirs", "The original"):
        assert text in answer.text
    assert contact.role == "Theirs"


@pytest.mark.parametrize("number", [999_999, 10**30])
def test_an_unknown_contact_is_not_found(client: FlaskClient, number: int) -> None:
    assert signed_in(client, a_person()).get(f"/contacts/{number}/edit").status_code == 404


@pytest.mark.parametrize("role", ["leader", "auditor", "administrator"])
def test_only_officers_change_contacts(client: FlaskClient, role: str) -> None:
    contact = a_contact()
    browser = signed_in(client, a_person(role))
    urls = (f"/contacts/{contact.id}/edit", f"/organisations/{contact.organisation_id}/contacts/new")
    assert [browser.post(url, data={"role": "Mine"}).status_code for url in urls] == [403, 403]
    assert [row.role for row in kept()] == ["Director"]
