"""What is asked about what left the register: a person's latest exports, and their calendars' addresses."""

import hmac
from collections.abc import Sequence

from sqlalchemy import select

from register.accounts.models import Person
from register.database import db
from register.exchange.taking.export_changes import hash_of
from register.exchange.taking.export_models import CalendarFeed, ExportMade
from register.exchange.taking.scope import Scope, seen_by
from register.partnerships.models import Member, Partnership

SHOWN = 5


def exports_of(person: Person) -> Sequence[ExportMade]:
    """Return what a person took out lately, newest first."""
    asked = select(ExportMade).where(ExportMade.person_id == person.id)
    return db.session.scalars(asked.order_by(ExportMade.id.desc()).limit(SHOWN)).all()


def feeds_of(person: Person) -> Sequence[CalendarFeed]:
    """Return a person's calendar addresses that were not revoked."""
    asked = select(CalendarFeed).where(CalendarFeed.person_id == person.id, CalendarFeed.revoked_at.is_(None))
    return db.session.scalars(asked.order_by(CalendarFeed.id)).all()


def feed_by(token: str) -> CalendarFeed | None:
    """Return the calendar that an address's secret part opens; None when there is none, or no longer.

    The database looks for the hash, from whose time to answer nobody learns a token; the comparison is of even length.
    """
    wanted = hash_of(token)
    feed = db.session.scalar(select(CalendarFeed).where(CalendarFeed.token_hash == wanted))
    if feed is None or not hmac.compare_digest(feed.token_hash, wanted):
        return None
    return feed if feed.revoked_at is None and feed.person.is_active else None


def scope_of(feed: CalendarFeed) -> Scope:
    """Return what a calendar holds: what its owner may see at this moment, or of it what the owner looks after."""
    seen = seen_by(feed.person)
    if not feed.is_mine:
        return seen
    parts = select(Member.partnership_id).where(Member.person_id == feed.person_id, Member.ended_at.is_(None))
    mine = (Partnership.lead_officer_id == feed.person_id) | Partnership.id.in_(parts)
    return Scope(seen.visible, feed.person, "partnerships", (mine,))
