"""The facts of the network as the database has them: who takes part in what, how they stand, when they last met."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from itertools import permutations
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, exists, or_, select, true
from sqlalchemy.orm import aliased

from register.accounts.models import Person
from register.clock import Clocks
from register.collecting import uncollected
from register.database import db
from register.interactions.models import Attendance, Interaction
from register.network.facts import Facts, Part, Shared, Work
from register.network.graph import Node, View
from register.network.known_lookups import rows_known, was_between
from register.partnerships.lookups import Relationship, live_on, taking_part_on
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_models import Organisation
from register.partnerships.visibility import visible_to
from register.trust.lookups import View as TrustView
from register.trust.lookups import views


def facts_for(person: Person, clocks: Clocks) -> Facts:
    """Return all that a person may see of the network on a day."""
    return facts_where(visible_to(person), clocks)


@uncollected()
def facts_where(condition: ColumnElement[bool], clocks: Clocks) -> Facts:
    """Return the facts of the partnerships that meet a condition and were live on a day.

    As the register knew them on an earlier day, what was at work is told only by the history.
    """
    is_live = live_on(clocks) if clocks.known is None else true()
    partnership_ids = select(Partnership.id).where(condition, is_live, _made_before(Partnership.created_at, clocks))
    works = _works(partnership_ids, clocks)
    there = {work.id for work in works}
    parts = [part for part in _parts(partnership_ids, clocks) if part.partnership_id in there]
    found = [_view(view) for view in _views(parts, clocks)]
    tied = {end for view in found for end in view.relationship[1:]}
    days = _last_days(partnership_ids, clocks)
    return Facts(
        tuple(_nodes(clocks, tied | {part.organisation_id for part in parts})),
        tuple(works),
        tuple(parts),
        tuple(found),
        days if clocks.known is None else {shared: day for shared, day in days.items() if shared[0] in there},
    )


def _made_before(created_at: SQLColumnExpression[datetime], clocks: Clocks) -> ColumnElement[bool]:
    """Return the condition for what was there was to be known."""
    return true() if clocks.known_before is None else created_at < clocks.known_before


def _works(partnership_ids: Select[int], clocks: Clocks) -> list[Work]:
    """Return the partnerships that the network is made of, by name."""
    asked = (
        select(
            Partnership.id,
            Partnership.name,
            Partnership.kind,
            Partnership.theme,
            Partnership.significance,
            Partnership.lead_officer_id,
            Partnership.started_on,
            Partnership.closed_on,
        )
        .where(Partnership.id.in_(partnership_ids))
        .order_by(Partnership.name, Partnership.id)
    )
    found = [Work(*row.values()) for row in rows_known("partnership", asked, clocks)]
    live = [work for work in found if was_between(work.started_on, work.closed_on, clocks)]
    return live if clocks.known is None else sorted(live, key=lambda work: (work.name, work.id))


def _parts(partnership_ids: Select[int], clocks: Clocks) -> list[Part]:
    asked = (
        select(
            Participation.id,
            Participation.partnership_id,
            Participation.organisation_id,
            Participation.role,
            Participation.joined_on,
            Participation.left_on,
        )
        .where(
            Participation.partnership_id.in_(partnership_ids),
            taking_part_on(clocks) if clocks.known is None else true(),
        )
        .order_by(Participation.partnership_id, Participation.id)
    )
    return [
        Part(row["partnership_id"], row["organisation_id"], row["role"], row["joined_on"])
        for row in rows_known("participation", asked, clocks)
        if was_between(row["joined_on"], row["left_on"], clocks)
    ]


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
    asked = select(
        Organisation.id,
        Organisation.name,
        Organisation.short_name,
        Organisation.sector,
        Organisation.kind,
        Organisation.parent_id,
        Organisation.place,
        Organisation.opened_on,
        Organisation.closed_on,
    ).where(_made_before(Organisation.created_at, clocks))
    asked = asked.order_by(Organisation.name, Organisation.id)
    nodes = [
        Node(
            row["id"], row["name"], row["short_name"] or "", row["sector"], row["kind"], row["parent_id"],
            row["place"] or "",
        )
        for row in rows_known("organisation", asked, clocks)
        if row["id"] in tied or was_between(row["opened_on"], row["closed_on"], clocks)
    ]  # fmt: skip
    return nodes if clocks.known is None else sorted(nodes, key=lambda node: (node.name, node.id))


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
