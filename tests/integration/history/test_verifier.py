"""The verifier that runs outside the product finds every kind of tampering, in an export and in a copy of the file."""

import ast
import json
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from register.database import Base, db
from register.history import verifier
from register.history.checkpoint_store import store_of
from register.history.checkpoints import change_key, make_checkpoint
from register.history.coverage import is_recorded
from register.history.envelope import canonical, commitment, link
from register.history.export import write_export
from register.history.recording import record_fact, recorded
from register.settings import Settings
from tests.factories import a_partnership, a_person, an_interaction
from tests.fixtures.kept import Kept, opened
from tests.integration.history.further_tampering import FURTHER_KINDS
from tests.integration.history.tampering import KINDS, NEEDING_A_CHECKPOINT, unprotected

PROGRAM = Path(verifier.__file__)
TRIALS = 40
TRIALS_OF_FURTHER = 8
"""Forty of each were found too; so many again and again would take too long."""
LINES = 250


class Finished(NamedTuple):
    """A register's file, and what was kept outside."""

    file: Path
    notes: Path
    key: Path


def tell_a_story(settings: Settings) -> None:
    """Commit some acts, with a checkpoint in the middle and one at the end."""
    officer = a_person(name="Ada", email="ada@testshire.example")
    db.session.commit()
    partnership = a_partnership(members={officer: "lead"}, name="Bins")
    an_interaction(officer, partnership, {"ilm:openness": 4})
    db.session.commit()
    make_checkpoint(settings, "asked for")
    with recorded(officer.actor, "person:changed", "She married."):
        officer.name = "Ada King"
    an_interaction(officer, partnership, {"ilm:openness": 2})
    db.session.commit()
    make_checkpoint(settings, "asked for")
    db.session.remove()


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """A register in an SQLite file that nobody has touched."""
    folder = tmp_path_factory.mktemp("finished")
    app = opened(folder, f"sqlite:///{folder / 'register.sqlite3'}")
    with app.app_context():
        tell_a_story(app.config["REGISTER"])
        db.engine.dispose()
    store = store_of(app.config["REGISTER"])
    return Finished(folder / "register.sqlite3", store.notes_file, store.public_key_file)


def found(file: Path, finished: Finished | None) -> list[str]:
    """Verify a file in this process, with the checkpoints or without any."""
    verifier.problems.clear()
    register = verifier.read_sqlite(file)
    if finished:
        register = register._replace(notes=finished.notes.read_text(), key=finished.key.read_text())
    verifier.verify(register)
    return list(verifier.problems)


