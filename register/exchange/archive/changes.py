"""Restoring an archive into an empty register, on either database: the same ids, values and history."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any

import orjson
from sqlalchemy import Connection, Table, bindparam, func, select, text, update

from register.database import db
from register.database.rows import insert_rows
from register.exchange.archive.lookups import AT_ONCE, MANIFEST, member_of, migration
from register.exchange.archive.schema import FORMAT, VERSION, as_kept, kept_tables, key_of
from register.history.refilling import refilling
from register.history.verification import verify
from register.refusals import Refusal
from register.trust.changes import rebuild

LONGEST_LINE = 8_000_000
"""Bytes: no row of the register comes near."""
LARGEST_MANIFEST = 1_000_000
RATIO, SMALL = 200, 1_000_000
"""How many times larger than packed a part of so many bytes may be: rows as JSON come to some ten."""
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError)
HEAD = "history_head"


def restore_archive(path: Path) -> dict[str, int]:
    """Put an archive into this register, whose tables have to be empty; return how many rows each table got.

    Refuses an archive that is damaged, of another version, or whose history does not hold together. Never commits.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            told = _manifest(packed, path.name)
            with refilling() as connection:
                counts = {table.name: _fill(connection, packed, table, told) for table in kept_tables()}
    except (FileNotFoundError, IsADirectoryError):
        raise Refusal(f"There is no file {path}.") from None
    except BROKEN as error:
        raise Refusal(f"{path.name} is damaged, or is no archive of a register.") from error
    db.session.expire_all()
    rebuild()
    verdict = verify()
    if not verdict.is_whole:
        raise Refusal(f"{path.name} does not hold together, and nothing of it was kept. {verdict.problems[0]}")
    return counts


def _manifest(packed: zipfile.ZipFile, name: str) -> dict[str, Any]:
    """Return what the archive says of itself. Refuses what is no archive, or one that this version cannot read."""
    try:
        about = packed.getinfo(MANIFEST)
        if about.file_size > LARGEST_MANIFEST:
            raise ValueError(about.file_size)
        told = json.loads(packed.read(about))
        is_ours = told["format"] == FORMAT and told["version"] == VERSION
        tables = {str(key): (int(one["rows"]), str(one["sha256"])) for key, one in told["tables"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refusal(f"{name} is no archive of a register: register export archive makes one.") from error
    if not is_ours:
        raise Refusal(f"{name} was made by another version of the register.")
    if told.get("migration") != migration():
        said = f"{name} was made at version {str(told.get('migration'))[:20]} of the tables, and these are at "
        raise Refusal(f"{said}{migration()}. Restore it with that version, and bring it up to date: register init")
    for one in packed.infolist():
        if one.file_size > SMALL and one.file_size > RATIO * max(one.compress_size, 1):
            raise Refusal(f"{name} has a part that unpacks to over {RATIO} times its size, as no archive does.")
    return tables


def _fill(connection: Connection, packed: zipfile.ZipFile, table: Table, told: dict[str, Any]) -> int:
    """Put a table's rows in; those that refer to rows of the same table get that last."""
    if table.name not in told or member_of(table.name) not in packed.namelist():
        raise Refusal(f"The archive lacks the table {table.name}.")
    rows, wanted = told[table.name]
    digest, count, later = hashlib.sha256(), 0, list[dict[str, Any]]()
    inner = [one.parent.name for one in table.foreign_keys if one.column.table is table]
    with packed.open(member_of(table.name)) as member:
        lines = _lines(member, table.name, digest)
        while portion := list(islice(lines, AT_ONCE)):
            values = [_row(table, line, number) for number, line in enumerate(portion, count + 1)]
            later += _set_aside(table, inner, values)
            _insert(connection, table, values)
            count += len(values)
    if (count, digest.hexdigest()) != (rows, wanted):
        raise Refusal(f"The archive is damaged: {member_of(table.name)} is not what its manifest says.")
    _tie(connection, table, inner, later)
    _count_on(connection, table)
    return count


def _lines(member: IO[bytes], name: str, digest: Any) -> Iterator[bytes]:
    while line := member.readline(LONGEST_LINE):
        if not line.endswith(b"\n"):
            raise Refusal(f"The archive is damaged: {member_of(name)} has a line that does not end.")
        digest.update(line)
        yield line


def _row(table: Table, line: bytes, number: int) -> dict[str, Any]:
    try:
        values = orjson.loads(line)
        if values.keys() != set(table.columns.keys()):
            raise ValueError(line)
        return {column.name: as_kept(column, values[column.name]) for column in table.columns}
    except (ValueError, TypeError, AttributeError) as error:
        raise Refusal(f"The archive is damaged: line {number} of {member_of(table.name)} is no row of it.") from error


def _set_aside(table: Table, inner: Sequence[str], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Take references to rows of the same table out of rows, for the rows may not be there yet."""
    key, later = key_of(table).name, []
    for row in rows:
        found = {name: row[name] for name in inner}
        if any(value is not None for value in found.values()):
            later.append({"the_key": row[key], **{f"to_{name}": value for name, value in found.items()}})
            row.update(dict.fromkeys(inner))
    return later


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if table.name == HEAD:
        for row in rows:
            told = {name: value for name, value in row.items() if name != "id"}
            connection.execute(update(table).where(table.c.id == row["id"]).values(told))
        return
    names = tuple(table.columns.keys())
    insert_rows(connection, table, names, [tuple(row[name] for name in names) for row in rows])


def _tie(connection: Connection, table: Table, inner: Sequence[str], later: list[dict[str, Any]]) -> None:
    if later:
        told: dict[str, Any] = {name: bindparam(f"to_{name}") for name in inner}
        connection.execute(update(table).where(key_of(table) == bindparam("the_key")).values(told), later)


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL give new rows numbers beyond those that were put in; SQLite does by itself."""
    key = key_of(table)
    if connection.dialect.name != "postgresql" or table.name == HEAD:
        return
    counter = connection.scalar(select(func.pg_get_serial_sequence(f'"{table.name}"', key.name)))
    largest = connection.scalar(select(func.max(key)))
    if counter and largest:
        connection.execute(text("SELECT setval(:counter, :largest)"), {"counter": counter, "largest": largest})
