"""The story: acts of people, newest first, each with the rows it touched and what they were before."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from register.database import db
from register.history.envelope import Plain
from register.history.models import HistoryEntry
from register.history.sealing import REASON
from register.history.values import Values, opened_values, values_before

PAGE = 25
ERASED = "(erased)"
"""What is told of a value that the history committed to and no longer holds."""
NOT_TOLD = frozenset({
    "@erased", "version", "created_at", "recorded_at", "added_at", "opened_at", "set_at", "lifted_at", "requested_at",
    "decided_at", "withdrawn_at", "made_at", "saved_at", "taken_at", "adopted_at", "brought_at", "judged_at",
    "merged_at", "proposed_at", "answered_at",
})  # fmt: skip
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
    before: Values
    """What the whole row held before; empty for a new one."""

    @property
    def is_new(self) -> bool:
        """Whether the act made the row."""
        return not self.before


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
        """The row that the act is about: where it superseded one, the one that took its place."""
        entity = self.rows[0].entity
        return next((row for row in self.rows if row.entity == entity and row.is_new), self.rows[0])

    @property
    def superseded(self) -> RowChange | None:
        """The row that the act took the place of."""
        return next((row for row in self.rows if any(change.name == "superseded_at" for change in row.fields)
                     and row.entity == self.rows[0].entity and not row.is_new), None)


class Place(NamedTuple):
    """Where a page of the story stands: after an act in the order of the list, or before it."""

    sequence: int
    is_after: bool


@dataclass(frozen=True)
class ActPage:
    """Some acts of a story, and whether there are others on either side."""

    acts: tuple[Act, ...]
    has_earlier_page: bool
    has_later_page: bool


def acts(*conditions: ColumnElement[bool], size: int = PAGE) -> tuple[Act, ...]:
    """Return the newest acts whose entries meet the conditions."""
    return act_page(heads_where(*conditions), None, size=size).acts


def heads_where(*conditions: ColumnElement[bool]) -> Select[int]:
    """Return the question for the acts whose entries meet the conditions, by the sequence of their first entry."""
    return select(HistoryEntry.part_of).where(*conditions).distinct()


def act_page(heads: Select[int], place: Place | None, *, oldest_first: bool = False, size: int = PAGE) -> ActPage:
    """Return a page of some acts, newest first unless said otherwise; each page begins where another ended."""
    head = heads.selected_columns[0]
    is_after = place is None or place.is_after
    upwards = oldest_first == is_after
    asked = heads
    if place is not None:
        asked = asked.where(head > place.sequence if upwards else head < place.sequence)
    found = list(db.session.scalars(asked.order_by(head if upwards else head.desc()).limit(size + 1)))
    more, shown = len(found) > size, found[:size]
    if not is_after:
        shown.reverse()
    return ActPage(_tell(shown), place is not None if is_after else more, more if is_after else True)


def count_acts(heads: Select[int]) -> int:
    """Return how many acts there are."""
    return db.session.scalar(select(func.count()).select_from(heads.subquery())) or 0


def acts_headed(heads: Sequence[int]) -> tuple[Act, ...]:
    """Return the acts with some first entries, in that order."""
    return _tell(heads)


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
            before.get(entry.sequence, {}),
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
