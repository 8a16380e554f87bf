"""Every change gets into the history, in the transaction of the change, and nothing else does."""

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import scoped_session

from register.accounts.models import Person
from register.history.lookups import entries_of, head
from register.history.models import HistoryEntry
from register.history.recording import recorded
from register.history.values import values_at_version
from register.history.verification import verify
from tests.factories import a_person, an_organisation, an_unrecorded_person

Session = scoped_session[Any]


def sequences(session: Session) -> list[int]:
    return list(session.scalars(select(HistoryEntry.sequence).order_by(HistoryEntry.sequence)))


def found(session: Session) -> tuple[str, ...]:
    session.expire_all()
    return verify().problems


# What is recorded


def test_a_new_row_is_recorded_with_every_column(session: Session) -> None:
    person = a_person(name="Ada")
    session.commit()
    (entry,) = entries_of("person", person.id)
    assert (entry.actor, entry.action, entry.entity, entry.entity_id) == (
        "register",
        "person:added",
        "person",
        person.id,
    )
    columns = {column.name for column in Person.__table__.columns} - {"id"}
    assert values_at_version("person", person.id, 1).keys() == columns


def test_an_edit_records_what_changed_and_the_version(session: Session) -> None:
    person = a_person(name="Ada")
    with recorded("register", "person:changed", "She married."):
        person.name = "Ada King"
        person.role = "officer"
    session.commit()
    first, second = entries_of("person", person.id)
    assert values_at_version("person", person.id, 2)["name"] == "Ada King"
    assert '"version":2' in second.envelope
    assert "role" not in second.envelope.replace('"person:changed"', "")
    assert first.sequence < second.sequence


def test_a_change_that_changes_nothing_leaves_no_entry(session: Session) -> None:
    person = a_person(name="Ada")
    session.commit()
    with recorded("register", "person:changed"):
        person.name = "Ada"
    session.commit()
    assert len(entries_of("person", person.id)) == 1


def test_a_secret_stands_in_the_history_as_a_digest_only(session: Session) -> None:
    person = a_person(password_hash="the hash itself")
    session.commit()
    assert str(values_at_version("person", person.id, 1)["password_hash"]).startswith("sha256:")
    everything = session.execute(text("SELECT * FROM history_value")).all()
    assert "the hash itself" not in str(everything)


def test_a_block_inside_another_joins_it(session: Session) -> None:
    with recorded("person:7", "organisation:imported"):
        one, two = an_organisation(), an_organisation()
    session.commit()
    entries = [*entries_of("organisation", one.id), *entries_of("organisation", two.id)]
    assert {entry.action for entry in entries} == {"organisation:imported"}
    assert {entry.actor for entry in entries} == {"person:7"}
    assert len({entry.part_of for entry in entries}) == 1


def test_two_acts_of_one_transaction_stay_two(session: Session) -> None:
    one, two = an_organisation(), an_organisation()
    session.commit()
    (first,), (second,) = entries_of("organisation", one.id), entries_of("organisation", two.id)
    assert first.part_of != second.part_of
    assert found(session) == ()


# No gaps, whatever is undone


def test_sequences_have_no_gaps_after_rollbacks_and_savepoints(session: Session) -> None:
    a_person()
    session.commit()
    a_person()
    session.rollback()
    a_person()
    with session.begin_nested() as savepoint:
        a_person()
        savepoint.rollback()
    with session.begin_nested():
        a_person()
    session.commit()
    assert sequences(session) == [1, 2, 3]
    assert head() is not None
    assert head().size == 3  # type: ignore[union-attr]  # just seen
    assert found(session) == ()


def test_a_flush_that_fails_in_a_savepoint_undoes_only_what_came_after_it(session: Session) -> None:
    first = a_person(email="one@testshire.example")
    with pytest.raises(IntegrityError), session.begin_nested():
        a_person(email="one@testshire.example")
    session.commit()
    assert len(entries_of("person", first.id)) == 1
    assert found(session) == ()


def test_a_savepoint_undone_inside_a_block_takes_its_notes_along(session: Session) -> None:
    with recorded("register", "organisation:imported"):
        kept = an_organisation()
        with session.begin_nested() as savepoint:
            an_organisation()
            savepoint.rollback()
    session.commit()
    assert len(entries_of("organisation", kept.id)) == 1
    assert found(session) == ()


def test_a_block_that_ends_inside_a_savepoint_that_is_undone_leaves_nothing(session: Session) -> None:
    savepoint = session.begin_nested()
    with recorded("register", "person:added"):
        session.add(an_unrecorded_person())
    savepoint.rollback()
    session.commit()
    assert sequences(session) == []
    assert found(session) == ()


def test_a_session_that_is_closed_forgets_what_was_not_kept(session: Session) -> None:
    a_person()
    session.close()
    an_organisation()
    session.commit()
    assert len(sequences(session)) == len(session.execute(text("SELECT id FROM organisation")).all()) == 1
    assert found(session) == ()
