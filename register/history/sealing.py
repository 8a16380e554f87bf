"""Sealing: recorded changes become entries, each holding the hash of the one before."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from register.clock import now
from register.history.envelope import FIRST_LINK, SALT_LENGTH, Plain, canonical, commitment, link, plain
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


class Sealable(Protocol):
    """A change that is ready to be sealed."""

    actor: str
    action: str
    reason: str | None

    @property
    def scope_id(self) -> int | None:
        """The partnership whose story the act belongs to."""

    def in_order(self) -> list[Draft]:
        """Return what the change wrote, its subject first."""


def seal(session: Session, changes: Sequence[Sealable]) -> None:
    """Append an entry for each draft and move the head; the head's lock is the last thing taken."""
    head = session.execute(
        select(HistoryHead.size, HistoryHead.entry_hash).where(HistoryHead.id == 1).with_for_update(),
    ).one_or_none()
    size, previous = head or (0, FIRST_LINK)
    at = now()
    entries: list[dict[str, Any]] = []
    values: list[dict[str, Any]] = []
    for change in changes:
        part_of = size + 1
        for draft in change.in_order():
            size += 1
            salted = _salted(draft.values, change.reason)
            fields = {
                "sequence": size,
                "at": at,
                "actor": change.actor,
                "action": change.action,
                "entity": draft.entity,
                "entity_id": draft.entity_id,
                "part_of": part_of,
                "scope_id": change.scope_id,
            }
            envelope = canonical(
                {
                    **fields,
                    "at": plain(at),
                    "version": draft.version,
                    "fields": {name: commitment(bytes.fromhex(salt), value) for name, (salt, value) in salted.items()},
                },
            )
            previous = link(previous, envelope)
            entries.append({**fields, "envelope": envelope, "entry_hash": previous})
            values.append({"sequence": size, "values": canonical({name: list(pair) for name, pair in salted.items()})})
    session.info[SEALED] = size
    connection = session.connection()
    connection.execute(insert(HistoryEntry), entries)
    connection.execute(insert(HistoryValue), values)
    if head is None:
        session.execute(insert(HistoryHead).values(id=1, size=size, entry_hash=previous))
    else:
        session.execute(update(HistoryHead).where(HistoryHead.id == 1).values(size=size, entry_hash=previous))


def _salted(values: dict[str, Plain], reason: str | None) -> dict[str, tuple[str, Plain]]:
    """Give each value a salt of its own, so that a short value cannot be guessed from its commitment."""
    with_reason = {**values, REASON: reason} if reason else values
    return {name: (os.urandom(SALT_LENGTH).hex(), value) for name, value in with_reason.items()}
