"""What is asked of the history: the last link, and the entries about a record."""

from collections.abc import Sequence

from sqlalchemy import select

from register.database import db
from register.history.models import HistoryEntry, HistoryHead


def head() -> HistoryHead | None:
    """Return the head of the chain, None before the first entry."""
    return db.session.get(HistoryHead, 1)


def history_size() -> int:
    """Return how many entries the history has."""
    last = head()
    return last.size if last else 0


def entries_of(entity: str, entity_id: int) -> Sequence[HistoryEntry]:
    """Return the entries about one row, oldest first."""
    return db.session.scalars(
        select(HistoryEntry)
        .where(HistoryEntry.entity == entity, HistoryEntry.entity_id == entity_id)
        .order_by(HistoryEntry.sequence),
    ).all()
