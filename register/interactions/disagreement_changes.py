"""What people do with a statement of disagreement: put it beside an opinion, and take it back with a reason."""

from sqlalchemy import select

from register.accounts.models import Person
from register.clock import now
from register.database import db
from register.history.recording import recorded
from register.interactions.kinds import MANNERS
from register.interactions.models import Disagreement, Interaction, Reading
from register.partnerships.kinds import names
from register.partnerships.organisation_models import Contact
from register.refusals import Refusal
from register.text import line, paragraphs, required

LONGEST = 2000
"""Characters of a statement."""


def state_disagreement(
    by: Person, interaction: Interaction, rater_id: int, ratee_id: int, *, statement: str | None, manner: str | None,
    contact_id: int | None = None,
) -> Disagreement:
    """Put a statement beside the opinion that one organisation gave of another in an interaction."""
    words = paragraphs(statement, "statement", "The statement", LONGEST)
    said = required(words, "statement", "Enter what they say, in their words.")
    if manner not in names(MANNERS):
        raise Refusal("Choose how the statement came.", "manner")
    rated = select(Reading.id).where(
        Reading.interaction_id == interaction.id, Reading.rater_id == rater_id, Reading.ratee_id == ratee_id,
    )
    if db.session.scalar(rated.limit(1)) is None:
        raise Refusal("There is no such opinion in this interaction.")
    contact = db.session.get(Contact, contact_id) if contact_id is not None else None
    if contact_id is not None and (contact is None or contact.organisation_id != ratee_id):
        raise Refusal("Choose somebody of the organisation that was rated.", "contact_id")
    row = Disagreement(
        partnership_id=interaction.partnership_id, interaction_id=interaction.lasting_id, rater_id=rater_id,
        ratee_id=ratee_id, contact_id=contact_id, statement=said, manner=manner, recorded_at=now(),
        recorded_by_id=by.id, withdrawn_at=None, withdraw_reason=None,
    )
    with recorded(by.actor, "disagreement:stated"):
        db.session.add(row)
    return row


def withdraw_disagreement(by: Person, row: Disagreement, reason: str | None) -> None:
    """Take a statement back: it no longer stands beside the opinion, and stays in the history."""
    why = required(line(reason, "reason", "The reason"), "reason", "Say why it is taken back.")
    if row.withdrawn_at is not None:
        raise Refusal("The statement was taken back already.")
    with recorded(by.actor, "disagreement:withdrawn", why):
        row.withdrawn_at, row.withdraw_reason = now(), why
