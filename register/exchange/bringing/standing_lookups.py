"""Whether what a step of an import came to may still be told: its person may know of less by now."""

from hashlib import sha256
from typing import Any

from sqlalchemy import func, select

from register.accounts.models import Person
from register.database import db
from register.exchange.bringing.staging import Staged
from register.partnerships.models import Partnership
from register.partnerships.visibility import visible_to


def standing_outcome(staged: Staged) -> dict[str, Any] | None:
    """Return what a step came to; None also where its person may know of other partnerships by now.

    It may tell of one that was restricted since.
    """
    found = staged.outcome()
    if found is None or "known" not in found:
        return found
    last, _ = found["known"]
    return found if known_to(staged, last) == found["known"] else None


def known_to(staged: Staged, last: int | None = None) -> list[Any]:
    """Return the last partnership that counts, and a digest of those up to it that the file's person may know of."""
    person = db.session.get_one(Person, staged.person_id)
    if last is None:
        last = db.session.scalar(select(func.max(Partnership.id)).where(visible_to(person))) or 0
    asked = select(Partnership.id).where(Partnership.id <= last, visible_to(person)).order_by(Partnership.id)
    return [last, sha256(repr(db.session.scalars(asked).all()).encode()).hexdigest()]
