"""What people do to organisations: add, edit, close, name a successor."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from register.clock import now, today
from register.database import db
from register.history.recording import recorded
from register.partnerships.kinds import IDENTIFIER_SCHEMES, ORGANISATION_KINDS, SECTORS, names
from register.partnerships.organisation_models import (
    Organisation,
    OrganisationAlias,
    OrganisationIdentifier,
    OrganisationMembership,
    OrganisationSuccessor,
)
from register.refusals import Refusal
from register.text import line, required

Identifier = tuple[str, str]
"""(scheme, value)."""

SCHEME_NAMES = names(IDENTIFIER_SCHEMES)


def add_organisation(  # noqa: PLR0913 - an organisation has this many facts
    actor: str,
    *,
    name: str | None,
    sector: str,
    kind: str,
    short_name: str | None = None,
    place: str | None = None,
    parent_id: int | None = None,
    opened_on: date | None = None,
    closed_on: date | None = None,
    aliases: Iterable[str] = (),
    identifiers: Iterable[Identifier] = (),
) -> Organisation:
    """Add an organisation. Refuses one without a name, and identifiers that another organisation has."""
    facts = _checked(
        {
            "name": name,
            "short_name": short_name,
            "sector": sector,
            "kind": kind,
            "place": place,
            "parent_id": parent_id,
            "opened_on": opened_on,
            "closed_on": closed_on,
        }
    )
    wanted = _checked_identifiers(identifiers, owner_id=None)
    organisation = Organisation(**facts, created_at=now())
    with recorded(actor, "organisation:added"):
        db.session.add(organisation)
        db.session.flush()
        _set_aliases(organisation.id, aliases)
        _add_identifiers(organisation.id, wanted)
    return organisation


def edit_organisation(
    actor: str,
    organisation: Organisation,
    facts: Mapping[str, Any],
    *,
    aliases: Iterable[str] | None = None,
    identifiers: Iterable[Identifier] = (),
) -> None:
    """Change facts of an organisation, set its aliases when given, and add identifiers to those it has.

    `facts` names columns: name, short_name, sector, kind, place, parent_id, opened_on, closed_on.
    """
    current = {key: getattr(organisation, key) for key in FACTS}
    checked = _checked({**current, **facts}, organisation.id)
    wanted = _checked_identifiers(identifiers, owner_id=organisation.id)
    with recorded(actor, "organisation:edited"):
        for key, value in checked.items():
            setattr(organisation, key, value)
        if aliases is not None:
            _set_aliases(organisation.id, aliases)
        _add_identifiers(organisation.id, wanted)


FACTS = ("name", "short_name", "sector", "kind", "place", "parent_id", "opened_on", "closed_on")


def _checked(facts: Mapping[str, Any], own_id: int | None = None) -> dict[str, Any]:
    """Return the facts cleaned, or refuse the first that cannot be kept."""
    clean = dict(facts)
    clean["name"] = required(line(facts["name"], "name", "The name"), "name", "Enter the organisation’s name.")
    clean["short_name"] = line(facts["short_name"], "short_name", "The short name", limit=60)
    clean["place"] = line(facts["place"], "place", "The place")
    if facts["sector"] not in names(SECTORS):
        message = "Choose a sector: public, private, voluntary or community."
        raise Refusal(message, "sector")
    if facts["kind"] not in names(ORGANISATION_KINDS):
        message = "Choose what kind of organisation it is."
        raise Refusal(message, "kind")
    if facts["opened_on"] and facts["closed_on"] and facts["closed_on"] < facts["opened_on"]:
        message = "The day it closed must be after the day it opened."
        raise Refusal(message, "closed_on")
    _check_parent(own_id, facts["parent_id"])
    return clean


def _check_parent(own_id: int | None, parent_id: int | None) -> None:
    """Refuse a parent that does not exist or that would make an organisation a part of itself."""
    seen = {own_id}
    while parent_id is not None:
        if parent_id in seen:
            message = "An organisation cannot be a part of itself, directly or through its own parts."
            raise Refusal(message, "parent_id")
        seen.add(parent_id)
        parent = db.session.get(Organisation, parent_id)
        if parent is None:
            message = "Choose the organisation it is part of from the list."
            raise Refusal(message, "parent_id")
        parent_id = parent.parent_id


def _checked_identifiers(identifiers: Iterable[Identifier], owner_id: int | None) -> list[Identifier]:
    """Return identifiers cleaned; refuse those that another organisation has, naming it."""
    wanted = []
    for scheme, value in identifiers:
        cleaned = line(value, "identifiers", "The identifier")
        if cleaned is None:
            continue
        padded = cleaned.upper().zfill(8) if scheme == "GB-COH" else cleaned
        owner = organisation_with(scheme, padded)
        if owner is not None and owner.id != owner_id:
            message = f"{SCHEME_NAMES.get(scheme, scheme)} {padded} belongs to {owner.name} already."
            raise Refusal(message, "identifiers")
        if owner is None and (scheme, padded) not in wanted:
            wanted.append((scheme, padded))
    return wanted


def organisation_with(scheme: str, value: str) -> Organisation | None:
    """Return the organisation that has an identifier."""
    return db.session.scalar(
        select(Organisation)
        .join(OrganisationIdentifier, OrganisationIdentifier.organisation_id == Organisation.id)
        .where(OrganisationIdentifier.scheme == scheme, OrganisationIdentifier.value == value),
    )


def _add_identifiers(organisation_id: int, identifiers: Iterable[Identifier]) -> None:
    db.session.add_all(
        OrganisationIdentifier(organisation_id=organisation_id, scheme=scheme, value=value)
        for scheme, value in identifiers
    )


def _set_aliases(organisation_id: int, aliases: Iterable[str]) -> None:
    """Make the aliases these: new ones are added, missing ones withdrawn, withdrawn ones brought back."""
    cleaned = [line(alias, "aliases", "The other name") for alias in aliases]
    wanted = {alias for alias in cleaned if alias}
    kept = db.session.scalars(
        select(OrganisationAlias).where(OrganisationAlias.organisation_id == organisation_id),
    ).all()
    for row in kept:
        row.is_withdrawn = row.name not in wanted
    for name in sorted(wanted - {row.name for row in kept}):
        db.session.add(OrganisationAlias(organisation_id=organisation_id, name=name, is_withdrawn=False))


def close_organisation(
    actor: str,
    organisation: Organisation,
    closed_on: date | None,
    successors: Iterable[int] = (),
) -> None:
    """End an organisation on a day, naming who took over, if anybody."""
    if organisation.is_closed:
        message = "This organisation is closed already."
        raise Refusal(message)
    if closed_on is None or closed_on > today():
        message = "The day it closed must be today or earlier."
        raise Refusal(message, "closed_on")
    if organisation.opened_on and closed_on < organisation.opened_on:
        message = "The day it closed must be after the day it opened."
        raise Refusal(message, "closed_on")
    wanted = list(successors)
    for successor_id in wanted:
        _check_successor(organisation, successor_id)
    with recorded(actor, "organisation:closed"):
        organisation.closed_on = closed_on
        for successor_id in wanted:
            name_successor(actor, organisation, successor_id)


def reopen_organisation(actor: str, organisation: Organisation, reason: str | None) -> None:
    """Undo a closing that was a mistake; successors stay named in the history."""
    why = required(line(reason, "reason", "The reason"), "reason", "Say why it is opened again.")
    if not organisation.is_closed:
        message = "This organisation is open already."
        raise Refusal(message)
    with recorded(actor, "organisation:reopened", why):
        organisation.closed_on = None


def name_successor(actor: str, organisation: Organisation, successor_id: int) -> bool:
    """Say that another organisation took over from this one; return whether that was new."""
    _check_successor(organisation, successor_id)
    known = select(OrganisationSuccessor.id).where(
        OrganisationSuccessor.organisation_id == organisation.id,
        OrganisationSuccessor.successor_id == successor_id,
    )
    if db.session.scalar(known) is not None:
        return False
    with recorded(actor, "organisation_successor:named"):
        db.session.add(OrganisationSuccessor(organisation_id=organisation.id, successor_id=successor_id))
    return True


def _check_successor(organisation: Organisation, successor_id: int) -> None:
    if successor_id == organisation.id:
        message = "An organisation cannot succeed itself."
        raise Refusal(message, "successors")
    if db.session.get(Organisation, successor_id) is None:
        message = "Choose the successor from the list."
        raise Refusal(message, "successors")


def join_organisation(actor: str, organisation: Organisation, of_id: int) -> bool:
    """Say that an organisation belongs to another, as a council to a combined authority; return whether it was new."""
    known = select(OrganisationMembership.id).where(
        OrganisationMembership.organisation_id == organisation.id,
        OrganisationMembership.of_id == of_id,
    )
    if organisation.id == of_id or db.session.scalar(known) is not None:
        return False
    with recorded(actor, "organisation_membership:joined"):
        db.session.add(OrganisationMembership(organisation_id=organisation.id, of_id=of_id))
    return True
