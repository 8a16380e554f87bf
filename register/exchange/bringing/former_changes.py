"""What stood before a batch stands again: terms of a deal, the version of an interaction, what became of a promise.

None of these is ever overwritten, so each comes back as a new row like the former one.
"""

from collections.abc import Collection

from sqlalchemy import or_, select

from register.accounts.models import Person
from register.database import db
from register.exchange.bringing.lookups import in_portions
from register.interactions.changes import reinstate_interaction
from register.interactions.commitment_changes import reinstate_answer
from register.interactions.models import Commitment, Interaction, Settlement
from register.partnerships.deal_changes import TERMS, Share, revise_deal
from register.partnerships.lookups import deal_revisions, shares_of
from register.partnerships.models import Partnership

WHY = "The import that brought it was undone"


def deal_as_before(actor: str, partnership: Partnership, made: Collection[int]) -> None:
    """Revise a deal to the terms it had before some revisions were made, where there were any."""
    earlier = [one for one in deal_revisions(partnership.id) if one.id not in made]
    if not earlier:
        return
    former = max(earlier, key=lambda one: one.revision)
    terms = {**{key: getattr(former, key) for key in TERMS}, "documents": former.documents_in_place}
    shares = tuple(Share(row.organisation_id, row.money_pence, row.in_kind) for row in shares_of(former))
    revise_deal(actor, partnership, terms, shares, WHY, told_at=former.told_at)


def interactions_as_before(_actor: str, partnership: Partnership, made: Collection[int]) -> None:
    """Put the version before into the place of each correction that was made of an interaction known before."""
    for portion in in_portions(sorted(made)):
        standing = (Interaction.superseded_at.is_(None), Interaction.first_version_id.is_not(None))
        for corrected in db.session.scalars(select(Interaction).where(Interaction.id.in_(portion), *standing)).all():
            first = corrected.first_version_id
            versions = or_(Interaction.id == first, Interaction.first_version_id == first)
            earlier = db.session.scalars(select(Interaction).where(versions).order_by(Interaction.id.desc()))
            former = next((one for one in earlier if one.id not in made), None)
            by = db.session.get_one(Person, corrected.recorded_by_id)
            if former is not None:
                reinstate_interaction(by, partnership, corrected, former, WHY)


def answers_as_before(_actor: str, partnership: Partnership, made: Collection[int]) -> None:
    """Take back each answer that was given to a promise; the one before it stands again, or the promise is open."""
    for portion in in_portions(sorted(made)):
        standing = Settlement.superseded_at.is_(None)
        for answer in db.session.scalars(select(Settlement).where(Settlement.id.in_(portion), standing)).all():
            commitment = db.session.get_one(Commitment, answer.commitment_id)
            answers = select(Settlement).where(Settlement.commitment_id == commitment.id)
            earlier = db.session.scalars(answers.order_by(Settlement.id.desc()))
            former = next((one for one in earlier if one.id not in made), None)
            reinstate_answer(partnership, commitment, answer, former)


AS_BEFORE = {
    "deal_revision": deal_as_before,
    "interaction": interactions_as_before,
    "settlement": answers_as_before,
}
"""Tables whose rows take the place of earlier ones, with what brings the earlier back."""
