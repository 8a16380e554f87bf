"""What is asked of trust: standings of relationships, as they are or as they were, and the evidence behind them.

Today's standings are read from the stored sums; those of any other day are added up from the evidence itself. The
sums are written by statements that the session does not see, so they are always read anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select

from register.clock import Clocks
from register.database import db
from register.partnerships.lookups import Relationship
from register.partnerships.models import Partnership
from register.trust.evidence import read
from register.trust.figure import Standing, counterpart_share, figure, network_share, standings
from register.trust.models import Evidence, TrustRecord, TrustState
from register.trust.sums import HALF_LIVES, NETWORK, Piece, StateKey, Sums, groups_of, sums_of, sums_of_groups

WHOLE = ""
"""The determinant that stands for the relationship as a whole."""
AT_A_TIME = 500
"""Partnerships whose evidence is added up together, so that a large register's is never in memory at once."""


@dataclass(frozen=True, slots=True)
class View:
    """One relationship (or one determinant of it) on a day: the standing, and the facts that flags argue from."""

    relationship: Relationship
    determinant: str
    standing: Standing
    rows: int
    """Pieces of evidence."""
    first_held_on: date | None
    last_held_on: date | None
    figure_90: float
    """The figure at half-life 90, which breach exposure uses."""
    count_365: float
    """Pieces of evidence, each counting one, with half-life 365."""
    elsewhere: tuple[float, float]
    """Good and bad evidence of the counterpart elsewhere, half-life 365."""
    network: float
    """The network's share of good, a0."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """Sums with the days they span."""

    sums: Sums
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Lenders:
    """What others' evidence lends on a day: good and bad by organisation, half-life 365."""

    totals: Mapping[int, tuple[float, float]]
    """In the common scale: aged to the day for those alone that are asked for."""
    restricted: frozenset[int]
    """Partnerships that lend nothing, and whose own evidence is therefore not taken out of what they borrow."""
    on: date
    aged: dict[int, tuple[float, float]] = field(default_factory=dict)

    @property
    def network(self) -> float:
        """The network's share of good."""
        return network_share(*self._of(NETWORK))

    def elsewhere(self, relationship: Relationship, own: tuple[float, float]) -> tuple[float, float]:
        """Return the counterpart's record without the relationship's own evidence."""
        good, bad = self._of(relationship.ratee_id)
        if relationship.partnership_id in self.restricted:
            return good, bad
        return max(good - own[0], 0.0), max(bad - own[1], 0.0)

    def _of(self, ratee: int) -> tuple[float, float]:
        found = self.aged.get(ratee)
        if found is None:
            good, bad = self.totals.get(ratee, (0.0, 0.0))
            found = read(good, self.on, HALF_LIVES[2]), read(bad, self.on, HALF_LIVES[2])
            self.aged[ratee] = found
        return found


def views(relationships: Iterable[Relationship], clocks: Clocks) -> dict[Relationship, View]:
    """Return the whole-relationship view of each of some relationships; one with no evidence is not known."""
    keys = [StateKey(*relationship, WHOLE) for relationship in relationships]
    states = _states({key.partnership_id for key in keys}, clocks, [WHOLE])
    return {view.relationship: view for view in _views(keys, states, clocks)}


def determinant_views(relationship: Relationship, clocks: Clocks) -> list[View]:
    """Return the view of each determinant that was ever rated, in the order of their keys."""
    states = _states([relationship.partnership_id], clocks)
    keys = sorted(key for key in states if key[:3] == relationship and key.determinant)
    return _views(keys, states, clocks)


def partnership_views(partnership_ids: Iterable[int], clocks: Clocks) -> dict[StateKey, View]:
    """Return every view with evidence of some partnerships, whole and by determinant."""
    states = _states(list(partnership_ids), clocks)
    keys = sorted(states)
    return dict(zip(keys, _views(keys, states, clocks), strict=True))


def _views(keys: Sequence[StateKey], states: Mapping[StateKey, _Stored], clocks: Clocks) -> list[View]:
    """Return a view for each key, in order; determinants borrow what their relationship borrows."""
    lenders = lenders_on(clocks)
    left = [read(1.0, clocks.on, half_life) for half_life in HALF_LIVES]
    nothing = _Stored(Sums(), None, None)
    found = [states.get(key, nothing) for key in keys]
    borrowed = {
        key[:3]: lenders.elsewhere(
            _relationship(key), _worth(states.get(key._replace(determinant=WHOLE), nothing).sums, 2, left)
        )
        for key in keys
    }
    network = lenders.network
    lents = {relationship: counterpart_share(*record, network) for relationship, record in borrowed.items()}
    worth = [_worth(stored.sums, 1, left) for stored in found]
    computed = standings([good for good, _ in worth], [bad for _, bad in worth], [lents[key[:3]] for key in keys])
    return [
        View(
            relationship=_relationship(key),
            determinant=key.determinant,
            standing=standing,
            rows=stored.sums.rows,
            first_held_on=stored.first,
            last_held_on=stored.last,
            figure_90=figure(*_worth(stored.sums, 0, left), lents[key[:3]]),
            count_365=max(stored.sums.count_365, 0.0) * left[2],
            elsewhere=borrowed[key[:3]],
            network=network,
        )
        for key, stored, standing in zip(keys, found, computed, strict=True)
    ]


