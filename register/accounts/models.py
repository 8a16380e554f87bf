"""The tables of people, their sign-ins and the access they were granted."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from register.accounts.kinds import ROLE_BY_KEY
from register.clock import today
from register.database import Base
from register.database.columns import Instant, Key, Line, Recorded, Word


class Person(Base):
    """Somebody who may sign in."""

    __tablename__ = "person"

    id: Mapped[Key]
    email: Mapped[Line] = mapped_column(unique=True)
    """Always in lower case."""
    name: Mapped[Line]
    job_title: Mapped[Line | None]
    role: Mapped[Word]
    password_hash: Mapped[Line] = mapped_column(info={"secret": True})
    created_at: Mapped[Recorded]
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)
    last_day: Mapped[date | None]
    """The last day on which the person may sign in, such as that of an audit; None where there is none."""
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as a class attribute

    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Whether the person may sign in."""
        return self.disabled_at is None and not self.has_lapsed

    @property
    def is_disabled(self) -> bool:
        """Whether somebody stopped the person from signing in."""
        return self.disabled_at is not None

    @property
    def has_lapsed(self) -> bool:
        """Whether the account's last day is over."""
        return self.last_day is not None and self.last_day < today()

    @property
    def actor(self) -> str:
        """How the history names this person."""
        return f"person:{self.id}"

    @property
    def role_name(self) -> str:
        """The role in words."""
        return ROLE_BY_KEY[self.role].name


class SignIn(Base):
    """A session on the server: deleting the row signs out every copy of the cookie."""

    __tablename__ = "sign_in"
    __table_args__ = ({"info": {"unrecorded": "who is signed in now; deleted at sign-out"}},)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    started_at: Mapped[Recorded]
    expires_at: Mapped[Recorded]


class SignInAttempt(Base):
    """A try to sign in, kept for a day, by which guessing is slowed down."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_email", "email", "at"),
        Index("ix_sign_in_attempt_address", "address", "at"),
        {"info": {"unrecorded": "throttling only; deleted after a day"}},
    )

    id: Mapped[Key]
    email: Mapped[Line]
    address: Mapped[Line]
    succeeded: Mapped[bool]
    at: Mapped[Recorded]


class RestrictedAccess(Base):
    """A recorded opening of the restricted partnerships to an auditor or information governance, for some hours."""

    __tablename__ = "restricted_access"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[Line]
    opened_at: Mapped[Recorded]
    expires_at: Mapped[Recorded]


class AccessEntry(Base):
    """Something that somebody read or took away, as the access log keeps it: added to, never changed."""

    __tablename__ = "access_entry"
    __table_args__ = (
        Index("ix_access_entry_person", "person_id", "id"),
        Index("ix_access_entry_kind", "kind", "id"),
        {"info": {"unrecorded": "a log of reading in itself, added to after the answer and refused every change"}},
    )

    id: Mapped[Key]
    at: Mapped[Recorded]
    kind: Mapped[Word]
    """A key of `kinds.ACCESSES`."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    what: Mapped[str] = mapped_column(String(400))
    """The address that was asked for, without what was typed into a form."""
    partnership_id: Mapped[int | None]
    """The restricted partnership that the page is about, None where it is about none or about many."""
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("restricted_access.id"))
    """The opening of the restricted records under which it was read, with its reason."""


class ApiToken(Base):
    """A token by which a program acts for a person: shown once, kept as a digest, ended by its day or by hand."""

    __tablename__ = "api_token"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[Line]
    """What it is for, in its owner's words."""
    token_hash: Mapped[Line] = mapped_column(unique=True, info={"secret": True})
    scopes: Mapped[Line]
    """Keys of `accounts.token_changes.SCOPES`, joined by commas."""
    created_at: Mapped[Recorded]
    expires_at: Mapped[Recorded]
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def scope_keys(self) -> frozenset[str]:
        """What the token is good for."""
        return frozenset(self.scopes.split(","))
