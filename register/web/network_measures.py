"""The measures of the network: what they say in sentences, and the figures of organisations and ties in tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement

from register.network.facts import Facts
from register.network.facts_lookups import facts_for
from register.network.kept_lookups import ALL_NOW, Found, carriers_for, part_name, worked_out_for
from register.network.lookups import lead_officers, places
from register.network.measure_sentences import measure_sentences, silence, why_not_ranked
from register.network.measure_words import MEANINGS
from register.network.narrowing import NARROWING, chosen, part_of
from register.network.overview import SORTS, TIE_SORTS, Overview, overview, sorted_rows
from register.partnerships.models import Partnership
from register.partnerships.visibility import visible_to
from register.web.clocks import asked_clocks
from register.web.network_filters import centre_of, selects, told
from register.web.network_page import Asked, Offered, organisation_url, read_address, tabs
from register.web.network_places import measure_afterwards
from register.web.security import allow, me

blueprint = Blueprint("network_measures", __name__)

ROWS_SHOWN = 50
KEPT = (*NARROWING, "steps", "on", "known")
"""What the address of this page keeps of the network's."""
OPENING_SORT = "-between"

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Order:
    """How the two tables are sorted, and after which row of the first one it goes on."""

    sort: str
    ties: str
    after: str | None

    def in_address(self) -> dict[str, str]:
        """Return what the address says of it."""
        return {"sort": self.sort, "ties": self.ties}


@blueprint.get("/network/measures")
@allow("partnership:see")
def index() -> ResponseReturnValue:
    """Show the measures of the network that the person may see."""
    offered = Offered(lead_officers(me()), places())
    asked = read_address(asked_clocks(), offered)
    asked = replace(asked, filters=replace(asked.filters, with_partnerships=False))
    facts = facts_for(me(), asked.clocks)
    shown = part_of(facts, asked.filters)
    part = part_name(asked.filters, asked.clocks)
    kept = worked_out_for(shown, me(), part)
    carried = carriers_for(shown, me(), _condition(facts, asked), asked.clocks, part)
    if kept.is_behind or carried.carriers is None:
        measure_afterwards(asked.filters, asked.clocks)
    found = overview(shown, kept.worked_out, carried.carriers)
    return render_template(
        "network/measures.html",
        asked=asked,
        found=found,
        kept=kept,
        carried=carried,
        sentences=measure_sentences(found),
        warning=silence(found) if found.network.ties else None,
        unranked=why_not_ranked(found) if found.network.ties else None,
        meanings=MEANINGS,
        is_all_now=part == ALL_NOW,
        tabs=tabs(asked, request.endpoint),
        selects=[one for one in selects(asked, offered, facts.network) if one.name != "nodes"],
        told=told(asked, offered, centre_of(asked, facts)),
        filter_action=url_for("network_measures.index"),
        whole_url=url_for("network_measures.index", **asked.keep()),
        organisation_url=lambda organisation_id: organisation_url(asked, organisation_id),
        what_if_url=lambda organisation_id: url_for(
            "network_what_if.index", without=f"organisation-{organisation_id}", **asked.keep()
        ),
        **_tables(asked, found, kept),
    )


def _condition(facts: Facts, asked: Asked) -> ColumnElement[bool]:
    """Return the condition for the partnerships whose meetings count: those seen, and asked for."""
    kept = chosen(facts, asked.filters)
    return visible_to(me()) if kept is None else visible_to(me()) & Partnership.id.in_(kept)


def _tables(asked: Asked, found: Overview, kept: Found) -> dict[str, Any]:
    """Return the rows of the two tables, and the addresses that sort and go on."""
    order = _order(may_rank=found.coverage.may_rank and not kept.is_behind)
    standings = sorted_rows(found.standings, order.sort, SORTS)
    here = {name: value for name, value in asked.kept().items() if name in KEPT}
    rows, last = _page(standings, lambda row: str(row.node.id), order.after)
    single = [row for row in found.ties if row.is_bridge or row.pairs == 1]

    def url(**changes: str | None) -> str:
        return url_for("network_measures.index", **{**here, **order.in_address(), **changes})

    return {
        "rows": rows,
        "order": order,
        "sort_url": url,
        "next_url": url(after=last) if last else None,
        "first_url": url() if order.after else None,
        "single": sorted_rows(single, order.ties, TIE_SORTS)[:ROWS_SHOWN],
        "single_number": len(single),
    }


def _order(*, may_rank: bool) -> Order:
    """Return how to sort: the most central first, and by name alone where nobody may be ranked."""
    sort = request.args.get("sort", OPENING_SORT)
    is_known = sort.removeprefix("-") in SORTS
    ties = request.args.get("ties", "people")
    return Order(
        sort=sort if may_rank and is_known else OPENING_SORT if may_rank else "name",
        ties=ties if ties.removeprefix("-") in TIE_SORTS else "people",
        after=request.args.get("after"),
    )


def _page(found: Sequence[Row], key: Callable[[Row], str], after: str | None) -> tuple[Sequence[Row], str | None]:
    """Return the rows that follow the one named `after`, and the name of the last of them where more follow."""
    start = next((at + 1 for at, row in enumerate(found) if key(row) == after), 0)
    shown = found[start : start + ROWS_SHOWN]
    return shown, key(shown[-1]) if start + len(shown) < len(found) else None
