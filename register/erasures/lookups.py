"""What is asked about erasures and holds: what would be removed, what stands in the way, what waits for whom."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select

from register.accounts.models import Person
from register.database import db
from register.erasures.field_lookups import is_erasable, partnership_of, row_of, text_columns
from register.erasures.models import Erasure, LegalHold
from register.history.coverage import recorded_tables
from register.history.erasing import ACT, MARK, Field, places_of, places_with
from register.interactions.models import Attendance
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_models import Contact
from register.partnerships.visibility import visible_to

FEWEST_LETTERS = 4
"""Of a name that is looked for in other records: fewer stand in too many words."""


class Doomed(NamedTuple):
    """One field that would be erased: every wording the history keeps of it, and in how many places."""

    field: Field
    wordings: tuple[str, ...]
    places: int


def doomed(fields: Collection[Field]) -> list[Doomed]:
    """Return exactly what an erasure of some fields would remove; a field of which nothing is left is missing."""
    wordings: dict[Field, dict[str, None]] = defaultdict(dict)
    places: dict[Field, int] = defaultdict(int)
    for place in places_of(fields):
        wordings[place.field][str(place.value)] = None
        places[place.field] += 1
    return [Doomed(field, tuple(wordings[field]), places[field]) for field in fields if field in places]


def texts_of(entity: str, entity_id: int) -> list[Doomed]:
    """Return the fields of a record that hold words which can be erased, also those that only the history holds."""
    if entity == ACT:
        return doomed([Field(ACT, entity_id, "@reason")])
    table = recorded_tables().get(entity)
    if table is None or row_of(entity, entity_id) is None:
        return []
    return doomed([Field(entity, entity_id, column.name) for column in text_columns(table)])


def mentions_of(contact: Contact, person: Person) -> dict[int | None, list[Field]]:
    """Return the fields of other records that name a contact, by partnership; of those the person can see."""
    if contact.name in (None, "", MARK) or len(contact.name or "") < FEWEST_LETTERS:
        return {}
    fields = dict.fromkeys(place.field for place in places_with(contact.name or "") if is_erasable(place.field))
    found: dict[int | None, list[Field]] = defaultdict(list)
    for field in fields:
        if (field.entity, field.entity_id) != ("contact", contact.id) and field.entity not in ("erasure", "legal_hold"):
            found[partnership_of(field)].append(field)
    visible = set(db.session.scalars(select(Partnership.id).where(visible_to(person))))
    return {key: rows for key, rows in found.items() if key is None or key in visible}


def holds_on(fields: Collection[Field]) -> Sequence[LegalHold]:
    """Return the holds that forbid to erase any of some fields.

    A hold on an organisation holds the partnerships that it takes or took part in, one on a contact also the meetings
    that the contact attended.
    """
    partnerships = {found for field in fields if (found := partnership_of(field)) is not None}
    contacts = {field.entity_id for field in fields if field.entity == "contact"}
    organisations = {field.entity_id for field in fields if field.entity == "organisation"}
    rows = [row for field in fields if (row := row_of(field.entity, field.entity_id))]
    organisations |= {row["organisation_id"] for row in rows if row.get("organisation_id")}
    contacts |= {row["contact_id"] for row in rows if row.get("contact_id")}
    meetings = {field.entity_id for field in fields if field.entity == "interaction"}
    meetings |= {row["interaction_id"] for row in rows if row.get("interaction_id")}
    asked = select(Attendance.contact_id).where(Attendance.interaction_id.in_(meetings))
    contacts |= {found for found in db.session.scalars(asked) if found is not None}
    taking_part = select(Participation.organisation_id).where(Participation.partnership_id.in_(partnerships))
    organisations |= set(db.session.scalars(taking_part))
    asked_holds = select(LegalHold).where(LegalHold.lifted_at.is_(None), or_(
        LegalHold.partnership_id.in_(partnerships), LegalHold.organisation_id.in_(organisations),
        LegalHold.contact_id.in_(contacts),
    ))  # fmt: skip
    return db.session.scalars(asked_holds.order_by(LegalHold.id)).all()


def erasures(person: Person, *, pending: bool) -> Sequence[Erasure]:
    """Return the erasures that wait for a decision, oldest first, or those decided, newest first."""
    asked = select(Erasure).where(_seen(Erasure.partnership_id, person), Erasure.decided_at.is_(None) == pending)
    return db.session.scalars(asked.order_by(Erasure.id if pending else Erasure.id.desc())).all()


def visible_erasure(person: Person, erasure_id: int) -> Erasure | None:
    """Return an erasure, None when there is none or its partnership is hidden from the person."""
    return db.session.scalar(select(Erasure).where(Erasure.id == erasure_id, _seen(Erasure.partnership_id, person)))


def holds(person: Person, *, lasting: bool) -> Sequence[LegalHold]:
    """Return the holds that last, or those lifted, newest first."""
    asked = select(LegalHold).where(_seen(LegalHold.partnership_id, person), LegalHold.lifted_at.is_(None) == lasting)
    return db.session.scalars(asked.order_by(LegalHold.id.desc())).all()


def visible_hold(person: Person, hold_id: int) -> LegalHold | None:
    """Return a hold, None when there is none or its partnership is hidden from the person."""
    return db.session.scalar(select(LegalHold).where(LegalHold.id == hold_id, _seen(LegalHold.partnership_id, person)))


def _seen(partnership_id: ColumnElement[int | None] | object, person: Person) -> ColumnElement[bool]:
    column: ColumnElement[int | None] = partnership_id  # type: ignore[assignment]  # a mapped column is one
    return or_(column.is_(None), column.in_(select(Partnership.id).where(visible_to(person))))
