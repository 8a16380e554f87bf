"""On SQLite the engine itself refuses what a cursor of the driver would write around the history."""

import sqlite3
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, insert, text, update

from register.accounts.models import Person
from register.database import db
from register.history.guard import UnrecordedWriteError, close_guard, open_guard
from register.history.verification import verify
from tests.factories import a_person
from tests.fixtures.kept import opened

WRITES = (
    "UPDATE person SET name = 'Eve'",
    "DELETE FROM person",
    "INSERT INTO contact (id) VALUES (1)",
    "INSERT OR REPLACE INTO person (id) VALUES (1)",
    "UPDATE main.person SET name = 'Eve'",
    "WITH a AS (SELECT 1) UPDATE person SET name = 'Eve'",
    "UPDATE history_entry SET actor = 'x'",
    "DELETE FROM history_entry",
    "DELETE FROM history_value",
    "UPDATE history_head SET size = 0",
    "DROP TABLE history_entry",
    "DROP TABLE person",
    "DROP TRIGGER history_entry_no_update",
    "ALTER TABLE history_entry RENAME TO elsewhere",
    "ALTER TABLE person DROP COLUMN job_title",
    "PRAGMA writable_schema = 1",
)


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """A register on SQLite with one person in it."""
    made = opened(tmp_path, f"sqlite:///{tmp_path / 'register.sqlite3'}")
    with made.app_context():
        a_person(name="Ada")
        db.session.commit()
        db.session.remove()
    return made


def driver() -> sqlite3.Connection:
    found = db.session.connection().connection.driver_connection
    assert isinstance(found, sqlite3.Connection)
    return found


@pytest.mark.parametrize("statement", WRITES)
def test_a_cursor_of_the_driver_writes_nothing_around_the_history(app: Flask, statement: str) -> None:
    with app.app_context():
        with pytest.raises(sqlite3.DatabaseError, match=r"not authorized|no such column|prohibited"):
            driver().cursor().execute(statement)
        db.session.rollback()
        assert verify().is_whole
        db.session.remove()
        db.engine.dispose()


def test_many_rows_at_once_are_refused_too(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
            driver().cursor().executemany("UPDATE person SET name = ? WHERE id = 1", [("Eve",), ("Mallory",)])
        with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
            driver().executescript("UPDATE person SET name = 'Eve';")
        db.session.remove()
        db.engine.dispose()


def test_a_statement_prepared_inside_a_change_is_asked_about_again_outside(app: Flask) -> None:
    statement = "UPDATE person SET name = ? WHERE id = 1"
    with app.app_context():
        connection = db.session.connection()
        open_guard(connection)
        driver().execute(statement, ("Ada",))
        close_guard(connection)
        with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
            driver().execute(statement, ("Eve",))
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(
    "statement", ["UPDATE history_entry SET actor = 'x'", "DELETE FROM history_entry", "DROP TABLE history_entry",
                  "DROP TRIGGER history_entry_no_delete", "ALTER TABLE history_entry ADD COLUMN x INTEGER"],
)
def test_not_even_inside_a_change_is_anything_sealed_altered(app: Flask, statement: str) -> None:
    with app.app_context():
        open_guard(db.session.connection())
        with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
            driver().execute(statement)
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()


def test_questions_and_tables_outside_the_history_stay_open(app: Flask) -> None:
    with app.app_context():
        assert driver().execute("SELECT name FROM person").fetchall() == [("Ada",)]
        driver().execute("INSERT INTO submission (key, location, submitted_at) VALUES ('a', '/', '2026-11-23')")
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        insert(Person).values(name="Eve"),
        update(Person).values(name="Eve"),
        delete(Person),
        text("UPDATE person SET name = 'Eve'"),
    ],
)
def test_what_goes_through_the_session_is_still_refused_by_the_guard_in_its_own_words(
    app: Flask, statement: object
) -> None:
    with app.app_context():
        with pytest.raises(UnrecordedWriteError):
            db.session.execute(statement)  # type: ignore[call-overload]  # each is a statement
        db.session.remove()
        db.engine.dispose()
