"""The register as it was known on two dates, for their reconciliation."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from register.clock import end_of
from register.database import db
from register.history.known import changed_since, first_sequence_from
from register.history.models import HistoryEntry
from register.history.values import Values
from register.interactions.models import Commitment, Interaction, Settlement
from register.partnerships.deal_models import DealRevision
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_models import Organisation
from register.reports.reconciliation import Reconciled, State, reconciled


class Kind(NamedTuple):
    """A kind of record that can end."""

    entity: str
    name: str
    ends: str
    """The column that holds its last day."""
    rows: Callable[[ColumnElement[bool]], Select[*tuple[Any, ...]]]


def _partnerships(visible: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return select(Partnership.id, Partnership.name, Partnership.closed_on.label("ended_on")).where(visible)


def _organisations(_visible: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return select(Organisation.id, Organisation.name, Organisation.closed_on.label("ended_on"))


def _participations(visible: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    name = Organisation.name + " in " + Partnership.name
    return select(Participation.id, name.label("name"), Participation.left_on.label("ended_on")).join(
        Partnership, Partnership.id == Participation.partnership_id,
    ).join(Organisation, Organisation.id == Participation.organisation_id).where(visible)


KINDS = (
    Kind("partnership", "Partnerships", "closed_on", _partnerships),
    Kind("organisation", "Organisations", "closed_on", _organisations),
    Kind("participation", "Parts of organisations in partnerships", "left_on", _participations),
)


def reconcile(kind: Kind, visible: ColumnElement[bool], first: date, second: date) -> Reconciled:
    """Return a kind of record on two dates, each as the register knew it at the day's end."""
    live = {row.id: row for row in db.session.execute(kind.rows(visible))}
    earlier, later = (_states(kind, live, day) for day in (first, second))
    return reconciled(earlier, later, _touched(kind.entity, first, second))


def _states(kind: Kind, live: Mapping[int, Any], day: date) -> dict[int, State]:
    changed = changed_since(kind.entity, end_of(day))
    return {
        key: State(row.name, _is_open(kind, row, changed.get(key), day))
        for key, row in live.items() if changed.get(key, {}) is not None
    }


def _is_open(kind: Kind, row: Any, held: Values | None, day: date) -> bool:
    """Say whether a record had not ended by a day; `held` is what it held then, where it changed since."""
    if held is None or kind.ends not in held:
        return row.ended_on is None or row.ended_on > day
    ended = held[kind.ends]
    return ended is None or str(ended) > day.isoformat()


def _touched(entity: str, first: date, second: date) -> Sequence[int]:
    low, high = (first_sequence_from(end_of(day)) for day in (first, second))
    asked = select(HistoryEntry.entity_id).where(
        HistoryEntry.entity == entity, HistoryEntry.sequence >= low, HistoryEntry.sequence < high,
    )
    return db.session.scalars(asked.distinct()).all()


class Added(NamedTuple):
    """A kind of record that is only ever added to."""

    name: str
    opening: int
    added: int
    closing: int


def added(visible: ColumnElement[bool], first: date, second: date) -> list[Added]:
    """Return what was only added to between two dates."""
    first_versions = Interaction.first_version_id.is_(None)
    tables: tuple[tuple[str, Any, ColumnElement[bool] | None], ...] = (
        ("Interactions", Interaction, first_versions),
        ("Corrections of interactions", Interaction, ~first_versions),
        ("Promises", Commitment, None),
        ("Answers to what became of promises", Settlement, None),
        ("Revisions of deals", DealRevision, None),
    )
    return [_added(name, table, condition, visible, first, second) for name, table, condition in tables]


def _added(
    name: str, table: Any, condition: ColumnElement[bool] | None, visible: ColumnElement[bool], first: date,
    second: date,
) -> Added:
    begin, end = (end_of(day) for day in (first, second))
    asked = select(
        func.count().filter(table.recorded_at < begin),
        func.count().filter(table.recorded_at >= begin, table.recorded_at < end),
        func.count().filter(table.recorded_at < end),
    ).select_from(table).join(Partnership, Partnership.id == table.partnership_id).where(visible)
    return Added(name, *db.session.execute(asked if condition is None else asked.where(condition)).one())
