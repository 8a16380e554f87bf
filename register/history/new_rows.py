"""Very many new rows, recorded: the rows and the entries that the session would write one by one, at once.

Example: `record_rows(actor, "contact:added", [NewRows(table, names, rows, acts=range(len(rows)))])`.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from sqlalchemy import Column, Table

from register.database.rows import Row, insert_rows
from register.history.coverage import as_recorded, covered_columns
from register.history.envelope import WRITERS, Plain, committed, plain
from register.history.sealing import REASON, Act, Draft, Part
from register.history.written_at_once import written_at_once


class NewRows(NamedTuple):
    """Rows that a table is to have."""

    table: Table
    names: tuple[str, ...]
    """Every column, the id among them; ids come from `set_aside_ids`."""
    rows: Sequence[Row]
    acts: Sequence[int]
    """For each row the number of the act that it is part of, from 0."""


class NewActs(NamedTuple):
    """Acts of one kind by one person that made rows, each as `recorded` would have noted it."""

    actor: str
    action: str
    made: Sequence[NewRows]
    reason: str | Sequence[str] | None
    """The one of all, or that of each act by its number."""

    @property
    def drafts(self) -> Sequence[Draft]:
        """Nothing: rows that came by the thousand are not told one by one."""
        return ()

    def acts(self) -> Iterator[Act]:
        """Return the acts by their numbers, each with the rows of the table that it is about first."""
        count = max((max(new.acts) for new in self.made if new.rows), default=-1) + 1
        parts: list[list[Part]] = [[] for _ in range(count)]
        scopes: list[int | None] = [None] * count
        subject = self.action.partition(":")[0]
        for new in sorted(self.made, key=lambda new: new.table.name != subject):
            for number, part in zip(new.acts, _parts(new, self.reason), strict=True):
                parts[number].append(part)
        for new in self.made:
            if own := _scopes(new):
                scopes = [had or own.get(number) for number, had in enumerate(scopes)]
        return (
            Act(self.actor, self.action, scope_id, some)
            for scope_id, some in zip(scopes, parts, strict=True)
            if some
        )


def record_rows(
    actor: str, action: str, made: Sequence[NewRows], reason: str | Sequence[str] | None = None
) -> None:
    """Insert rows, tables in the order given, and record them; the commit seals them, or `seal_recorded` before it.

    A `reason` is that of all, or each act has its own.

    All are of covered tables. It checks no rules: whoever calls has checked those that hold for each row. Raises
    RuntimeError inside `recorded`.
    """
    with written_at_once(NewActs(actor, action, made, reason)) as connection:
        for new in made:
            insert_rows(connection, new.table, new.names, new.rows)


def _scopes(new: NewRows) -> dict[int, int]:
    """Return the partnership that the rows of each act belong to, or are: that of the first which has one."""
    name = "id" if new.table.name == "partnership" else "partnership_id"
    if name not in new.names:
        return {}
    place = new.names.index(name)
    return {act: row[place] for act, row in zip(reversed(new.acts), reversed(new.rows), strict=True) if row[place]}


def _parts(new: NewRows, reason: str | Sequence[str] | None) -> Iterator[Part]:
    if not new.rows:
        return
    columns = dict(zip(new.names, zip(*new.rows, strict=True), strict=True))
    ids, versions = columns["id"], columns.get("version", (1,) * len(new.rows))
    values = {column.name: _recorded(column, columns[column.name]) for column in covered_columns(new.table)}
    if reason:
        values[REASON] = [reason] * len(new.rows) if isinstance(reason, str) else [reason[act] for act in new.acts]
    yield from map(Part, repeat(new.table.name), ids, versions, committed(tuple(values), list(values.values())))


def _recorded(column: Column[object], values: Sequence[object]) -> Sequence[Plain]:
    """Return a column's values as the history keeps them; days and instants come again and again."""
    if column.info.get("secret"):
        return [as_recorded(column, value) for value in values]
    types = set(map(type, values))
    if types <= WRITERS.keys():
        return values  # type: ignore[return-value]  # all are plain already
    if types == {datetime} and values.count(values[0]) == len(values):
        return [plain(values[0])] * len(values)
    return [value if value.__class__ in WRITERS else _plain(value) for value in values]  # type: ignore[misc]


def _plain(value: object) -> Plain:
    return _plain_day(value) if isinstance(value, date) else plain(value)


_plain_day = lru_cache(maxsize=5000)(plain)
