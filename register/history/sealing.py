"""Sealing: recorded changes become entries, each holding the hash of the one before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from register.clock import now
from register.database.rows import Row, insert_rows, table_of
from register.history.envelope import FIRST_LINK, Committed, Plain, committed, link, plain, sealed
from register.history.models import HistoryEntry, HistoryHead, HistoryValue

REASON = "@reason"
"""The field under which an entry's reason is kept: a reason may name people, so it must be erasable too."""

SEALED = "history size"


def sealed_size(session: Session) -> int | None:
    """Return how long the history was when this session last sealed something, None when it has not."""
    size: int | None = session.info.get(SEALED)
    return size


@dataclass(frozen=True)
class Draft:
    """What one flush wrote of one row."""

    entity: str
    entity_id: int
    version: int
    values: dict[str, Plain]
    scope_id: int | None = None
    """The partnership that the row belongs to."""
    before: dict[str, Plain] = field(default_factory=dict)
    """What the changed columns of a row that was there held before; it is not sealed."""

    def part(self, reason: str | None) -> "Part":
        """Return what is sealed of it, with the reason of the act."""
        values = {**self.values, REASON: reason} if reason else self.values
        [kept] = committed(tuple(values), [[value] for value in values.values()])
        return Part(self.entity, self.entity_id, self.version, kept)


class Part(NamedTuple):
    """What an act did to one row, committed to."""

    entity: str
    entity_id: int
    version: int
    kept: Committed


class Act(NamedTuple):
    """One act of one person, ready to be sealed."""

    actor: str
    action: str
    scope_id: int | None
    """The partnership whose story the act belongs to."""
    parts: Sequence[Part]
    """Its subject's first: the first entry stands for the whole act."""


class Sealable(Protocol):
    """A change that can be sealed."""

    @property
    def drafts(self) -> Sequence[Draft]:
        """What was noted of each row; nothing of rows that came by the thousand."""

    def acts(self) -> Iterable[Act]:
        """Return what was done, act by act; nothing where no row changed."""


ENTRY, VALUE, HEAD = (table_of(model) for model in (HistoryEntry, HistoryValue, HistoryHead))
ENTRY_NAMES = (
    "sequence", "at", "actor", "action", "entity", "entity_id", "part_of", "scope_id", "envelope", "entry_hash",
)
LAST = select(HEAD.c.size, HEAD.c.entry_hash).where(HEAD.c.id == 1).with_for_update()


def seal(session: Session, acts: Iterable[Act]) -> None:
    """Append an entry for each part of each act and move the head; the head's lock is the last thing taken."""
    connection = session.connection()
    head = connection.execute(LAST).one_or_none()
    size, previous = head or (0, FIRST_LINK)
    entries: list[Row] = []
    values: list[Row] = []
    for entry, opened in _entries(acts, size, previous, now()):
        entries.append(entry)
        values.append((entry[0], opened))
    size, previous = entries[-1][0], entries[-1][-1]
    session.info[SEALED] = size
    insert_rows(connection, ENTRY, ENTRY_NAMES, entries)
    insert_rows(connection, VALUE, ("sequence", "values"), values)
    if head is None:
        insert_rows(connection, HEAD, ("id", "size", "entry_hash"), [(1, size, previous)])
    else:
        connection.execute(update(HEAD).where(HEAD.c.id == 1).values(size=size, entry_hash=previous))


def _entries(acts: Iterable[Act], size: int, previous: str, at: datetime) -> Iterator[tuple[Row, str]]:
    """Yield each entry's columns, and the salts and values beside it."""
    shown = str(plain(at))
    for actor, action, scope_id, parts in acts:
        part_of = size + 1
        for entity, entity_id, version, kept in parts:
            size += 1
            envelope = sealed(
                sequence=size, at=shown, actor=actor, action=action, entity=entity, entity_id=entity_id,
                version=version, part_of=part_of, scope_id=scope_id, fields=kept.fields,
            )
            previous = link(previous, envelope)
            row = (size, at, actor, action, entity, entity_id, part_of, scope_id, envelope, previous)
            yield row, kept.values
