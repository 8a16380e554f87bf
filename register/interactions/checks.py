"""The rules that hold for what happened, whoever logs it; each refusal names the input that has to change.

A reading's inputs are called "reading-<rater>-<ratee>-<determinant>" and "evidence-<rater>-<ratee>-<determinant>".
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from register.clock import Clocks, today
from register.database import db
from register.interactions.commitment_changes import NewCommitment, check_due, check_what, check_who
from register.interactions.kinds import BREACH_SCORE, KIND_BY_KEY, VOICES
from register.partnerships.kinds import names
from register.partnerships.lookups import participations
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Contact
from register.refusals import Refusal
from register.text import line, paragraphs, required
from register.trust.schemes import SCORES, determinant_of

OLDEST = timedelta(days=366 * 30)
"""Nobody logs a meeting of more than thirty years ago; a year such as 0206 is a slip."""
EVIDENCE = 500
"""Characters in what was seen."""


class NewReading(NamedTuple):
    """A score to keep: `rater_id` rates `ratee_id`, both organisations of the partnership."""

    rater_id: int
    ratee_id: int
    determinant: str
    score: int
    evidence: str | None = None
    voice: str = "own"


class Present(NamedTuple):
    """Somebody who was there: an organisation, and where known its contact, or a person of the register."""

    organisation_id: int
    contact_id: int | None = None
    person_id: int | None = None


class Happening(NamedTuple):
    """What a form says of an interaction, as typed."""

    kind: str
    held_on: date | None
    account: str | None
    present: Sequence[Present]
    readings: Sequence[NewReading] = ()


def check(partnership: Partnership, happening: Happening) -> Happening:
    """Return what happened with its texts cleaned, or refuse the first thing that cannot be kept."""
    return check_by(happening, lambda day: partners_on(partnership, day), employer)


Partners = Callable[[date], Mapping[int, str]]
"""Answers who took part in a partnership on a day: the organisations' names by id."""
Employer = Callable[[int], int | None]
"""Answers of which organisation somebody is a contact, None where there is no such contact."""


def employer(contact_id: int) -> int | None:
    """Return of which organisation somebody is a contact."""
    contact = db.session.get(Contact, contact_id)
    return contact.organisation_id if contact else None


def check_by(happening: Happening, partners_of: Partners, employer_of: Employer) -> Happening:
    """Check what happened like `check`, given who answers the questions asked of the register."""
    account = check_account(happening.account)
    check_kind(happening.kind)
    held_on = check_day(happening.held_on)
    partners = partners_of(held_on)
    check_present(happening.present, partners, employer_of)
    readings = [check_reading(reading, partners) for reading in happening.readings]
    _check_once(readings)
    return happening._replace(held_on=held_on, account=account, readings=readings)


def problems(
    partnership: Partnership, happening: Happening, commitments: Sequence[NewCommitment] = (),
) -> list[Refusal]:
    """Return every reason why this cannot be kept, so that a form can say them all at once; none when it can."""
    found: list[Refusal] = []
    _try(found, check_kind, happening.kind)
    _try(found, check_day, happening.held_on)
    _try(found, check_account, happening.account)
    on = min(happening.held_on or today(), today())
    partners = partners_on(partnership, on)
    _try(found, check_present, happening.present, partners)
    for reading in happening.readings:
        _try(found, check_reading, reading, partners)
    _try(found, _check_once, happening.readings)
    for number, promise in enumerate(commitments):
        name = f"commitments-{number}"
        _try(found, check_who, promise, partners, f"{name}-who")
        _try(found, check_what, promise.what, f"{name}-what")
        _try(found, check_due, promise.due_on, on, f"{name}-due_on")
    return found


def _try(found: list[Refusal], rule: Callable[..., object], *facts: object) -> None:
    try:
        rule(*facts)
    except Refusal as refusal:
        found.append(refusal)


def partners_on(partnership: Partnership, day: date) -> dict[int, str]:
    """Return the names of the organisations that took part on a day, by id."""
    rows = participations([partnership.id], Clocks(day))
    return {row.organisation_id: row.organisation.name for row in rows}


def check_account(account: str | None) -> str:
    """Return the account cleaned; refuses none."""
    cleaned = paragraphs(account, "account", "The account")
    return required(cleaned, "account", "Say what happened: a sentence is enough.")


def check_kind(kind: str) -> None:
    """Refuse a kind that the vocabulary does not have."""
    if kind not in KIND_BY_KEY:
        message = "Choose what it was, such as a meeting or a call."
        raise Refusal(message, "kind")


def check_day(held_on: date | None) -> date:
    """Return the day it happened, or refuse a missing, future or impossible one."""
    if held_on is None:
        message = "Enter the day it happened."
        raise Refusal(message, "held_on")
    last = today()
    if held_on > last:
        message = f"The day it happened must be today or earlier. {held_on:%-d %B %Y} has not come yet."
        raise Refusal(message, "held_on")
    if held_on < last - OLDEST:
        message = "The day it happened must be within the last thirty years. Check the year."
        raise Refusal(message, "held_on")
    return held_on


def check_present(present: Sequence[Present], partners: Mapping[int, str], employer_of: Employer = employer) -> None:
    """Refuse an empty meeting, organisations that took no part, and contacts of others."""
    if not present:
        message = "Choose which organisations took part."
        raise Refusal(message, "present")
    for one in present:
        if one.organisation_id not in partners:
            message = "Only organisations that took part in the partnership on that day can be chosen."
            raise Refusal(message, "present")
        if one.contact_id and employer_of(one.contact_id) != one.organisation_id:
            message = "Choose contacts of the organisations that took part."
            raise Refusal(message, "present")


def check_reading(reading: NewReading, partners: Mapping[int, str]) -> NewReading:
    """Return a reading with its evidence cleaned, or refuse what cannot be kept of it."""
    determinant = determinant_of(reading.determinant)
    inputs = f"{reading.rater_id}-{reading.ratee_id}-{reading.determinant}"
    score, seen = f"reading-{inputs}", f"evidence-{inputs}"
    if reading.rater_id not in partners or reading.ratee_id not in partners or reading.rater_id == reading.ratee_id:
        message = "A reading is by one partner about another, and both must have taken part on that day."
        raise Refusal(message, score)
    if reading.score not in SCORES:
        message = f"Choose a score from 1 to 5 for {determinant.name.lower()}."
        raise Refusal(message, score)
    if reading.voice not in names(VOICES):
        message = "Say whose view it is."
        raise Refusal(message, score)
    evidence = line(reading.evidence, seen, f"What you saw for {determinant.name.lower()}", limit=EVIDENCE)
    if reading.score == BREACH_SCORE and not evidence:
        message = f"Say what you saw for {determinant.name}: a reading of “1 Very poor” needs its evidence."
        raise Refusal(message, seen)
    return reading._replace(evidence=evidence)


def _check_once(readings: Sequence[NewReading]) -> None:
    if len({reading[:3] for reading in readings}) < len(readings):
        message = "Rate each determinant once for each direction."
        raise Refusal(message, "readings")
