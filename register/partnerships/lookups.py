"""What is asked of partnerships: who takes part, in which relationships they stand, which terms were in force."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import permutations
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select

from register.clock import Clocks
from register.database import db
from register.history.known import rows_as_known
from register.partnerships.deal_models import DealRevision, DealShare
from register.partnerships.models import Member, Participation, Partnership
from register.partnerships.organisation_models import Organisation


class Relationship(NamedTuple):
    """One organisation's standing view of another inside a partnership: "rater of ratee"."""

    partnership_id: int
    rater_id: int
    ratee_id: int


def taking_part_on(clocks: Clocks) -> ColumnElement[bool]:
    """Return the condition for participations that were live on a day."""
    return and_(
        or_(Participation.joined_on.is_(None), Participation.joined_on <= clocks.on),
        or_(Participation.left_on.is_(None), Participation.left_on > clocks.on),
    )


def took_part(row: Participation, clocks: Clocks) -> bool:
    """Say of a participation whether it was live on a day."""
    return (row.joined_on is None or row.joined_on <= clocks.on) and (row.left_on is None or row.left_on > clocks.on)


def live_on(clocks: Clocks) -> ColumnElement[bool]:
    """Return the condition for partnerships that were at work on a day."""
    return and_(
        or_(Partnership.started_on.is_(None), Partnership.started_on <= clocks.on),
        or_(Partnership.closed_on.is_(None), Partnership.closed_on > clocks.on),
    )


def participations(partnership_ids: Iterable[int], clocks: Clocks) -> Sequence[Participation]:
    """Return who took part in some partnerships on a day, each with its organisation, in order of joining."""
    asked = select(Participation).where(Participation.partnership_id.in_(list(partnership_ids)))
    ordered = asked.order_by(Participation.partnership_id, Participation.id)
    if clocks.known_before is None:
        return db.session.scalars(ordered.where(taking_part_on(clocks))).all()
    return [row for row in rows_as_known(db.session.scalars(ordered).all(), clocks) if took_part(row, clocks)]


def all_participations(partnership_id: int) -> Sequence[Participation]:
    """Return every participation of a partnership, ended ones too."""
    return db.session.scalars(
        select(Participation).where(Participation.partnership_id == partnership_id).order_by(Participation.id),
    ).all()


def relationships_between(rows: Iterable[Participation]) -> list[Relationship]:
    """Return the directed relationships that participations make.

    Every ordered pair of partners of one partnership, but not provider with provider: competitors on one framework
    have no standing view of one another until somebody records one.
    """
    by_partnership: dict[int, dict[int, str]] = {}
    for row in rows:
        by_partnership.setdefault(row.partnership_id, {})[row.organisation_id] = row.role
    return [
        Relationship(partnership_id, rater, ratee)
        for partnership_id, roles in by_partnership.items()
        for rater, ratee in permutations(roles, 2)
        if not roles[rater] == roles[ratee] == "provider"
    ]


def deal_in_force(partnership_id: int, clocks: Clocks) -> DealRevision | None:
    """Return the terms that the register knew of at the end of the clocks' day."""
    known_before = _known_before(clocks)
    asked = select(DealRevision).where(DealRevision.partnership_id == partnership_id)
    if known_before is not None:
        asked = asked.where(DealRevision.recorded_at < known_before)
    return db.session.scalar(asked.order_by(DealRevision.revision.desc()).limit(1))


def current_deals(partnership_ids: Iterable[int]) -> dict[int, DealRevision]:
    """Return the terms in force of several partnerships."""
    rows = db.session.scalars(
        select(DealRevision).where(
            DealRevision.partnership_id.in_(list(partnership_ids)),
            DealRevision.superseded_at.is_(None),
        )
    )
    return {row.partnership_id: row for row in rows}


def in_force(clocks: Clocks) -> ColumnElement[bool]:
    """Return the condition for deal revisions that the register held at the end of the clocks' day."""
    known_before = _known_before(clocks)
    if known_before is None:
        return DealRevision.superseded_at.is_(None)
    return and_(
        DealRevision.recorded_at < known_before,
        or_(DealRevision.superseded_at.is_(None), DealRevision.superseded_at >= known_before),
    )


def deals_in_force(partnership_ids: Iterable[int], clocks: Clocks) -> dict[int, DealRevision]:
    """Return the terms of several partnerships as the register knew them."""
    rows = db.session.scalars(
        select(DealRevision).where(
            DealRevision.partnership_id.in_(list(partnership_ids)),
            in_force(clocks),
        )
    )
    return {row.partnership_id: row for row in rows}


def deal_revisions(partnership_id: int, clocks: Clocks | None = None) -> Sequence[DealRevision]:
    """Return all revisions of a deal that the register holds, or held at the end of the clocks' day, newest first."""
    asked = select(DealRevision).where(DealRevision.partnership_id == partnership_id)
    before = _known_before(clocks) if clocks else None
    if before is not None:
        asked = asked.where(DealRevision.recorded_at < before)
    return db.session.scalars(asked.order_by(DealRevision.revision.desc())).all()


def shares_of(revision: DealRevision) -> Sequence[DealShare]:
    """Return what each side puts in under a revision."""
    return db.session.scalars(
        select(DealShare).where(DealShare.deal_revision_id == revision.id).order_by(DealShare.id),
    ).all()


def members(partnership_id: int, clocks: Clocks | None = None) -> Sequence[Member]:
    """Return who looks after a partnership now, or looked after it at the end of a day."""
    asked = select(Member).where(Member.partnership_id == partnership_id).order_by(Member.id)
    before = _known_before(clocks) if clocks else None
    if before is None:
        return db.session.scalars(asked.where(Member.ended_at.is_(None))).all()
    stays = or_(Member.ended_at.is_(None), Member.ended_at >= before)
    return db.session.scalars(asked.where(Member.added_at < before, stays)).all()


def _known_before(clocks: Clocks) -> datetime | None:
    """Return the instant before which something must have been recorded that has no day of its own."""
    return Clocks(clocks.on, clocks.known or (None if clocks.is_now else clocks.on)).known_before


def organisations(ids: Iterable[int], clocks: Clocks | None = None) -> dict[int, Organisation]:
    """Return organisations by id, as they are or as they were known; one made later as it is, for whoever names it."""
    rows = db.session.scalars(select(Organisation).where(Organisation.id.in_(list(ids)))).all()
    if clocks is not None:
        rows_as_known(rows, clocks)
    return {row.id: row for row in rows}
