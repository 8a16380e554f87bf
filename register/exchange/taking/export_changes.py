"""What people do about what leaves the register: take something out, open an address for a calendar, revoke it."""

import hashlib
import secrets

from register.accounts.models import Person
from register.clock import now
from register.database import db
from register.exchange.taking.export_models import CalendarFeed, ExportMade
from register.history.recording import recorded
from register.refusals import Refusal
from register.text import LINE

MOST_FEEDS = 10


def record_export(
    actor: str, key: str, rows: int, *, person_id: int | None = None, narrowed: str | None = None
) -> ExportMade:
    """Keep that something was taken out."""
    short = narrowed if narrowed is None or len(narrowed) <= LINE else f"{narrowed[: LINE - 1]}…"
    made = ExportMade(person_id=person_id, format=key, narrowed=short or None, rows=rows, made_at=now())
    with recorded(actor, "export:made"):
        db.session.add(made)
    return made


def make_feed(person: Person, *, is_mine: bool, live: int) -> tuple[CalendarFeed, str]:
    """Open an address for a person's calendar; return it with its secret part. `live` says how many there are."""
    if live >= MOST_FEEDS:
        raise Refusal(f"You have {live} calendar addresses. Revoke one that you no longer use.")
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed(
        person_id=person.id, token_hash=hash_of(token), is_mine=is_mine, made_at=now(), revoked_at=None
    )
    with recorded(person.actor, "calendar_feed:made"):
        db.session.add(feed)
    return feed, token


def revoke_feed(person: Person, feed: CalendarFeed) -> None:
    """Let an address lead to nothing from now on."""
    if feed.revoked_at is not None:
        raise Refusal("This calendar address was revoked already.")
    with recorded(person.actor, "calendar_feed:revoked"):
        feed.revoked_at = now()


def hash_of(token: str) -> str:
    """Return what is kept of the secret part of an address."""
    return hashlib.sha256(token.encode()).hexdigest()
