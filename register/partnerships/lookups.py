"""What is asked of partnerships: who takes part, in which relationships they stand, which terms were in force."""

from collections.abc import Iterable, Sequence
from itertools import permutations
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select

from register.clock import Clocks
from register.database import db
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


def live_on(clocks: Clocks) -> ColumnElement[bool]:
    """Return the condition for partnerships that were at work on a day."""
    return and_(
        or_(Partnership.started_on.is_(None), Partnership.started_on <= clocks.on),
        or_(Partnership.closed_on.is_(None), Partnership.closed_on > clocks.on),
    )


def participations(partnership_ids: Iterable[int], clocks: Clocks) -> Sequence[Participation]:
    """Return who took part in some partnerships on a day, each with its organisation, in order of joining."""
    return db.session.scalars(
        select(Participation)
        .where(Participation.partnership_id.in_(list(partnership_ids)), taking_part_on(clocks))
        .order_by(Participation.partnership_id, Participation.id),
    ).all()


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
    known_before = Clocks(clocks.on, clocks.known or (None if clocks.is_now else clocks.on)).known_before
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
    known_before = Clocks(clocks.on, clocks.known or (None if clocks.is_now else clocks.on)).known_before
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


def deal_revisions(partnership_id: int) -> Sequence[DealRevision]:
    """Return all revisions of a deal, newest first."""
    return db.session.scalars(
        select(DealRevision)
        .where(DealRevision.partnership_id == partnership_id)
        .order_by(DealRevision.revision.desc()),
    ).all()


def shares_of(revision: DealRevision) -> Sequence[DealShare]:
    """Return what each side puts in under a revision."""
    return db.session.scalars(
        select(DealShare).where(DealShare.deal_revision_id == revision.id).order_by(DealShare.id),
    ).all()


def members(partnership_id: int) -> Sequence[Member]:
    """Return who looks after a partnership now."""
    return db.session.scalars(
        select(Member).where(Member.partnership_id == partnership_id, Member.ended_at.is_(None)).order_by(Member.id),
    ).all()


def organisations(ids: Iterable[int]) -> dict[int, Organisation]:
    """Return organisations by id."""
    rows = db.session.scalars(select(Organisation).where(Organisation.id.in_(list(ids))))
    return {row.id: row for row in rows}
