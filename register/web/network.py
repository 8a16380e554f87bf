"""The network's page: sentences, then the table, the matrix and the picture of the same facts."""

from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from register.network.changes import keep_positions
from register.network.drawing import legend
from register.network.facts_lookups import facts_for
from register.network.graph import Network
from register.network.lookups import lead_officers, partnership_names, places
from register.network.measures import measure
from register.network.narrowing import part_of, without_isolates
from register.network.sentences import counts, sentences, weak_ones
from register.network.table import matrix, rows
from register.network.wording import Sentence
from register.partnerships.lookups import organisations
from register.web.clocks import asked_clocks
from register.web.edge import FIRST_ERROR, SAFE_METHODS
from register.web.network_filters import selects, told
from register.web.network_page import (
    VIEWS,
    Asked,
    Offered,
    organisation_url,
    page_of_rows,
    read_address,
    relationship_url,
)
from register.web.network_picture import picture
from register.web.security import allow, me

blueprint = Blueprint("network", __name__)

MOVING = frozenset({"sign_in", "partnerships", "participations", "organisations", "members"})
"""Blueprints whose writes may bring somebody new into the picture; signing in makes the very first one."""


@blueprint.get("/network")
@allow("partnership:see")
def index() -> ResponseReturnValue:
    """Show who works with whom, and how strongly."""
    offered = Offered(lead_officers(me()), places())
    asked = read_address(asked_clocks(), offered)
    facts = facts_for(me(), asked.clocks)
    shown = part_of(facts, asked.filters)
    centre = organisations([asked.filters.around or 0]).get(asked.filters.around or 0)
    return render_template(
        f"network/{asked.view}.html",
        asked=asked,
        network=shown,
        sentences=_sentences(asked, shown),
        tabs=[(name, asked.url(view=key), key == asked.view) for key, name in VIEWS],
        selects=selects(asked, offered, facts.network),
        told=told(asked, offered, centre.name if centre else ""),
        organisation_url=lambda organisation_id: organisation_url(asked, organisation_id),
        relationship_url=lambda relationship: relationship_url(asked, relationship),
        **RENDERINGS[asked.view](asked, shown),
    )


@blueprint.after_app_request
def keep_places(response: Response) -> Response:
    """Keep a place for whoever a write brought into the network; the edge then commits both or neither."""
    is_write = request.method not in SAFE_METHODS and response.status_code < FIRST_ERROR
    if is_write and request.blueprint in MOVING:
        keep_positions()
    return response


def _sentences(asked: Asked, shown: Network) -> tuple[Sentence, ...]:
    """Return what is worth saying: of a part only what holds of a part, for "cut off" is said of the whole."""
    if not asked.filters.is_narrowing or not shown.nodes:
        return sentences(shown, measure(shown), asked.clocks.on)
    return tuple(said for said in (counts(shown), weak_ones(shown)) if said)


def _in_words(_asked: Asked, network: Network) -> dict[str, Any]:
    return {"counts": dict(legend(network))}


def _table(asked: Asked, network: Network) -> dict[str, Any]:
    shown, last = page_of_rows(rows(network, asked.sort), asked.after)
    found = partnership_names(me(), {ident for row in shown for ident in row.tie.partnerships})
    return {
        "rows": shown,
        "partnership_names": found,
        "next_url": asked.url(after=last) if last else None,
        "first_url": asked.url() if asked.after else None,
    }


def _matrix(asked: Asked, network: Network) -> dict[str, Any]:
    tied = without_isolates(network)
    return {"matrix": matrix(tied, asked.size, asked.order), "counts": dict(legend(network)), "tied": len(tied.nodes)}


RENDERINGS = {"sentences": _in_words, "table": _table, "matrix": _matrix, "picture": picture}
"""What each rendering needs beside the facts that all share."""
