"""The register’s own judgements, asked of the database: of open partnerships alone; nothing restricted shows."""

from sqlalchemy import case, func, select

from register.clock import day_of
from register.database import db
from register.partnerships.models import Partnership
from register.trust.judgements import Judgement
from register.trust.lookups import WHOLE
from register.trust.models import Evidence


def judgements() -> list[Judgement]:
    """Return every unit of evidence that stands now about relationships of open partnerships, as a whole."""
    alone = case((Evidence.rater_key == "", Evidence.id), else_=0)
    unit = (Evidence.partnership_id, Evidence.rater_id, Evidence.ratee_id, Evidence.held_on, Evidence.rater_key)
    rows = db.session.execute(
        select(
            *unit, func.avg(Evidence.good).label("good"), func.max(Evidence.recorded_at).label("recorded_at"),
            func.count().label("pieces"),
        )
        .join(Partnership, Partnership.id == Evidence.partnership_id)
        .where(
            Evidence.determinant == WHOLE, Evidence.withdrawn_at.is_(None), Partnership.is_restricted.is_(False),
        )
        .group_by(*unit, alone),
    )
    return [
        Judgement(
            row.held_on, day_of(row.recorded_at), row.partnership_id, row.rater_id, row.ratee_id, row.rater_key,
            float(row.good), row.pieces,
        )
        for row in rows
    ]


def kinds_of_open() -> list[tuple[int, str]]:
    """Return (id, kind) of each open partnership, in the order in which kinds first came into the register."""
    rows = db.session.execute(
        select(Partnership.id, Partnership.kind).where(Partnership.is_restricted.is_(False)).order_by(Partnership.id),
    )
    return [(row.id, row.kind) for row in rows]


def judgement_count() -> int:
    """Return how many pieces of evidence a check would read: an upper bound of the judgements."""
    return db.session.scalar(
        select(func.count()).select_from(Evidence).where(Evidence.determinant == WHOLE),
    ) or 0
