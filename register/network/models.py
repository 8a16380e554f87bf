"""The table of the places at which organisations stand on the map."""

from sqlalchemy import Double, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from register.database import Base


class NodePosition(Base):
    """Where an organisation stands on the map, so that the map looks the same at the next visit."""

    __tablename__ = "node_position"
    __table_args__ = ({"info": {"unrecorded": "a cache of the layout; computed again when missing"}},)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    x: Mapped[float] = mapped_column(Double)
    y: Mapped[float] = mapped_column(Double)
