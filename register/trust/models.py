"""The tables of trust: the log of evidence, what can be made anew from it at any time, and versions of the model."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Double, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from register.database import Base
from register.database.columns import Instant, Key, Line, Recorded, Word


class Evidence(Base):
    """One piece of evidence about a relationship, as `trust` was handed it."""

    __tablename__ = "evidence"
    __table_args__ = (
        Index("ix_evidence_relationship", "partnership_id", "rater_id", "ratee_id", "held_on"),
        Index("ix_evidence_ratee", "ratee_id", "held_on"),
        Index("ix_evidence_source", "source"),
    )

    id: Mapped[Key]
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    rater_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    ratee_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    determinant: Mapped[Word]
    """With its scheme, such as "ilm:openness"; empty for the relationship as a whole."""
    held_on: Mapped[date]
    good: Mapped[float] = mapped_column(Double)
    bad: Mapped[float] = mapped_column(Double)
    rater_key: Mapped[Word]
    """Whose readings of one day share one unit of weight; empty for what shares with nothing."""
    source: Mapped[Line]
    """Where it came from: "interaction:7" or "commitment:3"."""
    recorded_at: Mapped[Recorded]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


class EvidenceRow(NamedTuple):
    """A row of evidence as plain values, in the order of its columns."""

    id: int
    partnership_id: int
    rater_id: int
    ratee_id: int
    determinant: str
    held_on: date
    good: float
    bad: float
    rater_key: str
    source: str
    recorded_at: datetime
    withdrawn_at: datetime | None


class TrustState(Base):
    """Sums of one relationship's evidence (or of one determinant of it), in the scale of `evidence.scaled`."""

    __tablename__ = "trust_state"
    __table_args__ = ({"info": {"unrecorded": "a cache: `register trust rebuild` makes it anew from the evidence"}},)

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), primary_key=True)
    rater_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    ratee_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True, index=True)
    determinant: Mapped[str] = mapped_column(String(60), primary_key=True)
    good_90: Mapped[float] = mapped_column(Double)
    bad_90: Mapped[float] = mapped_column(Double)
    good_180: Mapped[float] = mapped_column(Double)
    bad_180: Mapped[float] = mapped_column(Double)
    good_365: Mapped[float] = mapped_column(Double)
    bad_365: Mapped[float] = mapped_column(Double)
    rows: Mapped[int]
    count_365: Mapped[float] = mapped_column(Double)
    """Rows, each counting one whatever its share of a day's unit, with half-life 365."""
    first_held_on: Mapped[date | None]
    last_held_on: Mapped[date | None]


class TrustRecord(Base):
    """Sums over all open partnerships' relationships about one organisation; organisation 0 stands for the network."""

    __tablename__ = "trust_record"
    __table_args__ = ({"info": {"unrecorded": "a cache: `register trust rebuild` makes it anew from the evidence"}},)

    ratee_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    good_365: Mapped[float] = mapped_column(Double)
    bad_365: Mapped[float] = mapped_column(Double)


class ModelVersion(Base):
    """A version of the model that figures and forecasts are computed with; its id is the number that pages name."""

    __tablename__ = "model_version"

    id: Mapped[Key]
    parameters: Mapped[str] = mapped_column(Text)
    """JSON, as `model.written` has it."""
    adopted_by: Mapped[Line]
    """Who decided it: "person:3" or "register"."""
    why: Mapped[Line]
    adopted_at: Mapped[Recorded]


class ForecastFit(Base):
    """The forecast as it was last fitted on the register's own past, with its record."""

    __tablename__ = "forecast_fit"
    __table_args__ = ({"info": {"unrecorded": "a cache: `register trust forecast` fits it anew from the evidence"}},)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fitted_at: Mapped[Recorded]
    found: Mapped[str] = mapped_column(Text)
    """JSON, as `self_check.written` has it."""
