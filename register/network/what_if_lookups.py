"""What a question of what would be is about, read from the database: only what the person who asks may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from register.accounts.models import Person
from register.clock import Clocks
from register.database import db
from register.network.carriers import Carriers, carried_alone_by, lost_without
from register.network.carriers_lookups import carriers_where
from register.network.facts import Facts
from register.network.table import most_tied
from register.network.what_if import Gone
from register.partnerships.lookups import deals_in_force
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Contact, Organisation
from register.partnerships.visibility import visible_partnership, visible_to

ORGANISATION, PARTNERSHIP, DEAL, OFFICER, CONTACT = "organisation", "partnership", "deal", "officer", "contact"
MOST_OFFERED = 300
"""Choices of one kind that a page offers; the measures and the picture lead to all others."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is taken away: `opening` begins the answer, such as "If Riverside left"."""

    kind: str
    id: int
    name: str
    opening: str
    gone: Gone
    is_at_work: bool = True
    """False: it is no part of the network on that day, so that nothing can change."""
    ends_on: date | None = None


class Asker(NamedTuple):
    """Who asks, of which day, and what of the network they see."""

    person: Person
    clocks: Clocks
    facts: Facts
    carriers: Carriers


def subject_of(kind: str, key: int, asker: Asker) -> Subject | None:
    """Return what a question is about; None for what there is not, or what the person may not know of."""
    return SUBJECTS[kind](key, asker)


def _organisation(key: int, asker: Asker) -> Subject | None:
    body = db.session.get(Organisation, key)
    if body is None:
        return None
    node = asker.facts.network.by_id.get(key)
    name = node.name if node else body.name
    return Subject(ORGANISATION, key, name, f"If {name} left", Gone(organisation_id=key), node is not None)


def _partnership(key: int, asker: Asker) -> Subject | None:
    work = visible_partnership(asker.person, key)
    if work is None:
        return None
    name = _name_of(key, work.name, asker)
    return Subject(
        PARTNERSHIP,
        key,
        name,
        f"If {name} ended",
        _gone_with(key, asker),
        key in asker.facts.work_by_id,
    )


def _deal(key: int, asker: Asker) -> Subject | None:
    work = visible_partnership(asker.person, key)
    if work is None:
        return None
    deal = deals_in_force([key], asker.clocks).get(key)
    ends_on = (deal.ends_on if deal else None) or work.ends_on
    name = _name_of(key, work.name, asker)
    opening = f"If the deal of {name} ended" + (f" on {ends_on:%-d %B %Y}, its date" if ends_on else "")
    return Subject(DEAL, key, name, opening, _gone_with(key, asker), key in asker.facts.work_by_id, ends_on)


def _gone_with(partnership_id: int, asker: Asker) -> Gone:
    """Return a partnership with the ties that nobody would carry without it."""
    bodies = {part.organisation_id for part in asker.facts.parts if part.partnership_id == partnership_id}
    others = visible_to(asker.person) & (Partnership.id != partnership_id)
    now = {pair: found for pair, found in asker.carriers.items() if bodies.issuperset(pair)}
    then = carriers_where(others, asker.clocks, bodies)
    return Gone(partnership_id=partnership_id, lapsing=frozenset(lost_without(now, then)))


def _name_of(key: int, name: str, asker: Asker) -> str:
    """Return what a partnership was called as it was known; today's name where it was not at work."""
    work = asker.facts.work_by_id.get(key)
    return work.name if work else name


def _officer(key: int, asker: Asker) -> Subject | None:
    """Return an officer who leads or carries something that the person who asks may see."""
    name = officers_of(asker).get(key)
    if name is None:
        return None
    gone = Gone(officer_id=key, lapsing=frozenset(carried_alone_by(asker.carriers, officer_id=key)))
    return Subject(OFFICER, key, name, f"If {name} left", gone)


def _contact(key: int, asker: Asker) -> Subject | None:
    contact = db.session.get(Contact, key)
    if contact is None:
        return None
    gone = Gone(lapsing=frozenset(carried_alone_by(asker.carriers, contact_id=key)))
    name = f"{contact.label} of {contact.organisation.label}"
    return Subject(CONTACT, key, name, f"If {name} left", gone)


SUBJECTS = {
    ORGANISATION: _organisation,
    PARTNERSHIP: _partnership,
    DEAL: _deal,
    OFFICER: _officer,
    CONTACT: _contact,
}
"""What can be taken away, by its word in the address."""


def officers_of(asker: Asker) -> dict[int, str]:
    """Return the officers who lead or carry something in the network, by name."""
    ids = {work.lead for work in asker.facts.works if work.lead is not None}
    ids |= {carrier.officer_id for found in asker.carriers.values() for carrier in found}
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)).order_by(Person.name, Person.id))
    return {row.id: row.name for row in rows}


def contacts_of(asker: Asker) -> dict[int, str]:
    """Return the contacts who carry something in the network, by organisation and name."""
    ids = {carrier.contact_id for found in asker.carriers.values() for carrier in found}
    rows = db.session.execute(
        select(Contact.id, Contact.name, Contact.role, Organisation.name, Organisation.short_name)
        .join(Organisation, Organisation.id == Contact.organisation_id)
        .where(Contact.id.in_(ids))
        .order_by(Organisation.name, Contact.name, Contact.id)
    )
    return {row[0]: f"{row[4] or row[3]}: {row[1] or row[2]}" for row in rows}


def deals_with_an_end(asker: Asker) -> dict[int, str]:
    """Return the partnerships whose deal has an end to come, the next one first."""
    ids = [work.id for work in asker.facts.works]
    ends = {key: deal.ends_on for key, deal in deals_in_force(ids, asker.clocks).items()}
    coming = ((ends.get(work.id), work) for work in asker.facts.works)
    found = sorted((day, work.name, work.id) for day, work in coming if day and day >= asker.clocks.on)
    return {key: f"{name}, {day:%-d %B %Y}" for day, name, key in found}


def offered(asker: Asker) -> list[tuple[str, str, dict[int, str]]]:
    """Return what can be asked: (kind, heading, names by id)."""
    tied = {node.id for node in most_tied(asker.facts.network)[:MOST_OFFERED]}
    bodies = {node.id: node.name for node in asker.facts.network.nodes if node.id in tied}
    return [
        (ORGANISATION, "An organisation leaves", bodies),
        (PARTNERSHIP, "A partnership ends", _first((work.id, work.name) for work in asker.facts.works)),
        (DEAL, "A deal ends on its date", _first(deals_with_an_end(asker).items())),
        (OFFICER, "An officer leaves", _first(officers_of(asker).items())),
        (CONTACT, "A contact leaves", _first(contacts_of(asker).items())),
    ]


def _first(found: Iterable[tuple[int, str]]) -> dict[int, str]:
    return dict(list(found)[:MOST_OFFERED])
