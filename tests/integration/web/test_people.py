"""The pages of people: who may open them, what they refuse, and what happens when two administrators meet."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from register.accounts.changes import person_of, sign_in, start_session
from register.accounts.models import Person
from register.accounts.passwords import matches
from register.database import db
from register.history.lookups import entries_of
from register.refusals import Refusal
from tests.factories import PASSWORD, a_person, signed_in


@pytest.fixture
def administrator(client: FlaskClient) -> Person:
    """An administrator who is signed in."""
    person = a_person("administrator", name="Grace")
    signed_in(client, person)
    return person


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


def test_everybody_is_listed_with_role_and_state(client: FlaskClient, administrator: Person) -> None:
    a_person(name="Ada <b>King</b>", role="leader")
    page = client.get("/people").text
    assert "Ada &lt;b&gt;King&lt;/b&gt;" in page
    assert "Senior leader" in page
    assert "password_hash" not in page
    assert "argon2" not in page


@pytest.mark.parametrize(("role", "status"), [
    ("officer", 403), ("leader", 403), ("auditor", 200), ("governance", 403), ("administrator", 200),
])  # fmt: skip
def test_who_may_read_the_list(client: FlaskClient, role: str, status: int) -> None:
    assert signed_in(client, a_person(role)).get("/people").status_code == status


@pytest.mark.parametrize("role", ["officer", "leader", "auditor", "governance"])
def test_only_administrators_change_anybody(client: FlaskClient, role: str) -> None:
    other = a_person()
    signed_in(client, a_person(role))
    for address in ("/people/new", *(f"/people/{other.id}/{verb}" for verb in ("edit", "disable", "reset"))):
        assert client.get(address).status_code == 403, address
        assert client.post(address, data={"name": "x"}).status_code == 403, address
    assert other.is_active


def test_somebody_new_gets_a_password_that_is_shown_once_and_works(client: FlaskClient, administrator: Person) -> None:
    answer = client.post("/people/new", data={"email": "ada@x.example", "name": "Ada", "role": "officer"})
    assert answer.status_code == 200
    person = db.session.scalar(select(Person).where(Person.email == "ada@x.example"))
    assert person is not None
    words = {word.strip() for word in answer.text.replace("<", "\n").replace(">", "\n").split("\n")}
    assert any(matches(word, person.password_hash) for word in words if 12 <= len(word) <= 24 and " " not in word)
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_same_form_sent_twice_adds_one_person(client: FlaskClient, administrator: Person) -> None:
    sent = {"email": "ada@x.example", "name": "Ada", "role": "officer", "form_key": "k" * 20}
    assert client.post("/people/new", data=sent).status_code == 200
    before = count()
    assert client.post("/people/new", data=sent).location == "/people"
    assert count() == before


@pytest.mark.parametrize(("sent", "sentence"), [
    ({"email": ""}, "Enter an email address"), ({"email": "ada"}, "Enter an email address"),
    ({"email": "ada\x00@x.example"}, "cannot be kept"), ({"name": ""}, "Enter the person’s name"),
    ({"name": "\x07"}, "cannot be kept"), ({"name": "a" * 201}, "200 characters or fewer"),
    ({"role": ""}, "Choose a role"),
    ({"role": "king"}, "Choose a role"), ({"job_title": "b" * 201}, "200 characters or fewer"),
    ({"form_key": "\x00"}, ""), ({"email": "grace@testshire.example"}, "There is an account for"),
])  # fmt: skip
def test_a_mistake_is_said_beside_its_field_and_what_was_typed_is_kept(
    client: FlaskClient,
    administrator: Person,
    sent: dict[str, str],
    sentence: str,
) -> None:
    a_person(email="grace@testshire.example")
    typed = {"email": "ada@x.example", "name": "Ada <i>", "role": "officer", "job_title": "Head of <b>bins", **sent}
    before = count()
    answer = client.post("/people/new", data=typed)
    if not sentence:
        assert answer.status_code == 200
        return
    assert answer.status_code == 422
    assert answer.text.count(sentence) >= 2
    assert count() == before
    if "job_title" not in sent:
        assert "Head of &lt;b&gt;bins" in answer.text


def test_a_change_is_kept_and_said(client: FlaskClient, administrator: Person) -> None:
    person = a_person(name="Ada")
    sent = {"name": "Ada King", "role": "leader", "job_title": "Director", "version": "1"}
    assert client.post(f"/people/{person.id}/edit", data=sent).status_code == 302
    assert (person.name, person.role, person.job_title) == ("Ada King", "leader", "Director")
    assert "Ada King was changed." in client.get("/people").text
    assert entries_of("person", person.id)[-1].actor == administrator.actor


def test_a_mistake_in_a_change_is_said_and_kept(client: FlaskClient, administrator: Person) -> None:
    person = a_person(name="Ada")
    for sent, sentence in (({"name": ""}, "Enter the person’s name"), ({"role": "king"}, "Choose a role")):
        typed = {"name": "Eve", "role": "leader", "job_title": "Typed", "version": "1", **sent}
        answer = client.post(f"/people/{person.id}/edit", data=typed)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert "Typed" in answer.text
    assert person.name == "Ada"


def test_nobody_changes_their_own_role_or_disables_themselves(client: FlaskClient, administrator: Person) -> None:
    sent = {"name": "Grace", "role": "auditor", "version": "1"}
    answer = client.post(f"/people/{administrator.id}/edit", data=sent)
    assert answer.status_code == 422
    assert "cannot change your own role" in answer.text
    answer = client.post(f"/people/{administrator.id}/disable", data={"wanted": "disabled"})
    assert answer.status_code == 422
    assert "cannot disable your own account" in answer.text
    assert administrator.is_active


def test_the_second_of_two_sees_mine_theirs_and_the_original(client: FlaskClient, administrator: Person) -> None:
    person = a_person(name="Ada", job_title="Clerk")
    theirs = {"name": "Ada King", "role": "officer", "job_title": "Clerk", "version": "1"}
    client.post(f"/people/{person.id}/edit", data=theirs)
    mine = {"name": "Ada Lovelace", "role": "officer", "job_title": "Clerk", "version": "1"}
    answer = client.post(f"/people/{person.id}/edit", data=mine)
    assert answer.status_code == 409
    for said in (">Ada<", "Ada King", "Ada Lovelace", 'name="version" value="2"'):
        assert said in answer.text
    assert "Clerk</td>" not in answer.text
    assert person.name == "Ada King"
    assert client.post(f"/people/{person.id}/edit", data={**mine, "version": "2"}).status_code == 302
    assert person.name == "Ada Lovelace"


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "²", "٣", "\x00", "9" * 5000, "1.0", "99"])
def test_a_version_that_was_never_opened_is_a_conflict_and_no_failure(
    client: FlaskClient,
    administrator: Person,
    version: str,
) -> None:
    person = a_person(name="Ada")
    sent = {"name": "Eve", "role": "officer", "version": version}
    assert client.post(f"/people/{person.id}/edit", data=sent).status_code == 409
    assert person.name == "Ada"


def test_somebody_is_disabled_and_let_in_again(client: FlaskClient, administrator: Person) -> None:
    person = a_person(name="Ada")
    token = start_session(person)
    assert "Stop Ada from signing in?" in client.get(f"/people/{person.id}/disable").text
    client.post(f"/people/{person.id}/disable", data={"wanted": "disabled"})
    assert person_of(token) is None
    with pytest.raises(Refusal):
        sign_in(person.email, PASSWORD, "::1")
    assert "Let Ada sign in again?" in client.get(f"/people/{person.id}/disable").text
    client.post(f"/people/{person.id}/disable", data={"wanted": "active"})
    assert sign_in(person.email, PASSWORD, "::1")[0] is person


def test_stopping_somebody_twice_does_not_let_them_in(client: FlaskClient, administrator: Person) -> None:
    person = a_person()
    for _ in range(2):
        assert client.post(f"/people/{person.id}/disable", data={"wanted": "disabled"}).status_code == 302
    assert not person.is_active
    assert [entry.action for entry in entries_of("person", person.id)] == ["person:added", "person:disabled"]


def test_a_new_password_is_shown_once_and_signs_out(client: FlaskClient, administrator: Person) -> None:
    person = a_person()
    token = start_session(person)
    assert client.get(f"/people/{person.id}/reset").status_code == 200
    assert person_of(token) is person
    assert client.post(f"/people/{person.id}/reset").status_code == 200
    assert person_of(token) is None
    assert not matches(PASSWORD, person.password_hash)


@pytest.mark.parametrize("verb", ["edit", "disable", "reset"])
def test_somebody_unknown_is_not_found(client: FlaskClient, administrator: Person, verb: str) -> None:
    assert client.get(f"/people/99999/{verb}").status_code == 404
    assert client.post(f"/people/99999/{verb}", data={"wanted": "disabled"}).status_code == 404
