"""What was recorded long after it happened, and what a look at the past leaves out because it was recorded later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Subquery, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from register.clock import Clocks, day_of
from register.database import db
from register.database.days import DaysUntil
from register.interactions.models import Commitment, Interaction, Settlement
from register.partnerships.models import Partnership

LATE_AFTER: Final = 14
"""Days after which an entry counts as late unless the address says otherwise: two weeks are a holiday."""

MEETING, CORRECTION, PROMISE, OUTCOME = "interaction", "correction", "promise", "outcome"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened on a day and was recorded at an instant."""

    kind: str
    record_id: int
    partnership_id: int
    happened_on: date
    recorded_at: datetime

    @property
    def recorded_on(self) -> date:
        """The day on which it was recorded."""
        return day_of(self.recorded_at)

    @property
    def days(self) -> int:
        """How many days lie between."""
        return (self.recorded_on - self.happened_on).days


def happenings(visible: ColumnElement[bool], partnership_id: int | None = None) -> Subquery:
    """Return all that happened on a day and was recorded at an instant: meetings, promises and what became of them.

    `visible` is `partnerships.visibility.visible_to(person)`.
    """
    parts = [
        _part(MEETING, Interaction, Interaction.held_on, Interaction.first_version_id.is_(None)),
        _part(CORRECTION, Interaction, Interaction.held_on, Interaction.first_version_id.is_not(None)),
        _part(PROMISE, Commitment, Commitment.made_on, Commitment.interaction_id.is_(None)),
        _part(OUTCOME, Settlement, Settlement.settled_on),
    ]
    wanted = [visible, Partnership.id == partnership_id] if partnership_id else [visible]
    return union_all(*(part.where(*wanted) for part in parts)).subquery()


def _part(
    kind: str, table: Any, happened_on: InstrumentedAttribute[date], *conditions: ColumnElement[bool],
) -> Select[Any]:
    """Return one kind of happening; a promise made in a meeting is recorded with it and counts once."""
    return select(
        literal(kind).label("kind"), table.id.label("record_id"), table.partnership_id.label("partnership_id"),
        happened_on.label("happened_on"), table.recorded_at.label("recorded_at"),
    ).join(Partnership, Partnership.id == table.partnership_id).where(*conditions)


def count_left_out(clocks: Clocks, visible: ColumnElement[bool], partnership_id: int | None = None) -> int:
    """Return how many entries about days up to the clocks' first were recorded after their second."""
    before = clocks.known_before
    if before is None:
        return 0
    every = happenings(visible, partnership_id)
    asked = select(func.count()).select_from(every).where(_left_out(every, clocks.on, before))
    return db.session.scalar(asked) or 0


def left_out(
    clocks: Clocks, visible: ColumnElement[bool], partnership_id: int | None = None, limit: int = 100,
) -> list[Happening]:
    """Return those entries, the first recorded first."""
    before = clocks.known_before
    if before is None:
        return []
    every = happenings(visible, partnership_id)
    asked = select(every).where(_left_out(every, clocks.on, before)).order_by(every.c.recorded_at, every.c.record_id)
    return _found(asked.limit(limit))


def _left_out(every: Subquery, on: date, before: datetime) -> ColumnElement[bool]:
    return (every.c.happened_on <= on) & (every.c.recorded_at >= before)


def late_entries(
    visible: ColumnElement[bool], clocks: Clocks, after_days: int = LATE_AFTER, partnership_id: int | None = None,
    *, until: tuple[datetime, int] | None = None, limit: int = 50,
) -> list[Happening]:
    """Return what was recorded more than some days after it happened, the last recorded first; no corrections.

    `until` is the place where the page before ended: the instant and id of its last entry.
    """
    every = happenings(visible, partnership_id)
    asked = select(every).where(*_late(every, clocks, after_days))
    if until is not None:
        at, number = until
        asked = asked.where((every.c.recorded_at < at) | ((every.c.recorded_at == at) & (every.c.record_id < number)))
    return _found(asked.order_by(every.c.recorded_at.desc(), every.c.record_id.desc()).limit(limit))


def count_late(
    visible: ColumnElement[bool], clocks: Clocks, after_days: int = LATE_AFTER, partnership_id: int | None = None,
) -> tuple[int, int]:
    """Return how many entries were late, and of how many."""
    every = happenings(visible, partnership_id)
    late, known = _late(every, clocks, after_days), _known(every, clocks)
    row = db.session.execute(
        select(func.count().filter(*late), func.count().filter(*known)).select_from(every),
    ).one()
    return row[0], row[1]


def _late(every: Subquery, clocks: Clocks, after_days: int) -> Sequence[ColumnElement[bool]]:
    return [*_known(every, clocks), DaysUntil(every.c.happened_on, every.c.recorded_at) > after_days]


def _known(every: Subquery, clocks: Clocks) -> Sequence[ColumnElement[bool]]:
    before = clocks.known_before
    known = [every.c.kind != CORRECTION, every.c.happened_on <= clocks.on]
    return known if before is None else [*known, every.c.recorded_at < before]


def happenings_between(
    visible: ColumnElement[bool], partnership_id: int, since: date, limit: int,
) -> list[Happening]:
    """Return the newest happenings of a partnership since a day, oldest first, for a drawing."""
    every = happenings(visible, partnership_id)
    asked = select(every).where(every.c.happened_on >= since)
    found = _found(asked.order_by(every.c.happened_on.desc(), every.c.record_id.desc()).limit(limit))
    return sorted(found, key=lambda one: (one.happened_on, one.recorded_at))


def _found(asked: Select[Any]) -> list[Happening]:
    rows = db.session.execute(asked)
    return [Happening(row.kind, row.record_id, row.partnership_id, row.happened_on, row.recorded_at) for row in rows]
