"""Further ways to alter a register by the database's own tools, finer than those of `tampering`; drawn at random."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from register.history.envelope import canonical
from tests.integration.history.tampering import Kind, _column, _entries, _put_head, _put_values, _row, _values


def _rows_of(connection: sqlite3.Connection, table: str) -> list[int]:
    return [row[0] for row in connection.execute(f"SELECT id FROM {table} ORDER BY id")]


def _get(connection: sqlite3.Connection, table: str, column: str, number: int) -> Any:
    return connection.execute(f'SELECT "{column}" FROM {table} WHERE id = ?', (number,)).fetchone()[0]


def _put(connection: sqlite3.Connection, table: str, column: str, number: int, value: Any) -> None:
    connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE id = ?', (value, number))


def _cells(connection: sqlite3.Connection, chance: Random) -> Iterable[tuple[str, str, int, Any]]:
    """Yield live values, in an order drawn at random, without end."""
    while True:
        table, number = _row(connection, chance)
        column = _column(connection, table, chance)
        yield table, column, number, _get(connection, table, column, number)


def swap_two_records_values(connection: sqlite3.Connection, chance: Random) -> None:
    """Give each of two records the other's value: every sum and every list of values stays what it was."""
    for table, column, number, value in _cells(connection, chance):
        for other in _rows_of(connection, table):
            there = _get(connection, table, column, other)
            if there != value:
                connection.execute(f'DROP INDEX IF EXISTS "uq_{table}_{column}"')
                try:
                    _put(connection, table, column, number, there)
                    _put(connection, table, column, other, value)
                except sqlite3.IntegrityError:
                    continue
                return


def swap_two_records_whole(connection: sqlite3.Connection, chance: Random) -> None:
    table = chance.choice(["organisation", "reading", "evidence", "participation"])
    one, other = chance.sample(_rows_of(connection, table), 2)
    for old, new in ((one, -1), (other, one), (-1, other)):
        connection.execute(f"UPDATE {table} SET id = ? WHERE id = ?", (new, old))


def _move_a_time(name: str) -> Kind:
    def move(connection: sqlite3.Connection, chance: Random) -> None:
        for table, column, number, value in _cells(connection, chance):
            if column.endswith(name) and isinstance(value, str):
                _put(connection, table, column, number, f"2019{value[4:]}")
                return

    move.__name__ = f"move_a_time{name}"
    return move


def move_the_time_of_an_entry(connection: sqlite3.Connection, chance: Random) -> None:
    sequence = chance.choice(_entries(connection))[0]
    connection.execute("UPDATE history_entry SET at = '2019' || substr(at, 5) WHERE sequence = ?", (sequence,))


def move_an_instant_by_a_microsecond(connection: sqlite3.Connection, chance: Random) -> None:
    for table, column, number, value in _cells(connection, chance):
        if column.endswith("_at") and isinstance(value, str):
            _put(connection, table, column, number, value[:-1] + str((int(value[-1]) + 1) % 10))
            return


def _change_kind(is_meant: Callable[[Any], bool], change: Callable[[Any], Any], name: str) -> Kind:
    """Return what changes the kind of a value, where SQLite keeps the other kind."""

    def kind(connection: sqlite3.Connection, chance: Random) -> None:
        for table, column, number, value in _cells(connection, chance):
            if is_meant(value):
                _put(connection, table, column, number, change(value))
                if _get(connection, table, column, number).__class__ is not value.__class__:
                    return
                _put(connection, table, column, number, value)

    kind.__name__ = name
    return kind


def make_a_truth_of_two(connection: sqlite3.Connection, chance: Random) -> None:
    """A column of truths takes any number, and any text."""
    (number,) = chance.sample(_rows_of(connection, "partnership"), 1)
    is_true = _get(connection, "partnership", "is_restricted", number)
    other = chance.choice([2, -1, "x", "true"] if is_true else ["", "0.0x"])
    _put(connection, "partnership", "is_restricted", number, other)


def write_what_is_no_text(connection: sqlite3.Connection, chance: Random) -> None:
    for table, column, number, value in _cells(connection, chance):
        if isinstance(value, str):
            connection.execute(f"UPDATE {table} SET \"{column}\" = CAST(x'ff80' AS TEXT) WHERE id = ?", (number,))
            return


def add_a_blank_or_a_look_alike(connection: sqlite3.Connection, chance: Random) -> None:
    """Change a text so that nobody sees it: a blank at its end, a letter of another alphabet, another normal form."""
    for table, column, number, value in _cells(connection, chance):
        if isinstance(value, str) and "a" in value:
            other = chance.choice([value + " ", value + "\u200b", value.replace("a", "\u0430")])
            _put(connection, table, column, number, other)
            return


def alter_a_trigger_and_put_it_back(connection: sqlite3.Connection, chance: Random) -> None:
    """Rewrite an entry while its trigger is away, and make the trigger again as it was."""
    sequence = chance.choice(_entries(connection))[0]
    connection.execute("UPDATE history_entry SET action = 'person:praised' WHERE sequence = ?", (sequence,))
    connection.execute(
        "CREATE TRIGGER history_entry_update BEFORE UPDATE ON history_entry "
        "BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END",
    )


