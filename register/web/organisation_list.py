"""The list of organisations: find one by any of its names or numbers."""

from collections.abc import Mapping
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case, func, or_, select, true

from register.clock import Clocks
from register.database import db
from register.history.known import changed_since, column_as_known, rows_as_known
from register.partnerships.kinds import ORGANISATION_KINDS, SECTORS, names
from register.partnerships.organisation_lookups import (
    counts_of_partnerships,
    existing_organisations,
)
from register.partnerships.organisation_models import Organisation
from register.partnerships.search_lookups import every_word, letters_of, organisations_matching, rank_of
from register.partnerships.visibility import visible_to
from register.web.clocks import asked_clocks
from register.web.facets import (
    Facet,
    Filtering,
    Narrowing,
    Tally,
    asked_filtering,
    asked_text,
    carried,
    narrowing,
)
from register.web.organisations import blueprint
from register.web.paging import asked_sorting, page_of
from register.web.security import allow, me

SORTS: dict[str, tuple[SQLColumnExpression[Any], ...]] = {
    "name": (letters_of(Organisation.name),),
    "sector": (rank_of(Organisation.sector, SECTORS), letters_of(Organisation.name)),
    "kind": (rank_of(Organisation.kind, ORGANISATION_KINDS), letters_of(Organisation.name)),
    "place": (letters_of(Organisation.place), letters_of(Organisation.name)),
}
FACETS = (
    Facet("state", "State", {"open": "Open", "closed": "Ended"}),
    Facet("sector", "Sector", names(SECTORS)),
    Facet("kind", "Kind", names(ORGANISATION_KINDS), whole=False),
)


@blueprint.route("/organisations")
@allow("partnership:see")
def index() -> ResponseReturnValue:
    """List organisations, with the number of partnerships that the person may know of."""
    clocks, text, place = asked_clocks(), asked_text(), asked_text("place")
    columns = _columns(clocks)
    base = _base(clocks, text, place)
    tallies = _tallies(base, columns)
    filtering = asked_filtering(FACETS, {"state": ["open"]})
    sorting = asked_sorting(SORTS, "name")
    page = page_of(
        select(Organisation).where(base, *_conditions(filtering, columns)),
        sorting.columns,
        Organisation.id,
        descending=sorting.descending,
    )
    rows_as_known(page.rows, clocks)
    return render_template(
        "organisations/index.html",
        page=page,
        sorting=sorting,
        text=text,
        place=place,
        groups=filtering.groups(tallies),
        filter_count=filtering.count + bool(text) + bool(place),
        carried=carried("sort", "on", "known"),
        known=sum(number for _, number in tallies),
        counts=counts_of_partnerships([row.id for row in page.rows], visible_to(me()), clocks),
    )


def asked_narrowing() -> Narrowing:
    """Return what this address narrows the list to."""
    clocks, text, place = asked_clocks(), asked_text(), asked_text("place")
    filtering = asked_filtering(FACETS, {"state": ["open"]})
    conditions = (_base(clocks, text, place), *_conditions(filtering, _columns(clocks)))
    return narrowing(filtering, {"Words": text, "Place": place}, *conditions)


def _base(clocks: Clocks, text: str, place: str) -> ColumnElement[bool]:
    in_place = every_word(place, [Organisation.place]) if place else true()
    existing = true() if clocks.is_now else existing_organisations(clocks)
    return and_(existing, organisations_matching(text), in_place)


def _columns(clocks: Clocks) -> dict[str, ColumnElement[Any]]:
    """Return what organisations are filtered by, as the register knew it."""
    before = clocks.known_before
    held = changed_since("organisation", before) if before else {}
    closed_on = column_as_known(Organisation.closed_on, held)
    return {
        "state": case((or_(closed_on.is_(None), closed_on > clocks.on), "open"), else_="closed"),
        "sector": column_as_known(Organisation.sector, held),
        "kind": column_as_known(Organisation.kind, held),
    }


def _tallies(base: ColumnElement[bool], columns: Mapping[str, ColumnElement[Any]]) -> list[Tally]:
    """Count the organisations by all that they can be filtered by, in one question."""
    inner = select(*(column.label(name) for name, column in columns.items())).where(base).subquery()
    rows = db.session.execute(select(*inner.c, func.count()).group_by(*inner.c))
    return [({"state": row[0], "sector": row[1], "kind": row[2]}, row[3]) for row in rows]


def _conditions(filtering: Filtering, columns: Mapping[str, ColumnElement[Any]]) -> list[ColumnElement[bool]]:
    return [column.in_(filtering.chosen[name]) for name, column in columns.items() if filtering.chosen[name]]
