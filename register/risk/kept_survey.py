"""The list of a large register for a page: the one kept, with whatever was touched since argued anew.

Made off the request by `register.refreshing`: making it takes seconds, and a page never does. What was recorded since
shows at once all the same, on the partnerships it belongs to: those alone are argued anew, with what was reckoned of
the whole register when the list was made. That follows with the next list.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Final

from register.clock import Clocks
from register.collecting import uncollected
from register.risk.answer_lookups import last_answers
from register.risk.entries import Entry, Survey, entry_from, order_of
from register.risk.facts_lookups import Wide, gather_some
from register.risk.kept_lookups import Kept, entries_kept, history_size, kept, touched_since
from register.risk.lookups import database_address
from register.risk.rule_lookups import thresholds_in_force

MOST_LOADED: Final = 4
"""Lists that a process holds."""

_Key = tuple[str, int, int, datetime]
_loaded: dict[_Key, Survey] = {}
_argued: dict[str, tuple[_Key, int, Clocks, Survey]] = {}
"""Today's list as it was shown last, by database, with the entry of the history up to which it was brought."""


def kept_survey(clocks: Clocks) -> Survey:
    """Return the list of a day as it is kept, today's with what was touched since; an empty one where none is kept."""
    found = kept(clocks)
    if found is None:
        return Survey(clocks, (), thresholds_in_force(clocks).number, is_missing=True)
    made = _load(found)
    return _brought_up(made, found, clocks) if clocks.is_now else made


def argued_alone(partnership_id: int, clocks: Clocks) -> Entry | None:
    """Return one partnership as it is at this moment, weighed against the register as it was when a list was made."""
    found = kept(clocks)
    entries = _argue([partnership_id], found.wide if found else Wide(), clocks)
    return next((replace(entry, is_whole=found is not None) for entry in entries), None)


def _key(found: Kept) -> _Key:
    return database_address(), found.id, found.sequence, found.made_at


def _load(found: Kept) -> Survey:
    key = _key(found)
    made = _loaded.get(key)
    if made is None:
        with uncollected():
            made = Survey(found.clocks, entries_kept(found.id), found.rule_set, found.sequence)
        while len(_loaded) >= MOST_LOADED:
            _loaded.pop(next(iter(_loaded)), None)
        _loaded[key] = made
    return made


def _brought_up(made: Survey, found: Kept, clocks: Clocks) -> Survey:
    """Return today's list with the partnerships argued anew that were touched since it was made."""
    size, address = history_size(), database_address()
    before = _argued.get(address)
    if before and before[:3] == (_key(found), size, clocks):
        return before[3]
    touched = touched_since(found.sequence) if size > found.sequence else []
    anew = _argue(touched, found.wide, clocks) if touched else []
    gone = frozenset(touched)
    entries = sorted((*(entry for entry in made.entries if entry.id not in gone), *anew), key=order_of)
    brought = replace(made, clocks=clocks, entries=tuple(entries))
    _argued[address] = (_key(found), size, clocks, brought)
    return brought


def _argue(ids: Collection[int], wide: Wide, clocks: Clocks) -> list[Entry]:
    thresholds, answers = thresholds_in_force(clocks), last_answers(clocks, ids)
    return [entry_from(facts, answers, thresholds) for facts in gather_some(ids, wide, clocks, thresholds)]
