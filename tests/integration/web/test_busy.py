"""Whoever sends a form while others write for very long is told so, and loses nothing of what they typed."""

import re
from html import unescape
from pathlib import Path
from sqlite3 import connect

import pytest
from sqlalchemy import select

from register.database import db
from register.database import engine as settings
from register.database.models import Submission
from register.interactions.models import Interaction
from register.settings import Settings
from register.web.app import create_app
from tests.factories import a_partnership, a_person, partners_of, signed_in
from tests.fixtures.kept import opened

ACCOUNT = "We talked about “the rota”, <b>twice</b>.\nAnd agreed."
TYPED = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


def settings_in(folder: Path) -> Settings:
    return Settings(
        data=folder, database_url=f"sqlite:///{folder / 'register.sqlite3'}", secret_key="x" * 40,
        site_name="Testshire", secure_cookies=False,
    )


def test_what_was_typed_while_others_write_comes_back_and_can_be_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(tmp_path, f"sqlite:///{tmp_path / 'register.sqlite3'}")
    app = create_app(settings_in(tmp_path))
    app.config.update(WTF_CSRF_ENABLED=False)
    with app.app_context():
        settings.set_reading(only=False)
        officer = a_person(name="Ada", email="ada@testshire.example")
        partnership = a_partnership(members={officer: "lead"}, name="Bins")
        db.session.commit()
        there = [body.id for body in partners_of(partnership)]
        client = app.test_client()
        signed_in(client, officer)
        form = {
            "partnership": str(partnership.id), "kind": "meeting", "held_on": "2026-01-05", "account": ACCOUNT,
            "present": [str(one) for one in there], "form_key": "k" * 32,
        }
        db.session.remove()
        monkeypatch.setattr(settings, "LONGEST_WAIT", 0)
        other = connect(tmp_path / "register.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        answer = client.post("/interactions/new", data=form)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "30"
        assert client.get("/interactions").status_code == 200
        other.execute("ROLLBACK")
        other.close()
        kept: dict[str, list[str]] = {}
        for name, value in TYPED.findall(answer.text):
            kept.setdefault(unescape(name), []).append(unescape(value))
        assert kept == {name: value if isinstance(value, list) else [value] for name, value in form.items()}
        again = client.post("/interactions/new", data=kept)
        assert again.status_code == 302
        settings.set_reading(only=True)
        assert db.session.scalars(select(Interaction.account)).all() == [ACCOUNT]
        assert db.session.scalar(select(Submission.key)) == "k" * 32
        db.session.remove()
        db.engine.dispose()


def test_nothing_secret_is_written_into_a_page_and_a_program_gets_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(tmp_path, f"sqlite:///{tmp_path / 'register.sqlite3'}")
    app = create_app(settings_in(tmp_path))
    app.config.update(WTF_CSRF_ENABLED=False)
    monkeypatch.setattr(settings, "LONGEST_WAIT", 0)
    other = connect(tmp_path / "register.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    client = app.test_client()
    answer = client.post("/sign-in", data={"email": "ada@testshire.example", "password": "a very secret one indeed"})
    assert answer.status_code == 503
    assert "very secret" not in answer.text
    assert "<form" not in answer.text
    told = client.post("/api/v1/interactions", json={}, headers={"Authorization": "Bearer prt_x"})
    assert (told.status_code, told.headers["Retry-After"], told.mimetype) == (503, "30", "application/problem+json")
    other.close()
    with app.app_context():
        db.engine.dispose()
