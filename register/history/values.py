"""The values behind the history's commitments: what a row held at a version, and what each entry changed."""

import json
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from register.database import db
from register.history.envelope import Plain
from register.history.lookups import entries_of
from register.history.models import HistoryEntry, HistoryValue
from register.history.sealing import REASON

Values = dict[str, Plain]


def opened_values(sequences: list[int]) -> dict[int, Values]:
    """Return the values of some entries by sequence; erased fields are missing."""
    rows = db.session.scalars(select(HistoryValue).where(HistoryValue.sequence.in_(sequences)))
    return {row.sequence: {name: pair[1] for name, pair in json.loads(row.values).items()} for row in rows}


def values_at_version(entity: str, entity_id: int, version: int) -> Values:
    """Return what a row held when it had a version: its entries up to that one, later ones over earlier ones."""
    entries = [entry for entry in entries_of(entity, entity_id) if version_of(entry) <= version]
    opened = opened_values([entry.sequence for entry in entries])
    held: Values = {}
    for entry in entries:
        held.update({name: value for name, value in opened.get(entry.sequence, {}).items() if name != REASON})
    return held


def version_of(entry: HistoryEntry) -> int:
    """Return the row's version after the change."""
    version: int = json.loads(entry.envelope)["version"]
    return version


def values_before(entries: Sequence[HistoryEntry]) -> dict[int, Values]:
    """Return, for each of some entries, what its row held before it; entries that made a row are missing."""
    rows: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        rows[entry.entity].add(entry.entity_id)
    if not rows:
        return {}
    last = max(entry.sequence for entry in entries)
    # One question a table, put in order here: asked for all at once in the order of the chain, the whole chain is read.
    found = [
        entry
        for entity, ids in rows.items()
        for entry in db.session.scalars(
            select(HistoryEntry).where(HistoryEntry.entity == entity, HistoryEntry.entity_id.in_(ids)),
        )
    ]
    earlier = sorted((entry for entry in found if entry.sequence <= last), key=lambda entry: entry.sequence)
    opened = opened_values([entry.sequence for entry in earlier])
    wanted = {entry.sequence for entry in entries}
    held: dict[tuple[str, int], Values] = {}
    before: dict[int, Values] = {}
    for entry in earlier:
        key = (entry.entity, entry.entity_id)
        if entry.sequence in wanted and key in held:
            before[entry.sequence] = dict(held[key])
        held.setdefault(key, {}).update(opened.get(entry.sequence, {}))
    return before
