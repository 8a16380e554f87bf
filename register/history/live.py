"""Live values against the last recorded ones: a chain alone would not notice that a row was altered."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Table, select

from register.database import db
from register.history.coverage import as_recorded, covered_columns
from register.history.envelope import Plain

Latest = dict[tuple[str, int], dict[str, Plain]]
"""The last recorded values of each row, by table and id."""
AT_ONCE = 1000
UNREADABLE = object()
"""Stands for a live value that its column's type cannot have: SQLite keeps whatever somebody puts there."""


def check_table(name: str, table: Table, latest: Latest) -> tuple[int, list[str]]:
    """Compare every live value of a table with the last recorded one; return how many, and what differs."""
    problems = []
    columns = covered_columns(table)
    ids = set()
    for row in _live_rows(table):
        ids.add(row["id"])
        recorded = latest.get((name, row["id"]))
        if recorded is None:
            problems.append(f"{name} {row['id']} was slipped in: no entry made it.")
            continue
        problems.extend(
            f"{name} {row['id']}: {column.name} was altered behind the history."
            for column in columns
            if _differs(column, row[column.name], recorded.get(column.name))
        )
    gone = [key for entity, key in latest if entity == name and key not in ids]
    problems.extend(f"{name} {key} was deleted behind the history." for key in sorted(gone))
    return len(ids) * len(columns), problems


def _live_rows(table: Table) -> Iterator[dict[str, Any]]:
    """Yield every row by rising id, a portion at a time: a table may be larger than memory."""
    after = select(table.c.id).order_by(table.c.id).limit(AT_ONCE)
    ids = db.session.scalars(after).all()
    while ids:
        yield from _portion(table, ids)
        ids = db.session.scalars(after.where(table.c.id > ids[-1])).all()


def _portion(table: Table, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return some rows; where one cannot be read, each value by itself, so that the others still are."""
    try:
        asked = select(table).where(table.c.id.between(ids[0], ids[-1])).order_by(table.c.id)
        return [dict(row) for row in db.session.execute(asked).mappings()]
    except (TypeError, ValueError):
        return [
            {"id": key, **{column.name: _live_value(table, column, key) for column in covered_columns(table)}}
            for key in ids
        ]


def _live_value(table: Table, column: Column[object], key: int) -> object:
    try:
        return db.session.scalar(select(column).where(table.c.id == key))
    except (TypeError, ValueError):
        return UNREADABLE


def _differs(column: Column[object], live: object, recorded: Plain) -> bool:
    try:
        return as_recorded(column, live) != recorded
    except TypeError:
        return True
