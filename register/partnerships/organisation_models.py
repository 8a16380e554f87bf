"""The tables of organisations and their contacts."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.database import Base
from register.database.columns import Key, Line, Recorded, Word


class Organisation(Base):
    """A body or, with a parent, a unit of one."""

    __tablename__ = "organisation"
    __table_args__ = (Index("ix_organisation_name", "name", "id"),)

    id: Mapped[Key]
    name: Mapped[Line]
    short_name: Mapped[Line | None]
    sector: Mapped[Word]
    kind: Mapped[Word]
    place: Mapped[Line | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    created_at: Mapped[Recorded]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as a class attribute

    parent: Mapped["Organisation | None"] = relationship(remote_side="Organisation.id")

    @property
    def is_closed(self) -> bool:
        """Whether the organisation has ended."""
        return self.closed_on is not None

    @property
    def label(self) -> str:
        """The name that fits on a map or a button."""
        return self.short_name or self.name


class OrganisationAlias(Base):
    """Another name by which people look for an organisation."""

    __tablename__ = "organisation_alias"

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[Line]
    is_withdrawn: Mapped[bool] = mapped_column(default=False)


class OrganisationIdentifier(Base):
    """An organisation's number in a register kept by somebody else."""

    __tablename__ = "organisation_identifier"
    __table_args__ = (UniqueConstraint("scheme", "value"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    scheme: Mapped[Word]
    value: Mapped[Line]


class OrganisationSuccessor(Base):
    """Which organisation took over from one that ended; there may be several."""

    __tablename__ = "organisation_successor"
    __table_args__ = (UniqueConstraint("organisation_id", "successor_id"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    successor_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)


class OrganisationMembership(Base):
    """An organisation that belongs to another without being a unit of it, as a council to a combined authority."""

    __tablename__ = "organisation_membership"
    __table_args__ = (UniqueConstraint("organisation_id", "of_id"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    of_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)


class Contact(Base):
    """A person at an organisation: the role first, the name only where it is needed."""

    __tablename__ = "contact"

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[Line]
    name: Mapped[Line | None]
    email: Mapped[Line | None]
    phone: Mapped[Line | None]
    left_on: Mapped[date | None]
    """The last day, also one to come: a tie that rests on one person is at risk from the day it is known."""
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as a class attribute

    organisation: Mapped[Organisation] = relationship()

    @property
    def label(self) -> str:
        """Who this is in a list: name and role, or the role alone."""
        return f"{self.name}, {self.role}" if self.name else self.role
