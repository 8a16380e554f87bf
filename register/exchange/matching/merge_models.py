"""The tables of who is who: pairs of organisations that somebody judged, and merges with what they moved."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.accounts.models import Person
from register.database import Base
from register.database.columns import Instant, Key, Line, Paragraphs, Recorded, Word
from register.partnerships.organisation_models import Organisation


class OrganisationMatch(Base):
    """What somebody said of two organisations that look alike: different, or to be looked at later."""

    __tablename__ = "organisation_match"
    __table_args__ = (UniqueConstraint("one_id", "other_id"),)

    id: Mapped[Key]
    one_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    """The smaller id of the two."""
    other_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    judgement: Mapped[Word]
    """A key of `likeness.JUDGEMENTS`."""
    reason: Mapped[Line | None]
    judged_at: Mapped[Recorded]
    judged_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class OrganisationMerge(Base):
    """Two organisations found to be one: which was kept, and what came over, so that it can go back."""

    __tablename__ = "organisation_merge"

    id: Mapped[Key]
    kept_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    reason: Mapped[Line]
    merged_at: Mapped[Recorded]
    merged_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    moved: Mapped[Paragraphs]
    """JSON: the ids of rows that came over, by table and column, and of those that were ended; see `merge_changes`."""
    undone_at: Mapped[datetime | None] = mapped_column(Instant)

    kept: Mapped[Organisation] = relationship(foreign_keys=kept_id)
    merged: Mapped[Organisation] = relationship(foreign_keys=merged_id)
    merged_by: Mapped[Person] = relationship()
