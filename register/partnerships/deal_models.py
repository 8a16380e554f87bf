"""The tables of deals: terms that are revised and never overwritten."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from register.database import Base
from register.database.columns import Instant, Key, Line, Paragraphs, Pence, Recorded, Word
from register.partnerships.kinds import DOCUMENTS


class DealRevision(Base):
    """The terms of a partnership from one revision to the next."""

    __tablename__ = "deal_revision"
    __table_args__ = (UniqueConstraint("partnership_id", "revision"),)

    id: Mapped[Key]
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    revision: Mapped[int]
    reference: Mapped[Line | None]
    legal_form: Mapped[Word | None]
    agreed_on: Mapped[date | None]
    value_pence: Mapped[Pence | None]
    value_basis: Mapped[Word | None]
    starts_on: Mapped[date | None]
    review_on: Mapped[date | None]
    notice_on: Mapped[date | None]
    """The last day on which notice can be given."""
    ends_on: Mapped[date | None]
    extension: Mapped[Line | None]
    exit_arrangement: Mapped[Paragraphs | None]
    benefits_expected: Mapped[Paragraphs | None]
    benefits_realised: Mapped[Paragraphs | None]
    documents: Mapped[Paragraphs]
    """Keys of `DOCUMENTS` that are in place, in that table's order, joined by commas."""
    recorded_at: Mapped[Recorded]
    superseded_at: Mapped[datetime | None] = mapped_column(Instant)
    told_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the notice was released that told these terms; None for terms that a person entered."""

    @property
    def documents_in_place(self) -> tuple[str, ...]:
        """The keys of the governing documents that are in place."""
        return tuple(self.documents.split(",")) if self.documents else ()

    @property
    def missing_documents(self) -> tuple[str, ...]:
        """The names of the governing documents that are not."""
        return tuple(kind.name for kind in DOCUMENTS if kind.key not in self.documents_in_place)

    @property
    def completeness(self) -> float:
        """The share of governing documents in place, 0 to 1."""
        return len(self.documents_in_place) / len(DOCUMENTS)


class DealShare(Base):
    """What one side puts in under one revision: money, and what is not money."""

    __tablename__ = "deal_share"
    __table_args__ = (UniqueConstraint("deal_revision_id", "organisation_id"),)

    id: Mapped[Key]
    deal_revision_id: Mapped[int] = mapped_column(ForeignKey("deal_revision.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    money_pence: Mapped[Pence | None]
    in_kind: Mapped[Line | None]
