"""The list of erasures that is kept outside the database, so that a restore does not bring back what was erased.

It names entries and fields, with the commitments that stand in the history anyway; no value, and no salt.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from register.database import db
from register.history.checkpoint_store import Store, store_of
from register.history.envelope import ERASED
from register.history.erasing import ACT, Place, blank, place_at, places_of, remove
from register.history.models import HistoryEntry, HistoryValue
from register.history.recording import recorded
from register.refusals import Refusal
from register.settings import Settings


class Gone(NamedTuple):
    """A value that was erased: its entry, its field, and what the entry committed to."""

    sequence: int
    name: str
    commitment: str


def erased_in_history() -> Iterator[Gone]:
    """Yield every value that the history says was erased, in the order of erasing."""
    asked = (
        select(HistoryValue.values)
        .join(HistoryEntry, HistoryEntry.sequence == HistoryValue.sequence)
        .where(HistoryEntry.entity == HistoryValue.__tablename__)
        .order_by(HistoryEntry.sequence)
    )
    for stored in db.session.scalars(asked).all():
        for sequence, name in json.loads(stored)[ERASED][1]:
            envelope = db.session.scalars(select(HistoryEntry.envelope).filter_by(sequence=sequence)).one()
            yield Gone(sequence, name, json.loads(envelope)["fields"][name])


def keep_list(settings: Settings) -> None:
    """Add what was erased to the list outside the database, on the disk before this returns."""
    store = store_of(settings)
    with store.locked():
        known = set(listed(store))
        new = [gone for gone in erased_in_history() if gone not in known]
        if new:
            with _file(store).open("a", encoding="utf-8") as handle:
                handle.writelines(json.dumps(gone._asdict()) + "\n" for gone in new)
                handle.flush()
                os.fsync(handle.fileno())


def listed(store: Store) -> list[Gone]:
    """Return the list. Raises Refusal when it cannot be read: a restore without it would bring erased words back."""
    path = _file(store)
    if not path.exists():
        return []
    try:
        lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        return [Gone(int(one["sequence"]), str(one["name"]), str(one["commitment"])) for one in lines]
    except (ValueError, TypeError, KeyError) as error:
        raise Refusal(f"{path} is damaged: it says what must not come back after a restore.") from error


def erase_again(settings: Settings) -> int:
    """Erase what a restored backup still holds of the list; return how many values.

    Only where the entry committed to the very value that was erased: after another restore the same number may name
    another entry. Each partnership's part is an act of its own, so that nobody reads of another partnership in it.
    """
    found = (place_at(gone.sequence, gone.name) for gone in listed(store_of(settings)) if _is_committed(gone))
    by_scope: dict[int | None, list[Place]] = defaultdict(list)
    for place in found:
        if place is not None:
            by_scope[place.scope_id].append(place)
    for places in by_scope.values():
        with recorded("register", "history_value:erased-again"):
            fields = {place.field for place in places if place.field.entity != ACT}
            newest = {place.field: place.sequence for place in places_of(fields)}
            blank(sorted({place.field for place in places if newest.get(place.field) == place.sequence}))
            remove(places)
    return sum(map(len, by_scope.values()))


def _is_committed(gone: Gone) -> bool:
    entry = db.session.get(HistoryEntry, gone.sequence)
    return entry is not None and json.loads(entry.envelope)["fields"].get(gone.name) == gone.commitment


def _file(store: Store) -> Path:
    return store.folder / "erasures.jsonl"
