"""The table of batches: what was brought in, by whom, from which file, and which part of the history it is."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.accounts.models import Person
from register.database import Base
from register.database.columns import Instant, Key, Line, Paragraphs, Recorded, Word


class ImportBatch(Base):
    """One file that was brought in, and whether that was undone."""

    __tablename__ = "import_batch"
    __table_args__ = (
        Index("ix_import_batch_source", "kind", "header"),
        Index("ix_import_batch_person_id", "person_id", "id"),
    )

    id: Mapped[Key]
    kind: Mapped[Word]
    """A key of `exchange.imports.IMPORTS`."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """None when it came by the command line."""
    file_name: Mapped[Line]
    file_sha256: Mapped[str] = mapped_column(String(64))
    header: Mapped[str | None] = mapped_column(String(64))
    """The digest of a table's titles, by which the columns that were chosen are remembered; None for other files."""
    choices: Mapped[Paragraphs]
    """JSON: how the file was read, which columns were mapped, what was done."""
    counts: Mapped[Paragraphs]
    """JSON: what became of the records, by sort."""
    first_entry: Mapped[int] = mapped_column(BigInteger)
    last_entry: Mapped[int] = mapped_column(BigInteger)
    """The sequences of the history between which all that it did stands."""
    brought_at: Mapped[Recorded]
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as a class attribute

    person: Mapped[Person | None] = relationship(foreign_keys=person_id)

    @property
    def is_undone(self) -> bool:
        """Whether what it did was taken back."""
        return self.undone_at is not None
