"""Which state of the register a person sees: moves with what they may see and with nothing else.

A tag made from it can be sent to anybody: a restricted partnership moves it only for those who see it.
"""

from typing import NamedTuple

from sqlalchemy import func, or_, select

from register.accounts.models import Person
from register.database import db
from register.history.models import HistoryEntry
from register.network.kept_lookups import ALL_NOW, OPEN
from register.network.kept_models import KeptMeasures
from register.partnerships.models import Partnership
from register.partnerships.visibility import visible_to

SEEN_BY_ALL = ("organisation", "model_version")
"""What moves everybody's network whichever act it was part of."""


class Version(NamedTuple):
    """The last entry of the history that a person sees, and what they see beyond others.

    Two persons with one version see one network. `visible` counts partnerships, so that one which becomes restricted
    moves the version of those who no longer see it, whose last entry stays where it was. An entry stands by its hash: a
    register that was restored from a copy may count the same number again for something else.
    """

    last_entry: str
    visible: int
    restricted: tuple[int, ...]
    grouped: str = ""
    """Of the open network whose communities were kept last."""


def version_for(person: Person) -> Version:
    """Return the version of the network that a person sees."""
    hidden = select(Partnership.id).where(~visible_to(person))
    # What is not in an empty list is anything, nothing among it: an account that is added moves no network.
    in_sight = HistoryEntry.scope_id.is_not(None) & HistoryEntry.scope_id.not_in(hidden)
    last = (
        select(HistoryEntry.entry_hash)
        .where(or_(HistoryEntry.entity.in_(SEEN_BY_ALL), in_sight))
        .order_by(HistoryEntry.sequence.desc())
        .limit(1)
    )
    restricted = select(Partnership.id).where(Partnership.is_restricted, visible_to(person)).order_by(Partnership.id)
    grouped = select(KeptMeasures.fingerprint).where(KeptMeasures.clearance == OPEN, KeptMeasures.part == ALL_NOW)
    return Version(
        db.session.scalar(last) or "",
        db.session.scalar(select(func.count(Partnership.id)).where(visible_to(person))) or 0,
        tuple(db.session.scalars(restricted)),
        db.session.scalar(grouped) or "",
    )
