"""Each kind of failure has its own page, says nothing of the inside, and keeps nothing half."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from register.accounts.models import Person
from register.clock import now, today
from register.database import db
from register.database.models import Submission
from register.history.recording import recorded
from register.refusals import Refusal
from register.web.security import CONTENT_SECURITY_POLICY
from tests.factories import a_partnership, a_person, signed_in

Failing = Callable[[Callable[[], Any]], FlaskClient]


@pytest.fixture
def failing(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Failing:
    """Let the page of new people do something else, as it would fail in service."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.config, "TESTING", False)
    signed_in(client, a_person("administrator"))

    def install(view: Callable[[], Any]) -> FlaskClient:
        view.permission = "people:change"  # type: ignore[attr-defined]  # a mark on a function
        monkeypatch.setitem(app.view_functions, "people.new", view)
        return client

    return install


def raising(error: BaseException) -> Callable[[], str]:
    def view() -> str:
        raise error

    return view


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (400, "That could not be done"), (403, "may not"), (404, "There is nothing"), (405, "That could not be done"),
        (409, "changed this before you"), (413, "too large"), (429, "Too many"), (418, "That could not be done"),
        (500, "Something went wrong"), (503, "That could not be done"),
    ],
)  # fmt: skip
def test_each_answer_has_a_page_with_a_way_back(failing: Failing, code: int, words: str) -> None:
    answer = failing(lambda: abort(code)).get("/people/new")
    assert answer.status_code == code
    assert words.lower() in answer.text.lower()
    assert "<h1" in answer.text
    assert 'href="/"' in answer.text
    assert "werkzeug" not in answer.text.lower()


def test_a_fault_of_ours_tells_nothing_of_the_inside(failing: Failing, caplog: pytest.LogCaptureFixture) -> None:
    answer = failing(raising(RuntimeError("the secret is 42"))).get("/people/new")
    assert answer.status_code == 500
    assert "the fault is ours" in answer.text
    assert "42" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "the secret is 42" in caplog.text


def half_done() -> str:
    with recorded("register", "person:added"):
        db.session.add(
            Person(
                email="half@x.example",
                name="Half",
                role="officer",
                job_title=None,
                password_hash="x",
                created_at=now(),
            )
        )
        db.session.flush()
        raise RuntimeError


def test_a_fault_half_way_keeps_nothing(failing: Failing) -> None:
    assert failing(half_done).post("/people/new").status_code == 500
    assert db.session.scalar(select(Person).where(Person.name == "Half")) is None


def swallowed() -> str:
    with pytest.raises(RuntimeError):
        half_done()
    return "Saved."


def test_a_commit_that_fails_is_a_fault_of_ours_too(failing: Failing) -> None:
    answer = failing(swallowed).post("/people/new")
    assert answer.status_code == 500
    assert "the fault is ours" in answer.text
    assert "Saved" not in answer.text
    assert db.session.scalar(select(Person).where(Person.name == "Half")) is None


def test_the_next_request_works_after_a_fault(failing: Failing) -> None:
    client = failing(swallowed)
    assert client.post("/people/new").status_code == 500
    assert client.get("/people").status_code == 200


def test_a_record_that_was_overtaken_is_a_conflict(failing: Failing) -> None:
    answer = failing(raising(StaleDataError("x"))).post("/people/new")
    assert answer.status_code == 409
    assert "Nothing has been overwritten" in answer.text


def test_a_refusal_that_no_form_took_is_said(failing: Failing) -> None:
    answer = failing(raising(Refusal("There is <no> such thing."))).get("/people/new")
    assert answer.status_code == 400
    assert "There is &lt;no&gt; such thing." in answer.text


def test_what_the_database_cannot_hold_is_not_found_where_it_was_asked_for(failing: Failing) -> None:
    assert failing(raising(OverflowError())).get("/people/new").status_code == 404
    assert failing(raising(OverflowError())).post("/people/new").status_code == 500


def test_the_same_form_sent_at_the_same_time_leads_to_the_one_record(failing: Failing) -> None:
    db.session.add(Submission(key="the-key", location="/people/7", submitted_at=now()))
    client = failing(raising(IntegrityError("insert", {}, Exception("duplicate key"))))
    answer = client.post("/people/new", data={"form_key": "the-key"})
    assert (answer.status_code, answer.location) == (302, "/people/7")
    assert client.post("/people/new", data={"form_key": "another"}).status_code == 500
    assert client.post("/people/new").status_code == 500


def test_a_request_that_is_too_large_is_refused(app: Flask, client: FlaskClient) -> None:
    signed_in(client, a_person("administrator"))
    answer = client.post("/people/new", data={"name": "x" * (app.config["MAX_CONTENT_LENGTH"] + 1)})
    assert answer.status_code == 413
    assert "too large" in answer.text.lower()


def test_a_page_that_does_not_exist_is_not_found_by_anybody(client: FlaskClient) -> None:
    assert client.get("/nowhere").status_code == 404
    signed_in(client, a_person())
    assert client.get("/nowhere").status_code == 404


def test_a_method_that_a_page_does_not_take_says_which_it_takes(client: FlaskClient) -> None:
    answer = client.delete("/sign-in")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


# The clocks in an address


@pytest.mark.parametrize(
    "arguments", ["on=30+February+2026", "on=x", "known=2026-13-01", "on=2026-01-01&known=%3Cb%3E"]
)
def test_a_day_that_does_not_exist_is_said(client: FlaskClient, arguments: str) -> None:
    signed_in(client, a_person())
    answer = client.get(f"/network?{arguments}")
    assert answer.status_code == 400
    assert "Enter a day that exists" in answer.text


def test_a_day_to_come_is_today(client: FlaskClient) -> None:
    signed_in(client, a_person())
    ahead = (today() + timedelta(days=400)).isoformat()
    for arguments in (f"on={ahead}", f"known={ahead}", f"on={ahead}&known={ahead}", "on=9999-12-31"):
        answer = client.get(f"/partnerships?{arguments}")
        assert answer.status_code == 200
        assert "today, " in answer.text


@pytest.mark.parametrize("arguments", ["on=0001-01-01", "on=1899-12-31", "on=0001-01-01&known=0001-01-01"])
def test_a_day_long_before_the_register_is_its_first(client: FlaskClient, arguments: str) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    signed_in(client, officer)
    for address in ("/", "/partnerships", f"/partnerships/{partnership.id}", "/watchlist", "/network"):
        answer = client.get(f"{address}?{arguments}")
        assert answer.status_code == 200, address
        assert "1 January 1900" in answer.text, address


def test_an_address_asked_with_days_leaves_the_database_alone(client: FlaskClient) -> None:
    signed_in(client, a_person())
    client.get("/partnerships?on=2001-01-01")
    assert db.session.scalar(text("SELECT count(*) FROM history_entry")) is not None


@pytest.mark.parametrize("host", ["x" * 300, "a..b", "."])
@pytest.mark.parametrize("path", ["/", "/nowhere", "/api/v1/watchlist"])
def test_a_host_that_there_cannot_be_is_told_so(client: FlaskClient, host: str, path: str) -> None:
    answer = client.get(path, headers={"Host": host})
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