def ran(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program as an auditor does, away from the product and without any library."""
    command = [sys.executable, "-I", "-S", PROGRAM, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_needs_nothing_but_python_and_is_short() -> None:
    source = PROGRAM.read_text()
    named = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {node.module if isinstance(node, ast.ImportFrom) else node.names[0].name for node in named}
    assert {name.partition(".")[0] for name in modules if name} <= set(sys.stdlib_module_names)
    assert len(source.splitlines()) <= LINES


def test_it_leaves_out_the_same_tables_as_the_product() -> None:
    unrecorded = {name for name, table in Base.metadata.tables.items() if not is_recorded(table)}
    assert unrecorded | {"alembic_version"} == verifier.UNRECORDED


def test_a_file_that_nobody_touched_is_whole(finished: Finished) -> None:
    said = ran(finished.file, "--checkpoints", finished.notes, "--key", finished.key)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "No problems were found." in said.stdout


@pytest.mark.parametrize("kind", [*KINDS, *FURTHER_KINDS], ids=lambda kind: kind.__name__)
def test_each_kind_of_tampering_is_found(kind: object, finished: Finished, tmp_path: Path) -> None:
    assert callable(kind)
    for trial in range(TRIALS if kind in KINDS else TRIALS_OF_FURTHER):
        file = Path(shutil.copy(finished.file, tmp_path / f"{trial}.sqlite3"))
        with unprotected(file) as connection:
            kind(connection, random.Random(trial))
        assert found(file, finished), f"trial {trial} was not found with the latest checkpoint"
        if kind not in NEEDING_A_CHECKPOINT:
            assert found(file, None), f"trial {trial} was not found without a checkpoint"
        file.unlink()


def test_at_least_twelve_kinds_need_no_checkpoint() -> None:
    assert len(KINDS) == 14
    assert len(set(KINDS) - set(NEEDING_A_CHECKPOINT)) >= 12


def test_it_says_which_record_and_which_field(finished: Finished, tmp_path: Path) -> None:
    file = Path(shutil.copy(finished.file, tmp_path / "copy.sqlite3"))
    with unprotected(file) as connection:
        connection.execute("UPDATE person SET role = 'administrator' WHERE id = 1")
    said = ran(file)
    assert said.returncode == 1
    assert "person 1: role was altered behind the history." in said.stdout


def test_what_is_no_register_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("a shopping list " * 100)
    for file in (tmp_path / "list.txt", tmp_path / "nothing"):
        said = ran(file)
        assert said.returncode == 1
        assert "cannot be read as a register" in said.stderr
        assert "Traceback" not in said.stderr


# Exports, of both databases


@pytest.fixture
def exported(kept: Kept, tmp_path: Path) -> tuple[Kept, Settings]:
    """A register with checkpoints in a folder of this test's own."""
    settings: Settings = kept.app.config["REGISTER"]
    own = Settings(
        data=tmp_path, database_url=settings.database_url, secret_key=None, site_name="T", secure_cookies=False,
    )
    tell_a_story(own)
    return kept, own


def export(settings: Settings, name: str) -> Path:
    path = settings.data / name
    write_export(path, store_of(settings))
    db.session.rollback()
    return path


def test_an_export_is_whole(exported: tuple[Kept, Settings]) -> None:
    said = ran(export(exported[1], "a.zip"))
    assert said.returncode == 0, said.stdout + said.stderr


def test_an_export_shows_what_was_altered(exported: tuple[Kept, Settings]) -> None:
    kept, settings = exported
    kept.tamper("UPDATE partnership SET name = 'Binns'", "DELETE FROM history_value WHERE sequence = 3")
    said = ran(export(settings, "a.zip"))
    assert said.returncode == 1
    assert "partnership 1: name was altered behind the history." in said.stdout
    assert "is missing, and no erasure says why" in said.stdout


def test_a_receipt_kept_elsewhere_shows_that_the_end_was_cut_off(exported: tuple[Kept, Settings]) -> None:
    kept, settings = exported
    receipt = settings.data / "receipt.txt"
    note = store_of(settings).last_note()
    assert note
    receipt.write_text(note.written())
    store_of(settings).notes_file.write_text("")
    kept.tamper("DELETE FROM history_entry", "DELETE FROM history_value", "UPDATE history_head SET size = 0")
    said = ran(export(settings, "a.zip"), "--checkpoints", receipt)
    assert said.returncode == 1
    assert "the end was cut off" in said.stdout


def test_checkpoints_signed_by_a_stranger_are_refused(exported: tuple[Kept, Settings]) -> None:
    _, settings = exported
    store = store_of(settings)
    stranger = Settings(
        data=settings.data / "stranger", database_url="", secret_key=None, site_name="T", secure_cookies=False,
    )
    make_checkpoint(stranger, "asked for")
    db.session.rollback()
    store.notes_file.write_text(store_of(stranger).notes())
    said = ran(export(settings, "a.zip"))
    assert said.returncode == 1
    assert "is not signed by the register's key" in said.stdout


def test_a_new_key_is_known_by_the_old_one(exported: tuple[Kept, Settings]) -> None:
    _, settings = exported
    public, is_vouched = change_key(settings)
    assert is_vouched
    record_fact("register", "history_head:key-changed", {"public_key": public.written()})
    db.session.commit()
    make_checkpoint(settings, "asked for")
    said = ran(export(settings, "a.zip"))
    assert said.returncode == 0, said.stdout + said.stderr
    assert store_of(settings).public_key() != public.written()


def test_a_new_key_that_no_old_one_vouches_for_is_told(exported: tuple[Kept, Settings]) -> None:
    _, settings = exported
    store_of(settings).key_file.unlink()
    assert not change_key(settings)[1]
    said = ran(export(settings, "a.zip"))
    assert said.returncode == 1
    assert "is not signed by the register's key" in said.stdout


# Erasures


def erase(connection: sqlite3.Connection, sequence: int, field: str) -> None:
    """Erase a value as the product is to: the value goes, and an entry says so."""
    (stored,) = connection.execute('SELECT "values" FROM history_value WHERE sequence = ?', (sequence,)).fetchone()
    left = {name: pair for name, pair in json.loads(stored).items() if name != field}
    connection.execute('UPDATE history_value SET "values" = ? WHERE sequence = ?', (canonical(left), sequence))
    size, previous = connection.execute("SELECT size, entry_hash FROM history_head").fetchone()
    salt, erased = "ab" * 32, [[sequence, field]]
    beside = {
        "sequence": size + 1, "actor": "register", "action": "history_value:erased", "entity": "history_value",
        "entity_id": sequence, "part_of": size + 1, "scope_id": None,
    }
    envelope = canonical({
        **beside, "at": "2026-11-23T12:00:00.000000Z", "version": 1,
        "fields": {"@erased": commitment(bytes.fromhex(salt), erased)},
    })
    sealed = {"envelope": envelope, "entry_hash": link(previous, envelope)}
    columns = {**beside, "at": "2026-11-23 12:00:00.000000", **sealed}
    connection.execute(
        f"INSERT INTO history_entry ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
        tuple(columns.values()),
    )
    connection.execute("INSERT INTO history_value VALUES (?, ?)", (size + 1, canonical({"@erased": [salt, erased]})))
    connection.execute("UPDATE history_head SET size = ?, entry_hash = ?", (size + 1, columns["entry_hash"]))


def test_an_erasure_that_an_entry_tells_of_leaves_the_history_whole(finished: Finished, tmp_path: Path) -> None:
    file = Path(shutil.copy(finished.file, tmp_path / "copy.sqlite3"))
    with unprotected(file) as connection:
        (sequence, reason) = connection.execute(
            "SELECT sequence, \"values\" FROM history_value WHERE \"values\" LIKE '%@reason%' LIMIT 1",
        ).fetchone()
        erase(connection, sequence, "@reason")
    assert found(file, finished) == []
    with unprotected(file) as connection:
        connection.execute('UPDATE history_value SET "values" = ? WHERE sequence = ?', (reason, sequence))
    assert found(file, finished) == [f"Entry {sequence}: the value of @reason was erased and is here again."]
