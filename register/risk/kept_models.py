"""The table of surveys that were made off the request: the watchlist of a large register, of a day."""

from datetime import date

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from register.database import Base
from register.database.columns import Key, Paragraphs, Recorded


class KeptSurvey(Base):
    """Every live partnership with its flags, as it was on a day: what a page of a large register shows."""

    __tablename__ = "kept_survey"
    __table_args__ = (
        Index("ix_kept_survey_day", "day", "known"),
        {"info": {"unrecorded": "a cache of the watchlist; made again when missing"}},
    )

    id: Mapped[Key]
    day: Mapped[date]
    known: Mapped[date | None]
    """None: as it was known when the list was made."""
    sequence: Mapped[int] = mapped_column(BigInteger)
    """The entry of the history up to which it was made."""
    made_at: Mapped[Recorded]
    rule_set: Mapped[int]
    exposure_line: Mapped[float | None]
    cut_offs: Mapped[Paragraphs]
    """Who is cut off without whom, by partnership."""
    entries: Mapped[Paragraphs]
    """The last column, so that the others are read without it."""
