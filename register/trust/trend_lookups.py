"""Whether relationships are changing, asked for many at once: each against its own level of 90 days ago."""

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from register.clock import Clocks
from register.database import db
from register.partnerships.lookups import Relationship
from register.partnerships.models import Partnership
from register.trust.figure import PRIOR_HALF_LIFE, figure
from register.trust.timeline import NOTHING, Lending, Unit, running
from register.trust.timeline_lookups import lending_of, units_of
from register.trust.trend import LEVEL_HALF_LIFE, RECENT_DAYS, Trend, trend


def trends(relationships: Iterable[Relationship], clocks: Clocks) -> dict[Relationship, Trend]:
    """Return the trend of each of some relationships as a whole, on the clocks' day."""
    wanted = list(relationships)
    if not wanted:
        return {}
    units, lending, restricted = units_of(wanted, clocks), lending_of(clocks), _restricted(wanted)
    return {
        one: _trend(one, some, lending, clocks.on, lends=one.partnership_id not in restricted)
        for one, some in units.items()
    }


def _trend(relationship: Relationship, units: Sequence[Unit], lending: Lending, on: date, *, lends: bool) -> Trend:
    before = on - timedelta(days=RECENT_DAYS)
    own = running(units, PRIOR_HALF_LIFE) if lends else NOTHING
    lent = lending.lent(relationship.ratee_id, own, before)
    level = figure(*running(units, LEVEL_HALF_LIFE).on(before), lent)
    recent = [unit for unit in units if before < unit.held_on <= on]
    return trend(level, math.fsum(unit.good for unit in recent), math.fsum(unit.bad for unit in recent))


def _restricted(relationships: Iterable[Relationship]) -> frozenset[int]:
    ids = {relationship.partnership_id for relationship in relationships}
    return frozenset(db.session.scalars(
        select(Partnership.id).where(Partnership.id.in_(ids), Partnership.is_restricted.is_(True)),
    ))
