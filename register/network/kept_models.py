"""The tables of what takes long to work out of the network, and of whose turn it is to do that."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from register.database import Base
from register.database.columns import Instant, Paragraphs, Recorded


class KeptMeasures(Base):
    """What took long to work out of a network or a part of it, for the restricted partnerships that its viewers see."""

    __tablename__ = "network_measures"
    __table_args__ = (
        Index("ix_network_measures_fingerprint", "fingerprint"),
        {"info": {"unrecorded": "a cache of measures; computed again when missing"}},
    )

    clearance: Mapped[str] = mapped_column(String(32), primary_key=True)
    part: Mapped[str] = mapped_column(String(32), primary_key=True)
    """What was asked for, and of which day; empty for all that there is now."""
    fingerprint: Mapped[str] = mapped_column(String(32))
    """Of the network that it was worked out from."""
    worked_out_at: Mapped[Recorded]
    found: Mapped[Paragraphs]
    carriers: Mapped[Paragraphs | None]
    """Who carries each tie, for large networks; with the day and hour of reading it."""
    carriers_read_at: Mapped[datetime | None] = mapped_column(Instant)


class RefreshTurn(Base):
    """Whose turn it is to work out the measures: one row, so that two never do it at once."""

    __tablename__ = "network_turn"
    __table_args__ = ({"info": {"unrecorded": "says who is computing a cache; holds nothing of the subject"}},)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    """None: nobody's."""
