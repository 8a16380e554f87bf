"""Where those stand who are drawn in a picture, and what is left to be worked out once a page has been answered."""

from collections.abc import Callable

from flask import Response, after_this_request, current_app

from register import background
from register.background import MEASURES, PLACES, Wanted
from register.clock import Clocks, clocks_now
from register.network.graph import Network
from register.network.kept_lookups import ALL_NOW, clearance_of, part_name
from register.network.layout_lookups import kept_places, places_for, whole_places
from register.network.map_views import as_query, to_lay_out
from register.network.narrowing import Filters
from register.network.spacing import Point
from register.network.version_lookups import version_for
from register.settings import Settings
from register.web.network_facts import facts_on
from register.web.network_page import Asked
from register.web.security import me


def places_asked(asked: Asked, shown: Network) -> dict[int, Point]:
    """Return a place for everybody who is shown."""
    return places_for(asked.filters, shown, lambda: _settled(asked.filters))


def places_of_groups(asked: Asked) -> dict[int, Point]:
    """Return the places by which the groups of a large network are placed."""
    kept = kept_places(asked.filters)
    return whole_places(asked.filters) if kept is None else kept


def lay_out_afterwards(asked: Asked, shown: Network) -> None:
    """Have the view laid out after the page, where somebody in it has no place yet."""
    if asked.against is not None or not asked.clocks.is_now:
        return
    kept = kept_places(asked.filters) or {}
    if all(node.id in kept for node in shown.nodes if shown.ties_of[node.id]):
        return
    if any(node.id not in kept for node in _settled(asked.filters).nodes):
        work_out_afterwards(Wanted(PLACES, as_query(asked.filters)))


def measure_afterwards(filters: Filters, clocks: Clocks) -> None:
    """Have a part of the network on a day measured after the page; all that there is now, by what does all."""
    known = clocks.known.isoformat() if clocks.known else None
    wanted = Wanted(MEASURES, as_query(filters), clearance_of(me()), clocks.on.isoformat(), known)
    work_out_afterwards(None if part_name(filters, clocks) == ALL_NOW else wanted)


def work_out_afterwards(wanted: Wanted | None) -> None:
    """Have something worked out once the page has been answered."""
    after_this_request(lambda response: work_out_after(response, wanted))


def work_out_after(response: Response, wanted: Wanted | None) -> Response:
    """Have something worked out by a process of its own after an answer; None: all that is not kept yet."""
    settings: Settings = current_app.config["REGISTER"]
    start: Callable[[Settings, Wanted | None], None] = current_app.config.get("REFRESHING", background.start)
    response.call_on_close(lambda: start(settings, wanted))
    return response


def _settled(filters: Filters) -> Network:
    """Return whom a view has places for today: of open partnerships alone."""
    facts = facts_on(clocks_now())
    restricted = version_for(me()).restricted
    if restricted:
        facts = facts.within(frozenset(work.id for work in facts.works).difference(restricted))
    return to_lay_out(facts, filters)
