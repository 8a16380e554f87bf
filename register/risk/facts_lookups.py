"""The facts of all live partnerships on a day, gathered in a handful of questions for all rules together."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, or_, select

from register.accounts.models import Person
from register.clock import Clocks, day_of
from register.database import db
from register.history.known import changed_since, column_as_known, rows_as_known
from register.interactions.commitment_lookups import open_commitments
from register.interactions.lookups import breaches, last_held, median_gaps
from register.partnerships.lookups import participations, taking_part_on
from register.partnerships.models import Member, Participation, Partnership
from register.partnerships.organisation_models import Organisation
from register.risk.deal_lookups import deals_on
from register.risk.evidence_lookups import with_evidence
from register.risk.exposure import exposure_line, exposure_of
from register.risk.facts import BreachFacts, CutOff, PartnershipFacts, PromiseFacts
from register.risk.network_lookups import cut_off_by_partnership
from register.risk.people_lookups import carriers_of, meetings_by_partnership
from register.risk.thresholds import RULES_AS_PUBLISHED, Thresholds
from register.risk.view_lookups import AnyRow, Part, views_of
from register.risk.views import ViewFacts


@dataclass(slots=True)
class _Views:
    """The views of one partnership."""

    wholes: list[ViewFacts] = field(default_factory=list)
    determinants: list[ViewFacts] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Wide:
    """What is reckoned of the whole register, and no partnership's own."""

    line: float | None = None
    """From which exposure on a relationship belongs to the most exposed tenth."""
    cut_off: Mapping[int, Sequence[CutOff]] = field(default_factory=dict)


def gather(
    clocks: Clocks, sets: Sequence[Thresholds] = (RULES_AS_PUBLISHED,), *, with_views: bool = True,
) -> tuple[PartnershipFacts, ...]:
    """Return the facts of each partnership that was at work on the day, in the order of their ids.

    Partnerships closed or not yet started have no facts, and so no flags. What concerns the whole register (the most
    exposed tenth, the network) is reckoned from open partnerships only: a restricted one changes nothing of another.
    Evidence is gathered where a rule may need it by one of `sets` of thresholds. Without views, which cost most, the
    rules that argue from trust find nothing.
    """
    rows = _live(clocks)
    parts = _parts([row.id for row in rows], clocks)
    views = _views(parts, clocks) if with_views else {}
    open_ids = {row.id for row in rows if not row.is_restricted}
    line = _line(views, open_ids, clocks.on)
    if with_views:
        views = _regrouped(with_evidence(_flat(views), line, clocks, sets))
    wide = Wide(line, cut_off_by_partnership(views_with_evidence(views), clocks))
    return _put_together(rows, parts, views, wide, clocks)


def gather_some(
    ids: Collection[int], wide: Wide, clocks: Clocks, thresholds: Thresholds,
) -> tuple[PartnershipFacts, ...]:
    """Return the facts of some partnerships, with what was reckoned of the whole register before."""
    rows = _live(clocks, ids)
    parts = _parts([row.id for row in rows], clocks)
    views = _regrouped(with_evidence(_flat(_views(parts, clocks)), wide.line, clocks, (thresholds,)))
    return _put_together(rows, parts, views, wide, clocks)


def _live(clocks: Clocks, only: Collection[int] | None = None) -> Sequence[AnyRow]:
    held = changed_since("partnership", clocks.known_before) if clocks.known_before else {}
    lead_id, *told = (
        column_as_known(column, held).label(column.key) for column in (Partnership.lead_officer_id, *TOLD)
    )
    known = select(
        Partnership.id, Partnership.is_restricted, Partnership.created_at, lead_id, *told,
        column_as_known(Partnership.closed_on, held).label("closed_on"),
    ).subquery()
    asked = (
        select(*known.c, Person.name.label("lead"), Person.disabled_at)
        .outerjoin(Person, Person.id == known.c.lead_officer_id)
        .where(
            or_(known.c.started_on.is_(None), known.c.started_on <= clocks.on),
            or_(known.c.closed_on.is_(None), known.c.closed_on > clocks.on),
        )
        .order_by(known.c.id)
    )
    if clocks.known_before is not None:
        asked = asked.where(known.c.created_at < clocks.known_before)
    if only is not None:
        asked = asked.where(known.c.id.in_(only))
    return db.session.execute(asked).all()


TOLD = (
    Partnership.name, Partnership.kind, Partnership.theme, Partnership.significance, Partnership.cadence_days,
    Partnership.senior_owner, Partnership.started_on, Partnership.ends_on,
)
"""What the rules argue from, as the register knew it on a day."""


def _parts(ids: Iterable[int], clocks: Clocks) -> dict[int, list[Part]]:
    if clocks.known_before is not None:
        return _parts_known(ids, clocks)
    rows = db.session.execute(
        select(
            Participation.partnership_id, Participation.organisation_id, Participation.role, Participation.joined_on,
            Organisation.name, Organisation.short_name,
        )
        .join(Organisation, Organisation.id == Participation.organisation_id)
        .where(Participation.partnership_id.in_(list(ids)), taking_part_on(clocks))
        .order_by(Participation.partnership_id, Participation.id),
    )
    found: dict[int, list[Part]] = defaultdict(list)
    for row in rows:
        found[row.partnership_id].append(
            Part(row.organisation_id, row.role, row.short_name or row.name, row.joined_on),
        )
    return dict(found)


