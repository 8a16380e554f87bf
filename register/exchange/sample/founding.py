"""The people, organisations and partnerships of a made-up register, written by the functions that people use."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from register.accounts.changes import add_person
from register.accounts.models import Person
from register.database import db
from register.exchange.sample.names import Named, organisations
from register.exchange.sample.sizes import Size
from register.exchange.sample.telling import Told, conduct
from register.history.recording import seal_recorded
from register.partnerships.changes import add_participation, start_partnership
from register.partnerships.contact_changes import add_contact
from register.partnerships.deal_changes import revise_deal
from register.partnerships.kinds import SIGNIFICANCES, THEMES
from register.partnerships.member_changes import set_member
from register.partnerships.organisation_changes import add_organisation
from register.trust.schemes import scheme_for_kind

OFFICERS = 4
PEOPLE = (
    *((f"officer{number}", f"Officer {number}", "officer") for number in range(1, OFFICERS + 1)),
    ("leader", "Leader", "leader"), ("auditor", "Auditor", "auditor"), ("governance", "Governance", "governance"),
    ("administrator", "Administrator", "administrator"),
)  # fmt: skip
DOMAIN = "sample.example"
ROLES = ("Head of service", "Contract manager", "Chief officer", "Coordinator", "Secretary")
KINDS = (
    ("commissioning", ("commissioner", "provider")), ("shared_service", ("lead", "partner")),
    ("multi_agency", ("lead", "partner")), ("community_codesign", ("lead", "codesigner")),
)  # fmt: skip
PARTNERS = ((2, 70), (3, 20), (4, 10))
"""How many take part, in how many of a hundred partnerships."""
AT_ONCE = 200
"""Records kept in the session until they are sealed."""


class Founded(NamedTuple):
    """An organisation as it was written, and its contact."""

    id: int
    contact_id: int
    named: Named


def add_people(password: str) -> list[Person]:
    """Add somebody of each role; return the officers."""
    people = [
        add_person("register", email=f"{key}@{DOMAIN}", name=name, role=role, password=password)
        for key, name, role in PEOPLE
    ]
    return people[:OFFICERS]


def found_organisations(actor: str, size: Size, random: Random) -> list[Founded]:
    """Add the organisations, each with a contact."""
    founded = []
    for number, named in enumerate(organisations(size.organisations, random), 1):
        row = add_organisation(actor, name=named.name, sector=named.sector, kind=named.kind, place=named.place)
        contact = add_contact(actor, organisation_id=row.id, role=random.choice(ROLES))
        db.session.flush()
        founded.append(Founded(row.id, contact.id, named))
        _seal_each(number)
    return founded


def _seal_each(number: int) -> None:
    """Seal and let go of what was written, every so many records."""
    if number % AT_ONCE == 0:
        seal_recorded(db.session())
        db.session.expunge_all()


def found_partnerships(
    officers: Sequence[Person], founded: Sequence[Founded], size: Size, began: date, random: Random,
) -> Iterator[Told]:
    """Start partnerships until there are so many relationships; officers look after them by turns."""
    begin = [one for one in founded if one.named.is_public]
    # A few bodies have a hand in very much, as in every county.
    weights = [1 / (1 + place) ** 0.7 for place in range(len(begin))]
    left, number = size.relationships, 0
    while left > 0:
        first = random.choices(begin, weights)[0]
        wanted = random.choices([count for count, _ in PARTNERS], [share for _, share in PARTNERS])[0]
        others = {one.id: one for one in random.sample(founded, wanted) if one.id != first.id}
        together = [first, *list(others.values())[: wanted - 1]]
        # The last ones are of two, so that the number of relationships is met.
        together = together if len(together) * (len(together) - 1) <= left else together[:2]
        left -= len(together) * (len(together) - 1)
        yield _start(officers[number % len(officers)], together, began, random)
        number += 1
        _seal_each(number)


def _start(officer: Person, together: Sequence[Founded], began: date, random: Random) -> Told:
    kind, (first_role, other_role) = random.choice(KINDS)
    theme = random.choice(THEMES)
    scheme = scheme_for_kind(kind).key
    started_on = began - timedelta(days=random.randint(1, 700))
    partnership = start_partnership(officer.actor, {
        "name": f"{theme.name}, {together[0].named.place}", "kind": kind, "theme": theme.key, "scheme": scheme,
        "significance": random.choice(SIGNIFICANCES).key, "cadence_days": random.choice((30, 60, 90)),
        "lead_officer_id": officer.id, "started_on": started_on,
    })
    for place, one in enumerate(together):
        add_participation(officer.actor, partnership, one.id, other_role if place else first_role, started_on)
    set_member(officer.actor, partnership, officer.id, "lead")
    revise_deal(officer.actor, partnership, {
        "legal_form": "memorandum", "agreed_on": started_on, "starts_on": started_on, "value_basis": "annual",
        "value_pence": random.randint(5, 5_000) * 100_000,
        "ends_on": began + timedelta(days=random.randint(1700, 3500)),
    })
    ids = tuple(one.id for one in together)
    return Told(partnership.id, ids, tuple(one.contact_id for one in together), scheme, conduct(ids, random))
