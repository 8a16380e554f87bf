"""What is asked of trust about time: the standing of a relationship on many days at once."""

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from threading import Lock

from sqlalchemy import Select, case, func, select

from register.clock import Clocks
from register.database import db
from register.history.ledger import ledger_of
from register.history.models import HistoryHead
from register.partnerships.lookups import Relationship
from register.partnerships.models import Partnership
from register.trust.figure import PRIOR_HALF_LIFE
from register.trust.models import Evidence
from register.trust.sums import NETWORK
from register.trust.timeline import NOTHING, Lending, Moment, Unit, days_to_show, fading_days, moments, running

KEPT = 8
"""How many lending timelines a process keeps: today's, and those of the last few days asked about."""
_kept: OrderedDict[tuple[str, str | None, date | None], Lending] = OrderedDict()
_lock = Lock()


def timelines(
    relationships: Iterable[Relationship], clocks: Clocks, since: date | None = None, also: Collection[date] = (),
) -> dict[Relationship, list[Moment]]:
    """Return the standing of relationships of one partnership on each day worth showing, up to the clocks' day.

    Without `since` they begin with the earliest evidence of any of them; without evidence there are no moments. `also`
    are further days to show. Each standing is what `lookups.views` answers on that day.
    """
    wanted = list(relationships)
    units = units_of(wanted, clocks)
    first = min((unit.held_on for some in units.values() for unit in some), default=None)
    if first is None:
        return {relationship: [] for relationship in wanted}
    lending, lends = lending_of(clocks), _is_open(wanted[0].partnership_id)
    start = since or first
    days = {
        relationship: days_to_show([unit.held_on for unit in some], start, clocks.on, {*also, *fading_days(some)})
        for relationship, some in units.items()
    }
    return {
        relationship: moments(units[relationship], relationship.ratee_id, lending, days[relationship], lends=lends)
        for relationship in wanted
    }


def units_of(relationships: Sequence[Relationship], clocks: Clocks) -> dict[Relationship, list[Unit]]:
    """Return the units of evidence about relationships as a whole, oldest first."""
    ids = {relationship.partnership_id for relationship in relationships}
    found: dict[Relationship, list[Unit]] = {relationship: [] for relationship in relationships}
    about = (Evidence.partnership_id.in_(ids), Evidence.held_on <= clocks.on)
    for row in db.session.execute(_units(clocks).where(*about)):
        some = found.get(Relationship(row.partnership_id, row.rater_id, row.ratee_id))
        if some is not None:
            some.append(Unit(row.held_on, row.good, row.bad))
    return {relationship: sorted(some) for relationship, some in found.items()}


def raters_elsewhere(relationship: Relationship, clocks: Clocks) -> int:
    """Return how many other relationships of open partnerships lend what they say of the same organisation."""
    rows = db.session.execute(
        _units(clocks).where(
            Evidence.ratee_id == relationship.ratee_id, Evidence.held_on <= clocks.on,
            Evidence.partnership_id.not_in(_restricted()),
        ),
    )
    return len({(row.partnership_id, row.rater_id) for row in rows} - {relationship[:2]})


def lending_of(clocks: Clocks) -> Lending:
    """Return what open partnerships lend on any day, as known on the clocks' second day.

    Kept in the process under the last link of the history, which moves with each change of evidence or of restriction.
    """
    notes = ledger_of(db.session())
    if notes.done or notes.open:
        return _lending(clocks)  # the transaction holds changes of its own that no link stands for yet
    head = db.session.scalar(select(HistoryHead.entry_hash))
    key = (str(db.session.get_bind().engine.url), head, clocks.known)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = _lending(clocks)
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def _lending(clocks: Clocks) -> Lending:
    by_ratee: dict[int, list[Unit]] = defaultdict(list)
    for row in db.session.execute(_units(clocks).where(Evidence.partnership_id.not_in(_restricted()))):
        unit = Unit(row.held_on, row.good, row.bad)
        by_ratee[row.ratee_id].append(unit)
        by_ratee[NETWORK].append(unit)
    totals = {ratee: running(units, PRIOR_HALF_LIFE) for ratee, units in by_ratee.items()}
    return Lending(totals.pop(NETWORK, NOTHING), totals)


def _units(clocks: Clocks) -> Select[int, int, int, date, float, float]:
    """Return the query for units of evidence as known: means over rows that share one, as `sums.group_of` has it."""
    alone = case((Evidence.rater_key == "", Evidence.id), else_=0)
    known = [Evidence.determinant == ""]
    before = clocks.known_before
    if before is None:
        known.append(Evidence.withdrawn_at.is_(None))
    else:
        known.append(Evidence.recorded_at < before)
        known.append(Evidence.withdrawn_at.is_(None) | (Evidence.withdrawn_at >= before))
    unit = (Evidence.partnership_id, Evidence.rater_id, Evidence.ratee_id, Evidence.held_on)
    means = (func.avg(Evidence.good).label("good"), func.avg(Evidence.bad).label("bad"))
    return select(*unit, *means).where(*known).group_by(*unit, Evidence.rater_key, alone)


def _restricted() -> Select[int]:
    return select(Partnership.id).where(Partnership.is_restricted.is_(True))


def _is_open(partnership_id: int) -> bool:
    return not db.session.scalar(select(Partnership.is_restricted).where(Partnership.id == partnership_id))
