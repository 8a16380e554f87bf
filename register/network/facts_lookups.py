"""The facts of the network as the database has them: who takes part in what, how they stand, when they last met."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from itertools import permutations
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, exists, or_, select
from sqlalchemy.orm import aliased

from register.accounts.models import Person
from register.clock import Clocks
from register.collecting import uncollected
from register.database import db
from register.interactions.models import Attendance, Interaction
from register.network.facts import Facts, Part, Shared, Work
from register.network.graph import Node, View
from register.partnerships.lookups import Relationship, live_on, taking_part_on
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_models import Organisation
from register.partnerships.visibility import visible_to
from register.trust.lookups import View as TrustView
from register.trust.lookups import views


def facts_for(person: Person, clocks: Clocks) -> Facts:
    """Return all that a person may see of the network on a day."""
    return facts_where(visible_to(person), clocks)


def facts_where(condition: ColumnElement[bool], clocks: Clocks) -> Facts:
    """Return the facts of the partnerships that meet a condition and were live on a day."""
    with uncollected():
        return _gathered(condition, clocks)


def _gathered(condition: ColumnElement[bool], clocks: Clocks) -> Facts:
    works = _works(condition, clocks)
    partnership_ids = works.with_only_columns(Partnership.id)
    parts = _parts(partnership_ids, clocks)
    found = [_view(view) for view in _views(parts, clocks)]
    tied = {end for view in found for end in view.relationship[1:]}
    return Facts(
        tuple(_nodes(clocks, tied | {part.organisation_id for part in parts})),
        tuple(Work(*row) for row in db.session.execute(works.order_by(Partnership.name, Partnership.id))),
        tuple(parts),
        tuple(found),
        _last_days(partnership_ids, clocks),
    )


def _works(
    condition: ColumnElement[bool], clocks: Clocks
) -> Select[int, str, str, str | None, str, int | None, date | None, date | None]:
    """Return the query for the partnerships that the network is made of."""
    asked = select(
        Partnership.id,
        Partnership.name,
        Partnership.kind,
        Partnership.theme,
        Partnership.significance,
        Partnership.lead_officer_id,
        Partnership.started_on,
        Partnership.closed_on,
    ).where(condition, live_on(clocks))
    if clocks.known_before is not None:
        asked = asked.where(Partnership.created_at < clocks.known_before)
    return asked


def _parts(partnership_ids: Select[int], clocks: Clocks) -> list[Part]:
    rows = db.session.execute(
        select(Participation.partnership_id, Participation.organisation_id, Participation.role, Participation.joined_on)
        .where(Participation.partnership_id.in_(partnership_ids), taking_part_on(clocks))
        .order_by(Participation.partnership_id, Participation.id)
    )
    return [Part(*row) for row in rows]


def _views(parts: Iterable[Part], clocks: Clocks) -> list[TrustView]:
    """Return the standing of every live relationship.

    Providers of one partnership are competitors: two of them stand in a relationship only once there is evidence of it.
    """
    roles: dict[int, dict[int, str]] = defaultdict(dict)
    for part in parts:
        roles[part.partnership_id][part.organisation_id] = part.role
    pairs = {
        Relationship(partnership_id, rater, ratee): by_organisation[rater] == by_organisation[ratee] == "provider"
        for partnership_id, by_organisation in roles.items()
        for rater, ratee in permutations(by_organisation, 2)
    }
    found = views(pairs, clocks) if pairs else {}
    return [view for relationship, view in found.items() if view.rows or not pairs[relationship]]


def _view(view: TrustView) -> View:
    standing = view.standing
    return View(
        standing.word,
        standing.figure if view.rows else None,
        standing.low if view.rows else None,
        standing.high if view.rows else None,
        standing.unknown,
        view.relationship,
        view.last_held_on,
    )


def _nodes(clocks: Clocks, tied: set[int]) -> list[Node]:
    """Return the organisations at work on the day, and those that are in a partnership whatever their own dates say."""
    at_work = and_(
        or_(Organisation.opened_on.is_(None), Organisation.opened_on <= clocks.on),
        or_(Organisation.closed_on.is_(None), Organisation.closed_on > clocks.on),
        *([Organisation.created_at < clocks.known_before] if clocks.known_before else []),
    )
    rows = db.session.execute(
        select(
            Organisation.id,
            Organisation.name,
            Organisation.short_name,
            Organisation.sector,
            Organisation.kind,
            Organisation.parent_id,
            Organisation.place,
            at_work.label("is_at_work"),
        ).order_by(Organisation.name, Organisation.id)
    )
    return [
        Node(row.id, row.name, row.short_name or "", row.sector, row.kind, row.parent_id, row.place or "")
        for row in rows
        if row.is_at_work or row.id in tied
    ]


def _last_days(partnership_ids: Select[int], clocks: Clocks) -> dict[Shared, date]:
    """Return the last day on which two organisations were logged together, by partnership.

    Only who takes part, or took part once, can be logged. So each two of them are looked for from the last meeting
    back: that finds most of them in a meeting or two, where all meetings of all years would be put side by side else.
    """
    one, other = aliased(Participation), aliased(Participation)
    last = (
        select(Interaction.held_on)
        .where(Interaction.partnership_id == one.partnership_id, Interaction.held_on <= clocks.on)
        .where(_in_force(clocks.known_before), _were_there(one.organisation_id), _were_there(other.organisation_id))
        .order_by(Interaction.held_on.desc())
        .limit(1)
        .correlate(one, other)
        .scalar_subquery()
    )
    together = and_(other.partnership_id == one.partnership_id, other.organisation_id > one.organisation_id)
    asked: Select[*tuple[Any, ...]] = (
        select(one.partnership_id, one.organisation_id, other.organisation_id, last)
        .join(other, together)
        .where(one.partnership_id.in_(partnership_ids))
    )
    rows = db.session.execute(asked)
    return {(partnership, first, second): day for partnership, first, second, day in rows if day is not None}


def _were_there(organisation_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Return the condition for interactions that somebody of an organisation was logged in."""
    return (
        exists()
        .where(Attendance.interaction_id == Interaction.id, Attendance.organisation_id == organisation_id)
        .correlate_except(Attendance)
    )


def _in_force(before: datetime | None) -> ColumnElement[bool]:
    """Return the condition for interactions as they were known before an instant; None: as they are known now."""
    if before is None:
        return Interaction.superseded_at.is_(None)
    replaced_later = or_(Interaction.superseded_at.is_(None), Interaction.superseded_at >= before)
    return and_(Interaction.recorded_at < before, replaced_later)
