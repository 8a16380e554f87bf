"""Every column that points to an organisation: what a merge has to move."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from register.database import Base, db
from register.erasures.models import LegalHold
from register.interactions.models import Attendance, Commitment, Disagreement, Interaction, Reading
from register.partnerships.deal_models import DealRevision, DealShare
from register.partnerships.models import Participation
from register.partnerships.organisation_models import (
    Contact,
    Organisation,
    OrganisationAlias,
    OrganisationIdentifier,
    OrganisationMembership,
    OrganisationSuccessor,
)


class Pointer(NamedTuple):
    """A column that points to an organisation."""

    table: type[Base]
    column: str
    other: str | None = None
    """The column that points to the other side, which must stay another."""
    beside: str | None = None
    """The column within whose value an organisation may stand once."""

    @property
    def key(self) -> str:
        """How a merge names it, such as "reading.rater_id"."""
        return f"{self.table.__tablename__}.{self.column}"


OF_ORGANISATIONS = (
    Pointer(OrganisationAlias, "organisation_id"),
    Pointer(OrganisationIdentifier, "organisation_id"),
    Pointer(OrganisationSuccessor, "organisation_id", "successor_id", "successor_id"),
    Pointer(OrganisationSuccessor, "successor_id", "organisation_id", "organisation_id"),
    Pointer(OrganisationMembership, "organisation_id", "of_id", "of_id"),
    Pointer(OrganisationMembership, "of_id", "organisation_id", "organisation_id"),
    Pointer(Organisation, "parent_id", "id"),
    Pointer(Contact, "organisation_id"),
    Pointer(LegalHold, "organisation_id"),
)
OF_PARTNERSHIPS = (
    Pointer(Participation, "organisation_id", None, "partnership_id"),
    Pointer(DealShare, "organisation_id", None, "deal_revision_id"),
    Pointer(Attendance, "organisation_id"),
    Pointer(Reading, "rater_id", "ratee_id"),
    Pointer(Reading, "ratee_id", "rater_id"),
    Pointer(Disagreement, "rater_id", "ratee_id"),
    Pointer(Disagreement, "ratee_id", "rater_id"),
    Pointer(Commitment, "promisor_id", "promisee_id"),
    Pointer(Commitment, "promisee_id", "promisor_id"),
)
"""All but evidence, which `trust` restates."""
POINTERS = {pointer.key: pointer for pointer in (*OF_ORGANISATIONS, *OF_PARTNERSHIPS)}


def pointing(pointer: Pointer, organisation_id: int, partnership_id: int | None = None) -> Sequence[Any]:
    """Return the rows that point to an organisation; of a table of partnerships, those of one partnership."""
    asked: Any = select(pointer.table).where(getattr(pointer.table, pointer.column) == organisation_id)
    if partnership_id is not None:
        asked = asked.where(_belongs(pointer.table, partnership_id))
    return db.session.scalars(asked).all()


def _belongs(table: Any, partnership_id: int) -> Any:
    """Return the condition for rows of one partnership."""
    if table is DealShare:
        revisions = select(DealRevision.id).where(DealRevision.partnership_id == partnership_id)
        return DealShare.deal_revision_id.in_(revisions)
    if table in (Attendance, Reading):
        held = select(Interaction.id).where(Interaction.partnership_id == partnership_id)
        return table.interaction_id.in_(held)
    return table.partnership_id == partnership_id
