"""The tables of the history: sealed entries, their erasable values, and the head of the chain."""

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from register.database import Base
from register.database.columns import Paragraphs, Recorded, Word
from register.database.rows import TRIGGERED

CHAIN = {"info": {"unrecorded": "is the history itself; the chain covers it"}}


class HistoryEntry(Base):
    """One change of one row: the sealed envelope, and copies of what lists are sorted by."""

    __tablename__ = "history_entry"
    __table_args__ = (
        Index("ix_history_entry_entity", "entity", "entity_id", "sequence"),
        Index("ix_history_entry_part_of", "part_of"),
        Index("ix_history_entry_scope", "scope_id", "sequence"),
        {"info": {**CHAIN["info"], TRIGGERED: True}},
    )

    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[Recorded]
    actor: Mapped[str] = mapped_column(String(80), index=True)
    action: Mapped[Word]
    entity: Mapped[Word]
    entity_id: Mapped[int]
    part_of: Mapped[int] = mapped_column(BigInteger)
    """Sequence of the first entry of the same change: one act of a person may touch many rows."""
    scope_id: Mapped[int | None]
    """The partnership whose story the act belongs to, None where it belongs to none."""
    envelope: Mapped[Paragraphs]
    entry_hash: Mapped[str] = mapped_column(String(64))


class HistoryValue(Base):
    """The salts and values behind one entry's commitments: the only part that an erasure may remove."""

    __tablename__ = "history_value"
    __table_args__ = (CHAIN,)

    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    values: Mapped[str] = mapped_column(Text)
    """Canonical JSON: {field: [salt in hexadecimal, value]}."""


class HistoryHead(Base):
    """The one row that says how long the chain is and what its last link is."""

    __tablename__ = "history_head"
    __table_args__ = (CHAIN,)

    id: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    entry_hash: Mapped[str] = mapped_column(String(64))
