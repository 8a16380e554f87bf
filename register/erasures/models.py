"""The tables of erasures and of legal holds."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.accounts.models import Person
from register.database import Base
from register.database.columns import Instant, Key, Line, Paragraphs, Recorded, Word


class Erasure(Base):
    """That somebody of information governance asked for words to be erased, and what somebody else decided."""

    __tablename__ = "erasure"
    __table_args__ = (Index("ix_erasure_record", "entity", "entity_id"),)

    id: Mapped[Key]
    partnership_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"), index=True)
    """The partnership that all the fields belong to; None where they belong to none."""
    entity: Mapped[Word]
    entity_id: Mapped[int]
    """The record that it was asked for, which other fields may be about as well."""
    fields: Mapped[Paragraphs]
    """One a line, such as "contact:3:name"; the reason of an act is "history_entry:7:@reason"."""
    ground: Mapped[Word]
    reason: Mapped[Line]
    requested_at: Mapped[Recorded]
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[Word | None]
    decline_reason: Mapped[Line | None]
    values_erased: Mapped[int | None]
    """How many values the history lost."""

    requested_by: Mapped[Person] = relationship(foreign_keys=requested_by_id)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id)

    @property
    def is_pending(self) -> bool:
        """Whether it waits for somebody to decide."""
        return self.decided_at is None


class LegalHold(Base):
    """That nothing of a partnership, an organisation or a contact may be erased for now."""

    __tablename__ = "legal_hold"

    id: Mapped[Key]
    partnership_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    reason: Mapped[Line]
    set_at: Mapped[Recorded]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    lifted_at: Mapped[datetime | None] = mapped_column(Instant)
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    lift_reason: Mapped[Line | None]

    set_by: Mapped[Person] = relationship(foreign_keys=set_by_id)
    lifted_by: Mapped[Person | None] = relationship(foreign_keys=lifted_by_id)

    @property
    def held(self) -> tuple[str, int]:
        """What it is set on, such as ("contact", 3)."""
        for entity in ("partnership", "organisation", "contact"):
            found: int | None = getattr(self, f"{entity}_id")
            if found is not None:
                return entity, found
        raise ValueError("A hold on nothing.")
