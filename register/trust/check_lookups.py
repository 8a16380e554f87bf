"""The self-check of forecasts, kept in the process for the state of the history it was made from."""

from collections import OrderedDict
from threading import Lock
from typing import Final

from sqlalchemy import select

from register.database import db
from register.history.ledger import ledger_of
from register.history.models import HistoryHead
from register.trust.judgement_lookups import judgement_count, judgements, kinds_of_open
from register.trust.model_lookups import last_fit
from register.trust.self_check import Check, self_check

MOST_AT_ONCE: Final = 20_000
"""Pieces of evidence that a page checks while somebody waits, some two seconds; beyond, `register trust forecast`."""
KEPT: Final = 2
_kept: OrderedDict[tuple[str, str | None], Check] = OrderedDict()
_lock = Lock()


def current_check() -> Check | None:
    """Return how well forecasts have done; of a very long history as it was last fitted, None before the first time."""
    notes = ledger_of(db.session())
    if judgement_count() > MOST_AT_ONCE:
        fit = last_fit()
        return fit[1] if fit else None
    if notes.done or notes.open:
        return _checked()  # the transaction holds changes of its own that no link stands for yet
    key = (str(db.session.get_bind().engine.url), db.session.scalar(select(HistoryHead.entry_hash)))
    with _lock:
        if key in _kept:
            return _kept[key]
    found = _checked()
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def _checked() -> Check:
    return self_check(judgements(), kinds_of_open())
