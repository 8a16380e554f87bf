"""The page that verifies the history: who may ask for it, what it names, and what it compares."""

import io
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from register.database import db
from register.history.checkpoint_store import store_of
from register.history.checkpoints import make_checkpoint
from register.history.guard import close_guard, open_guard
from register.settings import Settings
from register.web import verifying
from tests.factories import partners_of, signed_in
from tests.fixtures.pages import Furnished


@pytest.fixture(autouse=True)
def settings(app: Flask, tmp_path: Path) -> Iterator[Settings]:
    """Settings whose folder is this test's own, used by the pages."""
    kept: Settings = app.config["REGISTER"]
    app.config["REGISTER"] = replace(kept, data=tmp_path)
    yield app.config["REGISTER"]
    app.config["REGISTER"] = kept


def verified(client: FlaskClient, held: str = "", **more: object) -> str:
    answer = client.post("/history/verify", data={"held": held, **more}, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def tamper(statement: str) -> None:
    connection = db.session.connection()
    open_guard(connection)
    connection.exec_driver_sql(statement)
    close_guard(connection)


@pytest.mark.parametrize(("who", "status"), [
    ("officer", 403), ("leader", 403), ("auditor", 200), ("governance", 200), ("administrator", 200),
])  # fmt: skip
def test_who_may_verify(client: FlaskClient, furnished: Furnished, who: str, status: int) -> None:
    signed_in(client, furnished.people[who])
    assert client.get("/history/verify").status_code == status
    answer = client.post("/history/verify", follow_redirects=True)
    assert answer.status_code == status
    if status == 200:
        assert "The history is whole" in answer.text
        assert "today at" in client.get("/history/verify").text


def test_verification_names_what_was_altered(client: FlaskClient, furnished: Furnished) -> None:
    altered = partners_of(furnished.open)[0].id
    tamper(f"UPDATE organisation SET name = '<b>Elsewhere' WHERE id = {altered}")
    page = verified(signed_in(client, furnished.people["auditor"]))
    assert "The history is not whole" in page
    assert "name was altered behind the history" in page
    assert "<b>Elsewhere" not in page


def test_figures_are_worked_out_again_for_those_who_see_them(client: FlaskClient, furnished: Furnished) -> None:
    page = verified(signed_in(client, furnished.people["auditor"]))
    assert "Every figure can be worked out again" in page
    page = verified(signed_in(client, furnished.people["administrator"]))
    assert "can be worked out again" not in page


def test_a_figure_that_its_evidence_does_not_give_is_named(client: FlaskClient, furnished: Furnished) -> None:
    """A cache that was altered is nothing that the history records: only working figures out again shows it."""
    tamper("UPDATE trust_state SET good_180 = good_180 + 1")
    page = verified(signed_in(client, furnished.people["auditor"]))
    assert "Some figures cannot be worked out again" in page
    assert "The history is not whole" in page
    assert "Nothing was altered behind it" in page


def test_what_others_hold_is_compared(client: FlaskClient, furnished: Furnished, settings: Settings) -> None:
    make_checkpoint(settings, "asked for")
    signed_in(client, furnished.people["auditor"])
    assert "Not compared with what others hold" in verified(client)
    note = store_of(settings).notes()
    for page in (verified(client, note), verified(client, file=(io.BytesIO(note.encode()), "receipt.txt"))):
        assert "It matches what others hold" in page
        assert "and against 1 checkpoint held outside" in page
        assert not any(path.name == "file" for path in (settings.data / "verification").rglob("*")), "what was brought"
    page = verified(client, note.replace("asked for", "<b>other"))
    assert "It does not match what others hold" in page
    assert "is not signed by a key of this register" in page
    assert "<b>other" not in page


def test_a_file_that_is_no_text_is_refused_and_what_was_typed_stays(client: FlaskClient, furnished: Furnished) -> None:
    signed_in(client, furnished.people["auditor"])
    sent = {"held": "Receipt 7", "file": (io.BytesIO(b"\xff\xfe\x00"), "a.bin")}
    answer = client.post("/history/verify", data=sent)
    assert answer.status_code == 422
    assert "This file is no text" in answer.text
    assert "Receipt 7" in answer.text


def test_a_long_verification_runs_off_the_request_and_shows_how_far_it_is(
    client: FlaskClient, furnished: Furnished, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verifying, "AT_ONCE", 0)
    monkeypatch.setattr(verifying, "_start_process", lambda run, _person: run.hand_over(os.getpid()))
    person = furnished.people["auditor"]
    signed_in(client, person)
    assert "It has just begun" in verified(client)
    run = verifying.run_of(person)
    run.tell_progress(4000, 10000)
    assert "2,000 of 5,000 entries" in client.get("/history/verify").text
    assert "2,000 of 5,000 entries" in verified(client), "a second one is not begun"
    run.hand_over(2**22 + 1)
    assert "was interrupted before its end" in client.get("/history/verify").text


def test_nobody_sees_what_somebody_else_verified(client: FlaskClient, furnished: Furnished) -> None:
    verified(signed_in(client, furnished.people["auditor"]))
    assert "Verified today" not in signed_in(client, furnished.people["governance"]).get("/history/verify").text
