"""The terms in force on a day, as rules argue from them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from register.clock import Clocks, day_of
from register.database import db
from register.partnerships.deal_models import DealRevision
from register.partnerships.kinds import DOCUMENTS
from register.partnerships.money import yearly_pence
from register.risk.facts import DealFacts
from register.risk.view_lookups import AnyRow


def deals_on(ids: Iterable[int], clocks: Clocks) -> dict[int, DealFacts]:
    """Return the terms of some partnerships in force on a day.

    Of a day before the first terms were recorded, asked as the register knows it now, the first terms are meant: they
    were agreed before somebody wrote them down.
    """
    by_partnership: dict[int, list[AnyRow]] = {}
    for row in _revisions(ids, clocks):
        by_partnership.setdefault(row.partnership_id, []).append(row)
    return {key: _facts(_in_force(rows, clocks)) for key, rows in by_partnership.items()}


def _revisions(ids: Iterable[int], clocks: Clocks) -> Sequence[AnyRow]:
    asked = select(
        DealRevision.partnership_id, DealRevision.recorded_at, DealRevision.agreed_on, DealRevision.value_pence,
        DealRevision.value_basis, DealRevision.starts_on, DealRevision.review_on, DealRevision.notice_on,
        DealRevision.ends_on, DealRevision.exit_arrangement, DealRevision.documents,
    ).where(DealRevision.partnership_id.in_(list(ids)))
    if clocks.is_now:
        asked = asked.where(DealRevision.superseded_at.is_(None))
    elif clocks.known_before is not None:
        asked = asked.where(DealRevision.recorded_at < clocks.known_before)
    return db.session.execute(asked.order_by(DealRevision.partnership_id, DealRevision.revision)).all()


def _in_force(rows: Sequence[AnyRow], clocks: Clocks) -> AnyRow:
    recorded = [row for row in rows if day_of(row.recorded_at) <= clocks.on]
    return recorded[-1] if recorded else rows[0]


def _facts(row: AnyRow) -> DealFacts:
    documents = row.documents.split(",") if row.documents else []
    return DealFacts(
        completeness=len(documents) / len(DOCUMENTS),
        missing=tuple(kind.name for kind in DOCUMENTS if kind.key not in documents),
        annual_pence=yearly_pence(row.value_pence, row.value_basis, row.starts_on, row.ends_on),
        is_agreed=row.agreed_on is not None or "agreement" in documents,
        has_exit=bool(row.exit_arrangement) or "exit" in documents,
        agreed_on=row.agreed_on, review_on=row.review_on, notice_on=row.notice_on, ends_on=row.ends_on,
        recorded_on=day_of(row.recorded_at),
    )

