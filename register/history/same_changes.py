"""One column of very many rows set to one value, recorded: what the session would write row by row, at once.

Example: `record_same(actor, "interaction:undone", 7, [SameChange(table, "superseded_at", at, ids)], why)`.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Table, update

from register.history.coverage import as_recorded
from register.history.envelope import committed
from register.history.sealing import REASON, Act, Draft, Part
from register.history.written_at_once import written_at_once

AT_ONCE = 500
"""Rows changed by one statement: below the limits of both databases."""


class SameChange(NamedTuple):
    """Rows of a table of which a column gets a value."""

    table: Table
    """Without versions: its rows are superseded or withdrawn, never edited."""
    column: str
    value: object
    ids: Sequence[int]


class SameAct(NamedTuple):
    """An act of one person that changed rows alike, as `recorded` would have noted it."""

    actor: str
    action: str
    scope_id: int
    changes: Sequence[SameChange]
    reason: str

    @property
    def drafts(self) -> Sequence[Draft]:
        """Nothing: rows that were changed by the thousand are not told one by one."""
        return ()

    def acts(self) -> list[Act]:
        """Return the one act, the rows of the first change first."""
        parts = [part for change in self.changes for part in _parts(change, self.reason)]
        return [Act(self.actor, self.action, self.scope_id, parts)] if parts else []


def record_same(actor: str, action: str, scope_id: int, changes: Sequence[SameChange], reason: str) -> None:
    """Change rows and record it as one act about a partnership; whoever calls has checked what rules there are.

    The first change is of the table that the action names. Raises RuntimeError inside `recorded`.
    """
    with written_at_once(SameAct(actor, action, scope_id, changes, reason)) as connection:
        for table, column, value, ids in changes:
            for start in range(0, len(ids), AT_ONCE):
                some = ids[start : start + AT_ONCE]
                connection.execute(update(table).where(table.c.id.in_(some)).values({column: value}))


def _parts(change: SameChange, reason: str) -> Iterator[Part]:
    if change.ids:
        count = len(change.ids)
        value = as_recorded(change.table.columns[change.column], change.value)
        kept = committed((change.column, REASON), ([value] * count, [reason] * count))
        yield from (Part(change.table.name, key, 1, one) for key, one in zip(change.ids, kept, strict=True))
