"""The sums kept beside the evidence: what each piece adds, and how a difference is written in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Executable, Row, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from register.database import db
from register.trust.evidence import scaled
from register.trust.models import Evidence, EvidenceRow, TrustRecord, TrustState

HALF_LIVES = (90, 180, 365)
NETWORK = 0
"""The id under which the sums over the whole network are kept."""


Piece = Evidence | EvidenceRow | Row[*tuple[Any, ...]]
"""A piece of evidence: a whole row, or its columns by the same names."""


class Group(NamedTuple):
    """Pieces of evidence that share one unit of weight."""

    partnership_id: int
    rater_id: int
    ratee_id: int
    determinant: str
    held_on: date
    rater_key: str
    alone: int
    """The row's own id when it shares with nothing."""


class StateKey(NamedTuple):
    """A relationship, or one determinant of it."""

    partnership_id: int
    rater_id: int
    ratee_id: int
    determinant: str


@dataclass(frozen=True, slots=True)
class Sums:
    """What some evidence adds up to, in the common scale of `evidence.scaled`; `rows` counts pieces."""

    good: tuple[float, float, float] = (0.0, 0.0, 0.0)
    bad: tuple[float, float, float] = (0.0, 0.0, 0.0)
    rows: int = 0
    count_365: float = 0.0

    def __add__(self, other: "Sums") -> "Sums":
        """Return both together."""
        (a, b, c), (d, e, f) = self.good, self.bad
        (u, v, w), (x, y, z) = other.good, other.bad
        rows, count = self.rows + other.rows, self.count_365 + other.count_365
        return Sums((a + u, b + v, c + w), (d + x, e + y, f + z), rows, count)

    def __neg__(self) -> "Sums":
        """Return what takes this away."""
        (a, b, c), (d, e, f) = self.good, self.bad
        return Sums((-a, -b, -c), (-d, -e, -f), -self.rows, -self.count_365)

    def __sub__(self, other: "Sums") -> "Sums":
        """Return what this has beyond the other."""
        return self + -other


def group_of(row: Piece) -> Group:
    """Return with which other evidence a row shares its unit of weight: the same rater's of the same day."""
    alone = 0 if row.rater_key else (row.id or 0)
    return Group(row.partnership_id, row.rater_id, row.ratee_id, row.determinant, row.held_on, row.rater_key, alone)


def groups_of(rows: Iterable[Piece]) -> dict[Group, list[Piece]]:
    """Return rows by the unit of weight they share."""
    groups: dict[Group, list[Piece]] = defaultdict(list)
    for row in rows:
        groups[group_of(row)].append(row)
    return groups


def sums_of(rows: Iterable[Piece]) -> defaultdict[StateKey, Sums]:
    """Return the sums of each relationship and each determinant that some evidence is about."""
    return sums_of_groups(groups_of(rows))


def sums_of_groups(groups: Mapping[Group, Sequence[Piece]]) -> defaultdict[StateKey, Sums]:
    """Return the same of evidence that lies together by its unit of weight already."""
    totals: defaultdict[tuple[Any, ...], list[float]] = defaultdict(lambda: [0.0] * 8)
    for group, sharing in groups.items():
        total, count, (a, b, c) = totals[group[:4]], len(sharing), _of_one(group.held_on)
        good, bad = sum([row.good for row in sharing]) / count, sum([row.bad for row in sharing]) / count
        for place, added in enumerate((good * a, good * b, good * c, bad * a, bad * b, bad * c, count, count * c)):
            total[place] += added
    return defaultdict(Sums, {
        StateKey(*key): Sums((a, b, c), (d, e, f), int(rows), count)
        for key, (a, b, c, d, e, f, rows, count) in totals.items()
    })


@lru_cache(maxsize=20_000)
def _of_one(held_on: date) -> tuple[float, float, float]:
    """Return what 1 held on a day adds, for each half-life: the same days come again and again."""
    a, b, c = (scaled(1.0, held_on, half_life) for half_life in HALF_LIVES)
    return a, b, c


Days = tuple[date, date]
"""The first and the last day of some evidence."""


