"""What is kept of surveys, how large the register is, and what was recorded since one was made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from register.accounts.models import Person
from register.clock import Clocks
from register.database import db
from register.history.models import HistoryEntry, HistoryHead
from register.partnerships.models import Partnership
from register.partnerships.visibility import visible_to
from register.risk.entries import Entry
from register.risk.facts_lookups import Wide
from register.risk.kept_models import KeptSurvey
from register.risk.kept_text import cuts_from_text, from_text

FEW = 150
"""Partnerships up to which a page makes the whole list itself, in half a second at most."""
MOST_ARGUED = 20
"""Open partnerships that a page argues anew, those touched last; of more at once the next list tells."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A list that was made, without its entries."""

    id: int
    clocks: Clocks
    sequence: int
    """The entry of the history up to which it was made."""
    made_at: datetime
    rule_set: int
    line: float | None
    cut_offs: str

    @property
    def wide(self) -> Wide:
        """What was reckoned of the whole register."""
        return Wide(self.line, cuts_from_text(self.cut_offs))


def is_large() -> bool:
    """Say whether making the whole list is too much for a page."""
    return db.session.scalar(select(Partnership.id).offset(FEW).limit(1)) is not None


def kept(clocks: Clocks) -> Kept | None:
    """Return the list kept of a day; of today the newest one where today's is not made yet."""
    asked = select(
        KeptSurvey.id, KeptSurvey.day, KeptSurvey.known, KeptSurvey.sequence, KeptSurvey.made_at, KeptSurvey.rule_set,
        KeptSurvey.exposure_line, KeptSurvey.cut_offs,
    ).where(KeptSurvey.known.is_(None) if clocks.known is None else KeptSurvey.known == clocks.known)
    day = KeptSurvey.day <= clocks.on if clocks.is_now else KeptSurvey.day == clocks.on
    row = db.session.execute(asked.where(day).order_by(KeptSurvey.day.desc(), KeptSurvey.id.desc()).limit(1)).first()
    return Kept(row[0], Clocks(row[1], row[2]), *row[3:]) if row else None


def entries_kept(kept_id: int) -> tuple[Entry, ...]:
    """Return the entries of a kept list, in their order."""
    return from_text(db.session.scalar(select(KeptSurvey.entries).where(KeptSurvey.id == kept_id)) or "[]")


def history_size() -> int:
    """Return the number of the last entry of the history."""
    return db.session.scalar(select(HistoryHead.size).where(HistoryHead.id == 1)) or 0


def touched_since(sequence: int) -> list[int]:
    """Return the partnerships to which something was recorded since an entry of the history.

    Of open ones those touched last, so that a page has not too much to argue anew. Restricted ones are counted apart:
    how many there are must not move which open ones a page argues.
    """
    rows = db.session.execute(
        select(Partnership.id, Partnership.is_restricted)
        .join(HistoryEntry, HistoryEntry.scope_id == Partnership.id)
        .where(HistoryEntry.sequence > sequence)
        .group_by(Partnership.id, Partnership.is_restricted)
        .order_by(func.max(HistoryEntry.sequence).desc()),
    ).all()
    shown: Sequence[int] = [number for number, is_restricted in rows if not is_restricted]
    return [*shown[:MOST_ARGUED], *(number for number, is_restricted in rows if is_restricted)]


def last_seen(person: Person, sequence: int) -> datetime | None:
    """Return when the last thing was recorded, up to an entry of the history, of what a person may see.

    The instant at which a list was made would tell of restricted partnerships: what is written there makes lists too.
    """
    return db.session.scalar(
        select(HistoryEntry.at).where(HistoryEntry.sequence <= sequence, _in_sight(person))
        .order_by(HistoryEntry.sequence.desc()).limit(1),
    )


def is_anything_since(person: Person, sequence: int) -> bool:
    """Say whether something that a person may see was recorded since an entry of the history."""
    return db.session.scalar(
        select(HistoryEntry.sequence).where(HistoryEntry.sequence > sequence, _in_sight(person)).limit(1),
    ) is not None


def _in_sight(person: Person) -> ColumnElement[bool]:
    hidden = select(Partnership.id).where(~visible_to(person))
    return HistoryEntry.scope_id.is_not(None) & HistoryEntry.scope_id.not_in(hidden)
