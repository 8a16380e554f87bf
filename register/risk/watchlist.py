"""The watchlist: the partnerships with flags, worst first, the same for every viewer and then filtered for each.

A small register's list is kept in the process for the day and the state of the history it was made from: a page costs
a look-up. A large one's is made off the request and kept in the database, see `kept_survey`.
"""

from dataclasses import replace
from typing import Final

from register.accounts.models import Person
from register.accounts.permissions import NO, ROLE_STANDINGS, cell
from register.clock import Clocks
from register.collecting import uncollected
from register.database import db
from register.history.ledger import ledger_of
from register.risk.answer_lookups import last_answers
from register.risk.entries import Entry, Survey, entry_from, order_of
from register.risk.facts_lookups import gather
from register.risk.flags import Flag
from register.risk.kept_lookups import is_large
from register.risk.kept_survey import argued_alone, kept_survey
from register.risk.lookups import database_address, hidden_from, last_link
from register.risk.rule_lookups import thresholds_in_force

KEPT: Final = 24
"""Lists kept in a process, of other days too."""

MOST_SEEN: Final = 4
_seen: list[tuple[Survey, frozenset[int], Survey]] = []
"""Lists as they were shown last, by what is hidden from whoever saw them."""
_kept: dict[tuple[str, Clocks, str], Survey] = {}
_in_trouble: dict[str, frozenset[int]] = {}
"""Who was in trouble on the list of today that was made last, by database."""


def survey(clocks: Clocks) -> Survey:
    """Return every live partnership with its flags, for nobody in particular: filter it before showing it."""
    found = kept_survey(clocks) if is_large() else _made_here(clocks)
    if clocks.is_now and not found.is_missing:
        _in_trouble[database_address()] = frozenset(entry.id for entry in found.flagged if entry.is_in_trouble)
    return found


def _made_here(clocks: Clocks) -> Survey:
    if ledger_of(db.session()).done:
        # What was recorded and is not sealed yet has not moved the head of the history: nothing is kept of such a list.
        return surveyed(clocks)
    key = (database_address(), clocks, last_link())
    found = _kept.get(key)
    if found is None:
        found = surveyed(clocks)
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = found
    return found


def surveyed(clocks: Clocks) -> Survey:
    """Make the list from nothing: seconds in a large register."""
    with uncollected():
        answers, thresholds = last_answers(clocks), thresholds_in_force(clocks)
        entries = [entry_from(facts, answers, thresholds) for facts in gather(clocks, (thresholds,))]
    return Survey(clocks, tuple(sorted(entries, key=order_of)), thresholds.number)


def watchlist(clocks: Clocks) -> tuple[Entry, ...]:
    """Return the whole watchlist, restricted partnerships too, worst first."""
    return survey(clocks).flagged


def visible_survey(person: Person, clocks: Clocks) -> Survey:
    """Return every live partnership that a person may see, with its flags."""
    found = survey(clocks)
    if cell("partnership:see", ROLE_STANDINGS[person.role]) == NO:
        return replace(found, entries=())
    hidden = hidden_from(person)
    # For everybody alike: if only lists without anything hidden were kept, a quick answer would say that nothing is.
    for whole, without, seen in _seen:
        if whole is found and without == hidden:
            return seen
    seen = replace(found, entries=tuple(entry for entry in found.entries if entry.id not in hidden))
    _seen[:] = [*_seen[1 - MOST_SEEN :], (found, hidden, seen)]
    return seen


def visible_watchlist(person: Person, clocks: Clocks) -> tuple[Entry, ...]:
    """Return the watchlist of the partnerships that a person may see, worst first."""
    return visible_survey(person, clocks).flagged


def count_in_trouble(person: Person) -> int | None:
    """Return how many partnerships in trouble a person may see, for the navigation of every page.

    Counted in the list that this process made last, which may lie some writes or a night back; None where it made none
    yet. Only pages that show the list make it: in a large register that takes seconds, and no other page waits for it.
    """
    if cell("partnership:see", ROLE_STANDINGS[person.role]) == NO:
        return 0
    found = _in_trouble.get(database_address())
    return None if found is None else len(found - hidden_from(person))


def entry_of(partnership_id: int, clocks: Clocks) -> Entry | None:
    """Return one partnership with its flags; None for one closed, not started or unknown.

    In a large register it alone is argued, as it is at this moment.
    """
    if is_large():
        return argued_alone(partnership_id, clocks)
    return next((entry for entry in survey(clocks).entries if entry.id == partnership_id), None)


def flags_of(partnership_id: int, clocks: Clocks) -> tuple[Flag, ...]:
    """Return the flags of one partnership, the worst first; none for one closed, not started or unknown."""
    entry = entry_of(partnership_id, clocks)
    return entry.flags if entry else ()
