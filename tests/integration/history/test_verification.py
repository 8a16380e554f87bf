"""Verification finds what was done to the database by other ways than the register's own."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from register.database import db
from register.history.envelope import canonical, link
from register.history.recording import recorded
from register.history.verification import Verdict, verify
from tests.factories import a_partnership, a_person, an_interaction
from tests.fixtures.kept import Kept


@pytest.fixture
def told(kept: Kept) -> Kept:
    """A register with a few acts in it, committed."""
    officer = a_person(name="Ada", email="ada@testshire.example")
    db.session.commit()
    partnership = a_partnership(members={officer: "lead"}, name="Bins", ends_on=date(2031, 3, 31))
    an_interaction(officer, partnership, {"ilm:openness": 4})
    db.session.commit()
    with recorded(officer.actor, "person:changed", "She married."):
        officer.name = "Ada King"
    db.session.commit()
    db.session.remove()
    return kept


def verdict_after(told: Kept, *statements: str) -> Verdict:
    told.tamper(*statements)
    db.session.rollback()
    return verify()


def only(verdict: Verdict) -> str:
    (problem,) = verdict.problems
    return problem


def test_a_register_that_nobody_touched_is_whole(told: Kept) -> None:
    verdict = verify()
    assert verdict.is_whole
    assert verdict.problems == ()
    assert verdict.entries > 10
    assert verdict.values > 50
    assert len(verdict.last_hash) == 64


def test_an_empty_register_is_whole(kept: Kept) -> None:
    assert verify().is_whole


# Live rows


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE person SET name = 'Eve' WHERE id = 1", "person 1: name was altered"),
        ("UPDATE person SET role = 'administrator' WHERE id = 1", "person 1: role was altered"),
        ("UPDATE person SET password_hash = 'mine' WHERE id = 1", "person 1: password_hash was altered"),
        ("UPDATE person SET version = 7 WHERE id = 1", "person 1: version was altered"),
        (
            "UPDATE person SET created_at = '2001-01-01 00:00:00.000000' WHERE id = 1",
            "person 1: created_at was altered",
        ),
        (
            "UPDATE person SET disabled_at = '2001-01-01 00:00:00.000000' WHERE id = 1",
            "person 1: disabled_at was altered",
        ),
        ("UPDATE partnership SET is_restricted = true", "partnership 1: is_restricted was altered"),
        ("UPDATE partnership SET ends_on = NULL", "partnership 1: ends_on was altered"),
        ("UPDATE partnership SET ends_on = '2032-03-31'", "partnership 1: ends_on was altered"),
        ("UPDATE partnership SET name = 'Bins '", "partnership 1: name was altered"),
        ("UPDATE reading SET score = 5", "reading 1: score was altered"),
        ("DELETE FROM reading", "reading 1 was deleted"),
        ("UPDATE evidence SET good = good + 0.0001 WHERE id = 1", "evidence 1: good was altered"),
    ],
)
def test_a_live_value_that_was_altered_is_named(told: Kept, statement: str, problem: str) -> None:
    assert only(verdict_after(told, statement)).startswith(problem)


def test_a_row_that_was_slipped_in_is_named(told: Kept) -> None:
    columns = "email, name, role, password_hash, created_at, version"
    forged = verdict_after(
        told,
        f"INSERT INTO person (id, {columns}) SELECT 99, 'eve@b.example', name, role, password_hash, created_at, 1"
        " FROM person WHERE id = 1",
    )
    assert only(forged) == "person 99 was slipped in: no entry made it."


def test_two_rows_that_changed_their_numbers_are_named(told: Kept) -> None:
    verdict = verdict_after(told, "UPDATE reading SET id = 50")
    assert verdict.problems == (
        "reading 50 was slipped in: no entry made it.",
        "reading 1 was deleted behind the history.",
    )


# The chain


def test_an_altered_envelope_breaks_the_chain(told: Kept) -> None:
    problems = verdict_after(
        told, "UPDATE history_entry SET envelope = replace(envelope, 'register', 'person:1') WHERE sequence = 1"
    ).problems
    assert any("Entry 1 " in problem and "does not follow" in problem for problem in problems)


def test_an_altered_envelope_whose_own_link_was_mended_breaks_the_next(told: Kept) -> None:
    envelope, previous = _entry(2)[0], _entry(1)[1]
    forged = envelope.replace('"actor":"register"', '"actor":"person:1"')
    assert forged != envelope
    problems = verdict_after(
        told,
        f"UPDATE history_entry SET envelope = '{forged}', actor = 'person:1',"
        f" entry_hash = '{link(previous, forged)}' WHERE sequence = 2",
    ).problems
    assert [problem.split(" (")[0] for problem in problems] == ["Entry 3"]


def _entry(sequence: int) -> tuple[str, str]:
    row = db.session.execute(
        text("SELECT envelope, entry_hash FROM history_entry WHERE sequence = :sequence"),
        {"sequence": sequence},
    ).one()
    return row[0], row[1]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "'person:99'"),
        ("action", "'person:praised'"),
        ("entity", "'contact'"),
        ("entity_id", "98"),
        ("at", "'2001-01-01 00:00:00.000000'"),
        ("part_of", "9"),
        ("scope_id", "44"),
    ],
)
def test_a_column_beside_the_envelope_is_held_to_it(told: Kept, column: str, value: str) -> None:
    problems = verdict_after(told, f"UPDATE history_entry SET {column} = {value} WHERE sequence = 1").problems
    assert f"Entry 1: its column {column} was altered." in problems


def test_a_deleted_entry_is_missed(told: Kept) -> None:
    problems = verdict_after(told, "DELETE FROM history_entry WHERE sequence = 3").problems
    assert "Entry 4 stands where entry 3 should be: entries are missing." in problems


def test_swapped_entries_are_missed(told: Kept) -> None:
    problems = verdict_after(
        told,
        "UPDATE history_entry SET sequence = 900 WHERE sequence = 2",
        "UPDATE history_entry SET sequence = 2 WHERE sequence = 3",
        "UPDATE history_entry SET sequence = 3 WHERE sequence = 900",
    ).problems
    assert any(problem.startswith("Entry 2 ") for problem in problems)
    assert "Entry 2: its column sequence was altered." in problems


def test_an_end_that_was_cut_off_is_missed(told: Kept) -> None:
    last = verify().entries
    problems = verdict_after(told, f"DELETE FROM history_entry WHERE sequence = {last}").problems
    assert any("the end was cut off or forged" in problem for problem in problems)


def test_an_end_that_was_cut_off_with_its_head_is_missed_in_the_live_values(told: Kept) -> None:
    last = verify().entries
    before = _entry(last - 1)[1]
    problems = verdict_after(
        told,
        f"DELETE FROM history_entry WHERE sequence = {last}",
        f"DELETE FROM history_value WHERE sequence = {last}",
        f"UPDATE history_head SET size = {last - 1}, entry_hash = '{before}'",
    ).problems
    assert problems == (
        "person 1: name was altered behind the history.",
        "person 1: version was altered behind the history.",
    )


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE history_head SET size = size + 1", "the end was cut off or forged"),
        ("UPDATE history_head SET entry_hash = 'f'", "does not name the last entry"),
        ("DELETE FROM history_head", "The head says 0 entries"),
        ("INSERT INTO history_head (id, size, entry_hash) VALUES (2, 1, 'x')", "more than one head"),
    ],
)
def test_the_head_is_held_to_the_entries(told: Kept, statement: str, problem: str) -> None:
    assert problem in only(verdict_after(told, statement))


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
