"""What would fall apart if somebody left or something ended: in words, in tables and as a picture."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from register.clock import Clocks
from register.network.facts_lookups import facts_for
from register.network.kept_lookups import FoundCarriers, carriers_for, part_name
from register.network.lookups import lead_officers, places
from register.network.map_views import WHOLE
from register.network.what_if import WhatIf
from register.network.what_if_lookups import MOST_OFFERED, SUBJECTS, Asker, Subject, offered, subject_of
from register.network.what_if_sentences import what_if_sentences
from register.network.what_if_table import changed_organisations, changed_partnerships, changed_ties
from register.partnerships.visibility import visible_to
from register.web.clocks import asked_clocks
from register.web.network_page import (
    LARGEST_ID,
    THEME_NAMES,
    Asked,
    Offered,
    organisation_url,
    read_address,
    relationship_url,
    tabs,
)
from register.web.network_places import measure_afterwards
from register.web.network_what_if_picture import LEGEND, what_is_left
from register.web.security import allow, me

blueprint = Blueprint("network_what_if", __name__)

ROWS_SHOWN = 100


@blueprint.get("/network/what-if")
@allow("partnership:see")
def index() -> ResponseReturnValue:
    """Show what would fall apart; hidden and unknown things are 404."""
    asked = read_address(asked_clocks(), Offered(lead_officers(me()), places()))
    asker, carried = _asker(asked.clocks)
    question = request.args.get("without", "")
    kind, key = read_question(question)
    subject = subject_of(kind, key, asker) if kind and key else None
    if kind and key and subject is None:
        abort(404)
    return render_template(
        "network/what_if.html",
        asked=asked,
        carried=carried,
        subject=subject,
        is_no_question=bool(question) and subject is None,
        chosen=question,
        told=[("Question", subject.opening)] if subject else [],
        choices=offered(asker),
        most_offered=MOST_OFFERED,
        tabs=tabs(asked, request.endpoint),
        organisation_url=lambda organisation_id: organisation_url(asked, organisation_id),
        relationship_url=lambda relationship: relationship_url(asked, relationship),
        **(_answer(asked, asker, subject) if subject and subject.is_at_work else {}),
    )


def read_question(text: str) -> tuple[str | None, int | None]:
    """Return what kind of thing is to go, and its id; None for what is no question.

    Example: `organisation-12`.
    """
    kind, _, number = text.partition("-")
    is_number = number.isascii() and number.isdigit() and len(number) < len(str(LARGEST_ID))
    return (kind if kind in SUBJECTS else None), (int(number) if is_number else None) or None


def _asker(clocks: Clocks) -> tuple[Asker, FoundCarriers]:
    facts = facts_for(me(), clocks)
    carried = carriers_for(facts.network, me(), visible_to(me()), clocks, part_name(WHOLE, clocks))
    if carried.carriers is None:
        measure_afterwards(WHOLE, clocks)
    return Asker(me(), clocks, facts, carried.carriers or {}), carried


def _answer(asked: Asked, asker: Asker, subject: Subject) -> dict[str, Any]:
    found = WhatIf(asker.facts, subject.gone)
    bodies, ties = changed_organisations(found), changed_ties(found)
    return {
        "found": found,
        "sentences": what_if_sentences(found, THEME_NAMES),
        "bodies": bodies[:ROWS_SHOWN],
        "bodies_number": len(bodies),
        "ties": ties[:ROWS_SHOWN],
        "ties_number": len(ties),
        "works": changed_partnerships(found),
        "partnership_url": lambda key: url_for("partnerships.show", partnership_id=key, **asked.keep()),
        "drawn": what_is_left(found),
        "lost": {one for piece in found.cut_off for one in piece},
        **LEGEND,
    }
