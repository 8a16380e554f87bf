"""What takes long, worked out off the request: the lists of risks, and what is measured and laid out of the network.

By a timer, or by a process of its own after a change, or when a page wants what is not there.

Two never work at once: a row of the database says whose turn it is. Reading takes one short look, working out holds no
transaction at all, and writing takes as long as a few rows: no page waits. What is worked out for those who see a
restricted partnership is kept apart from what is worked out for everybody.

Pages have it done by `background`; people and timers use `register network refresh`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from register.clock import Clocks, clocks_now
from register.database import db
from register.database.engine import reading, see_one_moment
from register.network.carriers import joined
from register.network.carriers_lookups import carriers_where
from register.network.changes import (
    forget_measures_but,
    give_turn_back,
    hold_turn,
    keep_carriers,
    keep_measures,
    take_turn_to_refresh,
)
from register.network.cleared_lookups import cleared_networks
from register.network.facts import Facts
from register.network.facts_lookups import facts_where
from register.network.indexed import Indexed
from register.network.kept_lookups import OPEN, cleared, is_kept
from register.network.layout_changes import forget_layouts_but, keep_layout
from register.network.layout_lookups import lasting_views, views_to_keep
from register.network.map_views import WHOLE, laid_out, to_lay_out
from register.network.narrowing import Filters
from register.network.spacing import Point
from register.network.worked_out import SMALL, work_out
from register.partnerships.models import Partnership
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


Tell = Callable[[str], None]
"""Who is told in a sentence what is being done."""


def refresh(tell: Tell = lambda _sentence: None) -> Refreshed | None:
    """Work out what is not kept yet, and keep it; None when somebody else is at it.

    It commits by itself, many times: a transaction over all of it would keep everybody else from writing, and what was
    worked out before a process died is kept. What one step needed is let go before the next.
    """
    with turn() as is_mine:
        if not is_mine:
            return None
        tell("Making the lists of risks that are due.")
        lists = make_lists()
        tell("Reading the network.")
        sets, networks, placed = _place_all(tell)
        worked_out = _measure_all(networks, tell)
        _carry_all([name for name, network in networks.items() if len(network.ids) > SMALL], sets, tell)
        forget_measures_but(networks)
        forget_layouts_but(lasting_views())
        db.session.commit()
    whole = networks[OPEN]
    return Refreshed(len(whole.ids), len(whole.pairs), placed, worked_out, len(networks) - worked_out, lists)


def _place_all(tell: Tell) -> tuple[dict[str, frozenset[int]], dict[str, Indexed], int]:
    """Lay out all views; return the clearances, the network of each, and how many got a place in the whole.

    Only open partnerships are laid out: nobody stands elsewhere for what is restricted.
    """
    with looking():
        clocks, sets, views = clocks_now(), cleared(), views_to_keep()
        facts = facts_where(open_to_all(), clocks)
        networks = cleared_networks(facts, sets, clocks)
    tell(f"Placing everybody in {len(views):,} views of the picture.")
    placed = {view: lay_out(facts, view, kept) for view, kept in views.items()}
    return sets, networks, placed[WHOLE]


def _measure_all(networks: Mapping[str, Indexed], tell: Tell) -> int:
    """Work out the networks that have changed, each once whoever sees it; return for how many clearances that was."""
    with looking():
        waiting = [name for name, network in networks.items() if not is_kept(name, network)]
    alike: dict[str, list[str]] = defaultdict(list)
    for name in waiting:
        alike[networks[name].fingerprint].append(name)
    for at, names in enumerate(alike.values(), 1):
        network = networks[names[0]]
        tell(f"Measuring {len(network.ids):,} organisations, {len(network.pairs):,} ties: {at} of {len(alike)}.")
        found = work_out(network)
        for name in names:
            keep_measures(name, network, found)
        _kept()
    return len(waiting)


def _carry_all(large: Sequence[str], sets: Mapping[str, Collection[int]], tell: Tell) -> None:
    """Find out who carries the ties of large networks; a page finds out those of small ones."""
    if not large:
        return
    tell("Finding out who carries the ties.")
    with looking():
        clocks = clocks_now()
        opened = carriers_where(open_to_all(), clocks)
    for name in large:
        with looking():
            added = carriers_where(Partnership.id.in_(sets[name]), clocks) if sets[name] else {}
        keep_carriers(name, joined(opened, added))
        _kept()


def _kept() -> None:
    """Commit what was kept, and stay at work."""
    hold_turn()
    db.session.commit()


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
