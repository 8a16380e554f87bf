"""Large files are worked on by a process of its own, which leaves word of how it ended."""

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from register.database import db
from register.exchange.bringing.batch_models import ImportBatch
from register.history.verification import verify
from register.opening import let_go, make_tables
from register.partnerships.organisation_changes import organisation_with
from register.settings import Settings
from register.web import imports_running
from register.web.app import create_app
from tests.factories import a_partnership, a_person, an_organisation, signed_in

CONTENT = "local-authority-code,official-name,nation\n" + "".join(
    f"QX{number},Council {number},England\n" for number in range(20)
)

STARTED: list[subprocess.Popen[bytes]] = []


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """A register of its own, which another process can open."""
    settings = Settings(
        data=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'register.sqlite3'}",
        secret_key="k" * 40,
        site_name="Testshire",
        secure_cookies=False,
    )
    app = create_app(settings)
    app.config.update(WTF_CSRF_ENABLED=False)
    make_tables(app)
    yield app
    let_go(app)


@pytest.fixture
def browser(app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An officer's browser; every file counts as large, and the processes that are started are kept."""

    class Kept(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            STARTED.append(self)

    monkeypatch.setattr(imports_running, "AT_ONCE", 0)
    monkeypatch.setattr(subprocess, "Popen", Kept)
    with app.app_context():
        officer = a_person()
        a_partnership(members={officer: "lead"})
        db.session.commit()
        return signed_in(app.test_client(), officer)


def staged(browser: FlaskClient, content: str) -> str:
    return browser.post("/import/councils", data={"file": (io.BytesIO(content.encode()), "a.csv")}).location


def check(browser: FlaskClient, address: str) -> str:
    choices = {"step": "check", "mode": "both", "row_by_row": ""}
    browser.post(address, data=choices)
    return outcome(browser, address).get_data(as_text=True)


def outcome(browser: FlaskClient, address: str, page: str = "/outcome") -> TestResponse:
    """Return the page after every process has ended: the request that starts one never waits for it."""
    while STARTED:
        STARTED.pop().wait()
    return browser.get(f"{address}{page}", follow_redirects=True)


def test_a_large_file_is_checked_imported_and_undone_by_another_process(
    app: Flask, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = staged(browser, CONTENT)
    assert "Import it now" in check(browser, address)
    with app.app_context():
        assert organisation_with("GB-LAE", "QX0") is None
    browser.post(f"{address}/keep")
    done = outcome(browser, address)
    assert done.request.path == "/import/batches/1"
    with app.app_context():
        assert organisation_with("GB-LAE", "QX19") is not None
        batch = db.session.get(ImportBatch, 1)
        assert batch is not None
        assert batch.person_id == 1
        assert verify().problems == ()
    assert browser.get(f"{address}/outcome").location == "/import/batches/1"
    assert browser.post(f"{address}/keep").status_code == 404
    monkeypatch.setattr(imports_running, "UNDONE_AT_ONCE", 0)
    browser.post("/import/batches/1/undo")
    assert "It was undone on" in outcome(browser, "/import/batches/1", "/undoing").get_data(as_text=True)


def test_what_came_between_dry_run_and_import_is_told_and_the_file_waits_on(
    app: Flask, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = CONTENT.replace("nation\n", "nation,gss-code\n").replace("1,England\n", "1,England,E00000002\n", 1)
    address = staged(browser, content)
    with monkeypatch.context() as small:
        small.setattr(imports_running, "AT_ONCE", 100)
        assert "Import it now" in check(browser, address)
    with app.app_context():
        an_organisation(identifiers=[("GB-LAE", "QX1")])
        an_organisation(identifiers=[("GB-GSS", "E00000002")])
        db.session.commit()
    browser.post(f"{address}/keep")
    told = outcome(browser, address).get_data(as_text=True)
    assert "It was not imported" in told
    assert "at 2 different organisations" in told
    assert browser.get(address).status_code == 200


def test_while_it_works_the_page_says_how_far_it_is(
    app: Flask, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Sleeping:
        pid = 1

        def __init__(self, *_arguments: object, **_options: object) -> None: ...

        def wait(self) -> None: ...

    address = staged(browser, CONTENT)
    monkeypatch.setattr(subprocess, "Popen", Sleeping)
    assert "It has just begun." in check(browser, address)
    settings: Settings = app.config["REGISTER"]
    (settings.staging_folder / address.rpartition("/")[2] / "progress.json").write_text('{"done": 5, "total": 20}')
    assert "5 of 20" in browser.get(f"{address}/outcome").get_data(as_text=True)
    assert "It has just begun" not in check(browser, address)
    browser.post(f"{address}/discard")
    assert browser.get(address).status_code == 200


def test_a_process_that_dies_is_told(app: Flask, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    address = staged(browser, CONTENT)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert "was interrupted before its end, and nothing was kept" in check(browser, address)
    monkeypatch.undo()
    assert "Start it again" in browser.get(f"{address}/outcome").get_data(as_text=True)
