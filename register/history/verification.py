"""Verification: the chain link by link, each commitment, and every live value against the last recorded one.

What it proves: that what stands in the tables is what the history recorded, and that the history was not altered in its
middle. What it does not prove: that the last entries were not cut off together with the rows (only a checkpoint kept
elsewhere shows that), that an officer wrote the truth, or that something was entered at all.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Table, select

from register.database import db
from register.history.coverage import as_recorded, covered_columns, recorded_tables
from register.history.envelope import FIRST_LINK, Plain, canonical, commitment, link, plain
from register.history.models import HistoryEntry, HistoryHead, HistoryValue
from register.history.sealing import REASON

Latest = dict[tuple[str, int], dict[str, Plain]]
BATCH = 2000


@dataclass(frozen=True)
class Verdict:
    """What a verification found."""

    entries: int
    values: int
    """Live values compared."""
    last_hash: str
    problems: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def verify() -> Verdict:
    """Check the whole history and every live value; each problem is a sentence that names the record and the field."""
    problems: list[str] = []
    latest: Latest = defaultdict(dict)
    previous, count = FIRST_LINK, 0
    for entry, values in _entries():
        count += 1
        problems.extend(_check_entry(entry, values, previous, count))
        previous = entry.entry_hash
        latest[entry.entity, entry.entity_id].update(values)
    problems.extend(_check_head(count, previous))
    compared = 0
    for name, table in sorted(recorded_tables().items()):
        seen, found = _check_table(name, table, latest)
        compared += seen
        problems.extend(found)
    return Verdict(count, compared, previous, tuple(problems))


def _entries() -> Iterator[tuple[HistoryEntry, dict[str, Plain]]]:
    """Yield each entry with its values, oldest first, a batch at a time."""
    after = 0
    while True:
        rows = db.session.execute(
            select(HistoryEntry, HistoryValue.values)
            .outerjoin(HistoryValue, HistoryValue.sequence == HistoryEntry.sequence)
            .where(HistoryEntry.sequence > after)
            .order_by(HistoryEntry.sequence)
            .limit(BATCH),
        ).all()
        for entry, values in rows:
            yield entry, json.loads(values) if values else {}
        if len(rows) < BATCH:
            return
        after = rows[-1][0].sequence


def _check_entry(entry: HistoryEntry, values: dict[str, Plain], previous: str, place: int) -> Iterator[str]:
    """Check one entry; replaces each [salt, value] in `values` by the value, and drops the reason."""
    where = f"Entry {entry.sequence}"
    if entry.sequence != place:
        yield f"{where} stands where entry {place} should be: entries are missing."
    if link(previous, entry.envelope) != entry.entry_hash:
        yield f"{where} ({entry.action}, {entry.entity} {entry.entity_id}) does not follow from the entry before it."
    try:
        envelope = json.loads(entry.envelope)
    except ValueError:
        yield f"{where} cannot be read."
        return
    if canonical(envelope) != entry.envelope:
        yield f"{where} is not written in the canonical form."
    yield from _check_copies(entry, envelope, where)
    yield from _check_commitments(values, envelope.get("fields", {}), f"{where} ({entry.entity} {entry.entity_id})")


def _check_copies(entry: HistoryEntry, envelope: dict[str, Plain], where: str) -> Iterator[str]:
    for name in ("sequence", "at", "actor", "action", "entity", "entity_id", "part_of", "scope_id"):
        if plain(getattr(entry, name)) != envelope.get(name):
            yield f"{where}: its column {name} was altered."


def _check_commitments(values: dict[str, Plain], committed: dict[str, str], where: str) -> Iterator[str]:
    for name in sorted(values.keys() | committed.keys()):
        pair = values.get(name)
        if name not in committed:
            yield f"{where}: the value of {name} was slipped in."
        elif not isinstance(pair, list):
            yield f"{where}: the value of {name} is missing, and no erasure says why."
        elif commitment(bytes.fromhex(str(pair[0])), pair[1]) != committed[name]:
            yield f"{where}: the recorded value of {name} was altered."
        values[name] = pair[1] if isinstance(pair, list) else None
    values.pop(REASON, None)


def _check_head(count: int, last: str) -> Iterator[str]:
    head = db.session.get(HistoryHead, 1)
    if (head.size if head else 0) != count:
        yield f"The head says {head.size if head else 0} entries, and there are {count}: the end was cut off or forged."
    elif head and head.entry_hash != last:
        yield "The head does not name the last entry."


def _check_table(name: str, table: Table, latest: Latest) -> tuple[int, list[str]]:
    """Compare every live value of a table with the last recorded one; return how many, and what differs."""
    problems = []
    columns = covered_columns(table)
    ids = set()
    for row in db.session.execute(select(table)).mappings():
        ids.add(row["id"])
        recorded = latest.get((name, row["id"]))
        if recorded is None:
            problems.append(f"{name} {row['id']} was slipped in: no entry made it.")
            continue
        problems.extend(
            f"{name} {row['id']}: {column.name} was altered behind the history."
            for column in columns
            if as_recorded(column, row[column.name]) != recorded.get(column.name)
        )
    gone = [key for entity, key in latest if entity == name and key not in ids]
    problems.extend(f"{name} {key} was deleted behind the history." for key in sorted(gone))
    return len(ids) * len(columns), problems
