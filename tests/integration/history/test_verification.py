"""Verification finds what was done to the database by other ways than the register's own."""

import pytest
from sqlalchemy import text

from register.database import db
from register.history.envelope import link
from register.history.verification import Verdict, verify
from tests.fixtures.kept import Kept


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
        "reading 1 was deleted behind the history.",
        "reading 50 was slipped in: no entry made it.",
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
