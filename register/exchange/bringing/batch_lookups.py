"""What is asked about batches: those of a person, the columns that were chosen before, the rows that one wrote."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sqlalchemy import ColumnElement, exists, select, tuple_
from sqlalchemy.orm import aliased

from register.accounts.models import Person
from register.database import db
from register.exchange.bringing.batch_models import ImportBatch
from register.exchange.bringing.lookups import in_portions
from register.exchange.reading.choices import Choices
from register.history.envelope import Plain
from register.history.models import HistoryEntry
from register.history.sealing import REASON
from register.history.values import values_before

NOTHING: Mapping[str, Plain] = MappingProxyType({})
Row = tuple[str, int]
"""A table's name and a row's id."""


@dataclass(slots=True)
class Written:
    """What a batch did to one row."""

    row: Row
    scope_id: int | None
    before: Mapping[str, Plain] = field(default_factory=lambda: NOTHING)
    """What the row held before the batch."""
    changed: frozenset[str] = frozenset()
    """The columns that the batch wrote."""
    is_new: bool = False


def batches_of(person: Person, limit: int = 50) -> Sequence[ImportBatch]:
    """Return what a person brought in, newest first."""
    asked = select(ImportBatch).where(ImportBatch.person_id == person.id).order_by(ImportBatch.id.desc()).limit(limit)
    return db.session.scalars(asked).all()


def batch_of(person: Person, batch_id: int) -> ImportBatch | None:
    """Return a batch that a person brought in; None when there is none or it is somebody else's."""
    return db.session.scalar(select(ImportBatch).where(ImportBatch.id == batch_id, ImportBatch.person_id == person.id))


def chosen_before(person: Person, kind: str, header: str) -> Choices:
    """Return which columns were chosen, and how days are written, when a person last brought a file with these titles.

    What others chose is theirs: it says what they bring, and into what, that the person may not know of.
    """
    found = db.session.scalar(
        select(ImportBatch.choices)
        .where(ImportBatch.kind == kind, ImportBatch.header == header, ImportBatch.person_id == person.id)
        .order_by(ImportBatch.id.desc())
        .limit(1)
    )
    told = json.loads(found) if found else {}
    return Choices(columns=told.get("columns", {}), values=told.get("values", {}), days=told.get("days"))


def written_by(first: int, last: int, but: Collection[str] = ()) -> Iterator[Written]:
    """Yield what the entries of a part of the history did to each row, in the order of their first entries.

    `but` names tables whose rows are left out.
    Of rows that it made nothing is opened: before it there was nothing, and what they hold is in their tables.
    """
    between = HistoryEntry.sequence.between(first, last)
    scopes: dict[Row, int | None] = {}
    for entity, entity_id, scope in db.session.execute(
        select(HistoryEntry.entity, HistoryEntry.entity_id, HistoryEntry.scope_id)
        .where(between, HistoryEntry.entity.not_in(but))
        .order_by(HistoryEntry.sequence)
    ):
        scopes.setdefault((entity, entity_id), scope)
    there = _there_before(first, last)
    for portion in in_portions(scopes):
        changed = _changed([row for row in portion if row in there], scopes, between)
        yield from (changed.get(row) or Written(row, scopes[row], is_new=True) for row in portion)


def _there_before(first: int, last: int) -> set[Row]:
    """Return the rows that a part of the history changed and had not made: those with an entry before it."""
    entry, earlier = aliased(HistoryEntry), aliased(HistoryEntry)
    had = exists().where(
        earlier.entity == entry.entity, earlier.entity_id == entry.entity_id, earlier.sequence < first
    )
    asked = select(entry.entity, entry.entity_id).where(entry.sequence.between(first, last), had).distinct()
    return {(entity, entity_id) for entity, entity_id in db.session.execute(asked)}


def _changed(rows: Sequence[Row], scopes: Mapping[Row, int | None], between: ColumnElement[bool]) -> dict[Row, Written]:
    """Return what entries did to rows that were there before them."""
    if not rows:
        return {}
    entries = db.session.scalars(
        select(HistoryEntry)
        .where(between, tuple_(HistoryEntry.entity, HistoryEntry.entity_id).in_(rows))
        .order_by(HistoryEntry.sequence)
    ).all()
    before = values_before(entries)
    found: dict[Row, Written] = {}
    for entry in entries:
        row = (entry.entity, entry.entity_id)
        written = found.get(row) or Written(row, scopes[row], before.get(entry.sequence, {}))
        written.changed |= json.loads(entry.envelope)["fields"].keys() - {REASON}
        found[row] = written
    return found


def changed_later(first: int, last: int) -> Iterator[tuple[Row, int | None]]:
    """Yield those rows of a part of the history that it has an entry of after that part, with their partnership."""
    later, entry = aliased(HistoryEntry), aliased(HistoryEntry)
    same = (entry.entity == later.entity, entry.entity_id == later.entity_id, entry.sequence.between(first, last))
    scope = select(entry.scope_id).where(*same).limit(1).scalar_subquery()
    asked = select(later.entity, later.entity_id, scope).where(later.sequence > last, exists().where(*same)).distinct()
    for entity, entity_id, scope_id in db.session.execute(asked):
        yield (entity, entity_id), scope_id


def last_act(row: Row) -> HistoryEntry | None:
    """Return the newest entry about a row."""
    return db.session.scalar(
        select(HistoryEntry)
        .where(HistoryEntry.entity == row[0], HistoryEntry.entity_id == row[1])
        .order_by(HistoryEntry.sequence.desc())
        .limit(1)
    )


def act_bounds(part_of: int) -> tuple[int, int]:
    """Return the first and the last sequence of an act."""
    last = select(HistoryEntry.sequence).where(HistoryEntry.part_of == part_of).order_by(HistoryEntry.sequence.desc())
    return part_of, db.session.scalar(last.limit(1)) or part_of
