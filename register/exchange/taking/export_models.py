"""The tables of what was taken out of the register, and of the calendars that are read by an address."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.accounts.models import Person
from register.database import Base
from register.database.columns import Instant, Key, Line, Recorded, Word


class ExportMade(Base):
    """Something that was taken out: by whom, in which format, narrowed to what, and how much."""

    __tablename__ = "export"

    id: Mapped[Key]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """None for the command line, which takes out what the whole register holds."""
    format: Mapped[Word]
    """A key of `exports.EXPORTS`."""
    narrowed: Mapped[Line | None]
    """What it was narrowed to, in words; None for all that the person may see."""
    rows: Mapped[int]
    made_at: Mapped[Recorded]


class CalendarFeed(Base):
    """An address by which a calendar program reads dates, until it is revoked."""

    __tablename__ = "calendar_feed"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[Line] = mapped_column(unique=True, info={"secret": True})
    """SHA-256 of the address's secret part, in hexadecimal; the part itself is shown once and not kept."""
    is_mine: Mapped[bool]
    """Whether it holds only the partnerships that the person looks after."""
    made_at: Mapped[Recorded]
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)

    person: Mapped[Person] = relationship()
