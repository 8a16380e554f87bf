"""A change that fails half way leaves a transaction that can only be rolled back."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from register.accounts.models import Person
from register.history.lookups import entries_of
from register.history.models import HistoryEntry
from register.history.recording import recorded, seal_recorded
from register.history.verification import verify
from register.refusals import Refusal
from tests.factories import a_person, an_organisation, an_unrecorded_person

Session = scoped_session[Any]


def sequences(session: Session) -> list[int]:
    return list(session.scalars(select(HistoryEntry.sequence).order_by(HistoryEntry.sequence)))


def found(session: Session) -> tuple[str, ...]:
    session.expire_all()
    return verify().problems


# What fails half way


class HalfWayError(Exception):
    pass


def fail_half_way(session: Session, *, is_flushed: bool = True) -> None:
    with recorded("register", "person:added"):
        session.add(an_unrecorded_person())
        if is_flushed:
            session.flush()
        raise HalfWayError


def rename_and_refuse(person: Person) -> None:
    with recorded("register", "person:changed"):
        person.name = "Somebody else"
        raise Refusal("No.")


def commit_inside(session: Session) -> None:
    with recorded("register", "person:added"):
        session.add(an_unrecorded_person())
        session.commit()


def test_a_change_that_fails_half_way_can_only_be_rolled_back(session: Session) -> None:
    with pytest.raises(HalfWayError):
        fail_half_way(session)
    with pytest.raises(RuntimeError, match="only be rolled back"):
        session.commit()
    session.rollback()
    a_person()
    session.commit()
    assert sequences(session) == [1]


def test_a_second_failure_does_not_make_up_for_the_first(session: Session) -> None:
    with pytest.raises(HalfWayError):
        fail_half_way(session)
    with pytest.raises(HalfWayError), recorded("register", "person:added"):
        raise HalfWayError
    with pytest.raises(RuntimeError, match="only be rolled back"):
        session.commit()


def test_a_savepoint_undone_later_does_not_make_up_for_a_failure(session: Session) -> None:
    with pytest.raises(HalfWayError):
        fail_half_way(session)
    session.begin_nested().rollback()
    with pytest.raises(RuntimeError, match="only be rolled back"):
        session.commit()


def test_a_failure_undone_by_its_savepoint_is_made_up_for(session: Session) -> None:
    with pytest.raises(HalfWayError), session.begin_nested():
        fail_half_way(session)
    person = a_person()
    session.commit()
    assert [entry.entity_id for entry in session.scalars(select(HistoryEntry))] == [person.id]
    assert found(session) == ()


def test_an_inner_block_that_fails_half_way_breaks_the_outer_one(session: Session) -> None:
    with recorded("register", "person:imported"):
        an_organisation()
        with pytest.raises(HalfWayError):
            fail_half_way(session, is_flushed=False)
    with pytest.raises(RuntimeError, match="only be rolled back"):
        session.commit()


def test_an_inner_block_that_refuses_before_it_writes_breaks_nothing(session: Session) -> None:
    with recorded("register", "organisation:imported"):
        kept = an_organisation()
        with pytest.raises(HalfWayError), recorded("register", "person:added"):
            raise HalfWayError
    session.commit()
    assert len(entries_of("organisation", kept.id)) == 1


def test_a_refused_change_can_still_be_shown(session: Session) -> None:
    """A page asks the database after the refusal: what was typed so far must not be written by that."""
    person = a_person(name="Ada")
    session.commit()
    with pytest.raises(Refusal):
        rename_and_refuse(person)
    assert session.scalar(select(Person.name).where(Person.id == person.id)) == "Ada"
    session.rollback()
    assert person.name == "Ada"


def test_a_commit_inside_a_block_is_refused(session: Session) -> None:
    with pytest.raises(RuntimeError, match="half way"):
        commit_inside(session)
    session.rollback()
    assert session.scalar(select(Person)) is None


def test_history_is_not_sealed_at_a_savepoint(session: Session) -> None:
    a_person()
    with session.begin_nested(), pytest.raises(RuntimeError, match="at a savepoint"):
        seal_recorded(session())


def test_what_is_sealed_early_is_sealed_once(session: Session) -> None:
    a_person()
    seal_recorded(session())
    assert sequences(session) == [1]
    a_person()
    session.commit()
    assert sequences(session) == [1, 2]
    assert found(session) == ()
