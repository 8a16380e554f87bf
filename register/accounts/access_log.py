"""The access log: who signed in, read restricted records or took files away. It is added to and never changed."""

from register.accounts.models import AccessEntry, Person, RestrictedAccess
from register.clock import now
from register.database import db

LONGEST = 400


def note_access(
    person: Person,
    kind: str,
    what: str,
    *,
    partnership_id: int | None = None,
    opening: RestrictedAccess | None = None,
) -> AccessEntry:
    """Add to the access log; the caller flushes and commits. `kind` is a key of `kinds.ACCESSES`."""
    entry = AccessEntry(
        at=now(),
        kind=kind,
        person_id=person.id,
        what=what[:LONGEST],
        partnership_id=partnership_id,
        opening_id=opening.id if opening else None,
    )
    db.session.add(entry)
    return entry
