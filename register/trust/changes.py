"""What is done to trust: evidence is added or withdrawn, and the sums kept beside it follow in the same transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import delete, select

from register.clock import now
from register.database import db
from register.database.engine import take_turn
from register.history.recording import recorded
from register.partnerships.changes import edit_partnership
from register.partnerships.models import Partnership
from register.trust.models import Evidence, TrustRecord, TrustState
from register.trust.sums import add_to_sums, days_of, group_of, refresh_days, sums_of

TURN = 1
"""The number of the turn that writers of sums wait for: rows that share a unit of weight are counted before they
change, and writers who take the same sums crosswise would wait for one another for ever."""


class NewEvidence(NamedTuple):
    """One piece of evidence to keep; `good` and `bad` add up to one."""

    rater_id: int
    ratee_id: int
    determinant: str
    held_on: date
    good: float
    bad: float
    rater_key: str


def add_evidence(partnership: Partnership, source: str, pieces: Sequence[NewEvidence]) -> None:
    """Keep evidence from one source, inside the recorded change that brought it."""
    take_turn(db.session, TURN)
    at = now()
    rows = [
        Evidence(partnership_id=partnership.id, source=source, recorded_at=at, withdrawn_at=None, **piece._asdict())
        for piece in pieces
    ]
    before = _live_rows(rows)
    db.session.add_all(rows)
    db.session.flush()
    _follow(partnership, before, [*before, *rows], is_fewer=False)


def withdraw_evidence(partnership: Partnership, source: str) -> None:
    """Take back the evidence of one source, as when its interaction is corrected; what was known then stays known."""
    take_turn(db.session, TURN)
    rows = db.session.scalars(
        select(Evidence).where(Evidence.source == source, Evidence.withdrawn_at.is_(None)),
    ).all()
    before = _live_rows(rows)
    at = now()
    for row in rows:
        row.withdrawn_at = at
    db.session.flush()
    gone = {row.id for row in rows}
    _follow(partnership, before, [row for row in before if row.id not in gone], is_fewer=True)


Ends = tuple[int, int]
"""The rater's and the ratee's organisation."""


def restate_evidence(partnership: Partnership, ends: Mapping[Evidence, Ends | None]) -> dict[int, int]:
    """Say of pieces of a partnership's evidence between whom they hold; what was known until now stays known.

    A piece that holds between nobody is taken back; one that was taken back and holds again comes back as a new piece.
    Return the id of each new piece by that of the one in whose place it stands.
    """
    take_turn(db.session, TURN)
    at = now()
    fresh = {row.id: _copy(row, *pair, at) for row, pair in ends.items() if pair}
    before = _live_rows([*ends, *fresh.values()])
    gone = {row.id for row in ends}
    for row in ends:
        row.withdrawn_at = row.withdrawn_at or at
    db.session.add_all(fresh.values())
    db.session.flush()
    _follow(partnership, before, [*(row for row in before if row.id not in gone), *fresh.values()], is_fewer=True)
    return {old: row.id for old, row in fresh.items()}


def _copy(row: Evidence, rater_id: int, ratee_id: int, at: datetime) -> Evidence:
    kept = {name: getattr(row, name) for name in ("partnership_id", "source", *NewEvidence._fields)}
    return Evidence(**{**kept, "rater_id": rater_id, "ratee_id": ratee_id, "recorded_at": at, "withdrawn_at": None})


def _live_rows(touched: Iterable[Evidence]) -> list[Evidence]:
    """Return the evidence that stands now in the groups that some rows belong to."""
    wanted = {group_of(row) for row in touched}
    if not wanted:
        return []
    partnership_ids = {group.partnership_id for group in wanted}
    days = {group.held_on for group in wanted}
    rows = db.session.scalars(
        select(Evidence).where(
            Evidence.partnership_id.in_(partnership_ids),
            Evidence.held_on.in_(days),
            Evidence.withdrawn_at.is_(None),
        )
    )
    return [row for row in rows if group_of(row) in wanted]


def _follow(
    partnership: Partnership, before: Sequence[Evidence], after: Sequence[Evidence], *, is_fewer: bool
) -> None:
    """Move the sums by the difference that a change of evidence makes; where some went, so may have the last day."""
    old, new = sums_of(before), sums_of(after)
    deltas = {key: new[key] - old[key] for key in new.keys() | old.keys()}
    add_to_sums(deltas, days_of(after), lends=not partnership.is_restricted)
    if is_fewer:
        refresh_days(deltas)


def set_restriction(actor: str, partnership: Partnership, *, is_restricted: bool, reason: str | None) -> None:
    """Restrict or open a partnership; what it lends to the figures of others goes or comes with it."""
    take_turn(db.session, TURN)
    with recorded(actor, "partnership:edited", reason):
        edit_partnership(actor, partnership, {"is_restricted": is_restricted}, reason)
    rebuild()


def rebuild() -> int:
    """Make all sums anew from the evidence; return how many pieces of evidence stand."""
    take_turn(db.session, TURN)
    db.session.execute(delete(TrustState))
    db.session.execute(delete(TrustRecord))
    rows = db.session.scalars(select(Evidence).where(Evidence.withdrawn_at.is_(None))).all()
    restricted = set(db.session.scalars(select(Partnership.id).where(Partnership.is_restricted.is_(True))))
    by_openness: dict[bool, list[Evidence]] = defaultdict(list)
    for row in rows:
        by_openness[row.partnership_id not in restricted].append(row)
    for lends, some in by_openness.items():
        add_to_sums(sums_of(some), days_of(some), lends=lends)
    return len(rows)
