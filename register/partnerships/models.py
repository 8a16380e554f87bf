"""The tables of partnerships: who takes part, and who looks after them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.accounts.models import Person
from register.database import Base
from register.database.columns import Instant, Key, Line, Paragraphs, Recorded, Word
from register.partnerships.organisation_models import Organisation


class Partnership(Base):
    """An arrangement between two or more organisations."""

    __tablename__ = "partnership"
    __table_args__ = (Index("ix_partnership_name", "name", "id"),)

    id: Mapped[Key]
    name: Mapped[Line]
    kind: Mapped[Word]
    purpose: Mapped[Paragraphs | None]
    theme: Mapped[Word | None]
    significance: Mapped[Word]
    stage: Mapped[Word]
    scheme: Mapped[Word]
    """Which determinants of trust its readings use: a key of `trust.schemes.SCHEMES`."""
    is_restricted: Mapped[bool]
    cadence_days: Mapped[int | None]
    """How often the partners agreed to meet."""
    lead_officer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    senior_owner: Mapped[Line | None]
    """Name and post: a senior owner need not use the register."""
    started_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    close_reason: Mapped[Line | None]
    created_at: Mapped[Recorded]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as a class attribute

    lead_officer: Mapped[Person | None] = relationship()

    @property
    def is_closed(self) -> bool:
        """Whether the work has ended."""
        return self.closed_on is not None


class PartnershipIdentifier(Base):
    """What another system calls a partnership, such as the id of a procurement process."""

    __tablename__ = "partnership_identifier"
    __table_args__ = (Index("ix_partnership_identifier_scheme_value", "scheme", "value"),)

    id: Mapped[Key]
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    scheme: Mapped[Word]
    value: Mapped[Line]


class Participation(Base):
    """An organisation's part in a partnership, with its role and dates."""

    __tablename__ = "participation"
    __table_args__ = (
        Index("ix_participation_partnership", "partnership_id", "organisation_id"),
        Index("ix_participation_organisation", "organisation_id", "partnership_id"),
    )

    id: Mapped[Key]
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[Word]
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as a class attribute

    organisation: Mapped[Organisation] = relationship()


class Member(Base):
    """A person of the register who looks after a partnership, or is named to see it while it is restricted."""

    __tablename__ = "partnership_member"
    __table_args__ = (Index("ix_partnership_member_person", "person_id", "partnership_id"),)

    id: Mapped[Key]
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    part: Mapped[Word]
    added_at: Mapped[Recorded]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    person: Mapped[Person] = relationship()
