"""Very many interactions of one partnership taken back at once: they and their evidence end, and stay visible."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from register.clock import now
from register.database import db
from register.database.rows import table_of, uncollected
from register.history.recording import seal_recorded
from register.history.same_changes import SameChange, record_same
from register.interactions.models import Interaction
from register.partnerships.models import Partnership
from register.trust.outflow_changes import Outflow

TABLE = table_of(Interaction)
AT_ONCE = 2_000
"""Interactions in one act: what is in memory at a time."""
ASKED = 500
"""Ids asked for in one question: below the limits of both databases."""


def withdraw_interactions(
    actor: str, action: str, partnership: Partnership, ids: Sequence[int], reason: str
) -> Iterator[int]:
    """Supersede those of some interactions that stand, by nothing, and withdraw what they said of relationships.

    Yields how many were taken back, portion by portion, each recorded and sealed where no savepoint is open.
    """
    session, at = db.session(), now()
    with uncollected():
        standing = _standing(ids)
        outflow = Outflow(partnership.id, _sources(standing), lends=not partnership.is_restricted)
    for start in range(0, len(standing), AT_ONCE):
        some = standing[start : start + AT_ONCE]
        changes = [SameChange(TABLE, "superseded_at", at, some), outflow.change(_sources(some), at)]
        with uncollected():
            record_same(actor, action, partnership.id, changes, reason)
            if not session.in_nested_transaction():
                seal_recorded(session)
        yield len(some)
    outflow.settle_days()


def _sources(ids: Sequence[int]) -> list[str]:
    """Return how evidence names the interactions it came from."""
    return [f"interaction:{key}" for key in ids]


def _standing(ids: Sequence[int]) -> list[int]:
    found: list[int] = []
    for start in range(0, len(ids), ASKED):
        some = TABLE.c.id.in_(ids[start : start + ASKED])
        found += db.session.scalars(select(TABLE.c.id).where(some, TABLE.c.superseded_at.is_(None)))
    return sorted(found)
