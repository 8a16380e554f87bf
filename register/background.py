"""The process that a page starts for what takes long: all that is not kept, or one thing that it wants.

`python -m register.background` is what pages start after a change. With what a page wants beyond that (a view of the
picture, the measures of a part or of a past day, the list of risks of a day) in its environment, it works out that
alone.
"""

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from register.clock import Clocks, clocks_now
from register.database import db
from register.database.engine import reading
from register.network.carriers_lookups import carriers_where
from register.network.changes import keep_carriers, keep_measures
from register.network.facts_lookups import facts_where
from register.network.indexed import indexed
from register.network.kept_lookups import OPEN, clearances, is_kept, part_name
from register.network.layout_changes import forget_layouts_but
from register.network.layout_lookups import kept_places, lasting_views
from register.network.map_views import from_query
from register.network.narrowing import chosen, part_of
from register.network.worked_out import work_out
from register.opening import open_register, require_made
from register.partnerships.models import Partnership
from register.partnerships.visibility import open_to_all
from register.refreshing import lay_out, looking, make_lists, refresh, turn
from register.refusals import Refusal
from register.settings import Settings, from_environment

logger = logging.getLogger(__name__)

NICENESS = 10
GATHERING = 15
"""Seconds that a started process waits, so that one refresh serves a whole series of changes."""


class Wanted(NamedTuple):
    """What a page wants worked out besides; `query` names the part of the network, see `map_views`."""

    work: str
    """A key of `WORKS`."""
    query: str
    clearance: str = OPEN
    on: str | None = None
    known: str | None = None

    @property
    def clocks(self) -> Clocks:
        """Return the day asked about."""
        now = clocks_now()
        return Clocks(
            date.fromisoformat(self.on) if self.on else now.on,
            date.fromisoformat(self.known) if self.known else None,
        )


def refresh_wanted(wanted: Wanted) -> bool:
    """Work out what a page wants, and keep it; False when somebody else is at work, and the page has to ask again."""
    with turn() as is_mine:
        if is_mine:
            WORKS[wanted.work](wanted)
    return is_mine


def _place(wanted: Wanted) -> None:
    """Lay out one view of the picture."""
    view = from_query(wanted.query)
    with looking():
        facts, kept = facts_where(open_to_all(), clocks_now()), kept_places(view) or {}
    lay_out(facts, view, kept)
    forget_layouts_but(lasting_views())
    db.session.commit()


def _measure(wanted: Wanted) -> None:
    """Measure one part of the network, or the network of another day."""
    filters, clocks = from_query(wanted.query), wanted.clocks
    part = part_name(filters, clocks)
    with looking():
        condition = clearances().get(wanted.clearance)
        if condition is None:
            return
        facts = facts_where(condition, clocks)
        ids = chosen(facts, filters)
        network = indexed(part_of(facts, filters))
        carriers = carriers_where(condition if ids is None else condition & Partnership.id.in_(ids), clocks)
        is_there = is_kept(wanted.clearance, network, part)
    found = None if is_there else work_out(network)
    if found is not None:
        keep_measures(wanted.clearance, network, found, part)
    keep_carriers(wanted.clearance, carriers, part)
    db.session.commit()


def _make_list(wanted: Wanted) -> None:
    """Make the list of risks of one day, and whatever other list is due."""
    make_lists([wanted.clocks])


PLACES, MEASURES, LISTS = "places", "measures", "lists"
WORKS: Mapping[str, Callable[[Wanted], None]] = {PLACES: _place, MEASURES: _measure, LISTS: _make_list}
"""What a page can want."""


WANTED = "NETWORK_WANTED"
"""The variable in which a process is told what a page wants."""

_started: dict[bool, "subprocess.Popen[bytes]"] = {}
"""The last process that this one started for a refresh of everything, and the last one for what a page wants."""


def start(settings: Settings, wanted: Wanted | None = None) -> None:
    """Start a refresh in a process of its own, unless this process has one of the kind under way.

    A thread would not do: networkx and rustworkx keep the interpreter to themselves while they compute.
    """
    before = _started.get(wanted is None)
    if before and before.poll() is None:
        return
    environment = {
        **os.environ,
        "REGISTER_DATA": str(settings.data),
        "DATABASE_URL": settings.database_url,
        WANTED: json.dumps(wanted and wanted._asdict()),
    }
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "register.background"],
            env=environment,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        logger.warning("The network could not be refreshed: %s", error)
        return
    _started[wanted is None] = process


def main() -> int:
    """Refresh as the process that a page started; what goes wrong is left to the next timer."""
    os.nice(NICENESS)
    try:
        settings = from_environment()
        with open_register(settings).app_context():
            with reading():
                require_made(settings)
            db.session.rollback()
            wanted = json.loads(os.environ.get(WANTED, "null"))
            if wanted:
                refresh_wanted(Wanted(**wanted))
                return 0
            time.sleep(GATHERING)
            while (done := refresh()) and done.worked_out:
                logger.info("Looking again: something may have changed meanwhile.")
    except (Refusal, OSError) as error:
        logger.warning("The network could not be refreshed: %s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
