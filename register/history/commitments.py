"""What entries committed to: each envelope's form, and the salts and values behind its commitments.

An entry is sealed again from the columns and values that stand beside it. Where the same envelope comes out, all of
them are right; only where another does is it found out which is not.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select

from register.database import db
from register.history.envelope import SALT_LENGTH, WRITERS, Plain, canonical, forms, sealed
from register.history.live import instant, streamed
from register.history.sealing import ENTRY, REASON, VALUE

COLUMNS = ("sequence", "at", "actor", "action", "entity", "entity_id", "part_of", "scope_id", "envelope")
BESIDE = COLUMNS[:-1]
"""The columns that repeat what the envelope says."""
VERSION = '"version":'
"""The last key of an envelope."""

Erased = Mapping[int, set[str]]
"""The fields that were erased, by entry."""


class Entry(NamedTuple):
    """One entry as it stands, with the values behind it."""

    sequence: Any
    at: Any
    actor: Any
    action: Any
    entity: Any
    entity_id: Any
    part_of: Any
    scope_id: Any
    envelope: Any
    values: Any

    @property
    def where(self) -> str:
        """How a sentence names it."""
        return f"Entry {self.sequence}"


def entities() -> list[str]:
    """Return the tables that entries are about."""
    return sorted(filter(None, db.session.scalars(select(ENTRY.c.entity).distinct())), key=str)


def entries_about(entity: str) -> Iterator[Entry]:
    """Yield the entries about the rows of a table: by row, and each row's oldest first."""
    asked = (
        streamed(*(ENTRY.c[name] for name in COLUMNS), VALUE.c["values"])
        .select_from(ENTRY.outerjoin(VALUE, VALUE.c.sequence == ENTRY.c.sequence))
        .where(ENTRY.c.entity == entity)
        .order_by(ENTRY.c.entity_id, ENTRY.c.sequence)
    )
    for sequence, at, *rest in db.session.execute(asked):
        yield Entry(sequence, instant(at), *rest)


def object_in(document: Any) -> dict[str, Any] | None:
    """Return the JSON object that a text holds, None for anything else: verification goes on to the next entry."""
    try:
        found = json.loads(document)
    except (TypeError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def check_entry(entry: Entry, latest: dict[str, Plain], erased: Erased) -> Iterator[str]:
    """Check an entry, and put its values into `latest` by field."""
    pairs = object_in(entry.values)
    if pairs is not None and entry.sequence not in erased and _sealed_again(entry, pairs) == entry.envelope:
        for name, pair in pairs.items():
            latest[name] = pair[1]
    else:
        envelope = object_in(entry.envelope)
        yield from _check_form(entry, envelope)
        found = (envelope or {}).get("fields")
        yield from _check_values(entry, pairs, found if isinstance(found, dict) else {}, latest, erased)
    latest.pop(REASON, None)


def _sealed_again(entry: Entry, pairs: dict[str, Any]) -> str | None:
    """Return the envelope that columns and values give; None where they give none."""
    version = str(entry.envelope).rpartition(VERSION)[2][:-1]
    try:
        digests = tuple(_digest(pair) for pair in pairs.values())
        return sealed(
            sequence=entry.sequence, at=entry.at, actor=entry.actor, action=entry.action, entity=entry.entity,
            entity_id=entry.entity_id, version=int(version), part_of=entry.part_of, scope_id=entry.scope_id,
            fields=forms(tuple(pairs)).fields % digests,
        )
    except (TypeError, ValueError):
        return None


def _digest(pair: Any) -> str:
    """Return the commitment to a [salt, value]. Raises ValueError or TypeError for what is none.

    The salt's length is held too: else its last digit could pass for the first one of the value.
    """
    salt, value = pair
    key = bytes.fromhex(salt)
    if len(key) != SALT_LENGTH or pair.__class__ is not list:
        raise ValueError(salt)
    return hashlib.sha256(key + WRITERS.get(value.__class__, canonical)(value).encode()).hexdigest()


def _check_form(entry: Entry, envelope: dict[str, Any] | None) -> Iterator[str]:
    """Check an envelope's form, and the columns beside it."""
    if envelope is None or not isinstance(envelope.get("fields"), dict):
        yield f"{entry.where} cannot be read."
        return
    if not _is_canonical(envelope, entry.envelope):
        yield f"{entry.where} is not written in the canonical form."
    for name in BESIDE:
        if getattr(entry, name) != envelope.get(name):
            yield f"{entry.where}: its column {name} was altered."


def _is_canonical(document: dict[str, Any], written: str) -> bool:
    try:
        return canonical(document) == written
    except ValueError:
        return False


def _check_values(
    entry: Entry, pairs: dict[str, Any] | None, committed: dict[str, Any], latest: dict[str, Plain], erased: Erased,
) -> Iterator[str]:
    """Check the values behind an entry's commitments, and those that are gone."""
    where = f"{entry.where} ({entry.entity} {entry.entity_id})"
    if pairs is None and entry.values is not None:
        yield f"{where}: its recorded values cannot be read."
    pairs, gone = pairs or {}, erased.get(entry.sequence, set())
    for name in sorted(pairs.keys() | committed.keys()):
        pair = pairs.get(name)
        if name not in committed:
            yield f"{where}: the value of {name} was slipped in."
        elif pair is None:
            if name not in gone:
                yield f"{where}: the value of {name} is missing, and no erasure says why."
        elif not holds(pair, committed[name]):
            yield f"{where}: the recorded value of {name} was altered."
        latest[name] = pair[-1] if isinstance(pair, list) and pair else None
    for name in sorted(gone & pairs.keys() | gone - committed.keys()):
        yield f"{entry.where}: the value of {name} was erased and is here again."


def holds(pair: Any, committed: object) -> bool:
    """Say whether a [salt, value] is what was committed to."""
    try:
        return _digest(pair) == committed
    except (TypeError, ValueError):
        return False
