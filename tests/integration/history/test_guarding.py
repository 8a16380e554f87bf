"""Writes that no recorded change makes are refused at the engine."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import scoped_session

from register.accounts.changes import change_person
from register.accounts.models import Person, SignInAttempt
from register.clock import now
from register.database import Base
from register.history.guard import UnrecordedWriteError
from register.history.models import HistoryEntry
from register.history.recording import recorded
from register.history.verification import verify
from register.refusals import Refusal
from tests.factories import a_person, an_unrecorded_person

Session = scoped_session[Any]


def sequences(session: Session) -> list[int]:
    return list(session.scalars(select(HistoryEntry.sequence).order_by(HistoryEntry.sequence)))


def found(session: Session) -> tuple[str, ...]:
    session.expire_all()
    return verify().problems


# What the guard refuses


def _edit(session: Session, person: Person) -> None:
    person.name = "x"
    session.flush()


def _add(session: Session, _person: Person) -> None:
    session.add(an_unrecorded_person())
    session.flush()


WRITES = {
    "an edit of a row": _edit,
    "a new row": _add,
    "a bulk update": lambda session, _: session.query(Person).update({"name": "x"}),
    "a bulk deletion": lambda session, _: session.query(Person).delete(),
    "an update statement": lambda session, _: session.execute(update(Person).values(name="x")),
    "a delete statement": lambda session, _: session.execute(delete(Person)),
    "an insert statement": lambda session, _: session.execute(insert(Person), [_row(1)]),
    "an insert of many": lambda session, _: session.execute(insert(Person), [_row(1), _row(2)]),
    "the table's own insert": lambda session, _: session.execute(
        insert(Base.metadata.tables["person"]),
        [_row(1), _row(2)],
    ),
    "a bulk save": lambda session, _: session.bulk_save_objects([an_unrecorded_person()]),
    "bulk mappings": lambda session, _: session.bulk_insert_mappings(Person, [_row(1)]),
    "bulk updates": lambda session, person: session.bulk_update_mappings(
        Person,
        [{"id": person.id, "version": 1, "name": "x"}],
    ),
    "text": lambda session, _: session.execute(text("UPDATE person SET name = 'x'")),
    "text for many": lambda session, _: session.execute(
        text("UPDATE person SET name = :name"),
        [{"name": "x"}, {"name": "y"}],
    ),
    "text in capitals": lambda session, _: session.execute(text('DELETE FROM "person"')),
    "a driver's statement": lambda session, _: session.connection().exec_driver_sql("DELETE FROM person"),
    "a deletion of the history": lambda session, _: session.execute(delete(HistoryEntry)),
    "an edit of the head": lambda session, _: session.execute(text("UPDATE history_head SET size = 0")),
}


def _row(number: int) -> dict[str, object]:
    return {
        "email": f"row{number}@testshire.example",
        "name": "x",
        "role": "officer",
        "password_hash": "x",
        "created_at": now(),
        "version": 1,
    }


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_a_write_outside_a_block_is_refused(session: Session, write: Any) -> None:
    person = a_person()
    session.commit()
    with pytest.raises(UnrecordedWriteError, match="outside a recorded change"):
        write(session, person)
    session.rollback()
    assert found(session) == ()


@pytest.mark.parametrize(
    "statement",
    [
        update(Person).values(name="x"),
        delete(Person),
        text("UPDATE person SET name = 'x'"),
    ],
)
def test_a_statement_inside_a_block_is_refused_too_for_nothing_would_note_it(session: Session, statement: Any) -> None:
    a_person()
    with pytest.raises(UnrecordedWriteError), recorded("register", "person:changed"):
        session.execute(statement)


def test_the_guard_is_closed_again_after_a_flush_that_fails_in_a_savepoint(session: Session) -> None:
    a_person(email="one@testshire.example")
    with pytest.raises(IntegrityError), session.begin_nested():
        a_person(email="one@testshire.example")
    with pytest.raises(UnrecordedWriteError):
        session.execute(text("UPDATE person SET name = 'x'"))


def test_the_guard_is_closed_again_after_a_commit(session: Session) -> None:
    a_person()
    session.commit()
    with pytest.raises(UnrecordedWriteError):
        session.execute(text("UPDATE person SET name = 'x'"))


def delete_inside(session: Session, person: Person) -> None:
    with recorded("register", "person:deleted"):
        session.delete(person)


def test_a_row_is_never_deleted(session: Session) -> None:
    person = a_person()
    session.commit()
    with pytest.raises(TypeError, match="cannot be deleted"):
        delete_inside(session, person)
    session.rollback()
    session.delete(person)
    with pytest.raises(TypeError, match="cannot be deleted"):
        session.flush()


def test_tables_that_say_why_they_are_not_recorded_are_written_freely(session: Session) -> None:
    session.add(SignInAttempt(email="a@b.example", address="::1", succeeded=False, at=now()))
    session.execute(delete(SignInAttempt))
    session.commit()
    assert sequences(session) == []


def test_a_refusal_inside_a_change_leaves_the_session_to_be_rolled_back_only(app: Flask, session: Session) -> None:
    person = a_person(name="Ada")
    session.commit()
    with pytest.raises(Refusal):
        change_person("register", person, name="Ada King", role="king", job_title=None)
    assert session.scalar(select(Person.name)) == "Ada"