def _relationship(key: StateKey) -> Relationship:
    return Relationship(*key[:3])


def _worth(sums: Sums, which: int, left: Sequence[float]) -> tuple[float, float]:
    """Return good and bad evidence on a day: sums in the common scale, times what is `left` of one unit of it."""
    return max(sums.good[which], 0.0) * left[which], max(sums.bad[which], 0.0) * left[which]


def _states(
    partnership_ids: Iterable[int], clocks: Clocks, determinants: Sequence[str] | None = None
) -> dict[StateKey, _Stored]:
    """Return the sums of every relationship with evidence in some partnerships, of all determinants or of some.

    A list asks for whole relationships alone: their determinants are six times as many rows.
    """
    wanted = list(partnership_ids)
    if clocks.is_now:
        asked = select(*TrustState.__table__.columns).where(TrustState.partnership_id.in_(wanted), TrustState.rows > 0)
        if determinants is not None:
            asked = asked.where(TrustState.determinant.in_(determinants))
        return {StateKey(*row[:4]): _stored(row) for row in db.session.execute(asked)}
    evidence = evidence_as_of(clocks).with_only_columns(*ADDED_UP)
    if determinants is not None:
        evidence = evidence.where(Evidence.determinant.in_(determinants))
    found: dict[StateKey, _Stored] = {}
    for first in range(0, len(wanted), AT_A_TIME):
        some = Evidence.partnership_id.in_(wanted[first : first + AT_A_TIME])
        found.update(replayed(db.session.execute(evidence.where(some))))
    return found


def _stored(row: Row[*tuple[Any, ...]]) -> _Stored:
    """Return the sums of a row of the stored state, whose columns are read by name."""
    return _Stored(
        Sums(
            (row.good_90, row.good_180, row.good_365),
            (row.bad_90, row.bad_180, row.bad_365),
            row.rows,
            row.count_365,
        ),
        row.first_held_on,
        row.last_held_on,
    )


ADDED_UP = (
    Evidence.id,
    Evidence.partnership_id,
    Evidence.rater_id,
    Evidence.ratee_id,
    Evidence.determinant,
    Evidence.held_on,
    Evidence.good,
    Evidence.bad,
    Evidence.rater_key,
)
"""What adding up needs of a piece of evidence: columns load in half the time of whole rows."""


def replayed(rows: Iterable[Piece]) -> dict[StateKey, _Stored]:
    """Add evidence up from the log: what the stored sums must equal."""
    groups = groups_of(rows)
    days: dict[StateKey, list[date]] = defaultdict(list)
    for group in groups:
        days[StateKey(*group[:4])].append(group.held_on)
    return {key: _Stored(sums, min(days[key]), max(days[key])) for key, sums in sums_of_groups(groups).items()}


def evidence_as_of(clocks: Clocks) -> Select[Evidence]:
    """Return the query for evidence of what had happened by one day, as it was known at the end of another."""
    asked = select(Evidence).where(Evidence.held_on <= clocks.on)
    before = clocks.known_before
    if before is None:
        return asked.where(Evidence.withdrawn_at.is_(None))
    return asked.where(
        Evidence.recorded_at < before,
        Evidence.withdrawn_at.is_(None) | (Evidence.withdrawn_at >= before),
    )


def lenders_on(clocks: Clocks) -> Lenders:
    """Return what the evidence of open partnerships lends on a day."""
    restricted = frozenset(db.session.scalars(select(Partnership.id).where(Partnership.is_restricted.is_(True))))
    if clocks.is_now:
        asked = select(TrustRecord.ratee_id, TrustRecord.good_365, TrustRecord.bad_365)
        totals = {ratee: (good, bad) for ratee, good, bad in db.session.execute(asked)}
    else:
        totals = _replayed_records(clocks, restricted)
    return Lenders(totals, restricted, clocks.on)


def _replayed_records(clocks: Clocks, restricted: frozenset[int]) -> dict[int, tuple[float, float]]:
    asked = evidence_as_of(clocks).where(Evidence.determinant == WHOLE, Evidence.partnership_id.not_in(restricted))
    totals: dict[int, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for key, sums in sums_of(db.session.execute(asked.with_only_columns(*ADDED_UP))).items():
        for ratee in (key.ratee_id, NETWORK):
            good, bad = totals[ratee]
            totals[ratee] = good + sums.good[2], bad + sums.bad[2]
    return totals


def evidence_of(relationship: Relationship, clocks: Clocks) -> Sequence[Evidence]:
    """Return the evidence about one relationship, whole and by determinant, oldest first."""
    return db.session.scalars(
        evidence_as_of(clocks)
        .where(
            Evidence.partnership_id == relationship.partnership_id,
            Evidence.rater_id == relationship.rater_id,
            Evidence.ratee_id == relationship.ratee_id,
        )
        .order_by(Evidence.held_on, Evidence.id),
    ).all()
