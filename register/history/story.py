"""The story: acts of people, newest first, each with the rows it touched and what they were before."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select

from register.database import db
from register.history.envelope import Plain
from register.history.models import HistoryEntry
from register.history.sealing import REASON
from register.history.values import opened_values, values_before

PAGE = 25
ERASED = "(erased)"
"""What is told of a value that the history committed to and no longer holds."""
NOT_TOLD = frozenset({"version", "created_at", "recorded_at", "added_at", "opened_at"})
"""Columns that tell a reader nothing: the entry's own time says it."""


@dataclass(frozen=True)
class FieldChange:
    """One field of one row: what it was (None for a new row) and what it became."""

    name: str
    was: Plain
    now: Plain
    is_new: bool


@dataclass(frozen=True)
class RowChange:
    """What one act did to one row."""

    sequence: int
    entity: str
    entity_id: int
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Act:
    """One act of one person: the entries that were sealed together."""

    sequence: int
    at: datetime
    actor: str
    action: str
    scope_id: int | None
    reason: str | None
    rows: tuple[RowChange, ...]
    entry_hash: str

    @property
    def subject(self) -> RowChange:
        """The row that the act is about."""
        return self.rows[0]


def acts(
    *conditions: ColumnElement[bool],
    before: int | None = None,
    size: int = PAGE,
) -> tuple[tuple[Act, ...], int | None]:
    """Return acts whose entries meet the conditions, newest first, and where the next page begins (None: no more).

    `before` is the sequence that the last page ended with.
    """
    heads = select(HistoryEntry.part_of).where(*conditions).distinct()
    if before is not None:
        heads = heads.where(HistoryEntry.part_of < before)
    found = db.session.scalars(heads.order_by(HistoryEntry.part_of.desc()).limit(size + 1)).all()
    shown = found[:size]
    return _tell(shown), shown[-1] if len(found) > size else None


def act_of(sequence: int) -> Act | None:
    """Return the act that an entry belongs to."""
    entry = db.session.get(HistoryEntry, sequence)
    return _tell([entry.part_of])[0] if entry else None


def about(entity: str, entity_id: int) -> ColumnElement[bool]:
    """Return the condition for entries about one row."""
    return (HistoryEntry.entity == entity) & (HistoryEntry.entity_id == entity_id)


def in_scope(scopes: Select[int] | Sequence[int]) -> ColumnElement[bool]:
    """Return the condition for entries of some partnerships' stories."""
    return HistoryEntry.scope_id.in_(scopes)


def _tell(heads: Sequence[int]) -> tuple[Act, ...]:
    entries = db.session.scalars(
        select(HistoryEntry).where(HistoryEntry.part_of.in_(heads)).order_by(HistoryEntry.sequence),
    ).all()
    values = opened_values([entry.sequence for entry in entries])
    before = values_before(entries)
    by_act: dict[int, list[HistoryEntry]] = defaultdict(list)
    for entry in entries:
        by_act[entry.part_of].append(entry)
    return tuple(_act(by_act[head], values, before) for head in heads)


def _act(entries: list[HistoryEntry], values: dict[int, dict[str, Plain]], before: dict[int, dict[str, Plain]]) -> Act:
    head = entries[0]
    reason = values.get(head.sequence, {}).get(REASON)
    rows = tuple(
        RowChange(
            entry.sequence,
            entry.entity,
            entry.entity_id,
            _fields(entry, values.get(entry.sequence, {}), before.get(entry.sequence)),
        )
        for entry in entries
    )
    return Act(
        head.sequence,
        head.at,
        head.actor,
        head.action,
        head.scope_id,
        reason if isinstance(reason, str) else None,
        rows,
        head.entry_hash,
    )


def _fields(entry: HistoryEntry, values: dict[str, Plain], before: dict[str, Plain] | None) -> tuple[FieldChange, ...]:
    """Return the fields of an entry that tell something; a committed field whose value is gone was erased."""
    committed = json.loads(entry.envelope)["fields"]
    return tuple(
        FieldChange(name, (before or {}).get(name), values.get(name, ERASED), before is None)
        for name in sorted(committed)
        if name != REASON and name not in NOT_TOLD and not (before is None and values.get(name, ERASED) in (None, ""))
    )
