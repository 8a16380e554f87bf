"""Very many new rows, recorded: what is refused, and what each act's entries say."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from register.database import db
from register.database.rows import set_aside_ids, table_of, take_stock
from register.history.guard import UnrecordedWriteError
from register.history.lookups import entries_of
from register.history.models import HistoryEntry
from register.history.new_rows import NewRows, record_rows
from register.history.recording import recorded
from register.history.sealing import REASON
from register.history.values import opened_values, values_at_version
from register.history.verification import verify
from register.partnerships.organisation_models import Organisation, OrganisationAlias
from tests.factories import a_person, an_organisation

ORGANISATION, ALIAS = table_of(Organisation), table_of(OrganisationAlias)
pytestmark = pytest.mark.usefixtures("session")


def made(*names: str) -> NewRows:
    """Return organisations of some names, each an act of its own."""
    facts: dict[str, Any] = {
        **dict.fromkeys(ORGANISATION.columns.keys()), "sector": "public", "kind": "council", "version": 1,
    }
    model = an_organisation()
    like = {name: getattr(model, name) for name in facts} | {"version": 1}
    ids = set_aside_ids(db.session.connection(), ORGANISATION, len(names))
    rows = [tuple({**like, "id": key, "name": name}.values()) for key, name in zip(ids, names, strict=True)]
    return NewRows(ORGANISATION, tuple(like), rows, range(len(rows)))


def other_names(of: NewRows, *names: str) -> NewRows:
    """Return one more name for each organisation, part of the act that adds it."""
    ids = set_aside_ids(db.session.connection(), ALIAS, len(names))
    columns = tuple(ALIAS.columns.keys())
    facts = {**dict.fromkeys(columns), "is_withdrawn": False}
    rows = [
        tuple({**facts, "id": key, "organisation_id": row[0], "name": name}[column] for column in columns)
        for key, row, name in zip(ids, of.rows, names, strict=True)
    ]
    return NewRows(ALIAS, columns, rows, range(len(rows)))


def test_each_act_has_its_subject_first_and_the_reason_with_each_row() -> None:
    a_person()
    new = made("Bins", "Care")
    record_rows("person:1", "organisation:added", [new, other_names(new, "Waste", "Help")], "A list came.")
    db.session.commit()
    entries = db.session.scalars(
        select(HistoryEntry).where(HistoryEntry.actor == "person:1").order_by(HistoryEntry.sequence),
    ).all()
    first, _, third, _ = entries
    assert [entry.entity for entry in entries] == ["organisation", "organisation_alias"] * 2
    assert [entry.part_of for entry in entries] == [first.sequence] * 2 + [third.sequence] * 2
    key = new.rows[1][0]
    assert third.entity_id == key
    assert values_at_version("organisation", key, 1)["name"] == "Care"
    assert "@reason" in third.envelope
    assert verify().is_whole


def test_rows_that_lack_a_column_are_refused() -> None:
    new = made("Bins")
    with pytest.raises(ValueError, match="each of its columns"):
        record_rows("register", "organisation:added", [new._replace(names=new.names[:-1])])


def test_after_a_row_that_the_database_refuses_nothing_can_be_kept_and_the_guard_is_closed() -> None:
    db.session.commit()
    new = made("Bins")
    with pytest.raises(IntegrityError):
        record_rows("register", "organisation:added", [new._replace(rows=[*new.rows, *new.rows], acts=[0, 1])])
    with pytest.raises(RuntimeError, match="rolled back"):
        db.session.commit()
    db.session.rollback()
    with pytest.raises(UnrecordedWriteError):
        db.session.execute(ORGANISATION.update().values(name="Slipped in"))


def test_rows_at_once_cannot_be_part_of_another_act() -> None:
    new = made("Bins")
    with pytest.raises(RuntimeError, match="an act of its own"), recorded("register", "organisation:added"):
        record_rows("register", "organisation:added", [new])


def test_nothing_else_passes_the_guard_after_them() -> None:
    record_rows("register", "organisation:added", [made("Bins")])
    with pytest.raises(UnrecordedWriteError):
        db.session.execute(ORGANISATION.update().values(name="Slipped in"))


def test_no_rows_at_all_are_no_act() -> None:
    an_organisation()
    db.session.commit()
    before = verify().entries
    record_rows("register", "organisation:added", [NewRows(ORGANISATION, tuple(ORGANISATION.columns.keys()), [], [])])
    db.session.commit()
    assert verify().entries == before


def test_the_database_can_take_stock_inside_the_transaction() -> None:
    record_rows("register", "organisation:added", [made("Bins")])
    take_stock(db.session.connection())
    db.session.commit()
    assert verify().is_whole


def test_each_act_may_have_a_reason_of_its_own() -> None:
    new = made("Bins", "Care")
    record_rows("person:1", "organisation:added", [new, other_names(new, "Waste", "Help")], ["First.", "Second."])
    db.session.commit()
    of_each = [[entry.sequence for entry in entries_of("organisation", row[0])] for row in new.rows]
    said = [values[REASON] for sequences in of_each for values in opened_values(sequences).values()]
    assert said == ["First.", "Second."]
    assert verify().is_whole
