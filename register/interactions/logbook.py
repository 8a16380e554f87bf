"""Logging very many interactions: the rules, rows, history and sums of `log_interaction`, in few statements."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from register.accounts.models import Person
from register.clock import now
from register.database import db
from register.database.rows import set_aside_ids, take_stock, uncollected
from register.history.ledger import ledger_of
from register.history.new_rows import record_rows
from register.history.recording import seal_recorded
from register.interactions.logbook_lookups import Entry, Rules
from register.interactions.logbook_rows import INTERACTION, evidence_of, promises_of, rows_of
from register.refusals import Refusal
from register.trust.inflow_changes import Inflow

__all__ = ["Entry", "EntryRefusal", "log_checked", "log_interactions", "refusals_of"]

VERY_MANY = 5_000
"""Interactions after which the database takes stock of its rows."""
AT_ONCE = 500
"""Interactions in a portion: what is in memory at a time."""


class EntryRefusal(Refusal):
    """A refusal of one of many entries; `entry` is its number, from 1."""

    def __init__(self, entry: int, refusal: Refusal) -> None:
        super().__init__(f"Entry {entry}: {refusal.message}", refusal.field)
        self.entry = entry
        self.refusal = refusal


def log_interactions(
    by: Person, entries: Iterable[Entry], progress: Callable[[int], object] = lambda _: None,
) -> list[int]:
    """Log interactions in the order given, all in this transaction; return their ids.

    Raises EntryRefusal at the first that cannot be kept; where others were written before it, the transaction can only
    be rolled back. `progress` is told how many were logged each time some were.
    """
    rules = Rules()
    return log_checked(by, _checked(entries, rules), rules.restricted, progress)


def log_checked(
    by: Person, entries: Iterable[Entry], restricted: Collection[int],
    progress: Callable[[int], object] = lambda _: None,
) -> list[int]:
    """Log the same where `Rules` has let each entry pass, and has read which partnerships are restricted.

    Portions are sealed as they come, so that memory holds one at a time. Where an entry cannot be had after others were
    written, the transaction can only be rolled back.
    """
    session = db.session()
    inflow, at = Inflow(), now()
    made: list[int] = []
    with ledger_of(session).whole_or_spoilt(), uncollected():
        for portion in _portions(entries):
            made += _log(by, portion, inflow, at)
            if not session.in_nested_transaction():
                seal_recorded(session)
            progress(len(portion))
        inflow.keep(restricted)
        if len(made) >= VERY_MANY:
            take_stock(session.connection())
    return made


def _portions(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    remaining = iter(entries)
    while portion := list(islice(remaining, AT_ONCE)):
        yield portion


def refusals_of(entries: Iterable[Entry]) -> Iterator[EntryRefusal]:
    """Yield why entries cannot be kept: of each the first reason. Writes nothing."""
    rules, before = Rules(), 0
    for portion in _portions(entries):
        rules.read_about(portion)
        for number, entry in enumerate(portion, before + 1):
            try:
                rules.check(entry)
            except Refusal as refusal:
                yield EntryRefusal(number, refusal)
        before += len(portion)


def _checked(entries: Iterable[Entry], rules: Rules) -> Iterator[Entry]:
    """Yield entries as the rules let them pass, none of a portion before all of it passed."""
    before = 0
    for portion in _portions(entries):
        rules.read_about(portion)
        checked = []
        for number, entry in enumerate(portion, before + 1):
            try:
                checked.append(rules.check(entry))
            except Refusal as refusal:
                raise EntryRefusal(number, refusal) from refusal
        before += len(portion)
        yield from checked


def _log(by: Person, entries: Sequence[Entry], inflow: Inflow, at: datetime) -> Sequence[int]:
    """Write checked entries; return their ids."""
    ids = set_aside_ids(db.session.connection(), INTERACTION, len(entries))
    rows = rows_of(by.id, entries, ids, at)
    evidence = inflow.rows(list(evidence_of(by.id, entries, ids)), at)
    record_rows(by.actor, "interaction:logged", [*rows, evidence, promises_of(by.id, entries, ids, at)])
    return ids
