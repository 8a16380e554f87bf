"""What is asked of the database to draw the network: who takes part, how they stand, and where they stood before."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from itertools import permutations
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from register.accounts.models import Person
from register.clock import Clocks
from register.database import db
from register.interactions.models import Attendance, Interaction
from register.network.graph import Network, Node, View, build, ordered
from register.network.models import NodePosition
from register.network.narrowing import Filters, narrowed
from register.network.spacing import Point
from register.partnerships.lookups import Relationship, live_on, taking_part_on
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_models import Organisation
from register.partnerships.visibility import open_to_all, visible_to
from register.trust.lookups import View as TrustView
from register.trust.lookups import views

Pair = tuple[int, int]


class Part(NamedTuple):
    """One organisation's part in one live partnership."""

    partnership_id: int
    organisation_id: int
    role: str


def network_for(person: Person, clocks: Clocks, filters: Filters | None = None) -> Network:
    """Return the network that a person may see on a day, narrowed to what is asked for."""
    asked = filters or Filters()
    return narrowed(_network(visible_to(person), clocks, asked), asked)


def open_network(clocks: Clocks) -> Network:
    """Return the network of the partnerships that are restricted to nobody: the one from which places are reckoned."""
    return _network(open_to_all(), clocks, Filters())


def stored_positions() -> dict[int, Point]:
    """Return the places that were kept, by organisation."""
    rows = db.session.execute(select(NodePosition.organisation_id, NodePosition.x, NodePosition.y))
    return {organisation_id: (x, y) for organisation_id, x, y in rows}


def is_any_without_a_place() -> bool:
    """Say whether some organisation takes part in an open partnership with another, and has no kept place."""
    partner = aliased(Participation)
    beside = and_(
        partner.partnership_id == Participation.partnership_id,
        partner.organisation_id != Participation.organisation_id,
        partner.left_on.is_(None),
    )
    missing = (
        select(Participation.id)
        .join(Partnership, Partnership.id == Participation.partnership_id)
        .outerjoin(NodePosition, NodePosition.organisation_id == Participation.organisation_id)
        .where(open_to_all(), Partnership.closed_on.is_(None), Participation.left_on.is_(None))
        .where(NodePosition.organisation_id.is_(None), exists().where(beside))
    )
    return db.session.scalar(missing.limit(1)) is not None


def partnership_names(person: Person, ids: Iterable[int]) -> dict[int, str]:
    """Return the names of some partnerships, of those that the person may see."""
    asked = select(Partnership.id, Partnership.name).where(Partnership.id.in_(list(ids)), visible_to(person))
    return {row.id: row.name for row in db.session.execute(asked)}


def _network(condition: ColumnElement[bool], clocks: Clocks, filters: Filters) -> Network:
    partnership_ids = _live_partnerships(condition, clocks, filters)
    found = _views(_parts(partnership_ids, clocks), clocks)
    shared: dict[Pair, set[int]] = defaultdict(set)
    for relationship in found:
        shared[ordered(relationship.rater_id, relationship.ratee_id)].add(relationship.partnership_id)
    return build(
        _nodes(clocks, {end for pair in shared for end in pair}),
        shared,
        (_view(view) for view in found.values()),
        _last_days(partnership_ids, found.values(), clocks),
    )


def _live_partnerships(condition: ColumnElement[bool], clocks: Clocks, filters: Filters) -> Select[int]:
    """Return the query for the ids of the partnerships that the network is made of."""
    asked = select(Partnership.id).where(condition, live_on(clocks))
    if clocks.known_before is not None:
        asked = asked.where(Partnership.created_at < clocks.known_before)
    if filters.kind is not None:
        asked = asked.where(Partnership.kind == filters.kind)
    if filters.theme is not None:
        asked = asked.where(Partnership.theme == filters.theme)
    return asked


def _parts(partnership_ids: Select[int], clocks: Clocks) -> list[Part]:
    rows = db.session.execute(
        select(Participation.partnership_id, Participation.organisation_id, Participation.role)
        .where(Participation.partnership_id.in_(partnership_ids), taking_part_on(clocks))
        .order_by(Participation.partnership_id, Participation.id)
    )
    return [Part(*row) for row in rows]


def _views(parts: Iterable[Part], clocks: Clocks) -> dict[Relationship, TrustView]:
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
    return {relationship: view for relationship, view in found.items() if view.rows or not pairs[relationship]}


def _view(view: TrustView) -> View:
    standing = view.standing
    return View(
        standing.word,
        standing.figure if view.rows else None,
        standing.low if view.rows else None,
        standing.high if view.rows else None,
        standing.unknown,
        view.relationship,
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
            at_work.label("is_at_work"),
        ).order_by(Organisation.name, Organisation.id)
    )
    return [
        Node(row.id, row.name, row.short_name or "", row.sector, row.kind, row.parent_id)
        for row in rows
        if row.is_at_work or row.id in tied
    ]


def _last_days(partnership_ids: Select[int], found: Iterable[TrustView], clocks: Clocks) -> dict[Pair, date]:
    """Return the last day on which two organisations were logged together, or one of them judged the other."""
    one, other = aliased(Attendance), aliased(Attendance)
    rows = db.session.execute(
        select(one.organisation_id, other.organisation_id, func.max(Interaction.held_on))
        .join(one, one.interaction_id == Interaction.id)
        .join(other, and_(other.interaction_id == Interaction.id, other.organisation_id > one.organisation_id))
        .where(Interaction.partnership_id.in_(partnership_ids), Interaction.held_on <= clocks.on)
        .where(_in_force(clocks.known_before))
        .group_by(one.organisation_id, other.organisation_id)
    )
    days: dict[Pair, date] = {(first, second): day for first, second, day in rows}
    for view in found:
        if view.last_held_on is not None:
            pair = ordered(view.relationship.rater_id, view.relationship.ratee_id)
            days[pair] = max(days.get(pair, view.last_held_on), view.last_held_on)
    return days


def _in_force(before: datetime | None) -> ColumnElement[bool]:
    """Return the condition for interactions as they were known before an instant; None: as they are known now."""
    if before is None:
        return Interaction.superseded_at.is_(None)
    replaced_later = or_(Interaction.superseded_at.is_(None), Interaction.superseded_at >= before)
    return and_(Interaction.recorded_at < before, replaced_later)
