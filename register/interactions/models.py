"""The tables of interactions, readings and commitments. Corrections supersede; nothing is overwritten."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.accounts.models import Person
from register.database import Base
from register.database.columns import Instant, Key, Line, Paragraphs, Recorded, Word
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Contact, Organisation


class Interaction(Base):
    """Something that happened between partners on a day; a correction is a new row that supersedes."""

    __tablename__ = "interaction"
    __table_args__ = (
        Index("ix_interaction_partnership", "partnership_id", "held_on", "id"),
        Index("ix_interaction_held_on", "held_on", "id"),
    )

    id: Mapped[Key]
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    kind: Mapped[Word]
    held_on: Mapped[date]
    account: Mapped[Paragraphs]
    recorded_at: Mapped[Recorded]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    first_version_id: Mapped[int | None] = mapped_column(ForeignKey("interaction.id"), index=True)
    """The interaction as first logged; None on that one itself."""
    correction_reason: Mapped[Line | None]
    superseded_at: Mapped[datetime | None] = mapped_column(Instant)
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("interaction.id"))

    partnership: Mapped[Partnership] = relationship()
    recorded_by: Mapped[Person] = relationship()

    @property
    def is_superseded(self) -> bool:
        """Whether a correction took this one's place."""
        return self.superseded_at is not None

    @property
    def lasting_id(self) -> int:
        """The id that all versions share: that of the first."""
        return self.first_version_id or self.id


class Attendance(Base):
    """Who was there: an organisation, and where known the contact or the person of the register."""

    __tablename__ = "attendance"

    id: Mapped[Key]
    interaction_id: Mapped[int] = mapped_column(ForeignKey("interaction.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    organisation: Mapped[Organisation] = relationship()
    contact: Mapped[Contact | None] = relationship()


class Reading(Base):
    """One score of one determinant by one organisation about another: an opinion, with its evidence."""

    __tablename__ = "reading"

    id: Mapped[Key]
    interaction_id: Mapped[int] = mapped_column(ForeignKey("interaction.id"), index=True)
    rater_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    ratee_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    rated_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    voice: Mapped[Word]
    determinant: Mapped[Word]
    """With its scheme, such as "ilm:openness"."""
    score: Mapped[int] = mapped_column(SmallInteger)
    evidence: Mapped[str | None] = mapped_column(String(500))


class Commitment(Base):
    """A promise by one side to another with a date. What became of it stands in its settlements."""

    __tablename__ = "commitment"
    __table_args__ = (Index("ix_commitment_partnership", "partnership_id", "due_on", "id"),)

    id: Mapped[Key]
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey("interaction.id"), index=True)
    """The first version of the interaction in which it was made."""
    promisor_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    promisee_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    what: Mapped[Line]
    made_on: Mapped[date]
    due_on: Mapped[date]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("commitment.id"))
    """The promise that this one took the place of, when it was renegotiated."""
    recorded_at: Mapped[Recorded]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    partnership: Mapped[Partnership] = relationship()
    promisor: Mapped[Organisation] = relationship(foreign_keys=promisor_id)
    promisee: Mapped[Organisation] = relationship(foreign_keys=promisee_id)


class Settlement(Base):
    """How a commitment ended, by whom it was said and when; a later settlement supersedes a mistaken one."""

    __tablename__ = "settlement"

    id: Mapped[Key]
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"), index=True)
    outcome: Mapped[Word]
    settled_on: Mapped[date]
    note: Mapped[Line | None]
    recorded_at: Mapped[Recorded]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    superseded_at: Mapped[datetime | None] = mapped_column(Instant)


class Disagreement(Base):
    """What those who were rated say against an opinion: it stands beside the opinion and changes no figure."""

    __tablename__ = "disagreement"
    __table_args__ = (Index("ix_disagreement_relationship", "partnership_id", "rater_id", "ratee_id"),)

    id: Mapped[Key]
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    interaction_id: Mapped[int] = mapped_column(ForeignKey("interaction.id"), index=True)
    """The first version of the interaction that the opinion came from."""
    rater_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    ratee_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    """Who of the rated organisation says it; None for the organisation itself."""
    statement: Mapped[Paragraphs]
    manner: Mapped[Word]
    recorded_at: Mapped[Recorded]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdraw_reason: Mapped[Line | None]

    ratee: Mapped[Organisation] = relationship(foreign_keys=ratee_id)
    contact: Mapped[Contact | None] = relationship()
    recorded_by: Mapped[Person] = relationship()

    @property
    def whose(self) -> str:
        """Who disagrees: "Priya Nair, manager, for Mind" or "Mind"."""
        return f"{self.contact.label}, for {self.ratee.label}" if self.contact else self.ratee.label
