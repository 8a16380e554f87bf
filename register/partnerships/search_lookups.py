"""How lists and searches find partnerships, organisations and contacts by a text that somebody types."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from register.accounts.models import Person
from register.partnerships.kinds import Kind
from register.partnerships.models import Member, Participation, Partnership, PartnershipIdentifier
from register.partnerships.organisation_models import (
    Contact,
    Organisation,
    OrganisationAlias,
    OrganisationIdentifier,
)

MOST_WORDS = 8
"""Words of a text that are looked for: what follows them narrows nothing that a person could not see."""


def every_word(text: str, columns: Iterable[ColumnElement[Any] | InstrumentedAttribute[Any]]) -> ColumnElement[bool]:
    """Return the condition that each word of a text stands in one of some columns, in large or small letters."""
    kept = list(columns)
    return and_(
        true(),
        *(or_(*(column.icontains(word, autoescape=True) for column in kept)) for word in text.split()[:MOST_WORDS]),
    )


def partnerships_matching(text: str) -> ColumnElement[bool]:
    """Return the condition for partnerships that a text finds: by what they are, or by who takes part."""
    if not text:
        return true()
    own = (Partnership.name, Partnership.purpose, Partnership.senior_owner)
    takes_part = exists().where(
        Participation.partnership_id == Partnership.id,
        Organisation.id == Participation.organisation_id,
        organisations_matching(text, by_identifier=False),
    )
    called = exists().where(
        PartnershipIdentifier.partnership_id == Partnership.id,
        PartnershipIdentifier.value == text,
    )
    return or_(every_word(text, own), takes_part, called)


def organisations_matching(text: str, *, by_identifier: bool = True) -> ColumnElement[bool]:
    """Return the condition for organisations that a text finds by name, short name, other name or identifier."""
    if not text:
        return true()
    alias = exists().where(
        OrganisationAlias.organisation_id == Organisation.id,
        OrganisationAlias.is_withdrawn.is_(False),
        every_word(text, [OrganisationAlias.name]),
    )
    found = or_(every_word(text, (Organisation.name, Organisation.short_name)), alias)
    if not by_identifier:
        return found
    number = text.upper().replace(" ", "")
    wanted = {text, number, number.zfill(8)}
    return or_(
        found,
        exists().where(
            OrganisationIdentifier.organisation_id == Organisation.id,
            OrganisationIdentifier.value.in_(wanted),
        ),
    )


def contacts_matching(text: str) -> ColumnElement[bool]:
    """Return the condition for contacts that a text finds by name, role or address."""
    return every_word(text, (Contact.name, Contact.role, Contact.email)) if text else true()


def looked_after_by(person: Person) -> ColumnElement[bool]:
    """Return the condition for partnerships in which a person has a part."""
    return exists().where(
        Member.partnership_id == Partnership.id,
        Member.person_id == person.id,
        Member.ended_at.is_(None),
    )


def letters_of(column: InstrumentedAttribute[Any]) -> ColumnElement[str]:
    """Return a name to sort by, large and small letters alike."""
    return func.lower(column, type_=column.type)


def rank_of(column: InstrumentedAttribute[str], kinds: Iterable[Kind]) -> ColumnElement[int]:
    """Return a number to sort a word by: its place in the vocabulary, where "forming" comes before "closed"."""
    places: Mapping[str, int] = {kind.key: place for place, kind in enumerate(kinds)}
    return case(places, value=column, else_=len(places))
