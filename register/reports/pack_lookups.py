"""What an evidence pack holds: the entries of a story with their values and proofs, and the records in tables."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import InstrumentedAttribute

from register.clock import clocks_now
from register.database import db
from register.history.envelope import FIRST_LINK, Plain, plain
from register.history.models import HistoryEntry, HistoryValue
from register.history.proofs import audit_paths
from register.interactions.commitment_lookups import states_of
from register.interactions.models import Attendance, Commitment, Interaction, Reading
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Organisation

MOST_ENTRIES = 20_000
"""Entries of a pack: more would keep the reader waiting for what nobody reads."""
BATCH = 500


class Table(NamedTuple):
    """One CSV file of a pack."""

    name: str
    titles: tuple[str, ...]
    rows: Sequence[Sequence[Plain]]


def sequences_of(heads: Select[int]) -> list[int]:
    """Return the entries of some acts, at most one more than a pack may hold."""
    asked = select(HistoryEntry.sequence).where(HistoryEntry.part_of.in_(heads)).order_by(HistoryEntry.sequence)
    return list(db.session.scalars(asked.limit(MOST_ENTRIES + 1)))


def entry_lines(sequences: Sequence[int], size: int) -> Iterator[dict[str, Any]]:
    """Yield each entry as it was sealed, the hash before it, its values, and its way up to the root over `size`.

    An entry that came after the checkpoint has no way yet.
    """
    hashes = list(db.session.scalars(
        select(HistoryEntry.entry_hash).where(HistoryEntry.sequence <= max([size, *sequences], default=0))
        .order_by(HistoryEntry.sequence),
    ))
    _, paths = audit_paths(hashes[:size], [number - 1 for number in sequences if number <= size])
    for start in range(0, len(sequences), BATCH):
        rows = db.session.execute(
            select(HistoryEntry, HistoryValue.values)
            .outerjoin(HistoryValue, HistoryValue.sequence == HistoryEntry.sequence)
            .where(HistoryEntry.sequence.in_(sequences[start : start + BATCH])).order_by(HistoryEntry.sequence),
        )
        for entry, values in rows:
            yield {
                "sequence": entry.sequence, "envelope": entry.envelope, "entry_hash": entry.entry_hash,
                "previous": hashes[entry.sequence - 2] if entry.sequence > 1 else FIRST_LINK,
                "values": json.loads(values) if values else {}, "path": paths.get(entry.sequence - 1),
            }


def tables_of(scope: ColumnElement[bool], since: datetime | None, until: datetime) -> list[Table]:
    """Return as tables what was recorded of some partnerships between two instants: meetings, readings, promises."""
    meetings = and_(scope, _between(Interaction.recorded_at, since, until))
    promises = _between(Commitment.recorded_at, since, until)
    return [_interactions(meetings), _attendances(meetings), _readings(meetings), _promises(scope, promises)]


def _between(
    recorded_at: InstrumentedAttribute[datetime], since: datetime | None, until: datetime,
) -> ColumnElement[bool]:
    return recorded_at < until if since is None else and_(recorded_at >= since, recorded_at < until)


def _interactions(scope: ColumnElement[bool]) -> Table:
    asked = select(
        Interaction.id, Partnership.name, Interaction.kind, Interaction.held_on, Interaction.recorded_at,
        Interaction.account, Interaction.first_version_id, Interaction.correction_reason, Interaction.superseded_at,
    ).join(Partnership, Partnership.id == Interaction.partnership_id).where(scope).order_by(Interaction.id)
    titles = ("Id", "Partnership", "Kind", "Held on", "Recorded at", "Account", "First version", "Why corrected",
              "Superseded at")
    return _table("interactions.csv", titles, asked)


def _attendances(scope: ColumnElement[bool]) -> Table:
    asked = (
        select(Attendance.interaction_id, Organisation.name)
        .join(Organisation, Organisation.id == Attendance.organisation_id)
        .join(Interaction, Interaction.id == Attendance.interaction_id)
        .join(Partnership, Partnership.id == Interaction.partnership_id).where(scope).order_by(Attendance.id)
    )
    return _table("attendances.csv", ("Interaction", "Organisation"), asked)


def _readings(scope: ColumnElement[bool]) -> Table:
    asked = (
        select(Reading.id, Reading.interaction_id, Reading.rater_id, Reading.ratee_id, Reading.determinant,
               Reading.score, Reading.voice, Reading.evidence, Reading.rated_by_id)
        .join(Interaction, Interaction.id == Reading.interaction_id)
        .join(Partnership, Partnership.id == Interaction.partnership_id).where(scope).order_by(Reading.id)
    )
    titles = ("Id", "Interaction", "Rater", "About", "Determinant", "Score", "Voice", "Evidence", "Recorded by")
    return _table("readings.csv", titles, asked)


def _promises(scope: ColumnElement[bool], recorded: ColumnElement[bool]) -> Table:
    within = recorded & Commitment.partnership_id.in_(select(Partnership.id).where(scope))
    titles = ("Id", "Promised by", "Promised to", "What", "Made on", "Due on", "Outcome", "Settled on", "Note")
    rows = [
        (state.commitment.id, state.commitment.promisor.name, state.commitment.promisee.name, state.commitment.what,
         plain(state.commitment.made_on), plain(state.commitment.due_on), state.outcome, plain(state.settled_on),
         state.note)
        for state in states_of(within, clocks_now())
    ]
    return Table("promises.csv", titles, rows)


def _table(name: str, titles: tuple[str, ...], asked: Select[*tuple[Any, ...]]) -> Table:
    return Table(name, titles, [[plain(value) for value in row] for row in db.session.execute(asked)])
