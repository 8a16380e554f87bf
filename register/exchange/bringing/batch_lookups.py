"""What is asked about batches: those of a person, the columns that were chosen before, the rows that one wrote."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select, tuple_

from register.accounts.models import Person
from register.database import db
from register.exchange.bringing.batch_models import ImportBatch
from register.exchange.bringing.lookups import in_portions
from register.exchange.reading.choices import Choices
from register.history.envelope import Plain
from register.history.models import HistoryEntry
from register.history.sealing import REASON
from register.history.values import values_before

Row = tuple[str, int]
"""A table's name and a row's id."""


@dataclass
class Written:
    """What a batch did to one row."""

    row: Row
    scope_id: int | None
    before: dict[str, Plain] = field(default_factory=dict)
    """What the row held before the batch."""
    changed: set[str] = field(default_factory=set)
    """The columns that the batch wrote."""
    is_new: bool = False


def batches_of(person: Person, limit: int = 50) -> Sequence[ImportBatch]:
    """Return what a person brought in, newest first."""
    asked = select(ImportBatch).where(ImportBatch.person_id == person.id).order_by(ImportBatch.id.desc()).limit(limit)
    return db.session.scalars(asked).all()


def batch_of(person: Person, batch_id: int) -> ImportBatch | None:
    """Return a batch that a person brought in; None when there is none or it is somebody else's."""
    return db.session.scalar(select(ImportBatch).where(ImportBatch.id == batch_id, ImportBatch.person_id == person.id))


def chosen_before(kind: str, header: str) -> Choices:
    """Return which columns were chosen, and how days are written, when a file with the same titles came in last."""
    found = db.session.scalar(
        select(ImportBatch.choices)
        .where(ImportBatch.kind == kind, ImportBatch.header == header)
        .order_by(ImportBatch.id.desc())
        .limit(1)
    )
    told = json.loads(found) if found else {}
    return Choices(columns=told.get("columns", {}), values=told.get("values", {}), days=told.get("days"))


def written_by(first: int, last: int) -> Iterator[Written]:
    """Yield what the entries of a part of the history did to each row, in the order of their first entries."""
    between = (HistoryEntry.sequence >= first, HistoryEntry.sequence <= last)
    scopes: dict[Row, int | None] = {}
    for entity, entity_id, scope in db.session.execute(
        select(HistoryEntry.entity, HistoryEntry.entity_id, HistoryEntry.scope_id)
        .where(*between)
        .order_by(HistoryEntry.sequence)
    ):
        scopes.setdefault((entity, entity_id), scope)
    for portion in in_portions(scopes):
        entries = db.session.scalars(
            select(HistoryEntry)
            .where(*between, tuple_(HistoryEntry.entity, HistoryEntry.entity_id).in_(portion))
            .order_by(HistoryEntry.sequence)
        ).all()
        before = values_before(entries)
        found = {row: Written(row, scopes[row]) for row in portion}
        met: set[Row] = set()
        for entry in entries:
            row = (entry.entity, entry.entity_id)
            written = found[row]
            written.changed |= json.loads(entry.envelope)["fields"].keys() - {REASON}
            if row not in met:
                met.add(row)
                written.is_new = entry.sequence not in before
                written.before = before.get(entry.sequence, {})
        yield from found.values()


def changed_later(rows: Sequence[Row], after: int) -> set[Row]:
    """Return those rows that the history has an entry of after some sequence."""
    found: set[Row] = set()
    for portion in in_portions(rows):
        asked = select(HistoryEntry.entity, HistoryEntry.entity_id).where(
            tuple_(HistoryEntry.entity, HistoryEntry.entity_id).in_(portion), HistoryEntry.sequence > after
        )
        found |= {(entity, entity_id) for entity, entity_id in db.session.execute(asked)}
    return found


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
