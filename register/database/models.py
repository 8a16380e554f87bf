"""Tables that belong to no part of the subject."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from register.database.base import Base
from register.database.columns import Recorded


class Submission(Base):
    """A create form that was sent: the same form sent twice makes one record."""

    __tablename__ = "submission"
    __table_args__ = ({"info": {"unrecorded": "protects against sending a form twice; holds nothing of the subject"}},)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    location: Mapped[str] = mapped_column(String(400))
    submitted_at: Mapped[Recorded]
