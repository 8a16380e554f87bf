"""A backup is a good copy or none, and a restore leaves a history that says what it was."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from register.backups import check_backup, make_backup, restore_backup
from register.database import db
from register.database.copying import copy_database, sqlite_file
from register.history import verifier
from register.history.checkpoint_store import store_of
from register.history.checkpoints import make_checkpoint
from register.history.export import write_export
from register.history.story import acts
from register.history.verification import verify
from register.opening import make_tables, open_register
from register.partnerships.models import Partnership
from register.refusals import Refusal
from register.settings import Settings
from tests.architecture.measures import ROOT
from tests.factories import a_partnership, a_person
from tests.fixtures.register import DATABASES


@contextmanager
def working(settings: Settings) -> Iterator[None]:
    """Work in a register, and leave no connection behind."""
    app = open_register(settings)
    with app.app_context():
        yield
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(params=DATABASES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """The settings of a register of this test's own, with one partnership in it and a checkpoint."""
    url = f"sqlite:///{tmp_path / 'data' / 'register.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("own_postgresql_url")
    return made(url, tmp_path / "data")


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Settings:
    """The same on SQLite, for what is about its file."""
    return made(f"sqlite:///{tmp_path / 'data' / 'register.sqlite3'}", tmp_path / "data")


def made(url: str, folder: Path) -> Settings:
    own = Settings(data=folder, database_url=url, secret_key=None, site_name="T", secure_cookies=False)
    make_tables(open_register(own))
    add(own, "Bins")
    return own


def add(settings: Settings, name: str) -> None:
    with working(settings):
        a_partnership(name=name, members={a_person(): "lead"})
        db.session.commit()
        make_checkpoint(settings, "asked for")


def names(settings: Settings) -> set[str]:
    with working(settings):
        return set(db.session.scalars(db.select(Partnership.name)))


def test_a_backup_is_checked_and_counted(settings: Settings, tmp_path: Path) -> None:
    made = make_backup(settings, tmp_path / "copy")
    assert made.problems == ()
    assert made.counts["partnership"] == 1
    assert made.counts["history_entry"] == made.end.size > 3
    assert check_backup(settings, tmp_path / "copy") == made
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_a_backup_never_overwrites(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("something dear")
    with pytest.raises(Refusal, match="is there already"):
        make_backup(settings, tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "something dear"


def test_an_older_backup_stays_good(settings: Settings, tmp_path: Path) -> None:
    made = make_backup(settings, tmp_path / "copy")
    add(settings, "Buses")
    assert check_backup(settings, tmp_path / "copy") == made


def test_a_restore_brings_back_what_was_and_says_so(settings: Settings, tmp_path: Path) -> None:
    make_backup(settings, tmp_path / "copy")
    add(settings, "Buses")
    old, new, aside = restore_backup(settings, tmp_path / "copy")
    assert names(settings) == {"Bins"}
    assert old.size > new.size
    assert aside
    assert check_backup(settings, aside).counts["partnership"] == 2
    with working(settings):
        told = acts(db.true())
        assert verify().is_whole
        change = {one.name: one.now for one in told[0].rows[0].fields}
    assert told[0].action == "history_head:restored"
    assert change == {"entry_hash_before": old.entry_hash, "size_before": old.size, "size_restored": new.size}


def test_after_a_restore_the_checkpoints_still_verify(settings: Settings, tmp_path: Path) -> None:
    make_backup(settings, tmp_path / "copy")
    add(settings, "Buses")
    restore_backup(settings, tmp_path / "copy")
    for name in ("Trams", "Ferries", "Trains"):
        add(settings, name)
    with working(settings):
        write_export(tmp_path / "out.zip", store_of(settings))
    said = subprocess.run(
        [sys.executable, "-I", verifier.__file__, tmp_path / "out.zip"], capture_output=True, text=True, check=False,
    )
    assert said.returncode == 0, said.stdout + said.stderr
    assert store_of(settings).notes().count("\nrestored ") == 1


def test_a_register_that_is_lost_can_be_restored(on_sqlite: Settings, tmp_path: Path) -> None:
    path = sqlite_file(on_sqlite.database_url)
    assert path
    make_backup(on_sqlite, tmp_path / "copy")
    for loss in (path.unlink, lambda: path.write_text("a shopping list " * 1000)):
        loss()
        restore_backup(on_sqlite, tmp_path / "copy")
        assert names(on_sqlite) == {"Bins"}


def test_what_is_no_backup_is_refused_and_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "list").write_text("a shopping list " * 1000)
    for file in (tmp_path / "list", tmp_path / "nothing"):
        with pytest.raises(Refusal):
            check_backup(settings, file)
        with pytest.raises(Refusal):
            restore_backup(settings, file)
    assert names(settings) == {"Bins"}


def test_a_backup_that_was_tampered_with_is_not_restored(settings: Settings, tmp_path: Path) -> None:
    engine = create_engine(settings.database_url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("UPDATE partnership SET name = 'Bribes'"))
    with pytest.raises(Refusal, match="name was altered behind the history"):
        make_backup(settings, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_copy_of_another_register_does_not_agree_with_the_checkpoints(on_sqlite: Settings, tmp_path: Path) -> None:
    other = replace(on_sqlite, data=tmp_path / "other", database_url=f"sqlite:///{tmp_path / 'other' / 'r.sqlite3'}")
    make_tables(open_register(other))
    add(other, "Bins")
    make_backup(other, tmp_path / "copy")
    assert any("does not agree" in problem for problem in check_backup(on_sqlite, tmp_path / "copy").problems)


def test_a_missing_dump_tool_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refusal, match="pg_dump is not installed"):
        copy_database("postgresql+psycopg://localhost:1/nothing", tmp_path / "copy")


def test_a_dump_tool_that_fails_is_told_in_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="pg_dump failed: "):
        copy_database("postgresql+psycopg://somebody:secret@127.0.0.1:1/nothing", tmp_path / "copy")
    assert not list(tmp_path.iterdir())


