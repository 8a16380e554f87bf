"""How pages about erasures and holds name records and fields, and find records by what somebody types."""

from typing import NamedTuple

from flask import abort, request
from sqlalchemy import select

from register.accounts.models import Person
from register.database import db
from register.history.erasing import ACT, Field
from register.history.sentences import label_of
from register.interactions.kinds import KIND_BY_KEY
from register.interactions.models import Interaction
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Contact, Organisation
from register.partnerships.search_lookups import contacts_matching, every_word, organisations_matching
from register.partnerships.visibility import visible_to
from register.text import CONTROL, LINE
from register.web.days import short
from register.web.record_ids import LARGEST_ID

MOST_FOUND = 10


class Found(NamedTuple):
    """A record that a text found."""

    record: str
    """Such as "contact:3"."""
    title: str
    kind: str


def told(field: Field) -> str:
    """Return what a field is called: "Account of interaction 7"."""
    if field.entity == ACT:
        return f"The reason given in entry {field.entity_id}"
    return f"{label_of(field.name)} of {label_of(field.entity).lower()} {field.entity_id}"


def title_of(entity: str, entity_id: int) -> str:
    """Return what a record is called; one without a name by its kind and number."""
    if entity == ACT:
        return f"Entry {entity_id} of the history"
    name: str | None = None
    if entity in ("partnership", "organisation"):
        column = Partnership if entity == "partnership" else Organisation
        name = db.session.scalar(select(column.name).where(column.id == entity_id))
    meeting = db.session.get(Interaction, entity_id) if entity == "interaction" else None
    if meeting is not None:
        name = f"{KIND_BY_KEY[meeting.kind].name}, {short(meeting.held_on)}"
    contact = db.session.get(Contact, entity_id) if entity == "contact" else None
    if contact is not None:
        name = f"{contact.label}, at {contact.organisation.name}"
    return name or f"{label_of(entity)} {entity_id}"


def record_asked() -> tuple[str, int]:
    """Return the record that an address names, such as `?record=contact:3`; 404 for what names none."""
    entity, _, number = request.args.get("record", "").partition(":")
    if not number.isascii() or not number.isdigit() or not 0 < int(number[:12]) <= LARGEST_ID:
        abort(404)
    return entity, int(number[:12])


def words_asked() -> str:
    """Return what somebody looks for, cut to what a line may hold; characters that no record can have count as none."""
    return CONTROL.sub("", request.args.get("q", ""))[:LINE].strip()


def found_records(person: Person, text: str) -> list[Found]:
    """Return contacts, partnerships and organisations that a text finds, as far as the person can see them."""
    if not text:
        return []
    people = select(Contact).where(contacts_matching(text)).order_by(Contact.name).limit(MOST_FOUND)
    found = [Found(f"contact:{row.id}", title_of("contact", row.id), "Contact") for row in db.session.scalars(people)]
    named = visible_to(person), every_word(text, [Partnership.name])
    asked = select(Partnership).where(*named).order_by(Partnership.name).limit(MOST_FOUND)
    found += [Found(f"partnership:{row.id}", row.name, "Partnership") for row in db.session.scalars(asked)]
    bodies = select(Organisation).where(organisations_matching(text)).order_by(Organisation.name).limit(MOST_FOUND)
    return found + [Found(f"organisation:{row.id}", row.name, "Organisation") for row in db.session.scalars(bodies)]
