"""The chance of a serious breach in the next 90 days: what the register's own past says of a score.

Made of open partnerships alone, so that nothing restricted shows; kept in the process for the day and the state of the
history it was made from.
"""

from collections import OrderedDict
from datetime import date
from threading import Lock
from typing import Final, NamedTuple

from register.clock import clocks_now, today
from register.database import db
from register.history.ledger import ledger_of
from register.interactions.lookups import breaches
from register.risk.exposure import exposure_of
from register.risk.lookups import database_address, last_link
from register.risk.past_chances import Past, Serious, trials
from register.risk.view_lookups import facts_of
from register.trust.calibrated import Calibration, Chance, calibrate, chance
from register.trust.judgement_lookups import judgements, kinds_of_open
from register.trust.lookups import View

KEPT: Final = 2
_kept: OrderedDict[tuple[object, ...], "Ground"] = OrderedDict()
_lock = Lock()


class Ground(NamedTuple):
    """What a chance is judged on: today's scores, and what came of past ones."""

    scores: tuple[float, ...]
    calibration: Calibration


def chance_of(view: View) -> Chance | None:
    """Return the chance of a serious breach of a relationship in the next 90 days; None where too little is known."""
    score = exposure_of(facts_of(view, "", ""), today())
    if score is None:
        return None
    found = ground()
    return chance(score, found.scores, found.calibration)


def ground() -> Ground:
    """Return today's ground, made anew when the history has moved."""
    notes = ledger_of(db.session())
    if notes.done or notes.open:
        return _ground(today())  # the transaction holds changes of its own that no link stands for yet
    key = (database_address(), last_link(), today())
    with _lock:
        if key in _kept:
            return _kept[key]
    found = _ground(today())
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def _ground(on: date) -> Ground:
    told = judgements()
    if not told:
        return Ground((), calibrate(()))
    past, first = Past(told), min(one.held_on for one in told)
    open_ids = [partnership_id for partnership_id, _ in kinds_of_open()]
    serious = [
        Serious(one.held_on, one.partnership_id, one.kind, tuple(one.organisation_ids))
        for one in breaches(open_ids, clocks_now())
    ]
    return Ground(tuple(past.scores_on(on).values()), calibrate(trials(past, serious, first, on)))
