"""The list of partnerships: find one, and see beside its deal how well its relationships are known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, case, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from register.accounts.models import Person
from register.clock import Clocks
from register.database import db
from register.history.known import changed_since, column_as_known, rows_as_known
from register.partnerships.deal_models import DealRevision
from register.partnerships.kinds import PARTNERSHIP_KINDS, SIGNIFICANCES, STAGES, THEMES, names
from register.partnerships.lookups import deals_in_force, in_force, participations, relationships_between
from register.partnerships.models import Partnership
from register.partnerships.money import yearly_pence
from register.partnerships.search_lookups import letters_of, looked_after_by, partnerships_matching, rank_of
from register.partnerships.visibility import visible_to
from register.trust.figure import NOT_KNOWN, Standing
from register.trust.lookups import views
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
from register.web.paging import asked_sorting, page_of
from register.web.partnerships import blueprint
from register.web.security import allow, me

SORTS: dict[str, tuple[SQLColumnExpression[Any], ...]] = {
    "name": (letters_of(Partnership.name),),
    "kind": (rank_of(Partnership.kind, PARTNERSHIP_KINDS), letters_of(Partnership.name)),
    "stage": (rank_of(Partnership.stage, STAGES), letters_of(Partnership.name)),
    "start": (Partnership.started_on,),
}
STATES = {"open": "Open", "closed": "Closed"}


@dataclass(frozen=True)
class Line:
    """One partnership in the list."""

    partnership: Partnership
    partners: int
    weakest: Standing | None
    """The lowest of the standings that are known."""
    known: int
    relationships: int
    has_deal: bool
    yearly_pence: int | None


@dataclass(frozen=True)
class Totals:
    """What the found partnerships come to together."""

    number: int
    yearly_pence: int
    without_value: int


@blueprint.route("/partnerships")
@allow("partnership:see")
def index() -> ResponseReturnValue:
    """List the partnerships that the person may know of."""
    clocks, text = asked_clocks(), asked_text()
    columns = _columns(clocks)
    base = and_(visible_to(me()), existing_on(clocks, columns["started"]), partnerships_matching(text))
    tallies = _tallies(base, me(), columns)
    filtering = asked_filtering(_facets(tallies, me()), {"state": ["open"]})
    sorting = asked_sorting(SORTS, "name")
    query = select(Partnership).where(base, *_conditions(filtering, me(), columns))
    page = page_of(query, sorting.columns, Partnership.id, descending=sorting.descending)
    rows_as_known(page.rows, clocks)
    return render_template(
        "partnerships/index.html",
        page=page,
        lines=_lines(page.rows, clocks),
        sorting=sorting,
        text=text,
        totals=_totals(query, page.total, clocks),
        groups=filtering.groups(tallies),
        filter_count=filtering.count + bool(text),
        carried=carried("sort", "on", "known"),
        known=sum(number for _, number in tallies),
    )


def asked_narrowing(person: Person) -> Narrowing:
    """Return what this address narrows the list to."""
    clocks, text = asked_clocks(), asked_text()
    columns = _columns(clocks)
    base = and_(visible_to(person), existing_on(clocks, columns["started"]), partnerships_matching(text))
    filtering = asked_filtering(_facets(_tallies(base, person, columns), person), {"state": ["open"]})
    return narrowing(filtering, {"Words": text}, base, *_conditions(filtering, person, columns))


def existing_on(
    clocks: Clocks, started_on: ColumnElement[Any] | InstrumentedAttribute[Any] = Partnership.started_on,
) -> ColumnElement[bool]:
    """Return the condition for partnerships that the register listed on a day: today also those that start later."""
    if clocks.is_now:
        return true()
    begun = or_(started_on.is_(None), started_on <= clocks.on)
    before = clocks.known_before
    return begun if before is None else and_(begun, Partnership.created_at < before)


def _columns(clocks: Clocks) -> dict[str, ColumnElement[Any]]:
    """Return what partnerships are filtered by, as the register knew it."""
    before = clocks.known_before
    held = changed_since("partnership", before) if before else {}
    known = partial(column_as_known, held=held)
    closed_on = known(Partnership.closed_on)
    return {
        "state": case((and_(closed_on.is_not(None), closed_on <= clocks.on), "closed"), else_="open"),
        "kind": known(Partnership.kind),
        "significance": known(Partnership.significance),
        "stage": known(Partnership.stage),
        "theme": known(Partnership.theme),
        "lead": known(Partnership.lead_officer_id),
        "started": known(Partnership.started_on),
    }


def _facets(tallies: list[Tally], person: Person) -> list[Facet]:
    leads = {keys["lead"] for keys, _ in tallies}
    rows = db.session.execute(
        select(Person.id, Person.name).where(Person.id.in_([int(key) for key in leads if key])).order_by(Person.name),
    )
    facets = [
        Facet("state", "State", STATES),
        Facet("kind", "Kind", names(PARTNERSHIP_KINDS)),
        Facet("significance", "Significance", names(SIGNIFICANCES)),
        Facet("stage", "Stage", {kind.key: kind.name for kind in STAGES if kind.key != "closed"}, whole=False),
        Facet("theme", "Theme", names(THEMES), whole=False),
        Facet("lead", "Lead officer", {str(key): name for key, name in rows}, whole=False),
    ]
    if person.role in ("officer", "leader"):
        facets.insert(0, Facet("mine", "Yours", {"yes": "Only mine"}))
    return facets


def _tallies(base: ColumnElement[bool], person: Person, known: Mapping[str, ColumnElement[Any]]) -> list[Tally]:
    """Count the visible partnerships by all that they can be filtered by, in one question."""
    mine = case((looked_after_by(person), "yes"), else_="no")
    columns = {**{name: column for name, column in known.items() if name != "started"}, "mine": mine}
    labelled = [column.label(f"key_{name}") for name, column in columns.items()]
    inner = select(*labelled).where(base).subquery()
    rows = db.session.execute(select(*inner.c, func.count()).group_by(*inner.c))
    return [
        ({name: None if value is None else str(value) for name, value in zip(columns, row[:-1], strict=True)}, row[-1])
        for row in rows
    ]


def _conditions(
    filtering: Filtering, person: Person, columns: Mapping[str, ColumnElement[Any]],
) -> list[ColumnElement[bool]]:
    chosen = filtering.chosen
    conditions: list[ColumnElement[bool]] = [
        columns[name].in_(chosen[name]) for name in ("state", "kind", "theme", "significance", "stage") if chosen[name]
    ]
    if chosen["lead"]:
        conditions.append(columns["lead"].in_([int(key) for key in chosen["lead"]]))
    if chosen.get("mine"):
        conditions.append(looked_after_by(person))
    return conditions


def _totals(query: Select[Partnership], number: int, clocks: Clocks) -> Totals:
    """Add up what the found partnerships are worth a year, and count those of which it is not known."""
    found = query.with_only_columns(Partnership.id)
    rows = db.session.execute(
        select(DealRevision.value_pence, DealRevision.value_basis, DealRevision.starts_on, DealRevision.ends_on).where(
            DealRevision.partnership_id.in_(found), in_force(clocks)
        ),
    )
    values = [value for row in rows if (value := yearly_pence(*row)) is not None]
    return Totals(number, sum(values), number - len(values))


def _lines(partnerships: Sequence[Partnership], clocks: Clocks) -> list[Line]:
    """Return the page's rows, every standing of them asked for at once."""
    ids = [partnership.id for partnership in partnerships]
    parts = participations(ids, clocks)
    partners: dict[int, set[int]] = {key: set() for key in ids}
    for part in parts:
        partners[part.partnership_id].add(part.organisation_id)
    standings: dict[int, list[Standing]] = {key: [] for key in ids}
    for relationship, view in views(relationships_between(parts), clocks).items():
        standings[relationship.partnership_id].append(view.standing)
    deals = deals_in_force(ids, clocks)
    return [
        _line(partnership, len(partners[partnership.id]), standings[partnership.id], deals.get(partnership.id))
        for partnership in partnerships
    ]


def _line(partnership: Partnership, partners: int, standings: list[Standing], deal: DealRevision | None) -> Line:
    known = [standing for standing in standings if standing.word != NOT_KNOWN]
    return Line(
        partnership,
        partners,
        min(known, key=lambda standing: standing.figure, default=None),
        len(known),
        len(standings),
        deal is not None,
        yearly_pence(deal.value_pence, deal.value_basis, deal.starts_on, deal.ends_on) if deal else None,
    )
