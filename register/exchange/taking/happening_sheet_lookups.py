"""The rows of the sheets of interactions, readings and commitments, portion by portion."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from register.accounts.models import Person
from register.database import db
from register.exchange.sheets.cells import marked
from register.exchange.taking.portion_lookups import Rows, RowsOf, grouped, portions
from register.exchange.taking.scope import Scope
from register.exchange.taking.sheet_lookups import (
    contacts,
    contributions,
    deals,
    organisations,
    participations,
    partnerships,
)
from register.interactions.models import Attendance, Commitment, Interaction, Reading, Settlement
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Contact, Organisation

LASTING = func.coalesce(Interaction.first_version_id, Interaction.id)
"""The number by which an interaction is known, whatever was corrected: that of its first version."""


def interactions(scope: Scope) -> Rows:
    """Yield what happened, in the versions that stand."""
    asked = (
        select(
            Interaction.id, LASTING, Interaction.partnership_id, Partnership.name, Interaction.kind,
            Interaction.held_on, Interaction.account, Person.name,
        )
        .join(Partnership, Partnership.id == Interaction.partnership_id)
        .join(Person, Person.id == Interaction.recorded_by_id)
        .where(scope.interactions())
    )  # fmt: skip
    for rows in portions(asked, Interaction.id):
        present, people = _present([row[0] for row in rows])
        for key, *facts, logged_by in rows:
            yield [*facts, present.get(key), people.get(key), logged_by, None]


def _present(ids: Sequence[int]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Return which organisations were there, and which contacts, by interaction."""
    asked = (
        select(
            Attendance.interaction_id, Attendance.organisation_id, Organisation.name, Attendance.contact_id,
            Contact.role,
        )
        .join(Organisation, Organisation.id == Attendance.organisation_id)
        .outerjoin(Contact, Contact.id == Attendance.contact_id)
        .where(Attendance.interaction_id.in_(ids))
        .order_by(Attendance.id)
    )  # fmt: skip
    found = grouped(asked)
    bodies = {key: list(dict.fromkeys(marked(row[0], row[1]) for row in rows)) for key, rows in found.items()}
    people = {key: [marked(row[2], row[3]) for row in rows if row[2]] for key, rows in found.items()}
    return bodies, {key: some for key, some in people.items() if some}


def readings(scope: Scope) -> Rows:
    """Yield the scores of the interactions, in the order of these."""
    asked = (
        select(Interaction.id, LASTING)
        .join(Partnership, Partnership.id == Interaction.partnership_id)
        .where(scope.interactions(), Interaction.id.in_(select(Reading.interaction_id)))
    )
    for rows in portions(asked, Interaction.id):
        scored = _scored([row[0] for row in rows])
        for key, lasting in rows:
            for reading in scored.get(key, ()):
                yield [lasting, *reading]


def _scored(ids: Sequence[int]) -> dict[int, list[Any]]:
    rater, ratee = aliased(Organisation), aliased(Organisation)
    asked = (
        select(
            Reading.interaction_id, Reading.rater_id, rater.name, Reading.ratee_id, ratee.name, Reading.determinant,
            Reading.score, Reading.evidence, Reading.voice, Person.name,
        )
        .join(rater, rater.id == Reading.rater_id)
        .join(ratee, ratee.id == Reading.ratee_id)
        .join(Person, Person.id == Reading.rated_by_id)
        .where(Reading.interaction_id.in_(ids))
        .order_by(Reading.rater_id, Reading.ratee_id, Reading.determinant, Reading.id)
    )  # fmt: skip
    return grouped(asked)


def commitments(scope: Scope) -> Rows:
    """Yield promises, each with what became of it."""
    by, to = aliased(Organisation), aliased(Organisation)
    asked = (
        select(
            Commitment.id, Commitment.partnership_id, Partnership.name, Commitment.interaction_id,
            Commitment.replaces_id, Commitment.promisor_id, by.name, Commitment.promisee_id, to.name, Commitment.what,
            Commitment.made_on, Commitment.due_on,
        )
        .join(Partnership, Partnership.id == Commitment.partnership_id)
        .join(by, by.id == Commitment.promisor_id)
        .join(to, to.id == Commitment.promisee_id)
        .where(scope.partnerships())
    )  # fmt: skip
    for rows in portions(asked, Commitment.id):
        ended = select(Settlement.commitment_id, Settlement.outcome, Settlement.settled_on, Settlement.note).where(
            Settlement.commitment_id.in_([row[0] for row in rows]), Settlement.superseded_at.is_(None)
        )
        endings = {key: rest for key, *rest in db.session.execute(ended)}
        for row in rows:
            yield [*row, *endings.get(row[0], (None, None, None))]


ROWS: dict[str, RowsOf] = {
    "organisations": organisations,
    "contacts": contacts,
    "partnerships": partnerships,
    "participations": participations,
    "deals": deals,
    "contributions": contributions,
    "interactions": interactions,
    "readings": readings,
    "commitments": commitments,
}
"""What fills each sheet of `sheets.SHEETS`."""
