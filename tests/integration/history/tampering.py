"""Fourteen ways in which somebody with the database's own tools could alter a register, each drawn at random."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from register.history.envelope import FIRST_LINK, canonical, commitment, link
from register.history.verifier import UNRECORDED

Kind = Callable[[sqlite3.Connection, Random], None]


@contextmanager
def unprotected(file: Path) -> Iterator[sqlite3.Connection]:
    """Open a file as somebody would who first takes the history's triggers away."""
    connection = sqlite3.connect(file, isolation_level=None)
    for setting in ("foreign_keys=OFF", "synchronous=OFF", "ignore_check_constraints=ON"):
        connection.execute(f"PRAGMA {setting}")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    yield connection
    connection.close()


def _entries(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    return connection.execute("SELECT sequence, entity, entity_id, envelope FROM history_entry ORDER BY 1").fetchall()


def _values(connection: sqlite3.Connection, sequence: int) -> dict[str, Any]:
    (stored,) = connection.execute('SELECT "values" FROM history_value WHERE sequence = ?', (sequence,)).fetchone()
    found: dict[str, Any] = json.loads(stored)
    return found


def _put_values(connection: sqlite3.Connection, sequence: int, values: dict[str, Any]) -> None:
    connection.execute('UPDATE history_value SET "values" = ? WHERE sequence = ?', (canonical(values), sequence))


def _row(connection: sqlite3.Connection, chance: Random) -> tuple[str, int]:
    """Draw a live row."""
    rows = {(entity, entity_id) for _, entity, entity_id, _ in _entries(connection)}
    return chance.choice(sorted(row for row in rows if row[0] not in UNRECORDED))


def _column(connection: sqlite3.Connection, table: str, chance: Random) -> str:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    return str(chance.choice([name for name in columns if name != "id"]))


def _other(value: Any) -> Any:
    return value + 1000 if isinstance(value, int | float) else f"{value}x"


def edit_a_live_row(connection: sqlite3.Connection, chance: Random) -> None:
    table, number = _row(connection, chance)
    column = _column(connection, table, chance)
    (value,) = connection.execute(f'SELECT "{column}" FROM {table} WHERE id = ?', (number,)).fetchone()
    connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE id = ?', (_other(value), number))


def forge_a_live_row(connection: sqlite3.Connection, chance: Random) -> None:
    table, number = _row(connection, chance)
    row = connection.execute(f"SELECT * FROM {table} WHERE id = ?", (number,))
    columns = [one[0] for one in row.description]
    forged = [f"{value}!" if isinstance(value, str) else value for value in row.fetchone()]
    forged[columns.index("id")] = 1000 + chance.randrange(1000)
    asked = f"SELECT name FROM sqlite_master WHERE tbl_name = '{table}' AND type = 'index'"
    for (name,) in connection.execute(asked).fetchall():
        if not name.startswith("sqlite_"):
            connection.execute(f'DROP INDEX "{name}"')
    marks = ", ".join("?" * len(columns))
    try:
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", forged)
    except sqlite3.IntegrityError:
        # A constraint over ids only: the forger takes other ids as well.
        other = [value + 500 if isinstance(value, int) else value for value in forged]
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", other)


def delete_a_live_row(connection: sqlite3.Connection, chance: Random) -> None:
    table, number = _row(connection, chance)
    connection.execute(f"DELETE FROM {table} WHERE id = ?", (number,))


def update_a_table_in_bulk(connection: sqlite3.Connection, chance: Random) -> None:
    table, _ = _row(connection, chance)
    column = "version" if "version" in [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] else None
    column = column or "id"
    connection.execute(f"UPDATE {table} SET {column} = {column} + 100")


def edit_an_envelope(connection: sqlite3.Connection, chance: Random) -> None:
    sequence, _, _, envelope = chance.choice(_entries(connection))
    other = {**json.loads(envelope), "actor": "person:99"}
    connection.execute("UPDATE history_entry SET envelope = ? WHERE sequence = ?", (canonical(other), sequence))


def edit_a_value(connection: sqlite3.Connection, chance: Random) -> None:
    sequence = chance.choice(_entries(connection))[0]
    values = _values(connection, sequence)
    name = chance.choice(sorted(values))
    _put_values(connection, sequence, {**values, name: [values[name][0], _other(values[name][1])]})


def delete_an_entry(connection: sqlite3.Connection, chance: Random) -> None:
    sequence = chance.choice(_entries(connection)[:-1])[0]
    for table in ("history_entry", "history_value"):
        connection.execute(f"DELETE FROM {table} WHERE sequence = ?", (sequence,))


def swap_two_entries(connection: sqlite3.Connection, chance: Random) -> None:
    one, other = (row[0] for row in chance.sample(_entries(connection), 2))
    for table in ("history_entry", "history_value"):
        for old, new in ((one, -1), (other, one), (-1, other)):
            connection.execute(f"UPDATE {table} SET sequence = ? WHERE sequence = ?", (new, old))


def _cut(connection: sqlite3.Connection, chance: Random) -> int:
    size = chance.randrange(len(_entries(connection)) // 2, len(_entries(connection)))
    for table in ("history_entry", "history_value"):
        connection.execute(f"DELETE FROM {table} WHERE sequence > ?", (size,))
    return size


def _put_head(connection: sqlite3.Connection) -> None:
    connection.execute(
        "UPDATE history_head SET size = (SELECT max(sequence) FROM history_entry), "
        "entry_hash = (SELECT entry_hash FROM history_entry ORDER BY sequence DESC LIMIT 1)",
    )


def cut_the_tail(connection: sqlite3.Connection, chance: Random) -> None:
    _cut(connection, chance)


def cut_the_tail_and_the_head(connection: sqlite3.Connection, chance: Random) -> None:
    _cut(connection, chance)
    _put_head(connection)


def cut_the_tail_with_rows_and_head(connection: sqlite3.Connection, chance: Random) -> None:
    """Take a register back to an earlier moment, as if what came later had never been."""
    before = _entries(connection)
    size = _cut(connection, chance)
    left = {(entity, number) for _, entity, number, _ in before[:size]}
    for _, table, number, _ in before[size:]:
        if (table, number) not in left:
            connection.execute(f"DELETE FROM {table} WHERE id = ?", (number,))
    for sequence, table, number, _ in before[:size]:
        for name, (_, value) in _values(connection, sequence).items():
            if not name.startswith("@") and not str(value).startswith("sha256:"):
                plain = value[:-1].replace("T", " ") if str(value).endswith("Z") and "T" in str(value) else value
                connection.execute(f'UPDATE {table} SET "{name}" = ? WHERE id = ?', (plain, number))
    _put_head(connection)


def seal_everything_anew_after_an_edit(connection: sqlite3.Connection, chance: Random) -> None:
    """Change what an entry says, and compute every commitment, link and the head again."""
    chosen, actor = chance.choice(_entries(connection))[0], f"person:{chance.randrange(2, 99)}"
    previous = FIRST_LINK
    for sequence, _, _, envelope in _entries(connection):
        document = json.loads(envelope)
        if sequence == chosen:
            values = {name: ["cd" * 32, value] for name, (_, value) in _values(connection, sequence).items()}
            document["fields"] = {name: commitment(bytes.fromhex(pair[0]), pair[1]) for name, pair in values.items()}
            document["actor"] = actor
            _put_values(connection, sequence, values)
            connection.execute("UPDATE history_entry SET actor = ? WHERE sequence = ?", (actor, sequence))
        sealed = canonical(document)
        previous = link(previous, sealed)
        connection.execute(
            "UPDATE history_entry SET envelope = ?, entry_hash = ? WHERE sequence = ?",
            (sealed, previous, sequence),
        )
    _put_head(connection)


def erase_without_an_entry(connection: sqlite3.Connection, chance: Random) -> None:
    sequence = chance.choice(_entries(connection))[0]
    values = _values(connection, sequence)
    values.pop(chance.choice(sorted(values)))
    _put_values(connection, sequence, values)


def drop_the_salts(connection: sqlite3.Connection, chance: Random) -> None:
    sequence = chance.choice(_entries(connection))[0]
    _put_values(connection, sequence, {name: ["", pair[1]] for name, pair in _values(connection, sequence).items()})


NEEDING_A_CHECKPOINT: tuple[Kind, ...] = (cut_the_tail_with_rows_and_head, seal_everything_anew_after_an_edit)
KINDS: tuple[Kind, ...] = (
    edit_a_live_row,
    forge_a_live_row,
    delete_a_live_row,
    update_a_table_in_bulk,
    edit_an_envelope,
    edit_a_value,
    delete_an_entry,
    swap_two_entries,
    cut_the_tail,
    cut_the_tail_and_the_head,
    *NEEDING_A_CHECKPOINT,
    erase_without_an_entry,
    drop_the_salts,
)