def move_an_entry_to_another_record(connection: sqlite3.Connection, chance: Random) -> None:
    """Change only the columns by which stories find an entry, not what was sealed."""
    sequence = chance.choice(_entries(connection))[0]
    column = chance.choice(["entity_id", "part_of", "scope_id"])
    connection.execute(f"UPDATE history_entry SET {column} = coalesce({column}, 0) + 7 WHERE sequence = ?", (sequence,))


def swap_the_values_of_two_entries(connection: sqlite3.Connection, chance: Random) -> None:
    one, other = (row[0] for row in chance.sample(_entries(connection), 2))
    here, there = _values(connection, one), _values(connection, other)
    _put_values(connection, one, there)
    _put_values(connection, other, here)


def swap_two_fields_of_an_entry(connection: sqlite3.Connection, chance: Random) -> None:
    while True:
        sequence = chance.choice(_entries(connection))[0]
        values = _values(connection, sequence)
        if len(values) > 1:
            one, other = chance.sample(sorted(values), 2)
            _put_values(connection, sequence, {**values, one: values[other], other: values[one]})
            return


def let_a_value_stand_twice(connection: sqlite3.Connection, chance: Random) -> None:
    """Write a field twice: some readers of JSON take the first, some the last."""
    sequence = chance.choice(_entries(connection))[0]
    values = _values(connection, sequence)
    name = chance.choice(sorted(values))
    pair = json.dumps([values[name][0], "slipped in"])
    stored = f"{canonical(values)[:-1]},{json.dumps(name)}:{pair}}}"
    connection.execute('UPDATE history_value SET "values" = ? WHERE sequence = ?', (stored, sequence))


def take_a_whole_table_out(connection: sqlite3.Connection, chance: Random) -> None:
    table = chance.choice(["reading", "evidence", "participation", "partnership_member"])
    connection.execute(f"DROP TABLE {table}" if chance.random() < 0.5 else f"DELETE FROM {table}")


def end_the_history_early_and_put_the_head_back(connection: sqlite3.Connection, chance: Random) -> None:
    """Cut off the newest entry alone, leave the rows, and mend the head."""
    connection.execute("DELETE FROM history_value WHERE sequence = (SELECT max(sequence) FROM history_entry)")
    connection.execute("DELETE FROM history_entry WHERE sequence = (SELECT max(sequence) FROM history_entry)")
    _put_head(connection)
    del chance


def give_somebody_a_role(connection: sqlite3.Connection, chance: Random) -> None:
    connection.execute("UPDATE person SET role = ?", (chance.choice(["administrator", "auditor", "leader"]),))


def slip_in_a_token(connection: sqlite3.Connection, chance: Random) -> None:
    _slip_in(connection, "api_token", chance)


def slip_in_rules(connection: sqlite3.Connection, chance: Random) -> None:
    _slip_in(connection, "rule_set", chance)


def slip_in_a_batch(connection: sqlite3.Connection, chance: Random) -> None:
    _slip_in(connection, "import_batch", chance)


def slip_in_an_access_to_restricted_records(connection: sqlite3.Connection, chance: Random) -> None:
    _slip_in(connection, "restricted_access", chance)


def _slip_in(connection: sqlite3.Connection, table: str, chance: Random) -> None:
    """Insert a row that nobody made into a table beside the main ones, with something in each column."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    row = {name: 1 if "INT" in kind or "BOOL" in kind else f"{chance.random()}" for _, name, kind, *_ in columns}
    marks = ", ".join(f'"{name}"' for name in row)
    connection.execute(f"INSERT INTO {table} ({marks}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))


FURTHER_KINDS: tuple[Kind, ...] = (
    swap_two_records_values,
    swap_two_records_whole,
    _move_a_time("recorded_at"),
    _move_a_time("held_on"),
    move_the_time_of_an_entry,
    move_an_instant_by_a_microsecond,
    _change_kind(lambda value: value is None, lambda _: "", "make_a_blank_of_nothing"),
    _change_kind(lambda value: isinstance(value, str), str.encode, "make_bytes_of_a_text"),
    _change_kind(lambda value: isinstance(value, int), lambda value: f"{value} or so", "make_a_text_of_a_number"),
    make_a_truth_of_two,
    write_what_is_no_text,
    add_a_blank_or_a_look_alike,
    alter_a_trigger_and_put_it_back,
    move_an_entry_to_another_record,
    swap_the_values_of_two_entries,
    swap_two_fields_of_an_entry,
    let_a_value_stand_twice,
    take_a_whole_table_out,
    end_the_history_early_and_put_the_head_back,
    give_somebody_a_role,
    slip_in_a_token,
    slip_in_rules,
    slip_in_a_batch,
    slip_in_an_access_to_restricted_records,
)
