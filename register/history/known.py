"""Rows as they were known at an earlier instant: what the history says that each of them held then.

Example: `rows_as_known(participations, clocks)` drops the rows that were made later, and shows the others as they were.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, case, inspect, literal, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.orm.attributes import set_committed_value

from register.clock import Clocks
from register.database import Base, db
from register.database.columns import Instant
from register.history.envelope import Plain
from register.history.lookups import head
from register.history.models import HistoryEntry, HistoryValue
from register.history.values import Values

Row = TypeVar("Row", bound=Base)

BATCH = 2000
"""Ids in one question: SQLite takes some thirty thousand, and a list of half as many is asked for sooner in parts."""
KEPT = frozenset({"is_restricted", "version"})
"""What is never shown as it was: who may see a record is decided by what holds today."""


def first_sequence_from(instant: datetime) -> int:
    """Return the sequence of the first entry sealed at an instant or later; one past the end where there is none.

    Halves the numbers, which have no gap: the time of an entry has no index of its own.
    """
    last = head()
    low, high = 1, (last.size if last else 0) + 1
    while low < high:
        middle = (low + high) // 2
        at = db.session.scalar(select(HistoryEntry.at).where(HistoryEntry.sequence == middle))
        if at is not None and at < instant:
            low = middle + 1
        else:
            high = middle
    return low


def changed_since(entity: str, before: datetime, ids: Collection[int] | None = None) -> dict[int, Values | None]:
    """Return what rows held just before an instant, of those that changed since; None for a row made since.

    Rows that did not change since are left out: what they hold today is what they held then.
    """
    first = first_sequence_from(before)
    later = select(HistoryEntry.entity_id).where(HistoryEntry.entity == entity, HistoryEntry.sequence >= first)
    if ids is not None and len(ids) <= BATCH:
        later = later.where(HistoryEntry.entity_id.in_(ids))
    wanted = frozenset(ids) if ids is not None else None
    changed = [number for number in db.session.scalars(later.distinct()) if wanted is None or number in wanted]
    held: dict[int, Values | None] = {}
    for start in range(0, len(changed), BATCH):
        held.update(_held_before(entity, changed[start : start + BATCH], first))
    return held


def _held_before(entity: str, ids: Sequence[int], first: int) -> dict[int, Values | None]:
    """Return what some rows held before an entry; None for those that there was no entry of yet."""
    held: dict[int, Values | None] = dict.fromkeys(ids)
    earlier = db.session.execute(
        select(HistoryEntry.entity_id, HistoryValue.values)
        .outerjoin(HistoryValue, HistoryValue.sequence == HistoryEntry.sequence)
        .where(HistoryEntry.entity == entity, HistoryEntry.entity_id.in_(ids), HistoryEntry.sequence < first)
        .order_by(HistoryEntry.sequence),
    )
    for entity_id, values in earlier:
        opened = {name: pair[1] for name, pair in json.loads(values).items()} if values else {}
        held[entity_id] = {**(held[entity_id] or {}), **opened}
    return held


def rows_as_known(rows: Iterable[Row], clocks: Clocks) -> list[Row]:
    """Return rows as they were known on the clocks' second day, without those that were made later.

    The rows themselves are set to what they held, unnoticed by the session: a page that asks about the past writes
    nothing. What says who may see a record stays as it is.
    """
    found = list(rows)
    before = clocks.known_before
    if before is None or not found:
        return found
    by_table: dict[str, list[int]] = defaultdict(list)
    for row in found:
        by_table[row.__tablename__].append(_id(row))
    held = {table: changed_since(table, before, ids) for table, ids in by_table.items()}
    known = [row for row in found if held[row.__tablename__].get(_id(row), {}) is not None]
    for row in known:
        _set(row, held[row.__tablename__].get(_id(row)) or {})
    return known


def _id(row: Base) -> int:
    number: int = row.id  # type: ignore[attr-defined]  # every recorded table has one, a test says so
    return number


def _set(row: Base, values: Values) -> None:
    """Set a row's columns to what they held; what they lead to is asked for again."""
    mapper = inspect(type(row))
    moved = set()
    for name, value in values.items():
        if name in mapper.columns and name not in KEPT:
            column = mapper.columns[name]
            set_committed_value(row, mapper.get_property_by_column(column).key, _read(column, value))
            moved.add(column)
    leading = [one.key for one in mapper.relationships if one.local_columns & moved]
    if leading:
        db.session.expire(row, leading)


def column_as_known(column: InstrumentedAttribute[Any], held: Mapping[int, Values | None]) -> ColumnElement[Any]:
    """Return a column as some rows held it, for the conditions and the order of a list; see `changed_since`."""
    table, own = column.parent.local_table, column.property.columns[0]
    moved = [
        (table.c.id == number, literal(_read(own, values[own.name]), own.type))
        for number, values in sorted(held.items())
        if values is not None and own.name in values
    ]
    return case(*moved, else_=column) if moved else column.expression


def _read(column: ColumnElement[Any], value: Plain) -> object:
    """Return a recorded value as its column has it."""
    if not isinstance(value, str):
        return value
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if column.type.python_type is date else value
