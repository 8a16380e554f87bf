"""The tables of what people do about flags: their answers, and the sets of thresholds by which flags are raised."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.accounts.models import Person
from register.database import Base
from register.database.columns import Instant, Key, Line, Paragraphs, Recorded, Word


class FlagAnswer(Base):
    """What somebody answered to the flag of a rule in a partnership; the latest holds, none is ever changed.

    A rule raises at most one flag in a partnership, so the two name it; what it rested on stands in `reasons`.
    """

    __tablename__ = "flag_answer"
    __table_args__ = (Index("ix_flag_answer_flag", "partnership_id", "rule", "id"),)

    id: Mapped[Key]
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    rule: Mapped[Word]
    kind: Mapped[Word]
    severity: Mapped[Word]
    """The flag's gravity when it was answered."""
    reasons: Mapped[Paragraphs]
    """What the flag rested on then, one record a line, such as "interaction:7"."""
    action: Mapped[Line | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    owner_name: Mapped[Line | None]
    """Where the owner has no account."""
    until: Mapped[date | None]
    """Of a plan the day to look again, of a deferral its last day."""
    reason: Mapped[Line | None]
    rule_set: Mapped[int]
    """The number of the rule set that raised the flag."""
    answered_at: Mapped[Recorded]
    answered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    owner: Mapped[Person | None] = relationship(foreign_keys=owner_id)
    answered_by: Mapped[Person] = relationship(foreign_keys=answered_by_id)


class RuleSet(Base):
    """Thresholds that somebody proposed; in force once somebody else confirmed them, until the next are."""

    __tablename__ = "rule_set"

    id: Mapped[Key]
    number: Mapped[int | None] = mapped_column(unique=True)
    """Given when it is confirmed; 1 is what the register came with, and has no row."""
    thresholds: Mapped[Paragraphs]
    """JSON, as `register.risk.thresholds` reads it."""
    reason: Mapped[Line]
    proposed_at: Mapped[Recorded]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    proposed_by: Mapped[Person] = relationship(foreign_keys=proposed_by_id)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id)

    @property
    def is_in_force(self) -> bool:
        """Whether it was confirmed; a later one may have taken its place."""
        return self.number is not None

    @property
    def is_pending(self) -> bool:
        """Whether it waits for somebody to confirm it."""
        return self.decided_at is None
