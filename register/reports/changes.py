"""What an auditor does at the desk that the history keeps: take evidence away."""

from datetime import date

from register.accounts.models import Person
from register.clock import now
from register.database import db
from register.history.recording import recorded
from register.reports.models import EvidencePack
from register.text import line, required

NEEDED = "Say what the evidence is for: the reason stands in the history."


def keep_pack(
    by: Person, *, partnership_id: int | None, since: date | None, until: date, reason: str | None, entries: int,
    digest: str,
) -> EvidencePack:
    """Keep that evidence was taken away, and why. Refuses an empty reason."""
    why = checked_reason(reason)
    pack = EvidencePack(
        person_id=by.id, partnership_id=partnership_id, since=since, until=until, reason=why, entries=entries,
        digest=digest, taken_at=now(),
    )
    with recorded(by.actor, "evidence_pack:taken", why):
        db.session.add(pack)
    return pack


def checked_reason(reason: str | None) -> str:
    """Return a reason as it is kept, or refuse none."""
    return required(line(reason, "reason", "The reason"), "reason", NEEDED)