# As people type it


@pytest.fixture
def environment(on_sqlite: Settings) -> dict[str, str]:
    return {"REGISTER_DATA": str(on_sqlite.data), "DATABASE_URL": on_sqlite.database_url}


def typed(environment: dict[str, str], *arguments: str | Path) -> tuple[int, str]:
    """Run a command, and return how it ended and what it said."""
    command = [sys.executable, "-c", "from register.cli.main import main; main()", *arguments]
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment}
    said = subprocess.run(command, env=bare, capture_output=True, text=True, check=False)
    assert "Traceback" not in said.stderr
    return said.returncode, said.stdout + said.stderr


def test_a_backup_is_made_verified_and_restored_by_commands(environment: dict[str, str], tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    code, out = typed(environment, "backup", copy)
    assert code == 0
    assert "is a good copy" in out
    assert typed(environment, "backup", copy)[0] == 1
    code, out = typed(environment, "backup", "verify", copy)
    assert code == 0
    assert "is good" in out
    code, out = typed(environment, "restore", copy)
    assert code == 1
    assert "--replace" in out
    code, out = typed(environment, "restore", copy, "--replace")
    assert code == 0
    assert "What was there is in" in out
    assert typed(environment, "history", "verify")[0] == 0


def test_a_copy_that_was_altered_is_refused_by_the_command(environment: dict[str, str], tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    assert typed(environment, "backup", copy)[0] == 0
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE partnership SET name = 'Bribes'")
    code, out = typed(environment, "backup", "verify", copy)
    assert code == 1
    assert "- partnership 1: name was altered behind the history." in out


def test_the_history_is_signed_exported_and_given_a_new_key_by_commands(
    environment: dict[str, str], tmp_path: Path
) -> None:
    code, note = typed(environment, "history", "checkpoint")
    assert code == 0
    assert note.startswith("partnership-register/")
    assert typed(environment, "history", "change-key")[0] == 0
    assert typed(environment, "history", "export", tmp_path / "out.zip")[0] == 0
    assert "is there already" in typed(environment, "history", "export", tmp_path / "out.zip")[1]
    verifying = [sys.executable, "-I", verifier.__file__, str(tmp_path / "out.zip")]
    assert subprocess.run(verifying, capture_output=True, check=False).returncode == 0
