"""The rows that very many logged interactions become; each entry's number among them is that of its act."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from register.database import Base, db
from register.database.rows import Row, set_aside_ids, table_of
from register.history.new_rows import NewRows
from register.interactions.changes import Opinion, evidence_from
from register.interactions.checks import NewReading, Present
from register.interactions.logbook_lookups import Entry
from register.interactions.models import Attendance, Commitment, Interaction, Reading
from register.trust.inflow_changes import Sourced

INTERACTION = table_of(Interaction)
INTERACTION_NAMES = (
    "id", "partnership_id", "kind", "held_on", "account", "recorded_at", "recorded_by_id", "first_version_id",
    "correction_reason", "superseded_at", "superseded_by_id",
)
COMMITMENT_NAMES = (
    "partnership_id", "interaction_id", "promisor_id", "promisee_id", "what", "made_on", "due_on", "replaces_id",
    "recorded_at", "recorded_by_id",
)


def rows_of(by_id: int, entries: Sequence[Entry], ids: Sequence[int], at: datetime) -> list[NewRows]:
    """Return the rows of checked entries: interactions, who was there, and readings."""
    interactions = [
        (key, one.partnership_id, one.happening.kind, one.happening.held_on, one.happening.account or "", at, by_id,
         None, None, None, None)
        for key, one in zip(ids, entries, strict=True)
    ]
    present = [
        (act, (ids[act], *one)) for act, entry in enumerate(entries) for one in entry.happening.present
    ]
    readings = [
        (act, (ids[act], by_id, *one)) for act, entry in enumerate(entries) for one in entry.happening.readings
    ]
    return [
        NewRows(INTERACTION, INTERACTION_NAMES, interactions, range(len(ids))),
        _numbered(Attendance, ("interaction_id", *Present._fields), present),
        _numbered(Reading, ("interaction_id", "rated_by_id", *NewReading._fields), readings),
    ]


def promises_of(by_id: int, entries: Sequence[Entry], ids: Sequence[int], at: datetime) -> NewRows:
    """Return the rows of the promises made in checked entries."""
    return _numbered(Commitment, COMMITMENT_NAMES, [
        (act, (entry.partnership_id, ids[act], promise.promisor_id, promise.promisee_id, promise.what,
               entry.happening.held_on, promise.due_on, None, at, by_id))
        for act, entry in enumerate(entries) for promise in entry.commitments
    ])  # fmt: skip


def _numbered(model: type[Base], names: tuple[str, ...], rows: Sequence[tuple[int, Row]]) -> NewRows:
    """Give rows their ids."""
    table = table_of(model)
    ids = set_aside_ids(db.session.connection(), table, len(rows))
    kept = [(key, *row) for key, (_, row) in zip(ids, rows, strict=True)]
    return NewRows(table, ("id", *names), kept, [act for act, _ in rows])


def evidence_of(by_id: int, entries: Sequence[Entry], ids: Sequence[int]) -> Iterator[Sourced]:
    """Yield what the readings of checked entries say about relationships."""
    for act, entry in enumerate(entries):
        if entry.happening.readings and entry.happening.held_on:
            source = f"interaction:{ids[act]}"
            opinions = [Opinion(by_id, reading) for reading in entry.happening.readings]
            for piece in evidence_from(entry.happening.held_on, opinions):
                yield Sourced(act, entry.partnership_id, source, piece)
