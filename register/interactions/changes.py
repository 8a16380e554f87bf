"""What people do with interactions: log one, or correct one so that both versions stay readable."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from register.accounts.models import Person
from register.clock import now
from register.database import db
from register.history.recording import recorded
from register.interactions.checks import Happening, NewReading, Present, check
from register.interactions.commitment_changes import NewCommitment, make_commitments
from register.interactions.models import Attendance, Interaction, Reading
from register.partnerships.models import Partnership
from register.refusals import Refusal
from register.text import line, required
from register.trust.changes import NewEvidence, add_evidence, withdraw_evidence

__all__ = ["Happening", "NewCommitment", "NewReading", "Present", "correct_interaction", "log_interaction"]

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
        _keep(partnership, interaction, checked.present, [Opinion(by.id, reading) for reading in checked.readings])
        make_commitments(by, partnership, commitments, made_on=interaction.held_on, interaction_id=interaction.id)
    return interaction


def correct_interaction(
    by: Person, partnership: Partnership, mistaken: Interaction, happening: Happening, reason: str | None,
) -> Interaction:
    """Put a corrected version in the place of an interaction; the first version stays visible.

    The mistaken version's evidence is withdrawn and the corrected one's added, as if the mistake had never been made,
    while what was known until now stays known. Promises made in it stay as they are. A reading whose score stays is
    still the opinion of whoever gave it; a changed or new one is that of the person who corrects.
    """
    why = required(line(reason, "reason", "The reason"), "reason", "Say why it is corrected.")
    if mistaken.is_superseded:
        message = "This version was corrected already. Correct the newest version."
        raise Refusal(message)
    checked = check(partnership, happening)
    corrected = _new(by, partnership, checked)
    corrected.first_version_id = mistaken.lasting_id
    corrected.correction_reason = why
    opinions = _opinions(by, mistaken, checked.readings)
    with recorded(by.actor, "interaction:corrected", why):
        withdraw_evidence(partnership, source_of(mistaken))
        _keep(partnership, corrected, checked.present, opinions)
        mistaken.superseded_at = corrected.recorded_at
        mistaken.superseded_by_id = corrected.id
    return corrected


def reinstate_interaction(
    by: Person, partnership: Partnership, mistaken: Interaction, former: Interaction, reason: str,
) -> Interaction:
    """Put a version that stood before back into the place of a correction, each opinion still that of its rater."""
    attended = db.session.scalars(select(Attendance).where(Attendance.interaction_id == former.id))
    there = [Present(one.organisation_id, one.contact_id, one.person_id) for one in attended]
    rated = db.session.scalars(select(Reading).where(Reading.interaction_id == former.id))
    opinions = [
        Opinion(
            row.rated_by_id,
            NewReading(row.rater_id, row.ratee_id, row.determinant, row.score, row.evidence, row.voice),
        )
        for row in rated
    ]
    back = _new(by, partnership, Happening(former.kind, former.held_on, former.account, there))
    back.first_version_id, back.correction_reason = mistaken.lasting_id, reason
    with recorded(by.actor, "interaction:corrected", reason):
        withdraw_evidence(partnership, source_of(mistaken))
        _keep(partnership, back, there, opinions)
        mistaken.superseded_at, mistaken.superseded_by_id = back.recorded_at, back.id
    return back


def source_of(interaction: Interaction) -> str:
    """Return how evidence names the interaction it came from."""
    return f"interaction:{interaction.id}"


def _new(by: Person, partnership: Partnership, checked: Happening) -> Interaction:
    assert checked.held_on is not None  # noqa: S101 - `check` refuses a missing day
    return Interaction(
        partnership_id=partnership.id, kind=checked.kind, held_on=checked.held_on, account=checked.account or "",
        recorded_at=now(), recorded_by_id=by.id, first_version_id=None, correction_reason=None,
        superseded_at=None, superseded_by_id=None,
    )


class Opinion(NamedTuple):
    """A reading with the person whose opinion it is."""

    rated_by_id: int
    reading: NewReading


def _opinions(by: Person, mistaken: Interaction, kept: Iterable[NewReading]) -> list[Opinion]:
    """Return the corrected readings, each with whose opinion it is."""
    earlier = {
        (row.rater_id, row.ratee_id, row.determinant, row.score, row.voice): row.rated_by_id
        for row in db.session.scalars(select(Reading).where(Reading.interaction_id == mistaken.id))
    }
    return [Opinion(earlier.get((*reading[:4], reading.voice), by.id), reading) for reading in kept]


def _keep(
    partnership: Partnership, interaction: Interaction, present: Iterable[Present], opinions: Sequence[Opinion],
) -> None:
    """Write the interaction with who was there and its readings, and hand the readings to `trust`."""
    db.session.add(interaction)
    db.session.flush()
    db.session.add_all(Attendance(interaction_id=interaction.id, **one._asdict()) for one in present)
    db.session.add_all(
        Reading(interaction_id=interaction.id, rated_by_id=person_id, **reading._asdict())
        for person_id, reading in opinions
    )
    db.session.flush()
    add_evidence(partnership, source_of(interaction), evidence_from(interaction.held_on, opinions))


def evidence_from(held_on: date, opinions: Iterable[Opinion]) -> list[NewEvidence]:
    """Return what readings say: a piece for each determinant, and one for each relationship as a whole.

    The whole is the mean over the determinants actually rated: what was not rated adds nothing. A score of 1 to 5 is
    good evidence of (score - 1) / 4. A rater's own view and what the other side told the rater are two voices.
    """
    pieces = []
    wholes: dict[tuple[int, int, str], list[NewReading]] = {}
    for person_id, reading in opinions:
        rater_key = f"person:{person_id}:{reading.voice}"
        wholes.setdefault((reading.rater_id, reading.ratee_id, rater_key), []).append(reading)
        pieces.append(_piece(held_on, rater_key, reading.determinant, [reading]))
    pieces.extend(_piece(held_on, rater_key, "", rated) for (_, _, rater_key), rated in wholes.items())
    return pieces


def _piece(held_on: date, rater_key: str, determinant: str, rated: Sequence[NewReading]) -> NewEvidence:
    good = sum((reading.score - 1) / 4 for reading in rated) / len(rated)
    return NewEvidence(rated[0].rater_id, rated[0].ratee_id, determinant, held_on, good, 1 - good, rater_key)
