"""What people do with interactions: log one, or correct one so that both versions stay readable."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from register.accounts.models import Person
from register.clock import Clocks, now, today
from register.database import db
from register.history.recording import recorded
from register.interactions.commitment_changes import NewCommitment, make_commitments
from register.interactions.kinds import BREACH_SCORE, KIND_BY_KEY, VOICES
from register.interactions.models import Attendance, Interaction, Reading
from register.partnerships.kinds import names
from register.partnerships.lookups import participations
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Contact
from register.refusals import Refusal
from register.text import line, paragraphs, required
from register.trust.changes import NewEvidence, add_evidence, withdraw_evidence
from register.trust.schemes import SCORES, determinant_of

OLDEST = timedelta(days=366 * 30)
"""Nobody logs a meeting of more than thirty years ago; a year such as 0206 is a slip."""


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


def log_interaction(
    by: Person, partnership: Partnership, happening: Happening, commitments: Sequence[NewCommitment] = (),
) -> Interaction:
    """Keep what happened, its readings as evidence, and the promises made.

    Refuses future days, unknown kinds, organisations that take no part, scores out of range and texts that cannot be
    kept; see `Refusal.field` for the input in question.
    """
    checked = check(partnership, happening)
    interaction = _new(by, partnership, checked)
    with recorded(by.actor, "interaction:logged"):
        _keep(by, partnership, interaction, checked)
        make_commitments(by, partnership, commitments, made_on=interaction.held_on, interaction_id=interaction.id)
    return interaction


def correct_interaction(
    by: Person, partnership: Partnership, mistaken: Interaction, happening: Happening, reason: str | None,
) -> Interaction:
    """Put a corrected version in the place of an interaction; the first version stays visible.

    The mistaken version's evidence is withdrawn and the corrected one's added, as if the mistake had never been made,
    while what was known until now stays known. Promises made in it stay as they are.
    """
    why = required(line(reason, "reason", "The reason"), "reason", "Say why it is corrected.")
    if mistaken.is_superseded:
        message = "This version was corrected already. Correct the newest version."
        raise Refusal(message)
    checked = check(partnership, happening)
    corrected = _new(by, partnership, checked)
    corrected.first_version_id = mistaken.lasting_id
    corrected.correction_reason = why
    with recorded(by.actor, "interaction:corrected", why):
        withdraw_evidence(partnership, source_of(mistaken))
        _keep(by, partnership, corrected, checked)
        mistaken.superseded_at = corrected.recorded_at
        mistaken.superseded_by_id = corrected.id
    return corrected


def source_of(interaction: Interaction) -> str:
    """Return how evidence names the interaction it came from."""
    return f"interaction:{interaction.id}"


def check(partnership: Partnership, happening: Happening) -> Happening:
    """Return what happened with its texts cleaned, or refuse the first thing that cannot be kept."""
    account = required(
        paragraphs(happening.account, "account", "The account"), "account", "Say what happened: a sentence is enough.",
    )
    if happening.kind not in KIND_BY_KEY:
        message = "Choose what it was, such as a meeting or a call."
        raise Refusal(message, "kind")
    held_on = check_day(happening.held_on)
    partners = {row.organisation_id: row.organisation.name for row in participations([partnership.id], Clocks(held_on))}
    _check_present(happening.present, partners)
    readings = [_checked_reading(reading, partners) for reading in happening.readings]
    if len({reading[:3] for reading in readings}) < len(readings):
        message = "Rate each determinant once for each direction."
        raise Refusal(message, "readings")
    return happening._replace(held_on=held_on, account=account, readings=readings)


def check_day(held_on: date | None) -> date:
    """Return the day it happened, or refuse a missing, future or impossible one."""
    if held_on is None:
        message = "Enter the day it happened."
        raise Refusal(message, "held_on")
    if held_on > today():
        message = f"The day it happened must be today or earlier. {held_on:%-d %B %Y} has not come yet."
        raise Refusal(message, "held_on")
    if held_on < today() - OLDEST:
        message = "The day it happened must be within the last thirty years. Check the year."
        raise Refusal(message, "held_on")
    return held_on


def _check_present(present: Sequence[Present], partners: Mapping[int, str]) -> None:
    if not present:
        message = "Choose which organisations took part."
        raise Refusal(message, "present")
    for one in present:
        if one.organisation_id not in partners:
            message = "Only organisations that took part in the partnership on that day can be chosen."
            raise Refusal(message, "present")
        contact = db.session.get(Contact, one.contact_id) if one.contact_id else None
        if one.contact_id and (contact is None or contact.organisation_id != one.organisation_id):
            message = "Choose contacts of the organisations that took part."
            raise Refusal(message, "present")


def _checked_reading(reading: NewReading, partners: Mapping[int, str]) -> NewReading:
    determinant = determinant_of(reading.determinant)
    field = f"reading-{reading.rater_id}-{reading.ratee_id}-{reading.determinant}"
    if reading.rater_id not in partners or reading.ratee_id not in partners or reading.rater_id == reading.ratee_id:
        message = "A reading is by one partner about another, and both must have taken part on that day."
        raise Refusal(message, field)
    if reading.score not in SCORES:
        message = f"Choose a score from 1 to 5 for {determinant.name.lower()}."
        raise Refusal(message, field)
    if reading.voice not in names(VOICES):
        message = "Say whose view it is."
        raise Refusal(message, field)
    evidence = line(reading.evidence, field, f"What you saw for {determinant.name.lower()}", limit=500)
    if reading.score == BREACH_SCORE and not evidence:
        message = f"Say what you saw for {determinant.name}: a reading of “1 Very poor” raises a flag, so it needs its evidence."
        raise Refusal(message, field)
    return reading._replace(evidence=evidence)


def _new(by: Person, partnership: Partnership, checked: Happening) -> Interaction:
    assert checked.held_on is not None  # noqa: S101 - `check` refuses a missing day
    return Interaction(
        partnership_id=partnership.id, kind=checked.kind, held_on=checked.held_on, account=checked.account or "",
        recorded_at=now(), recorded_by_id=by.id, first_version_id=None, correction_reason=None,
        superseded_at=None, superseded_by_id=None,
    )


def _keep(by: Person, partnership: Partnership, interaction: Interaction, checked: Happening) -> None:
    """Write the interaction with who was there and its readings, and hand the readings to `trust`."""
    db.session.add(interaction)
    db.session.flush()
    db.session.add_all(Attendance(interaction_id=interaction.id, **one._asdict()) for one in checked.present)
    db.session.add_all(
        Reading(interaction_id=interaction.id, rated_by_id=by.id, **reading._asdict()) for reading in checked.readings
    )
    db.session.flush()
    add_evidence(partnership, source_of(interaction), evidence_from(by, interaction.held_on, checked.readings))


def evidence_from(by: Person, held_on: date, readings: Sequence[NewReading]) -> list[NewEvidence]:
    """Return what readings say: a piece for each determinant, and one for each relationship as a whole.

    The whole is the mean over the determinants actually rated: what was not rated adds nothing. A score of 1 to 5 is
    good evidence of (score - 1) / 4. A rater's own view and what the other side told the rater are two voices.
    """
    pieces = []
    wholes: dict[tuple[int, int], list[NewReading]] = {}
    for reading in readings:
        wholes.setdefault((reading.rater_id, reading.ratee_id), []).append(reading)
        pieces.append(_piece(by, held_on, reading, reading.determinant, [reading]))
    pieces.extend(_piece(by, held_on, rated[0], "", rated) for rated in wholes.values())
    return pieces


def _piece(
    by: Person, held_on: date, about: NewReading, determinant: str, rated: Sequence[NewReading],
) -> NewEvidence:
    good = sum((reading.score - 1) / 4 for reading in rated) / len(rated)
    return NewEvidence(about.rater_id, about.ratee_id, determinant, held_on, good, 1 - good, f"{by.actor}:{about.voice}")
