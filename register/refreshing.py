"""What takes long about the network, worked out off the request: by a timer, or by a process of its own after a change.

Two never work at once: a row of the database says whose turn it is. Reading takes one short look, working out holds no
transaction at all, and writing takes as long as a few rows: no page waits. What is worked out for those who see a
restricted partnership is kept apart from what is worked out for everybody.

`python -m register.refreshing` is what pages start after a change; people and timers use `register network refresh`.
"""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from register.clock import clocks_now
from register.database import db
from register.database.engine import reading
from register.network.carriers import Carriers
from register.network.carriers_lookups import carriers_where
from register.network.changes import (
    add_positions,
    forget_measures_but,
    give_turn_back,
    keep_carriers,
    keep_measures,
    take_turn_to_refresh,
)
from register.network.facts_lookups import facts_where
from register.network.indexed import Indexed, indexed
from register.network.kept_lookups import OPEN, clearances, is_kept
from register.network.layout import positions
from register.network.lookups import stored_positions
from register.network.narrowing import without_isolates
from register.network.spacing import Point
from register.network.worked_out import SMALL, WorkedOut, work_out
from register.opening import open_register, require_made
from register.refusals import Refusal
from register.settings import Settings, from_environment

logger = logging.getLogger(__name__)

NICENESS = 10
GATHERING = 15
"""Seconds that a started process waits, so that one refresh serves a whole series of changes."""


class Refreshed(NamedTuple):
    """What a refresh did."""

    organisations: int
    ties: int
    placed: int
    worked_out: int
    """Networks, one for each set of restricted partnerships that somebody sees."""
    unchanged: int


class _Work(NamedTuple):
    """What is to be worked out, read in one look."""

    networks: dict[str, Indexed]
    waiting: dict[str, Indexed]
    places: dict[int, Point]
    carriers: dict[str, Carriers]
    """Of large networks only; a page finds out those of small ones."""


def refresh() -> Refreshed | None:
    """Work out what is not kept yet, and keep it; None when somebody else is at it.

    It commits by itself, several times: a transaction over all of it would keep everybody else from writing.
    """
    with _turn() as is_mine:
        if not is_mine:
            return None
        work = _read()
        done: dict[str, tuple[Indexed, WorkedOut]] = {
            name: (network, work_out(network)) for name, network in work.waiting.items()
        }
        placed = add_positions(work.places)
        for name, (network, found) in done.items():
            keep_measures(name, network, found)
        for name, carriers in work.carriers.items():
            keep_carriers(name, carriers)
        forget_measures_but(work.networks)
        db.session.commit()
    whole = work.networks[OPEN]
    unchanged = len(work.networks) - len(work.waiting)
    return Refreshed(len(whole.ids), len(whole.pairs), placed, len(work.waiting), unchanged)


@contextmanager
def _turn() -> Iterator[bool]:
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
    """Read the networks and lay out whoever has no place, in a transaction that keeps nobody from writing."""
    with reading():
        try:
            clocks = clocks_now()
            seen = clearances()
            shown = {name: facts_where(condition, clocks).network for name, condition in seen.items()}
            large = [name for name, network in shown.items() if len(network.nodes) > SMALL]
            carriers = {name: carriers_where(seen[name], clocks) for name in large}
            networks = {name: indexed(network) for name, network in shown.items()}
            waiting = {name: network for name, network in networks.items() if not is_kept(name, network)}
            existing = stored_positions()
        finally:
            db.session.rollback()
    placed = positions(without_isolates(shown[OPEN]), existing)
    return _Work(networks, waiting, {key: spot for key, spot in placed.items() if key not in existing}, carriers)


_started: list["subprocess.Popen[bytes]"] = []


def start(settings: Settings) -> None:
    """Start a refresh in a process of its own, unless this process has one under way.

    A thread would not do: networkx and rustworkx keep the interpreter to themselves while they compute.
    """
    if _started and _started[-1].poll() is None:
        return
    environment = {
        **os.environ,
        "REGISTER_DATA": str(settings.data),
        "DATABASE_URL": settings.database_url,
    }
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "register.refreshing"],
            env=environment,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        logger.warning("The network could not be refreshed: %s", error)
        return
    _started[:] = [process]


def main() -> int:
    """Refresh as the process that a page started; what goes wrong is left to the next timer."""
    os.nice(NICENESS)
    try:
        settings = from_environment()
        with open_register(settings).app_context():
            with reading():
                require_made(settings)
            db.session.rollback()
            time.sleep(GATHERING)
            while (done := refresh()) and done.worked_out:
                logger.info("Looking again: something may have changed meanwhile.")
    except (Refusal, OSError) as error:
        logger.warning("The network could not be refreshed: %s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
