"""The tables of the map: the places at which organisations stand, and the views that people saved under a name."""

from datetime import datetime

from sqlalchemy import Double, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.accounts.models import Person
from register.database import Base
from register.database.columns import Instant, Key, Line, Paragraphs, Recorded


class NodePosition(Base):
    """Where an organisation stands on the map, so that the map looks the same at the next visit."""

    __tablename__ = "node_position"
    __table_args__ = ({"info": {"unrecorded": "a cache of the layout; computed again when missing"}},)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    x: Mapped[float] = mapped_column(Double)
    y: Mapped[float] = mapped_column(Double)


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