def days_of(rows: Iterable[Piece]) -> dict[StateKey, Days]:
    """Return the days that each relationship's and determinant's evidence spans."""
    days: dict[StateKey, Days] = {}
    for row in rows:
        key = StateKey(row.partnership_id, row.rater_id, row.ratee_id, row.determinant)
        first, last = days.get(key, (row.held_on, row.held_on))
        days[key] = min(first, row.held_on), max(last, row.held_on)
    return days


def add_to_sums(deltas: Mapping[StateKey, Sums], days: Mapping[StateKey, Days], *, lends: bool) -> None:
    """Add differences to the stored sums, in the order of their keys so that two writers never wait crosswise.

    `days` are those of evidence that came in: they widen the stored ones. `lends`: whether the evidence is of an open
    partnership, so that others' figures may borrow from it.
    """
    states = [
        {**key._asdict(), **_columns(sums), **dict(zip(DAYS, days.get(key, (None, None)), strict=True))}
        for key, sums in sorted(deltas.items())
    ]
    _add(TrustState, StateKey._fields, states)
    if not lends:
        return
    records: defaultdict[int, Sums] = defaultdict(Sums)
    for key, sums in deltas.items():
        if not key.determinant:
            records[key.ratee_id] += sums
            records[NETWORK] += sums
    _add(
        TrustRecord,
        ("ratee_id",),
        [
            {"ratee_id": ratee, "good_365": sums.good[2], "bad_365": sums.bad[2]}
            for ratee, sums in sorted(records.items())
        ],
    )


DAYS = ("first_held_on", "last_held_on")


def _columns(sums: Sums) -> dict[str, float]:
    good = {f"good_{half_life}": value for half_life, value in zip(HALF_LIVES, sums.good, strict=True)}
    bad = {f"bad_{half_life}": value for half_life, value in zip(HALF_LIVES, sums.bad, strict=True)}
    return {**good, **bad, "rows": sums.rows, "count_365": sums.count_365}


def _add(table: type[TrustState] | type[TrustRecord], keys: Sequence[str], rows: list[dict[str, Any]]) -> None:
    """Insert rows, or add to those that are there: one statement that no other writer can come between."""
    if rows:
        connection = db.session.connection()
        connection.execute(_addition(table, tuple(keys), tuple(rows[0]), connection.dialect.name), rows)


@lru_cache(maxsize=8)
def _addition(
    table: type[TrustState] | type[TrustRecord],
    keys: tuple[str, ...],
    names: tuple[str, ...],
    dialect_name: str,
) -> Executable:
    """Return the statement, made once for each table and database: sums are added, days widened."""
    is_postgresql = dialect_name == "postgresql"
    statement = (postgresql if is_postgresql else sqlite).insert(table)
    least, most = (func.least, func.greatest) if is_postgresql else (func.min, func.max)
    columns, coming = table.__table__.columns, statement.excluded
    moved = {name: columns[name] + coming[name] for name in names if name not in (*keys, *DAYS)}
    for name, extreme in zip(DAYS, (least, most), strict=True):
        if name in names:
            stored, new = columns[name], coming[name]
            moved[name] = extreme(func.coalesce(stored, new), func.coalesce(new, stored))
    added: Executable = statement.on_conflict_do_update(index_elements=list(keys), set_=moved)
    return added


def refresh_days(keys: Iterable[StateKey]) -> None:
    """Set the first and last day of evidence again, for relationships from which some was taken back."""
    for key in sorted(set(keys)):
        about = (
            Evidence.partnership_id == key.partnership_id,
            Evidence.rater_id == key.rater_id,
            Evidence.ratee_id == key.ratee_id,
            Evidence.determinant == key.determinant,
        )
        days = select(func.min(Evidence.held_on), func.max(Evidence.held_on)).where(
            *about,
            Evidence.withdrawn_at.is_(None),
        )
        first, last = db.session.execute(days).one()
        db.session.execute(
            update(TrustState)
            .where(
                TrustState.partnership_id == key.partnership_id,
                TrustState.rater_id == key.rater_id,
                TrustState.ratee_id == key.ratee_id,
                TrustState.determinant == key.determinant,
            )
            .values(first_held_on=first, last_held_on=last),
            execution_options={"synchronize_session": False},
        )
