"""Verification: the chain link by link, each commitment, and every live value against the last recorded one.

What it proves: that what stands in the tables is what the history recorded, and that the history was not altered in its
middle. What it does not prove: that the last entries were not cut off together with the rows (only a checkpoint kept
elsewhere shows that), that an officer wrote the truth, or that something was entered at all.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from register.database import db
from register.history.coverage import recorded_tables
from register.history.envelope import ERASED, FIRST_LINK, SALT_LENGTH, Plain, canonical, commitment, link, plain
from register.history.live import Latest, check_table
from register.history.models import HistoryEntry, HistoryHead, HistoryValue
from register.history.sealing import REASON

BATCH = 2000


@dataclass(frozen=True)
class Verdict:
    """What a verification found."""

    entries: int
    values: int
    """Live values compared."""
    last_hash: str
    problems: tuple[str, ...]
    erased: int = 0
    """Values that are gone and of which an entry says that they were erased."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


@dataclass
class Gaps:
    """Values that are not there, and those of which an entry says that they were erased; by entry and field."""

    missing: dict[tuple[int, str], str] = field(default_factory=dict)
    erased: set[tuple[int, str]] = field(default_factory=set)

    def note(self, entry: HistoryEntry, pair: object) -> None:
        """Take up what an entry says was erased: only of entries before it."""
        said = pair[1] if isinstance(pair, list) and len(pair) == len(("salt", "value")) else None
        for one in said if isinstance(said, list) else ():
            if isinstance(one, list) and len(one) == len(("entry", "field")) and isinstance(one[0], int):
                self.erased |= {(one[0], str(one[1]))} if one[0] < entry.sequence else set()

    def problems(self) -> Iterator[str]:
        """Yield what no erasure explains, and what an erasure says is gone and stands there."""
        yield from (said for place, said in self.missing.items() if place not in self.erased)
        for sequence, name in sorted(self.erased - self.missing.keys()):
            yield f"Entry {sequence}: the value of {name} was erased and is here again."


def verify() -> Verdict:
    """Check the whole history and every live value; each problem is a sentence that names the record and the field."""
    problems: list[str] = []
    latest: Latest = defaultdict(dict)
    gaps = Gaps()
    previous, count = FIRST_LINK, 0
    for entry, stored in _entries():
        count += 1
        problems.extend(_check_entry(entry, previous, count))
        problems.extend(_check_values(entry, stored, latest[entry.entity, entry.entity_id], gaps))
        previous = entry.entry_hash
    problems.extend(gaps.problems())
    problems.extend(_check_head(count, previous))
    problems.extend(_check_stray_values())
    compared = 0
    for name, table in sorted(recorded_tables().items()):
        seen, found = check_table(name, table, latest)
        compared += seen
        problems.extend(found)
    return Verdict(count, compared, previous, tuple(problems), len(gaps.erased))


def _entries() -> Iterator[tuple[HistoryEntry, str | None]]:
    """Yield each entry with its values as they are stored, oldest first, a batch at a time."""
    after: int | None = None
    while True:
        asked = (
            select(HistoryEntry, HistoryValue.values)
            .outerjoin(HistoryValue, HistoryValue.sequence == HistoryEntry.sequence)
            .order_by(HistoryEntry.sequence)
            .limit(BATCH)
        )
        rows = db.session.execute(asked if after is None else asked.where(HistoryEntry.sequence > after)).all()
        yield from ((entry, values) for entry, values in rows)
        if len(rows) < BATCH:
            return
        after = rows[-1][0].sequence


def _check_entry(entry: HistoryEntry, previous: str, place: int) -> Iterator[str]:
    """Check an entry's place, its link, its form and the columns beside its envelope."""
    where = f"Entry {entry.sequence}"
    if entry.sequence != place:
        yield f"{where} stands where entry {place} should be: entries are missing."
    if link(previous, entry.envelope) != entry.entry_hash:
        yield f"{where} ({entry.action}, {entry.entity} {entry.entity_id}) does not follow from the entry before it."
    envelope = _object(entry.envelope)
    if envelope is None or not isinstance(envelope.get("fields"), dict):
        yield f"{where} cannot be read."
        return
    if not _is_canonical(envelope, entry.envelope):
        yield f"{where} is not written in the canonical form."
    for name in ("sequence", "at", "actor", "action", "entity", "entity_id", "part_of", "scope_id"):
        if plain(getattr(entry, name)) != envelope.get(name):
            yield f"{where}: its column {name} was altered."


def _object(document: str) -> dict[str, Any] | None:
    """Return the JSON object that a text holds, None for anything else: verification goes on to the next entry."""
    try:
        found = json.loads(document)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _is_canonical(document: dict[str, Any], written: str) -> bool:
    try:
        return canonical(document) == written
    except ValueError:
        return False


def _check_values(entry: HistoryEntry, stored: str | None, values: dict[str, Plain], gaps: Gaps) -> Iterator[str]:
    """Check the values behind an entry's commitments, and put them into `values` by field."""
    where = f"Entry {entry.sequence} ({entry.entity} {entry.entity_id})"
    pairs = _object(stored) if stored is not None else {}
    if pairs is None:
        yield f"{where}: its recorded values cannot be read."
        pairs = {}
    committed = _committed(entry)
    for name in sorted(pairs.keys() | committed.keys()):
        pair = pairs.get(name)
        if name not in committed:
            yield f"{where}: the value of {name} was slipped in."
        elif pair is None:
            gaps.missing[entry.sequence, name] = f"{where}: the value of {name} is missing, and no erasure says why."
        elif not _holds(pair, committed[name]):
            yield f"{where}: the recorded value of {name} was altered."
        elif name == ERASED:
            gaps.note(entry, pair)
        if name != REASON:
            values[name] = pair[-1] if isinstance(pair, list) and pair else None


def _committed(entry: HistoryEntry) -> dict[str, Any]:
    found = (_object(entry.envelope) or {}).get("fields")
    return found if isinstance(found, dict) else {}


def _holds(pair: object, committed: object) -> bool:
    """Say whether a [salt, value] is what was committed to.

    The salt's length is held too: else its last digit could pass for the first one of the value.
    """
    if not isinstance(pair, list) or len(pair) != len(("salt", "value")) or not isinstance(pair[0], str):
        return False
    try:
        salt = bytes.fromhex(pair[0])
        return len(salt) == SALT_LENGTH and commitment(salt, pair[1]) == committed
    except ValueError:
        return False


def _check_stray_values() -> Iterator[str]:
    stray = select(HistoryValue.sequence).where(HistoryValue.sequence.not_in(select(HistoryEntry.sequence)))
    for sequence in db.session.scalars(stray.order_by(HistoryValue.sequence)):
        yield f"Values were slipped in for entry {sequence}, which does not exist."


def _check_head(count: int, last: str) -> Iterator[str]:
    heads = db.session.scalars(select(HistoryHead).order_by(HistoryHead.id)).all()
    head = next((head for head in heads if head.id == 1), None)
    if len(heads) > 1:
        yield "There is more than one head of the history."
    if (head.size if head else 0) != count:
        yield f"The head says {head.size if head else 0} entries, and there are {count}: the end was cut off or forged."
    elif head and head.entry_hash != last:
        yield "The head does not name the last entry."
