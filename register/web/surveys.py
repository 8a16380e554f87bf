"""The lists of risks as pages show them, and having those of a large register made off the request."""

from datetime import datetime
from typing import NamedTuple

from flask import Flask, Response, current_app, g, request

from register import background
from register.background import LISTS, Wanted
from register.clock import Clocks
from register.risk.entries import Survey
from register.risk.kept_changes import always_kept, is_due
from register.risk.kept_lookups import is_anything_since, is_large, last_seen
from register.risk.watchlist import visible_survey
from register.settings import Settings
from register.web.edge import FIRST_ERROR, SAFE_METHODS
from register.web.security import me


class AsOf(NamedTuple):
    """Of when a list is that was not made just now."""

    at: datetime | None
    """When the last thing was recorded that all of it takes in, of what the person may see."""
    is_behind: bool
    """Whether something was recorded since."""


def shown_survey(clocks: Clocks) -> Survey:
    """Return the list of a day as the person may see it, and see to it that one that is due gets made."""
    ask_for(clocks)
    return visible_survey(me(), clocks)


def as_of(found: Survey) -> AsOf | None:
    """Return of when a list is; None where it was made just now, or was not made yet."""
    if found.upto is None:
        return None
    return AsOf(last_seen(me(), found.upto), is_anything_since(me(), found.upto))


def ask_for(clocks: Clocks) -> None:
    """Say that somebody wants to see the list of a day."""
    g.setdefault("lists_asked", []).append(clocks)


def install(app: Flask) -> None:
    """Look after each request whether lists are due: while its transaction lasts, which the edge ends."""
    app.after_request(_have_lists_made)


def _have_lists_made(response: Response) -> Response:
    """Have the lists that are due made by a process of its own, once the answer is on its way.

    Asked for by a page that shows them, or after a write; a small register has none.
    """
    asked: list[Clocks] = g.pop("lists_asked", [])
    is_write = request.method not in SAFE_METHODS and response.status_code < FIRST_ERROR
    if (asked or is_write) and is_large():
        due = [clocks for clocks in asked or always_kept() if is_due(clocks)]
        if due:
            # The process begins after the commit, and at once where somebody waits.
            settings: Settings = current_app.config["REGISTER"]
            response.call_on_close(lambda: background.start(settings, _wanted(due[0]) if asked else None))
    return response


def _wanted(clocks: Clocks) -> Wanted:
    known = clocks.known.isoformat() if clocks.known else None
    return Wanted(LISTS, "", on=clocks.on.isoformat(), known=known)
