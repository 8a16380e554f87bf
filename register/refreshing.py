"""What takes long, worked out off the request: the lists of risks, and what is measured and laid out of the network.

By a timer, or by a process of its own after a change, or when a page wants what is not there.

Two never work at once: a row of the database says whose turn it is. Reading takes one short look, working out holds no
transaction at all, and writing takes as long as a few rows: no page waits. What is worked out for those who see a
restricted partnership is kept apart from what is worked out for everybody.

Pages have it done by `background`; people and timers use `register network refresh`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from register.clock import Clocks, clocks_now
from register.database import db
from register.database.engine import reading, see_one_moment
from register.network.carriers import Carriers
from register.network.carriers_lookups import carriers_where
from register.network.changes import (
    forget_measures_but,
    give_turn_back,
    keep_carriers,
    keep_measures,
    take_turn_to_refresh,
)
from register.network.facts import Facts
from register.network.facts_lookups import facts_where
from register.network.indexed import Indexed, indexed
from register.network.kept_lookups import OPEN, clearances, is_kept
from register.network.layout_changes import forget_layouts_but, keep_layout
from register.network.layout_lookups import lasting_views, views_to_keep
from register.network.map_views import WHOLE, laid_out, to_lay_out
from register.network.narrowing import Filters
from register.network.spacing import Point
from register.network.worked_out import SMALL, WorkedOut, work_out
from register.partnerships.visibility import open_to_all
from register.risk.kept_changes import always_kept, is_due, keep_survey
from register.risk.kept_lookups import history_size, is_large
from register.risk.watchlist import surveyed


class Refreshed(NamedTuple):
    """What a refresh did."""

    organisations: int
    ties: int
    placed: int
    worked_out: int
    """Networks, one for each set of restricted partnerships that somebody sees."""
    unchanged: int
    lists: int = 0
    """Of risks, which only a large register has made off the request."""


class _Work(NamedTuple):
    """What is to be worked out, read in one look."""

    networks: dict[str, Indexed]
    waiting: dict[str, Indexed]
    facts: Facts
    """Of open partnerships: nobody stands elsewhere for what is restricted."""
    views: dict[Filters, dict[int, Point]]
    carriers: dict[str, Carriers]
    """Of large networks only; a page finds out those of small ones."""


def refresh() -> Refreshed | None:
    """Work out what is not kept yet, and keep it; None when somebody else is at it.

    It commits by itself, several times: a transaction over all of it would keep everybody else from writing.
    """
    with turn() as is_mine:
        if not is_mine:
            return None
        lists = make_lists()
        work = _read()
        placed = {view: lay_out(work.facts, view, kept) for view, kept in work.views.items()}
        done: dict[str, tuple[Indexed, WorkedOut]] = {
            name: (network, work_out(network)) for name, network in work.waiting.items()
        }
        for name, (network, found) in done.items():
            keep_measures(name, network, found)
        for name, carriers in work.carriers.items():
            keep_carriers(name, carriers)
        forget_measures_but(work.networks)
        forget_layouts_but(lasting_views())
        db.session.commit()
    whole = work.networks[OPEN]
    unchanged = len(work.networks) - len(work.waiting)
    return Refreshed(len(whole.ids), len(whole.pairs), placed[WHOLE], len(work.waiting), unchanged, lists)


def make_lists(wanted: Sequence[Clocks] = ()) -> int:
    """Make the lists of risks that are due, those of the days that somebody waits for first; return how many."""
    made = 0
    for clocks in dict.fromkeys((*wanted, *always_kept())):
        with looking():
            see_one_moment(db.session)
            sequence, found = history_size(), surveyed(clocks) if is_large() and is_due(clocks) else None
        if found is not None:
            keep_survey(found, sequence)
            db.session.commit()
            made += 1
    return made


def lay_out(facts: Facts, view: Filters, kept: dict[int, Point]) -> int:
    """Lay out a view and keep its places; return how many got one that had none."""
    found = laid_out(to_lay_out(facts, view), kept)
    placed = keep_layout(view, found) if found != kept else 0
    db.session.commit()
    return placed


@contextmanager
def looking() -> Iterator[None]:
    """Let what happens inside read one moment, and keep nobody from writing."""
    with reading():
        try:
            yield
        finally:
            db.session.rollback()


@contextmanager
def turn() -> Iterator[bool]:
    """Take the turn for what happens inside; False when it is somebody else's."""
    is_mine = take_turn_to_refresh()
    db.session.commit()
    try:
        yield is_mine
    finally:
        if is_mine:
            db.session.rollback()
            give_turn_back()
            db.session.commit()


def _read() -> _Work:
    """Read the networks, and the places that there are, in a transaction that keeps nobody from writing."""
    with looking():
        clocks = clocks_now()
        seen = clearances()
        facts = facts_where(open_to_all(), clocks)
        shown = {
            name: facts.network if name == OPEN else facts_where(condition, clocks).network
            for name, condition in seen.items()
        }
        large = [name for name, network in shown.items() if len(network.nodes) > SMALL]
        carriers = {name: carriers_where(seen[name], clocks) for name in large}
        networks = {name: indexed(network) for name, network in shown.items()}
        waiting = {name: network for name, network in networks.items() if not is_kept(name, network)}
        return _Work(networks, waiting, facts, views_to_keep(), carriers)
