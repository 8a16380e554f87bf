"""Evidence taken back by the thousand: the sums follow as they do one source after another, in few statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import select

from register.database import db
from register.database.engine import take_turn
from register.database.rows import table_of
from register.history.same_changes import SameChange
from register.trust.changes import TURN
from register.trust.models import Evidence
from register.trust.sums import Piece, StateKey, add_to_sums, groups_of, refresh_days, sums_of_groups

TABLE = table_of(Evidence)
COLUMNS = (
    TABLE.c.id, TABLE.c.partnership_id, TABLE.c.rater_id, TABLE.c.ratee_id, TABLE.c.determinant, TABLE.c.held_on,
    TABLE.c.good, TABLE.c.bad, TABLE.c.rater_key, TABLE.c.source,
)  # fmt: skip


class Outflow:
    """Evidence of one partnership that is withdrawn in one transaction."""

    def __init__(self, partnership_id: int, sources: Collection[str], *, lends: bool) -> None:
        """Take the evidence of some sources out of the sums.

        `lends`: whether the partnership is open, so that others' figures have borrowed from it.
        """
        take_turn(db.session, TURN)
        standing = select(*COLUMNS).where(TABLE.c.partnership_id == partnership_id, TABLE.c.withdrawn_at.is_(None))
        rows: list[Piece] = list(db.session.execute(standing))
        wanted = frozenset(sources)
        gone = [row for row in rows if row.source in wanted]
        self._ids: defaultdict[str, list[int]] = defaultdict(list)
        for row in gone:
            self._ids[row.source].append(row.id)
        self._keys = {StateKey(row.partnership_id, row.rater_id, row.ratee_id, row.determinant) for row in gone}
        _take_out(gone, [row for row in rows if row.source not in wanted], lends=lends)

    def change(self, sources: Iterable[str], at: datetime) -> SameChange:
        """Return the change that withdraws the rows of some of the sources, to be recorded."""
        return SameChange(TABLE, "withdrawn_at", at, sorted(key for one in sources for key in self._ids[one]))

    def settle_days(self) -> None:
        """Say anew on which days what is left began and ended, once every change is recorded."""
        refresh_days(self._keys)


def _take_out(gone: Sequence[Piece], left: Sequence[Piece], *, lends: bool) -> None:
    """Move the sums by what goes: also what stays counts for more where it shared its unit of weight with that."""
    going, staying = groups_of(gone), groups_of(left)
    beside = {group: staying[group] for group in going if group in staying}
    old = sums_of_groups({group: [*some, *beside.get(group, ())] for group, some in going.items()})
    new = sums_of_groups(beside)
    add_to_sums({key: new[key] - sums for key, sums in old.items()}, {}, lends=lends)
