"""Evidence that comes in by the thousand: the same rows and sums as one piece after another, in few statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, tuple_

from register.database import db
from register.database.engine import take_turn
from register.database.rows import set_aside_ids, table_of
from register.history.new_rows import NewRows
from register.trust.changes import TURN, NewEvidence
from register.trust.models import Evidence, EvidenceRow
from register.trust.sums import Days, Piece, StateKey, Sums, add_to_sums, days_of, group_of, sums_of

TABLE = table_of(Evidence)
AT_ONCE = 500
"""Relationships and days asked for in one question: below the limits of both databases."""


class Sourced(NamedTuple):
    """A piece of evidence with the act that brings it, the partnership it is about and where it came from."""

    act: int
    partnership_id: int
    source: str
    piece: NewEvidence


class Inflow:
    """Evidence of one transaction; `keep` writes the sums at its end, when the rows are in."""

    def __init__(self) -> None:
        take_turn(db.session, TURN)
        self._sums: defaultdict[StateKey, Sums] = defaultdict(Sums)
        self._days: dict[StateKey, Days] = {}

    def rows(self, pieces: Sequence[Sourced], at: datetime) -> NewRows:
        """Return the rows for some pieces, to be recorded before the next are asked for; what they add is noted."""
        ids = set_aside_ids(db.session.connection(), TABLE, len(pieces))
        rows = [
            EvidenceRow(key, one.partnership_id, *one.piece, one.source, at, None)
            for key, one in zip(ids, pieces, strict=True)
        ]
        before = standing_beside(rows)
        self._note(before, [*before, *rows])
        return NewRows(TABLE, EvidenceRow._fields, rows, [one.act for one in pieces])

    def _note(self, before: Sequence[Piece], after: Sequence[Piece]) -> None:
        old, new = sums_of(before), sums_of(after)
        for key in new:
            self._sums[key] += new[key] - old[key] if key in old else new[key]
        for key, (first, last) in days_of(after).items():
            earliest, latest = self._days.get(key, (first, last))
            self._days[key] = min(first, earliest), max(last, latest)

    def keep(self, restricted: Iterable[int]) -> None:
        """Add what came in to the stored sums; restricted partnerships lend nothing to the figures of others."""
        kept = frozenset(restricted)
        for is_restricted in (False, True):
            sums = {key: one for key, one in self._sums.items() if (key.partnership_id in kept) is is_restricted}
            add_to_sums(sums, self._days, lends=not is_restricted)
        self._sums.clear()
        self._days.clear()


def standing_beside(rows: Iterable[Piece]) -> list[Piece]:
    """Return the evidence that stands already in the groups that some new rows join."""
    groups = {group_of(row) for row in rows if row.rater_key}
    wanted = sorted({(*group[:3], group.held_on) for group in groups})
    found: list[Piece] = []
    about = tuple_(Evidence.partnership_id, Evidence.rater_id, Evidence.ratee_id, Evidence.held_on)
    for start in range(0, len(wanted), AT_ONCE):
        asked = select(TABLE).where(about.in_(wanted[start : start + AT_ONCE]), Evidence.withdrawn_at.is_(None))
        found += [row for row in db.session.execute(asked) if group_of(row) in groups]
    return found
