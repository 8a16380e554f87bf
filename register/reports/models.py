"""The table of evidence packs: what an auditor took away, of what, and why."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from register.database import Base
from register.database.columns import Key, Line, Recorded


class EvidencePack(Base):
    """Evidence that was put together and taken away."""

    __tablename__ = "evidence_pack"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    partnership_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"), index=True)
    """None for a pack of a period of the whole register, as far as its taker may see it."""
    since: Mapped[date | None]
    until: Mapped[date]
    reason: Mapped[Line]
    entries: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the pack's list of checksums: whoever holds the pack can show that it is this one."""
    taken_at: Mapped[Recorded]
