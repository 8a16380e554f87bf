"""What the watchlist asks of the database besides the facts: the state of the history, and who may see what."""

from collections.abc import Iterable

from sqlalchemy import func, not_, select

from register.accounts.models import Person
from register.database import db
from register.history.models import HistoryHead
from register.partnerships.models import Partnership
from register.partnerships.visibility import visible_to
from register.trust.models import Evidence


def last_link() -> str:
    """Return the last link of the history, which every change moves; empty before the first."""
    return db.session.scalar(select(HistoryHead.entry_hash).where(HistoryHead.id == 1)) or ""


def database_address() -> str:
    """Return which database the session asks, so that what is kept of one is not taken for another's."""
    return str(db.session.get_bind().engine.url)


def seen_of(ids: Iterable[int], person: Person) -> frozenset[int]:
    """Return those of some partnerships that a person may know of."""
    wanted = list(ids)
    if not wanted:
        return frozenset()
    return frozenset(db.session.scalars(select(Partnership.id).where(Partnership.id.in_(wanted), visible_to(person))))


def hidden_from(person: Person) -> frozenset[int]:
    """Return the partnerships that a person may not know of, as they are restricted now."""
    asked = select(Partnership.id).where(Partnership.is_restricted.is_(True), not_(visible_to(person)))
    return frozenset(db.session.scalars(asked))


def pieces_of_evidence() -> int:
    """Return how long the log of evidence is."""
    return db.session.scalar(select(func.count(Evidence.id))) or 0
