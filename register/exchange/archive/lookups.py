"""The whole register as one ZIP of JSON lines, with a schema and checksums; `changes` restores it."""

import hashlib
import json
from collections.abc import Iterator
from typing import IO, Any

import orjson
from alembic.migration import MigrationContext
from sqlalchemy import Table, select

from register.database import db
from register.exchange.archive.schema import FORMAT, VERSION, as_archived, kept_tables, key_of, left_out, schema
from register.exchange.formats.zips import Zip
from register.exchange.taking.scope import Scope
from register.history.lookups import head
from register.history.models import HistoryEntry

AT_ONCE = 2_000
"""Rows asked for at once."""
MANIFEST, SCHEMA = "manifest.json", "schema.json"


def write_archive(_scope: Scope, target: IO[bytes]) -> int:
    """Write every table that is kept, whoever asks (see `Export.is_whole`); return how many rows there are."""
    counts: dict[str, dict[str, Any]] = {}
    with Zip(target) as zipped:
        for table in kept_tables():
            with zipped.member(member_of(table.name)) as member:
                counts[table.name] = _write_table(table, member)
        with zipped.member(SCHEMA) as member:
            member.write(_json(schema()))
        with zipped.member(MANIFEST) as member:
            member.write(_json(_manifest(counts)))
    return sum(one["rows"] for one in counts.values())


def member_of(table: str) -> str:
    """Return where a table stands in the archive."""
    return f"tables/{table}.jsonl"


def _json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def _manifest(counts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    last = head()
    return {
        "format": FORMAT,
        "version": VERSION,
        "migration": migration(),
        "history": {"size": last.size if last else 0, "last_link": last.entry_hash if last else None},
        "tables": counts,
        "left_out": left_out(),
        "secrets": "Passwords, tokens and addresses of calendars stand as digests: nobody can sign in by them.",
    }


def migration() -> str | None:
    """Return the version that the tables are at."""
    return MigrationContext.configure(db.session.connection()).get_current_revision()


def _write_table(table: Table, member: IO[bytes]) -> dict[str, Any]:
    """Write the rows of a table as JSON lines; return how many there are, and their checksum."""
    columns, digest, count = tuple(table.columns), hashlib.sha256(), 0
    for row in _rows(table):
        values = {column.name: as_archived(column, value) for column, value in zip(columns, row, strict=True)}
        line = orjson.dumps(values) + b"\n"
        digest.update(line)
        member.write(line)
        count += 1
    return {"rows": count, "sha256": digest.hexdigest()}


def _rows(table: Table) -> Iterator[Any]:
    key, last = key_of(table), None
    place = list(table.columns).index(key)
    asked = select(table).order_by(key).limit(AT_ONCE)
    while rows := db.session.execute(asked if last is None else asked.where(key > last)).all():
        yield from rows
        last = rows[-1][place]
        if len(rows) < AT_ONCE:
            return


def is_untouched() -> bool:
    """Say whether nobody kept anything here: the history is empty, or has only the model that a register comes with."""
    last = head()
    if last is None or last.size == 0:
        return True
    return last.size == 1 and db.session.scalars(select(HistoryEntry.action)).all() == ["model_version:adopted"]
