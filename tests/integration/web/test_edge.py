"""A GET never commits and never fails, whoever asks for whatever; a POST commits once, when it succeeds."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import event, select, text

from register.accounts.models import Person
from register.database import db
from tests.factories import a_person, signed_in
from tests.fixtures.pages import Furnished

WHO = ("officer", "member", "leader", "auditor", "governance", "administrator")
ALLOWED = (200, 302, 403, 404)
"""What a page may answer; programs without a token get 401."""
HOSTILE_ARGUMENTS = (
    "?on=2020-01-01&known=2020-01-01",
    "?on=0001-01-01&known=0001-01-01",
    "?on=9999-12-31&known=9999-12-31&before=-1",
    "?on=%00&known=x&back=%2F%2Fx",
    "?page=99999999999999999999999&after=%00&q=%ff%fe&partnership=%00&sort=name;drop&kind=&kind=a&kind=b",
    "?q=%00&only=%00&kind=%00&stage=x&theme=x&sector=x&role=%00&partnership=99999999999999999999999&organisation=-1",
    "?q=%25_%5C'%22%3Cscript%3E&before=99999999999999999999999&person=x&after=99999999999999999999&sort=name",
    "?after=W10&q=" + "a" * 5000,
)


@contextmanager
def commits_of(app: Flask) -> Iterator[list[str]]:
    """Count what is kept while the block runs; the test's own looks at the database are taken out of the client."""
    kept: list[str] = []

    def note(_session: object) -> None:
        kept.append("commit")

    event.listen(db.session, "after_commit", note)
    try:
        yield kept
    finally:
        event.remove(db.session, "after_commit", note)


def pages(app: Flask, furnished: Furnished, *, hidden: bool = False) -> list[str]:
    """Return the address of every page that is asked for by GET."""
    parts = furnished.addresses(furnished.restricted if hidden else furnished.open)
    with app.test_request_context():
        return [
            url_for(rule.endpoint, **{name: parts[name] for name in rule.arguments})
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ()) and rule.endpoint != "static"
        ]


@pytest.mark.parametrize("who", WHO)
def test_no_page_fails_and_none_commits(app: Flask, client: FlaskClient, furnished: Furnished, who: str) -> None:
    signed_in(client, furnished.people[who])
    for address in dict.fromkeys((*pages(app, furnished), *pages(app, furnished, hidden=True))):
        with commits_of(app) as kept:
            answer = client.get(address)
        # The client commits the test's own work before each request; that a file was taken away goes into the log.
        is_file = "attachment" in answer.headers.get("Content-Disposition", "")
        assert kept == ["commit"] * (2 if is_file else 1), address
        assert answer.status_code in ALLOWED or (answer.status_code == 401 and address.startswith("/api/")), address


def test_no_page_fails_on_hostile_arguments(app: Flask, client: FlaskClient, furnished: Furnished) -> None:
    signed_in(client, furnished.people["member"])
    for address in pages(app, furnished):
        for arguments in HOSTILE_ARGUMENTS:
            answer = client.get(address + arguments)
            allowed = (*ALLOWED, 400, 422, 401) if address.startswith("/api/") else (*ALLOWED, 400, 422)
            assert answer.status_code in allowed, address + arguments


@pytest.mark.parametrize(
    "number", ["0", "-1", "999999", "2147483647", "2147483648", "99999999999999999999999", "x", "%00", "1.0"]
)
def test_numbers_that_no_record_has_are_not_found(
    app: Flask,
    client: FlaskClient,
    furnished: Furnished,
    number: str,
) -> None:
    signed_in(client, furnished.people["member"])
    for rule in app.url_map.iter_rules():
        if rule.arguments and rule.endpoint != "static" and "GET" in (rule.methods or ()):
            address = rule.rule.replace("<entity>", "partnership")
            for name in rule.arguments:
                address = address.replace(f"<int:{name}>", number)
            without_token = (401,) if address.startswith("/api/") else ()
            assert client.get(address).status_code in (403, 404, *without_token), address


@pytest.mark.parametrize("entity", ["person", "nothing", "%00", "history_entry", "..", "' OR 1=1 --", "a" * 3000, "é"])
def test_the_history_of_what_is_no_record_is_not_found(client: FlaskClient, furnished: Furnished, entity: str) -> None:
    signed_in(client, furnished.people["member"])
    assert client.get(f"/history/{entity}/1").status_code == 404


def test_a_post_that_succeeds_commits_once(client: FlaskClient) -> None:
    administrator = a_person("administrator")
    signed_in(client, administrator)
    sent = {"name": "Ada", "role": "administrator", "version": "1"}
    with commits_of(client.application) as kept:
        assert client.post(f"/people/{administrator.id}/edit", data=sent).status_code == 302
    assert kept == ["commit", "commit"]
    db.session.rollback()
    assert db.session.scalar(select(Person.name)) == "Ada"


def test_a_post_that_is_refused_keeps_nothing(client: FlaskClient) -> None:
    administrator = a_person("administrator", name="Ada")
    signed_in(client, administrator)
    with commits_of(client.application) as kept:
        answer = client.post(
            f"/people/{administrator.id}/edit",
            data={"name": "Eve", "role": "king", "version": "1"},
        )
    assert answer.status_code == 422
    assert kept == ["commit"]
    assert db.session.scalar(select(Person.name)) == "Ada"


def test_what_a_get_writes_is_undone(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in(client, a_person())

    def view() -> str:
        db.session.execute(text("DELETE FROM sign_in"))
        return "done"

    view.permission = "register:see"  # type: ignore[attr-defined]  # a mark on a function
    monkeypatch.setitem(app.view_functions, "guidance.index", view)
    assert client.get("/guidance").status_code == 200
    assert client.get("/guidance").status_code == 200
