"""The rules of logging, asked thousands of times: what they ask of the register is read for many entries at once."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from register.database import db
from register.interactions.checks import Happening, check_by
from register.interactions.commitment_changes import NewCommitment, check_commitments
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_models import Contact, Organisation
from register.refusals import Refusal

AT_ONCE = 500
"""Ids asked for in one question: below the limits of both databases."""


class Entry(NamedTuple):
    """What somebody logs: the partnership, what happened, and the promises made then."""

    partnership_id: int
    happening: Happening
    commitments: Sequence[NewCommitment] = ()


class _Part(NamedTuple):
    """An organisation's part in a partnership."""

    partnership_id: int
    organisation_id: int
    name: str
    joined_on: date | None
    left_on: date | None

    def is_live(self, day: date) -> bool:
        """Say the same as `partnerships.lookups.taking_part_on`."""
        return not (self.joined_on and self.joined_on > day) and not (self.left_on and self.left_on <= day)


class Rules:
    """The rules, with what was read of the register so far."""

    def __init__(self) -> None:
        self.restricted: set[int] = set()
        """The restricted partnerships among those read."""
        self._parts: dict[int, list[_Part]] = {}
        self._employers: dict[int, int | None] = {}

    def read_about(self, entries: Iterable[Entry]) -> None:
        """Read what the rules ask about some entries, where it was not read before."""
        partnership_ids: set[int] = set()
        contact_ids: set[int] = set()
        for entry in entries:
            partnership_ids.add(entry.partnership_id)
            contact_ids.update(one.contact_id for one in entry.happening.present if one.contact_id)
        for some in _portions(partnership_ids - self._parts.keys()):
            self._read_partnerships(some)
        for some in _portions(contact_ids - self._employers.keys()):
            asked = select(Contact.id, Contact.organisation_id).where(Contact.id.in_(some))
            found = {row.id: row.organisation_id for row in db.session.execute(asked)}
            self._employers |= {key: found.get(key) for key in some}

    def _read_partnerships(self, ids: Sequence[int]) -> None:
        known = db.session.execute(select(Partnership.id, Partnership.is_restricted).where(Partnership.id.in_(ids)))
        for key, is_restricted in known:
            self._parts[key] = []
            if is_restricted:
                self.restricted.add(key)
        parts = select(
            Participation.partnership_id, Participation.organisation_id, Organisation.name, Participation.joined_on,
            Participation.left_on,
        ).join(Participation.organisation).where(Participation.partnership_id.in_(ids)).order_by(Participation.id)
        for row in db.session.execute(parts):
            self._parts[row.partnership_id].append(_Part(*row))

    def check(self, entry: Entry) -> Entry:
        """Return an entry with its texts cleaned, or refuse the first thing that cannot be kept."""
        parts = self._parts.get(entry.partnership_id)
        if parts is None:
            message = "There is no such partnership."
            raise Refusal(message, "partnership_id")
        happening = check_by(entry.happening, lambda day: _partners(parts, day), self._employers.__getitem__)
        promises: Sequence[NewCommitment] = ()
        if entry.commitments and happening.held_on is not None:
            partners = _partners(parts, happening.held_on)
            promises = check_commitments(entry.commitments, partners=partners, made_on=happening.held_on)
        return Entry(entry.partnership_id, happening, promises)


def _partners(parts: Iterable[_Part], day: date) -> dict[int, str]:
    return {part.organisation_id: part.name for part in parts if part.is_live(day)}


def _portions(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))
