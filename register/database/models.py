"""Tables that belong to no part of the subject."""

from sqlalchemy import Integer, String
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


class ApiSubmission(Base):
    """A record that a program made: the same request sent twice makes one."""

    __tablename__ = "api_submission"
    __table_args__ = ({"info": {"unrecorded": "protects against sending twice; holds nothing of the subject"}},)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Digest of who asked and of the Idempotency-Key they sent."""
    fingerprint: Mapped[str] = mapped_column(String(64))
    """Digest of what was sent, so that another request under the same key is noticed."""
    record_id: Mapped[int] = mapped_column(Integer)
    submitted_at: Mapped[Recorded]
