"""Verification holds the values behind the commitments, and the database refuses to rewrite entries."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from register.database import db
from register.history.envelope import canonical
from register.history.verification import Verdict, verify
from tests.fixtures.kept import Kept


def verdict_after(told: Kept, *statements: str) -> Verdict:
    told.tamper(*statements)
    db.session.rollback()
    return verify()


def only(verdict: Verdict) -> str:
    (problem,) = verdict.problems
    return problem


# The values behind the commitments


def _values(sequence: int) -> dict[str, list[Any]]:
    stored = text('SELECT "values" FROM history_value WHERE sequence = :sequence')
    values: dict[str, list[Any]] = json.loads(db.session.scalar(stored, {"sequence": sequence}) or "{}")
    return values


def _set(sequence: int, values: str) -> str:
    quoted = values.replace("'", "''")
    return f"UPDATE history_value SET \"values\" = '{quoted}' WHERE sequence = {sequence}"


def test_an_altered_recorded_value_is_named_though_the_row_was_altered_alike(told: Kept) -> None:
    values = _values(1)
    values["email"][1] = "eve@testshire.example"
    verdict = verdict_after(told, _set(1, canonical(values)), "UPDATE person SET email = 'eve@testshire.example'")
    assert only(verdict) == "Entry 1 (person 1): the recorded value of email was altered."


def test_a_value_that_was_slipped_in_is_named(told: Kept) -> None:
    values = _values(1)
    values["praise"] = ["00" * 32, "very good"]
    assert only(verdict_after(told, _set(1, canonical(values)))) == (
        "Entry 1 (person 1): the value of praise was slipped in."
    )


def test_a_value_that_went_without_an_erasure_is_named(told: Kept) -> None:
    """No erasure is recorded here: a value that is gone is a problem, of the entry and of the live row."""
    values = _values(1)
    del values["email"]
    problems = verdict_after(told, _set(1, canonical(values))).problems
    assert problems[0] == "Entry 1 (person 1): the value of email is missing, and no erasure says why."


def test_all_values_of_an_entry_gone_are_named(told: Kept) -> None:
    problems = verdict_after(told, "DELETE FROM history_value WHERE sequence = 1").problems
    assert "Entry 1 (person 1): the value of name is missing, and no erasure says why." in problems


def test_values_without_an_entry_are_named(told: Kept) -> None:
    forged = verdict_after(told, "INSERT INTO history_value (sequence, \"values\") VALUES (999, '{}')")
    assert only(forged) == "Values were slipped in for entry 999, which does not exist."


def test_swapped_salts_are_named(told: Kept) -> None:
    values = _values(1)
    values["name"][0], values["role"][0] = values["role"][0], values["name"][0]
    problems = verdict_after(told, _set(1, canonical(values))).problems
    assert {problem.partition("of ")[2] for problem in problems} == {"name was altered.", "role was altered."}


HOSTILE = [
    "",
    "null",
    "[]",
    "7",
    '"x"',
    "{",
    "{}",
    '{"name":7}',
    '{"name":[]}',
    '{"name":["zz","x"]}',
    '{"name":[null,null]}',
    '{"name":["00",NaN]}',
    '{"name":["00"]}',
    '{"name":{"0":"00","1":"x"}}',
    "[" * 3000,
]


def test_values_that_cannot_be_read_are_problems_and_not_failures(told: Kept) -> None:
    for values in HOSTILE:
        problems = verdict_after(told, _set(1, values)).problems
        assert any(problem.startswith("Entry 1 ") for problem in problems), values


def test_envelopes_that_cannot_be_read_are_problems_and_not_failures(told: Kept) -> None:
    for envelope in (*HOSTILE, '{"fields":7}', '{"fields":{"name":7}}', '{"fields":[]}', '{"a":NaN}'):
        problems = verdict_after(told, f"UPDATE history_entry SET envelope = '{envelope}' WHERE sequence = 1").problems
        assert any(problem.startswith("Entry 1 ") for problem in problems), envelope


def test_live_values_that_no_register_would_write_are_problems_and_not_failures(told: Kept) -> None:
    if told.raw.dialect.name == "postgresql":
        pytest.skip("PostgreSQL holds every column to its type")
    for column, value in (("created_at", "'yesterday'"), ("name", "x'ff00'"), ("version", "'many'")):
        problems = verdict_after(told, f"UPDATE person SET {column} = {value}").problems
        assert f"person 1: {column} was altered behind the history." in problems


def test_a_table_or_a_column_that_is_gone_is_named(told: Kept) -> None:
    if told.raw.dialect.name == "postgresql":
        pytest.skip("the tests share PostgreSQL's tables")
    verdict = verdict_after(told, "ALTER TABLE evidence DROP COLUMN good")
    assert only(verdict) == "evidence: the values of good were deleted behind the history."
    verdict = verdict_after(told, "DROP TABLE evidence")
    assert only(verdict) == "The table evidence is missing: its rows were deleted behind the history."


# The database itself refuses, before anybody has to verify


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_entry SET actor = 'x'",
        "UPDATE history_entry SET actor = 'x' WHERE sequence = 1",
        "DELETE FROM history_entry",
        "DELETE FROM history_entry WHERE sequence = 1",
    ],
)
def test_the_database_refuses_to_change_entries(told: Kept, statement: str) -> None:
    _refused(told, statement)


def test_postgresql_refuses_to_truncate_entries(told: Kept) -> None:
    if told.raw.dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    _refused(told, "TRUNCATE history_entry")


def test_sqlite_refuses_to_replace_an_entry(told: Kept) -> None:
    if told.raw.dialect.name == "postgresql":
        pytest.skip("PostgreSQL has no REPLACE")
    _refused(told, "INSERT OR REPLACE INTO history_entry SELECT * FROM history_entry WHERE sequence = 1")


def _refused(told: Kept, statement: str) -> None:
    db.session.rollback()
    with told.raw.connect() as connection, pytest.raises(Exception, match="the history is append-only"):
        connection.execute(text(statement))
    assert verify().is_whole
