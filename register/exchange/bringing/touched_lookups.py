"""What stands in the way of undoing a batch: its records were changed since, or others have come to hang on them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Table, exists, or_, select

from register.accounts.models import Person
from register.database import db
from register.exchange.bringing.batch_lookups import Row, Written, changed_later
from register.exchange.bringing.lookups import in_portions
from register.history.coverage import recorded_tables
from register.history.models import HistoryEntry
from register.history.sentences import label_of
from register.partnerships.models import Partnership
from register.partnerships.visibility import partnerships_where, visible_to

Part = tuple[int, int]
"""The first and the last sequence of a part of the history."""
OPEN = ("organisation", "contact", "organisation_alias", "organisation_successor", "organisation_membership")
"""Tables outside any partnership, whose rows everybody may know of."""


def hidden_from(person: Person | None) -> set[int | None]:
    """Return the partnerships that a person may not know of; none for the command line."""
    if person is None:
        return set()
    return set(db.session.scalars(select(Partnership.id).where(~visible_to(person))))


def obstacles(
    rows: Sequence[Written], part: Part, person: Person | None, hidden: Collection[int | None]
) -> list[str]:
    """Return a sentence for each record that keeps a batch from being undone, those that a person may know of."""
    later = {row for row, scope_id in changed_later(*part) if scope_id not in hidden}
    found = [f"{_named(row)} was changed since." for row in sorted(later)]
    found += [f"{_named(row)} is used since: {by}." for row, by in _used(rows, part, person)]
    found += [f"{_named(('partnership', scope))} is no longer yours to edit." for scope in _lost(rows, person)]
    return list(dict.fromkeys(found))


def _lost(rows: Sequence[Written], person: Person | None) -> list[int]:
    """Return the partnerships of the batch that its person looks after no more."""
    scopes = {one.scope_id for one in rows if one.scope_id}
    if person is None or not scopes:
        return []
    mine = set(db.session.scalars(select(Partnership.id).where(partnerships_where(person, "partnership:edit"))))
    return sorted(scopes - mine)


def _used(rows: Sequence[Written], part: Part, person: Person | None) -> Iterator[tuple[Row, str]]:
    """Yield the rows of a batch that rows outside it have come to refer to, with the sort of those."""
    made: dict[str, list[int]] = {}
    for one in rows:
        if one.is_new:
            made.setdefault(one.row[0], []).append(one.row[1])
    for table, column, target in _references():
        own = exists().where(
            HistoryEntry.entity == table.name,
            HistoryEntry.entity_id == table.c.id,
            HistoryEntry.sequence.between(*part),
        )
        for some in in_portions(_runs(made.get(target, ()))):
            meant = or_(*(column.between(*run) for run in some))
            for owner in db.session.scalars(select(column).where(meant, ~own, *_visible(table, person)).distinct()):
                yield (target, owner), label_of(table.name).lower()


def leaves() -> frozenset[str]:
    """Return the recorded tables to which nothing refers."""
    return frozenset(recorded_tables()) - {target for _, _, target in _references()}


def _runs(ids: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield ids as runs without gaps, each by its first and last: those that came together stand in a row."""
    first = last = None
    for key in sorted(ids):
        if first is None or last is None or key > last + 1:
            if first is not None and last is not None:
                yield first, last
            first = key
        last = key
    if first is not None and last is not None:
        yield first, last


def _references() -> Iterator[tuple[Table, Column[Any], str]]:
    """Yield every column of a recorded table that refers to another, with the name of that one."""
    for table in recorded_tables().values():
        for column in table.columns:
            yield from ((table, column, key.column.table.name) for key in column.foreign_keys)


def _visible(table: Table, person: Person | None) -> list[Any]:
    """Return the conditions under which a person may know of a table's rows; impossible where nothing says."""
    if "partnership_id" in table.columns:
        seen = select(Partnership.id).where(visible_to(person)) if person else select(Partnership.id)
        return [table.c.partnership_id.in_(seen)]
    return [] if table.name in OPEN else [table.c.id < 0]


def _named(row: Row) -> str:
    """Return how a sentence begins that is about a row: by its name where it has one."""
    table = recorded_tables()[row[0]]
    for column in ("name", "what", "role"):
        if column in table.columns:
            name = db.session.scalar(select(table.c[column]).where(table.c.id == row[1]))
            return f"{label_of(row[0])} “{name}”"
    return f"{label_of(row[0])} {row[1]}"
