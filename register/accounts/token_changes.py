"""Tokens by which a program acts for a person: made, shown once, and ended.

Example: a spreadsheet that shows the watchlist gets a token of scope "read", good for 90 days.
"""

import secrets
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import select

from register.accounts.changes import hash_token
from register.accounts.models import ApiToken, Person
from register.accounts.permissions import role_may
from register.clock import now
from register.database import db
from register.history.recording import recorded
from register.refusals import Refusal
from register.text import line, required


class Scope(NamedTuple):
    """What a token may be good for."""

    key: str
    words: str


READ, LOG = "read", "log"
SCOPES = (
    Scope(READ, "Read what I may read"),
    Scope(LOG, "Log interactions as me"),
)
SCOPE_KEYS = tuple(scope.key for scope in SCOPES)
LIFETIMES = (30, 90, 365)
"""Days that a token may last."""
PREFIX = "prt_"
"""Begins every token, so that a leaked one is recognised for what it is."""
MOST = 20
"""Tokens of one person that are good at the same time."""


def issue_token(person: Person, name: str | None, scopes: Collection[str], days: int) -> tuple[ApiToken, str]:
    """Make a token for oneself; return its record, and the token, which is not kept.

    Refuses a token without a name or a scope, one that lasts too long, and more than twenty at a time.
    """
    if not role_may(person.role, "token:use"):
        raise Refusal("You may not make tokens.")
    called = required(line(name, "name", "The name"), "name", "Say what the token is for.")
    wanted = [key for key in SCOPE_KEYS if key in scopes]
    if not wanted or len(wanted) < len(set(scopes)):
        raise Refusal("Choose what the token is good for.", "scopes")
    if days not in LIFETIMES:
        raise Refusal("Choose how long the token lasts.", "days")
    if sum(1 for token in tokens_of(person) if is_good(token)) >= MOST:
        raise Refusal(f"You have {MOST} tokens already. End one that is no longer used.")
    secret = PREFIX + secrets.token_urlsafe(32)
    at = now()
    token = ApiToken(
        person_id=person.id, name=called, token_hash=hash_token(secret), scopes=",".join(wanted), created_at=at,
        expires_at=at + timedelta(days=days), revoked_at=None,
    )
    with recorded(person.actor, "api_token:issued"):
        db.session.add(token)
    return token, secret


def end_token(person: Person, token: ApiToken) -> None:
    """End a token of one's own; one that ended before stays as it is."""
    if token.person_id != person.id:
        raise Refusal("This is not your token.")
    if token.revoked_at is None:
        with recorded(person.actor, "api_token:ended"):
            token.revoked_at = now()


def tokens_of(person: Person) -> Sequence[ApiToken]:
    """Return every token of a person, the newest first."""
    return db.session.scalars(
        select(ApiToken).where(ApiToken.person_id == person.id).order_by(ApiToken.id.desc()),
    ).all()


def is_good(token: ApiToken) -> bool:
    """Say whether a token still opens anything."""
    return token.revoked_at is None and token.expires_at > now()


def good_token(secret: str) -> tuple[ApiToken, Person] | None:
    """Return a token with its owner, None when it ended or its owner may not sign in."""
    if not secret.startswith(PREFIX):
        return None
    found = db.session.execute(
        select(ApiToken, Person)
        .join(Person, Person.id == ApiToken.person_id)
        .where(ApiToken.token_hash == hash_token(secret)),
    ).one_or_none()
    if found is None:
        return None
    token, person = found
    is_allowed = is_good(token) and person.is_active and role_may(person.role, "token:use")
    return (token, person) if is_allowed else None
