"""The network's page: sentences, then the table, the matrix and the picture of the same facts."""

from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from register.network.difference import ENDED, KINDS, Change, Difference
from register.network.difference_sentences import differences
from register.network.drawing import legend
from register.network.facts import Facts
from register.network.gaps import gaps
from register.network.graph import Network, ordered
from register.network.kept_lookups import part_name, worked_out_for
from register.network.layout_changes import keep_positions
from register.network.layout_lookups import is_any_without_a_place
from register.network.lookups import (
    lead_officers,
    number_taking_part,
    partnership_names,
    places,
)
from register.network.measures import measure
from register.network.narrowing import Filters, chosen, part_of, without_isolates
from register.network.sentences import counts, disagreement, one_sided, sentences, weak_ones
from register.network.table import Row, matrix, rows
from register.network.wording import Sentence
from register.network.worked_out import SMALL
from register.web.clocks import asked_clocks
from register.web.edge import FIRST_ERROR, SAFE_METHODS
from register.web.network_chosen import pair_asked
from register.web.network_facts import facts_on
from register.web.network_filters import centre_of, selects, told
from register.web.network_page import (
    SECTOR_NAMES,
    THEME_NAMES,
    Asked,
    Offered,
    organisation_url,
    page_of_rows,
    read_address,
    relationship_url,
    tabs,
)
from register.web.network_picture import picture
from register.web.network_places import work_out_after
from register.web.network_time import difference_asked, timeline
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
    facts = facts_on(asked.clocks)
    difference = difference_asked(asked, facts)
    shown = difference.network if difference else part_of(facts, asked.filters)
    return render_template(
        f"network/{asked.view}.html",
        asked=asked,
        network=shown,
        difference=difference,
        difference_kinds=KINDS,
        sentences=_sentences(asked, shown, difference),
        **_theme(asked, facts),
        timeline=timeline(asked),
        tabs=tabs(asked),
        selects=selects(asked, offered, facts.network),
        told=told(asked, offered, centre_of(asked, facts)),
        organisation_url=lambda organisation_id: organisation_url(asked, organisation_id),
        relationship_url=lambda relationship: relationship_url(asked, relationship),
        **RENDERINGS[asked.view](asked, shown, difference),
    )


@blueprint.after_app_request
def keep_places(response: Response) -> Response:
    """Keep a place for whoever a write brought into the network; the edge then commits both or neither.

    In a large network that, and what takes long to measure, is left to a process of its own after the commit.
    """
    is_write = request.method not in SAFE_METHODS and response.status_code < FIRST_ERROR
    if is_write and request.blueprint in MOVING:
        if number_taking_part() <= SMALL:
            keep_positions()
        elif request.blueprint != "sign_in" or is_any_without_a_place():
            # Laying out a large network takes seconds, in which nobody else could write.
            work_out_after(response, None)
    return response


def _sentences(asked: Asked, shown: Network, difference: Difference | None) -> tuple[Sentence, ...]:
    """Return what is worth saying: of a part only what holds of a part, for "cut off" is said of the whole."""
    if difference and asked.against:
        live = Network(shown.nodes, tuple(tie for tie in shown.ties if tie.change != ENDED))
        return (counts(live), *differences(difference, asked.against))
    if not asked.filters.is_narrowing or not shown.nodes:
        part = part_name(asked.filters, asked.clocks)
        kept = worked_out_for(shown, me(), part, is_aside=asked.view != "sentences")
        return sentences(shown, measure(shown, kept.worked_out.betweenness), asked.clocks.on)
    # The matrix says below it where the two sides differ.
    differ = None if asked.view == "matrix" else disagreement(shown)
    return tuple(said for said in (counts(shown), weak_ones(shown), differ) if said)


def _theme(asked: Asked, facts: Facts) -> dict[str, Any]:
    """Return who works on a theme, where one is asked for, and what is missing among them."""
    theme = asked.filters.theme
    of_theme = facts.within(chosen(facts, Filters(theme=theme))) if theme else None
    if of_theme is None or not of_theme.works:
        return {"gaps": ()}
    return {
        "gaps": gaps(of_theme, facts, SECTOR_NAMES),
        "theme_name": THEME_NAMES[theme or ""].lower(),
        "theme_works": of_theme.partners,
    }


def _in_words(_asked: Asked, network: Network, _difference: Difference | None) -> dict[str, Any]:
    return {"counts": dict(legend(network))}


def _table(asked: Asked, network: Network, difference: Difference | None) -> dict[str, Any]:
    shown, last = page_of_rows(rows(network, asked.sort), asked.after)
    found = partnership_names(me(), {ident for row in shown for ident in row.tie.partnerships}, asked.clocks)
    return {
        "rows": shown,
        "partnership_names": found,
        "next_url": asked.url(after=last) if last else None,
        "first_url": asked.url() if asked.after else None,
        "changes_of": lambda row: _changes_of(difference, row) if difference else [],
    }


def _changes_of(difference: Difference, row: Row) -> list[Change]:
    """Return what differs of a row's two organisations, what needs looking at first."""
    return difference.by_pair.get(ordered(row.one.id, row.other.id), [])


def _matrix(asked: Asked, network: Network, difference: Difference | None) -> dict[str, Any]:
    tied = without_isolates(network)
    return {
        "matrix": matrix(tied, asked.size, asked.order),
        "counts": dict(legend(network)),
        "tied": len(tied.nodes),
        "across": [said for said in (disagreement(network), one_sided(network)) if said],
        **pair_asked(asked, network, difference),
    }


def _picture(asked: Asked, network: Network, _difference: Difference | None) -> dict[str, Any]:
    return picture(asked, network)


RENDERINGS = {"sentences": _in_words, "table": _table, "matrix": _matrix, "picture": _picture}
"""What each rendering needs beside the facts that all share."""
