"""What is asked of promises: how each stood on one day, as it was known on another."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import joinedload

from register.clock import Clocks
from register.database import db
from register.interactions.kinds import OUTCOME_BY_KEY
from register.interactions.models import Commitment, Settlement

AT_ONCE = 500
"""Ids asked for in one question: below the limits of both databases."""
OPEN = "open"
"""What stands in the place of an outcome while there is none."""


class CommitmentState(NamedTuple):
    """A promise on a day: what became of it by then."""

    commitment: Commitment
    outcome: str
    """"open", or a key of `kinds.OUTCOMES`."""
    settled_on: date | None
    days_overdue: int
    """Days past its date while open; 0 when it is settled or not yet due."""
    note: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing was said of it yet."""
        return self.outcome == OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether it is open past its date."""
        return self.days_overdue > 0

    @property
    def is_breach(self) -> bool:
        """Whether it was broken."""
        return not self.is_open and OUTCOME_BY_KEY[self.outcome].is_breach


def commitment_states(partnership_ids: Iterable[int], clocks: Clocks) -> list[CommitmentState]:
    """Return every promise of some partnerships, both ways, the earliest due first."""
    return states_of(Commitment.partnership_id.in_(list(partnership_ids)), clocks)


def promises_made_in(interaction_ids: Sequence[int]) -> list[Row[tuple[int, date, date]]]:
    """Return the promises made in very many interactions: the id, and the days when they were made and are due."""
    found: list[Row[tuple[int, date, date]]] = []
    for start in range(0, len(interaction_ids), AT_ONCE):
        some = Commitment.interaction_id.in_(interaction_ids[start : start + AT_ONCE])
        asked = select(Commitment.id, Commitment.made_on, Commitment.due_on).where(some).order_by(Commitment.id)
        found += db.session.execute(asked)
    return found


def open_commitments(partnership_ids: Iterable[int], clocks: Clocks) -> list[CommitmentState]:
    """Return the promises that were open, the longest overdue first."""
    return states_of(Commitment.partnership_id.in_(list(partnership_ids)) & Settlement.id.is_(None), clocks)


def broken_promises(partnership_ids: Iterable[int], clocks: Clocks) -> list[CommitmentState]:
    """Return the promises that had been broken."""
    broken = Settlement.outcome.in_([key for key, outcome in OUTCOME_BY_KEY.items() if outcome.is_breach])
    return states_of(Commitment.partnership_id.in_(list(partnership_ids)) & broken, clocks)


def commitments_made_in(interaction_id: int, clocks: Clocks) -> list[CommitmentState]:
    """Return the promises made in an interaction; `interaction_id` is that of its first version."""
    return states_of(Commitment.interaction_id == interaction_id, clocks)


def made_in(interaction_ids: Iterable[int], clocks: Clocks) -> dict[int, int]:
    """Return how many promises were made in each interaction, by the id of its first version."""
    rows = db.session.execute(
        select(Commitment.interaction_id, func.count())
        .where(Commitment.interaction_id.in_(list(interaction_ids)), Commitment.made_on <= clocks.on)
        .group_by(Commitment.interaction_id),
    )
    return {first: number for first, number in rows if first is not None}


def states_of(condition: ColumnElement[bool], clocks: Clocks) -> list[CommitmentState]:
    """Return the promises that meet a condition, with how each stood, the earliest due first.

    The condition may also be one of what was said of a promise by then, or that nothing was.
    """
    asked = select(Commitment, Settlement).outerjoin(
        Settlement, and_(Settlement.commitment_id == Commitment.id, _settled_by(clocks)),
    ).where(condition, Commitment.made_on <= clocks.on).options(
        joinedload(Commitment.promisor), joinedload(Commitment.promisee),
    ).order_by(Commitment.due_on, Commitment.id)
    if clocks.known_before is not None:
        asked = asked.where(Commitment.recorded_at < clocks.known_before)
    return [_state(commitment, settlement, clocks.on) for commitment, settlement in db.session.execute(asked)]


def _settled_by(clocks: Clocks) -> ColumnElement[bool]:
    before = clocks.known_before
    if before is None:
        return and_(Settlement.settled_on <= clocks.on, Settlement.superseded_at.is_(None))
    stands = or_(Settlement.superseded_at.is_(None), Settlement.superseded_at >= before)
    return and_(Settlement.settled_on <= clocks.on, Settlement.recorded_at < before, stands)


def _state(commitment: Commitment, settlement: Settlement | None, on: date) -> CommitmentState:
    if settlement is None:
        return CommitmentState(commitment, OPEN, None, max((on - commitment.due_on).days, 0))
    return CommitmentState(commitment, settlement.outcome, settlement.settled_on, 0, settlement.note)


def settlements_of(commitment_id: int) -> Sequence[Settlement]:
    """Return every answer ever given about a promise, the first one first."""
    return db.session.scalars(
        select(Settlement).where(Settlement.commitment_id == commitment_id).order_by(Settlement.id),
    ).all()


def successors_of(commitment_id: int) -> Sequence[Commitment]:
    """Return the promises that took a renegotiated one's place."""
    return db.session.scalars(
        select(Commitment).where(Commitment.replaces_id == commitment_id).order_by(Commitment.id),
    ).all()
