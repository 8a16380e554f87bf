"""Erasing: values and their salts leave the history and the live rows, and an entry says which are gone.

The commitments stay, so the chain still holds, and nobody can show any more what they were made of: each was salted.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import inspect, select, tuple_, update

from register.database import Base, db
from register.database.sweeping import ERASED_LATELY
from register.history.coverage import recorded_tables
from register.history.envelope import ERASED, Plain, canonical
from register.history.guard import close_guard, open_guard
from register.history.ledger import ledger_of
from register.history.models import HistoryEntry, HistoryValue
from register.history.sealing import REASON, Draft

MARK = "Erased"
"""What stands in the place of a text that a row cannot be without."""
ACT = "history_entry"
"""The table under which the reason of an act is named: `Field("history_entry", 7, "@reason")`."""
MENTIONS = 200
"""Values that a search for words returns at most."""


class Field(NamedTuple):
    """One field of one record: `Field("contact", 3, "name")`."""

    entity: str
    entity_id: int
    name: str


class Place(NamedTuple):
    """Where the history keeps a value: in which entry, as which field, and what the entry committed to."""

    field: Field
    sequence: int
    name: str
    value: Plain
    commitment: str
    part_of: int
    scope_id: int | None


def places_of(fields: Collection[Field]) -> list[Place]:
    """Return where the history keeps something of some fields, oldest first."""
    acts = [field.entity_id for field in fields if field.entity == ACT]
    rows = {(field.entity, field.entity_id) for field in fields if field.entity != ACT}
    wanted = set(fields)
    found = [place for place in _places(HistoryEntry.part_of.in_(acts)) if place.name == REASON] if acts else []
    if rows:
        asked = tuple_(HistoryEntry.entity, HistoryEntry.entity_id).in_(rows)
        found += [place for place in _places(asked) if place.field in wanted]
    places = {(place.sequence, place.name): place for place in found if place.value not in (None, "", MARK)}
    return [places[key] for key in sorted(places)]


def place_at(sequence: int, name: str) -> Place | None:
    """Return what an entry holds as a field, None where that is gone."""
    return next((place for place in _places(HistoryEntry.sequence == sequence) if place.name == name), None)


def with_reasons(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return fields with the reasons of acts that say the same words, and the fields that repeat such a reason.

    The reason of a correction, for example, stands in the corrected row and beside each entry of the act.
    """
    found: set[Field] = set()
    more = set(fields)
    while more:
        found |= more
        places = places_of(more)
        acts = {place.part_of for place in places}
        same = {(place.part_of, place.value) for place in places}
        beside = _places(HistoryEntry.part_of.in_(acts)) if acts else []
        reasons = {(place.part_of, place.value) for place in beside if place.name == REASON} & same
        more = {place.field for place in beside if (place.part_of, place.value) in reasons} - found
    return tuple(sorted(found))


def places_with(words: str) -> list[Place]:
    """Return where the history keeps a value with some words in it, whatever their capitals, newest first."""
    written = json.dumps(words)[1:-1]
    places = _places(HistoryValue.values.icontains(written, autoescape=True), MENTIONS)
    texts = (place for place in places if isinstance(place.value, str) and place.name != ERASED)
    return [place for place in texts if words.casefold() in str(place.value).casefold()]


def _places(condition: object, most: int | None = None) -> list[Place]:
    asked = (
        select(HistoryEntry, HistoryValue.values)
        .join(HistoryValue, HistoryValue.sequence == HistoryEntry.sequence)
        .where(condition)  # type: ignore[arg-type]  # any condition on entries and values
        .order_by(HistoryEntry.sequence.desc() if most else HistoryEntry.sequence)
    )
    return [
        Place(
            Field(ACT, entry.part_of, REASON) if name == REASON else Field(entry.entity, entry.entity_id, name),
            entry.sequence, name, pair[1], json.loads(entry.envelope)["fields"].get(name, ""), entry.part_of,
            entry.scope_id,
        )
        for entry, values in db.session.execute(asked.limit(most))
        for name, pair in json.loads(values).items()
    ]  # fmt: skip


def erase(fields: Collection[Field]) -> int:
    """Erase fields everywhere, inside a recorded change; return how many values of the history went.

    Raises RuntimeError outside a recorded change.
    """
    places = places_of(fields)
    blank(field for field in fields if field.entity != ACT)
    remove(places)
    return len(places)


def blank(fields: Iterable[Field]) -> None:
    """Empty the live columns of fields, or put the mark where a row cannot be without a text."""
    for entity, entity_id, name in fields:
        mapper = next(mapper for mapper in Base.registry.mappers if mapper.local_table is recorded_tables()[entity])
        row = db.session.get(mapper.class_, entity_id)
        column = recorded_tables()[entity].columns[name]
        key = inspect(mapper).get_property_by_column(column).key
        if row is not None and getattr(row, key) is not None:
            setattr(row, key, None if column.nullable else MARK)
    db.session.flush()


def remove(places: Collection[Place]) -> None:
    """Take values and salts out of the history, and draft the entry that says so."""
    session = db.session()
    change = ledger_of(session).open
    if change is None:
        raise RuntimeError("Values are erased inside a recorded change only.")
    if not places:
        return
    gone: dict[int, set[str]] = defaultdict(set)
    for place in places:
        gone[place.sequence].add(place.name)
    open_guard(session.connection())
    for sequence, names in gone.items():
        stored = json.loads(session.scalars(select(HistoryValue.values).filter_by(sequence=sequence)).one())
        left = canonical({name: pair for name, pair in stored.items() if name not in names})
        session.execute(update(HistoryValue).filter_by(sequence=sequence).values(values=left))
    close_guard(session.connection())
    said: list[Plain] = [[sequence, name] for sequence in sorted(gone) for name in sorted(gone[sequence])]
    change.drafts.append(Draft(HistoryValue.__tablename__, min(gone), 1, {ERASED: said}, change.scope_id))
    session.info[ERASED_LATELY] = True