def _parts_known(ids: Iterable[int], clocks: Clocks) -> dict[int, list[Part]]:
    rows = participations(ids, clocks)
    rows_as_known({row.organisation for row in rows}, clocks)
    found: dict[int, list[Part]] = defaultdict(list)
    for row in rows:
        found[row.partnership_id].append(Part(row.organisation_id, row.role, row.organisation.label, row.joined_on))
    return dict(found)


def _views(parts: Mapping[int, Sequence[Part]], clocks: Clocks) -> dict[int, _Views]:
    return _regrouped(views_of(parts, clocks))


def _regrouped(found: Iterable[tuple[int, ViewFacts]]) -> dict[int, _Views]:
    by_partnership: dict[int, _Views] = defaultdict(_Views)
    for partnership_id, view in found:
        views = by_partnership[partnership_id]
        (views.determinants if view.determinant else views.wholes).append(view)
    return by_partnership


def _flat(views: Mapping[int, _Views]) -> list[tuple[int, ViewFacts]]:
    return [(key, view) for key, found in views.items() for view in (*found.wholes, *found.determinants)]


def _line(views: Mapping[int, _Views], open_ids: set[int], on: date) -> float | None:
    found = (exposure_of(view, on) for key in open_ids for view in (views[key].wholes if key in views else ()))
    return exposure_line(value for value in found if value is not None)


def _put_together(
    rows: Sequence[AnyRow], parts: Mapping[int, Sequence[Part]], views: Mapping[int, _Views], wide: Wide,
    clocks: Clocks,
) -> tuple[PartnershipFacts, ...]:
    ids = [row.id for row in rows]
    deals, broken, promised = deals_on(ids, clocks), _breaches(ids, clocks), _promises(ids, clocks)
    last, gaps, meetings = last_held(ids, clocks), median_gaps(ids, clocks), meetings_by_partnership(ids, clocks)
    people, contacts = carriers_of(meetings, clocks)
    officers = _officers(ids)
    return tuple(
        PartnershipFacts(
            id=row.id, name=row.name, on=clocks.on, began_on=_began(row, parts.get(row.id, ()), clocks.on),
            kind=row.kind, theme=row.theme, significance=row.significance, is_restricted=row.is_restricted,
            cadence_days=row.cadence_days, ends_on=row.ends_on, senior_owner=row.senior_owner,
            officers=officers.get(row.id, 0), own_id=_own(parts.get(row.id, ())),
            lead_officer=None if _was_disabled(row.disabled_at, clocks) else row.lead, deal=deals.get(row.id),
            views=tuple(views[row.id].wholes) if row.id in views else (),
            determinants=tuple(views[row.id].determinants) if row.id in views else (),
            breaches=tuple(broken.get(row.id, ())), promises=tuple(promised.get(row.id, ())),
            last_held_on=last.get(row.id), usual_gap=gaps.get(row.id), meetings=tuple(meetings.get(row.id, ())),
            people=people[row.id], contacts=contacts[row.id], cut_off=tuple(wide.cut_off.get(row.id, ())),
            exposure_line=wide.line,
        )
        for row in rows
    )


def views_with_evidence(views: Mapping[int, _Views]) -> frozenset[tuple[int, int, int]]:
    """Return (partnership, rater, ratee) of the relationships that somebody recorded something of."""
    return frozenset((key, *view.target) for key, found in views.items() for view in found.wholes if view.rows)


def _began(row: AnyRow, parts: Sequence[Part], on: date) -> date:
    """Return the day from which something could have been known: the start, or else the first joining or recording."""
    joined = [part.joined_on for part in parts if part.joined_on]
    began: date = row.started_on or min(joined, default=None) or day_of(row.created_at)
    return min(began, on)


LEADING_ROLES = ("lead", "commissioner", "funder")


def _own(parts: Sequence[Part]) -> int | None:
    """Return the organisation that leads, commissions or pays, or else the first that joined."""
    leading = [part for part in parts if part.role in LEADING_ROLES]
    return next((part.organisation_id for part in (*leading, *parts)), None)


def _was_disabled(disabled_at: datetime | None, clocks: Clocks) -> bool:
    if disabled_at is None:
        return False
    return day_of(disabled_at) <= (clocks.known or clocks.on)


def _officers(ids: Sequence[int]) -> dict[int, int]:
    """Return how many people look after each partnership now."""
    rows = db.session.execute(
        select(Member.partnership_id, func.count()).join(Person, Person.id == Member.person_id)
        .where(Member.partnership_id.in_(ids), Member.part.in_(("officer", "lead")), Member.ended_at.is_(None))
        .where(Person.disabled_at.is_(None)).group_by(Member.partnership_id),
    )
    return dict(rows.all())


def _breaches(ids: Sequence[int], clocks: Clocks) -> dict[int, list[BreachFacts]]:
    found: dict[int, list[BreachFacts]] = defaultdict(list)
    for one in breaches(ids, clocks):
        found[one.partnership_id].append(
            BreachFacts(one.held_on, one.kind, one.words, one.interaction_id, one.commitment_id),
        )
    return found


def _promises(ids: Sequence[int], clocks: Clocks) -> dict[int, list[PromiseFacts]]:
    found: dict[int, list[PromiseFacts]] = defaultdict(list)
    for state in sorted(open_commitments(ids, clocks), key=lambda one: (one.commitment.due_on, one.commitment.id)):
        promise = state.commitment
        found[promise.partnership_id].append(PromiseFacts(
            promise.id, promise.what, promise.promisor.label, promise.promisee.label, promise.due_on,
        ))
    return found
