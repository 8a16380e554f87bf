"""The tables of the map: where everybody stands in each view of it, and the views that people saved under a name."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.accounts.models import Person
from register.database import Base
from register.database.columns import Instant, Key, Line, Paragraphs, Recorded


class KeptLayout(Base):
    """Where everybody stands in one view of the map, so that it looks the same at the next visit."""

    __tablename__ = "network_layout"
    __table_args__ = ({"info": {"unrecorded": "a cache of the layout; computed again when missing"}},)

    view: Mapped[str] = mapped_column(String(32), primary_key=True)
    """The name of the question, see `map_views`."""
    query: Mapped[Paragraphs]
    spots: Mapped[Paragraphs]
    """Columns of ids and places; a partnership that is shown has a minus before its id."""
    mark: Mapped[str] = mapped_column(String(32))
    """Changes whenever a place does."""
    laid_out_at: Mapped[Recorded]


class SavedView(Base):
    """What somebody asked the map for, under a name: the question alone, so that each reader has an own answer."""

    __tablename__ = "saved_view"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[Line]
    query: Mapped[Paragraphs]
    """As it stands in an address: "view=matrix&theme=children"."""
    is_shared: Mapped[bool]
    """Whether everybody who may see the map may open it."""
    saved_at: Mapped[Recorded]
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as a class attribute

    person: Mapped[Person] = relationship()
