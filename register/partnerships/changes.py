"""What people do to partnerships: start, edit, close, and set who takes part."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from register.accounts.models import Person
from register.clock import now, today
from register.database import db
from register.history.recording import recorded
from register.partnerships.kinds import (
    PARTICIPATION_ROLES,
    PARTNERSHIP_KINDS,
    SIGNIFICANCES,
    STAGES,
    THEMES,
    names,
)
from register.partnerships.models import Participation, Partnership, PartnershipIdentifier
from register.partnerships.organisation_models import Organisation
from register.refusals import Refusal
from register.text import line, paragraphs, required

FACTS = (
    "name",
    "kind",
    "purpose",
    "theme",
    "significance",
    "stage",
    "scheme",
    "is_restricted",
    "cadence_days",
    "lead_officer_id",
    "senior_owner",
    "started_on",
    "ends_on",
)
DEFAULTS: dict[str, Any] = {
    "purpose": None,
    "theme": None,
    "significance": "significant",
    "stage": "running",
    "scheme": None,
    "is_restricted": False,
    "cadence_days": None,
    "lead_officer_id": None,
    "senior_owner": None,
    "started_on": None,
    "ends_on": None,
}
LONGEST_CADENCE = 1100
"""Days, three years: partners that meet less often have no cadence."""


def start_partnership(
    actor: str, facts: Mapping[str, Any], *, identifiers: Mapping[str, str] | None = None, default_scheme: str = "ilm"
) -> Partnership:
    """Start a partnership. `facts` holds `FACTS`; only name and kind are needed.

    `identifiers` is what other systems call it, as {scheme: value}; `default_scheme` the trust scheme of its kind.
    """
    checked = checked_facts(facts, default_scheme)
    partnership = Partnership(**checked, created_at=now())
    with recorded(actor, "partnership:started"):
        db.session.add(partnership)
        db.session.flush()
        for scheme, value in (identifiers or {}).items():
            db.session.add(PartnershipIdentifier(partnership_id=partnership.id, scheme=scheme, value=value))
    return partnership


def checked_facts(facts: Mapping[str, Any], default_scheme: str = "ilm") -> dict[str, Any]:
    """Return the facts of a partnership that is to start, cleaned and whole; refuse the first that cannot be kept."""
    checked = _checked({**DEFAULTS, **facts}, default_scheme)
    _check_lead_officer(checked["lead_officer_id"])
    return checked


def edit_partnership(actor: str, partnership: Partnership, facts: Mapping[str, Any], reason: str | None = None) -> None:
    """Change facts of a partnership; those not named stay as they are."""
    current = {key: getattr(partnership, key) for key in FACTS}
    checked = _checked({**current, **facts}, partnership.scheme)
    if (checked["stage"] == "closed") != partnership.is_closed:
        message = "A partnership is closed and opened again on a page of its own, with the reason."
        raise Refusal(message, "stage")
    if checked["lead_officer_id"] != partnership.lead_officer_id:
        _check_lead_officer(checked["lead_officer_id"])
    with recorded(actor, "partnership:edited", line(reason, "reason", "The reason")):
        for key, value in checked.items():
            setattr(partnership, key, value)


CHOICES = (
    ("kind", PARTNERSHIP_KINDS, "Choose what kind of partnership it is."),
    ("theme", THEMES, "Choose a theme from the list."),
    ("significance", SIGNIFICANCES, "Choose how significant it is."),
    ("stage", STAGES, "Choose the stage it is at."),
)


def _checked(facts: Mapping[str, Any], default_scheme: str) -> dict[str, Any]:
    clean = {key: facts[key] for key in FACTS}
    clean["name"] = required(line(facts["name"], "name", "The name"), "name", "Enter the partnership’s name.")
    clean["purpose"] = paragraphs(facts["purpose"], "purpose", "The purpose")
    clean["senior_owner"] = line(facts["senior_owner"], "senior_owner", "The senior owner")
    clean["scheme"] = facts["scheme"] or default_scheme
    for field, kinds, sentence in CHOICES:
        if facts[field] not in names(kinds) and not (field == "theme" and facts[field] is None):
            raise Refusal(sentence, field)
    if facts["started_on"] and facts["ends_on"] and facts["ends_on"] < facts["started_on"]:
        message = "The end date must be after the start date."
        raise Refusal(message, "ends_on")
    cadence = facts["cadence_days"]
    if cadence is not None and not 1 <= cadence <= LONGEST_CADENCE:
        message = f"Enter how often they meet as a number of days from 1 to {LONGEST_CADENCE}."
        raise Refusal(message, "cadence_days")
    return clean


def _check_lead_officer(person_id: int | None) -> None:
    """Refuse a lead officer who is none: somebody of another role, or who no longer uses the register."""
    if person_id is None:
        return
    person = db.session.get(Person, person_id)
    if person is None or person.role != "officer" or not person.is_active:
        message = "Choose the lead officer from the list."
        raise Refusal(message, "lead_officer_id")


def close_partnership(actor: str, partnership: Partnership, closed_on: date | None, reason: str | None) -> None:
    """Close a partnership on a day, with the reason; its history is kept."""
    why = required(line(reason, "reason", "The reason"), "reason", "Say why the partnership is closed.")
    if partnership.is_closed:
        message = "This partnership is closed already."
        raise Refusal(message)
    if closed_on is None or closed_on > today():
        message = "The day it closed must be today or earlier."
        raise Refusal(message, "closed_on")
    if partnership.started_on and closed_on < partnership.started_on:
        message = "The day it closed must be after the day it started."
        raise Refusal(message, "closed_on")
    with recorded(actor, "partnership:closed", why):
        partnership.closed_on = closed_on
        partnership.close_reason = why
        partnership.stage = "closed"


def reopen_partnership(actor: str, partnership: Partnership, reason: str | None) -> None:
    """Open a closed partnership again."""
    why = required(line(reason, "reason", "The reason"), "reason", "Say why the partnership is opened again.")
    if not partnership.is_closed:
        message = "This partnership is open already."
        raise Refusal(message)
    with recorded(actor, "partnership:reopened", why):
        partnership.closed_on = None
        partnership.close_reason = None
        partnership.stage = "running"


def add_participation(
    actor: str,
    partnership: Partnership,
    organisation_id: int | None,
    role: str,
    joined_on: date | None = None,
    left_on: date | None = None,
) -> Participation:
    """Say that an organisation takes part. Refuses one that already does."""
    organisation = db.session.get(Organisation, organisation_id) if organisation_id else None
    if organisation is None:
        message = "Choose an organisation from the list."
        raise Refusal(message, "organisation_id")
    known = _known_role(role)
    _check_part_dates(joined_on, left_on)
    participation = Participation(
        partnership_id=partnership.id,
        organisation_id=organisation.id,
        role=known,
        joined_on=joined_on,
        left_on=left_on,
    )
    if any(other.left_on is None for other in _others(participation)):
        message = f"{organisation.name} takes part already."
        raise Refusal(message, "organisation_id")
    before = f"{organisation.name} took part before: enter the day it joined again, after it had left."
    _check_overlap(participation, joined_on, left_on, before)
    with recorded(actor, "participation:joined"):
        db.session.add(participation)
    return participation


def edit_participation(
    actor: str,
    participation: Participation,
    *,
    role: str,
    joined_on: date | None,
    left_on: date | None,
) -> None:
    """Change an organisation's role or dates; a day in `left_on` ends its part."""
    _check_part_dates(joined_on, left_on)
    known = _known_role(role)
    _check_overlap(participation, joined_on, left_on, "It took part in these days already, in another role.")
    with recorded(actor, "participation:edited"):
        participation.role = known
        participation.joined_on = joined_on
        participation.left_on = left_on


def _check_overlap(participation: Participation, joined_on: date | None, left_on: date | None, sentence: str) -> None:
    """Refuse days on which the organisation has another part in the same partnership; no day means from or for ever."""
    for other in _others(participation):
        begins_before_its_end = other.left_on is None or joined_on is None or joined_on < other.left_on
        ends_after_its_start = left_on is None or other.joined_on is None or other.joined_on < left_on
        if begins_before_its_end and ends_after_its_start:
            raise Refusal(sentence, "joined_on")


def _others(participation: Participation) -> list[Participation]:
    return [
        row
        for row in db.session.scalars(
            select(Participation).where(
                Participation.partnership_id == participation.partnership_id,
                Participation.organisation_id == participation.organisation_id,
            )
        )
        if row is not participation
    ]


def _known_role(role: str) -> str:
    if role not in names(PARTICIPATION_ROLES):
        message = "Choose the organisation’s role."
        raise Refusal(message, "role")
    return role


def _check_part_dates(joined_on: date | None, left_on: date | None) -> None:
    if joined_on and left_on and left_on < joined_on:
        message = "The day it left must be after the day it joined."
        raise Refusal(message, "left_on")
