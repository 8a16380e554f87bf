"""What is asked of interactions: what happened and who was there, as it was on one day, as it was known on another.

Promises are asked of `commitment_lookups`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from register.clock import Clocks
from register.database import db
from register.interactions.commitment_lookups import broken_promises
from register.interactions.kinds import BREACH_SCORE, INTERACTION_KINDS
from register.interactions.models import Attendance, Interaction, Reading
from register.trust.schemes import determinant_of

LAST_YEAR = timedelta(days=365)
HALF_YEAR = timedelta(days=180)
RHYTHM = timedelta(days=730)
"""How far back the usual gap between meetings is read: the rhythm of now, not that of ten years ago."""


def as_known(clocks: Clocks) -> ColumnElement[bool]:
    """Return the condition for interactions held by one day, in the version that was known at the end of another."""
    before = clocks.known_before
    if before is None:
        return and_(Interaction.held_on <= clocks.on, Interaction.superseded_at.is_(None))
    stands = or_(Interaction.superseded_at.is_(None), Interaction.superseded_at >= before)
    return and_(Interaction.held_on <= clocks.on, Interaction.recorded_at < before, stands)


def interactions_as_of(clocks: Clocks) -> Select[Interaction]:
    """Return the query for interactions with their partnership and recorder, to be filtered, ordered and paged."""
    return select(Interaction).where(as_known(clocks)).options(
        joinedload(Interaction.partnership), joinedload(Interaction.recorded_by),
    )


def attended_by(organisation_ids: Iterable[int] | Select[int]) -> ColumnElement[bool]:
    """Return the condition for interactions in which one of some organisations took part."""
    wanted = organisation_ids if isinstance(organisation_ids, Select) else list(organisation_ids)
    return Interaction.id.in_(select(Attendance.interaction_id).where(Attendance.organisation_id.in_(wanted)))


def interactions_of_partnership(partnership_id: int, clocks: Clocks, limit: int = 50) -> Sequence[Interaction]:
    """Return the latest interactions of a partnership, newest first."""
    asked = interactions_as_of(clocks).where(Interaction.partnership_id == partnership_id)
    return db.session.scalars(asked.order_by(Interaction.held_on.desc(), Interaction.id.desc()).limit(limit)).all()


def interactions_of_organisation(
    organisation_id: int, visible: ColumnElement[bool], clocks: Clocks, limit: int = 50,
) -> Sequence[Interaction]:
    """Return the latest interactions in which an organisation took part, newest first.

    `visible` is `partnerships.visibility.visible_to(person)`.
    """
    asked = interactions_as_of(clocks).join(Interaction.partnership).where(visible, attended_by([organisation_id]))
    return db.session.scalars(asked.order_by(Interaction.held_on.desc(), Interaction.id.desc()).limit(limit)).all()


def versions_of(interaction: Interaction) -> Sequence[Interaction]:
    """Return every version of an interaction, the first one first."""
    lasting = interaction.lasting_id
    return db.session.scalars(
        select(Interaction).where(or_(Interaction.id == lasting, Interaction.first_version_id == lasting))
        .options(joinedload(Interaction.recorded_by)).order_by(Interaction.id),
    ).all()


def attendances(interaction_ids: Iterable[int]) -> dict[int, list[Attendance]]:
    """Return who was there, by interaction, each with its organisation and contact."""
    rows = db.session.scalars(
        select(Attendance).where(Attendance.interaction_id.in_(list(interaction_ids)))
        .options(joinedload(Attendance.organisation), joinedload(Attendance.contact)).order_by(Attendance.id),
    )
    found: dict[int, list[Attendance]] = defaultdict(list)
    for row in rows:
        found[row.interaction_id].append(row)
    return dict(found)


def readings(interaction_ids: Iterable[int]) -> dict[int, list[Reading]]:
    """Return the readings of some interactions, by interaction, in the order they were given."""
    rows = db.session.scalars(
        select(Reading).where(Reading.interaction_id.in_(list(interaction_ids))).order_by(Reading.id),
    )
    found: dict[int, list[Reading]] = defaultdict(list)
    for row in rows:
        found[row.interaction_id].append(row)
    return dict(found)


def reading_counts(interaction_ids: Iterable[int]) -> dict[int, int]:
    """Return how many readings each interaction has that has any."""
    rows = db.session.execute(
        select(Reading.interaction_id, func.count()).where(Reading.interaction_id.in_(list(interaction_ids)))
        .group_by(Reading.interaction_id),
    )
    return dict(rows.all())


def last_rated(partnership_id: int, clocks: Clocks) -> dict[tuple[int, int, str], date]:
    """Return the day each (rater, ratee, determinant) of a partnership was last rated."""
    rows = db.session.execute(
        select(Reading.rater_id, Reading.ratee_id, Reading.determinant, func.max(Interaction.held_on))
        .join(Interaction, Interaction.id == Reading.interaction_id)
        .where(as_known(clocks), Interaction.partnership_id == partnership_id)
        .group_by(Reading.rater_id, Reading.ratee_id, Reading.determinant),
    )
    return {(rater, ratee, determinant): day for rater, ratee, determinant, day in rows}


def last_trouble(partnership_id: int, clocks: Clocks) -> Interaction | None:
    """Return the last incident or dispute of the last 180 days."""
    kinds = [kind.key for kind in INTERACTION_KINDS if kind.is_trouble]
    return db.session.scalar(
        interactions_as_of(clocks).where(
            Interaction.partnership_id == partnership_id, Interaction.kind.in_(kinds),
            Interaction.held_on > clocks.on - HALF_YEAR,
        ).order_by(Interaction.held_on.desc(), Interaction.id.desc()).limit(1),
    )


class Breach(NamedTuple):
    """Something that broke trust on a day: a dispute, a broken promise or a reading of 1."""

    partnership_id: int
    held_on: date
    kind: str
    """"dispute", "broken promise" or "reading of 1"."""
    words: str
    interaction_id: int | None
    """Set for disputes and readings."""
    commitment_id: int | None
    """Set for broken promises."""
    organisation_ids: tuple[int, ...]
    """Dispute: who was there. Promise: promisee, promisor. Reading: rater, ratee."""


def breaches(partnership_ids: Iterable[int], clocks: Clocks) -> list[Breach]:
    """Return every breach of some partnerships, newest first."""
    ids = list(partnership_ids)
    promises = [
        Breach(state.commitment.partnership_id, state.settled_on, "broken promise", state.commitment.what, None,
               state.commitment.id, (state.commitment.promisee_id, state.commitment.promisor_id))
        for state in broken_promises(ids, clocks) if state.settled_on is not None
    ]
    found = [*_disputes(ids, clocks), *_readings_of_one(ids, clocks), *promises]
    return sorted(found, key=lambda breach: (breach.held_on, breach.interaction_id or 0), reverse=True)


def _disputes(ids: Sequence[int], clocks: Clocks) -> list[Breach]:
    kinds = [kind.key for kind in INTERACTION_KINDS if kind.is_breach]
    rows = db.session.scalars(
        select(Interaction).where(as_known(clocks), Interaction.partnership_id.in_(ids), Interaction.kind.in_(kinds)),
    ).all()
    present = attendances(row.id for row in rows)
    return [
        Breach(row.partnership_id, row.held_on, "dispute", row.account, row.id, None,
               tuple(dict.fromkeys(one.organisation_id for one in present.get(row.id, ()))))
        for row in rows
    ]


def _readings_of_one(ids: Sequence[int], clocks: Clocks) -> list[Breach]:
    rows = db.session.execute(
        select(Interaction.partnership_id, Interaction.held_on, Reading)
        .join(Interaction, Interaction.id == Reading.interaction_id)
        .where(as_known(clocks), Interaction.partnership_id.in_(ids), Reading.score == BREACH_SCORE),
    )
    return [
        Breach(partnership_id, held_on, "reading of 1", _words(reading), reading.interaction_id, None,
               (reading.rater_id, reading.ratee_id))
        for partnership_id, held_on, reading in rows
    ]


def _words(reading: Reading) -> str:
    name = determinant_of(reading.determinant).name
    return f"{name}: {reading.evidence}" if reading.evidence else name


def last_held(partnership_ids: Iterable[int], clocks: Clocks) -> dict[int, date]:
    """Return the day of the latest interaction of each partnership that has one."""
    rows = db.session.execute(
        select(Interaction.partnership_id, func.max(Interaction.held_on))
        .where(as_known(clocks), Interaction.partnership_id.in_(list(partnership_ids)))
        .group_by(Interaction.partnership_id),
    )
    return dict(rows.all())


def median_gaps(partnership_ids: Iterable[int], clocks: Clocks) -> dict[int, float]:
    """Return the usual gap in days between meetings of the last two years; needs three days on which they met."""
    days: dict[int, list[date]] = defaultdict(list)
    for row in _held_days(partnership_ids, clocks, clocks.on - RHYTHM):
        days[row.partnership_id].append(row.held_on)
    return {
        partnership_id: median((later - earlier).days for earlier, later in pairwise(sorted(held)))
        for partnership_id, held in days.items() if len(held) > 2  # noqa: PLR2004 - two gaps make three days
    }


def counts_by_month(partnership_ids: Iterable[int], clocks: Clocks) -> dict[int, dict[date, int]]:
    """Return how many interactions each partnership had, by the first day of the month; months without are left out."""
    counts: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in _held_days(partnership_ids, clocks, date.min):
        counts[row.partnership_id][row.held_on.replace(day=1)] += row.number
    return {partnership_id: dict(months) for partnership_id, months in counts.items()}


def _held_days(partnership_ids: Iterable[int], clocks: Clocks, since: date) -> Sequence[Row[int, date, int]]:
    """Return (partnership_id, held_on, number) for each day after `since` on which something happened."""
    return db.session.execute(
        select(Interaction.partnership_id, Interaction.held_on, func.count().label("number"))
        .where(as_known(clocks), Interaction.partnership_id.in_(list(partnership_ids)), Interaction.held_on > since)
        .group_by(Interaction.partnership_id, Interaction.held_on),
    ).all()


@dataclass(frozen=True, slots=True)
class Carriers:
    """Who carried a partnership's interactions of the last 365 days."""

    interactions: int
    people: Mapping[int, int]
    """Interactions by person of the register; where none is named as present, whoever recorded it."""
    contacts: Mapping[int, int]
    """Interactions by contact."""
    contacts_of: Mapping[int, int]
    """The organisation of each of these contacts."""
    organisations: Mapping[int, int]
    """Interactions by organisation: what the share of a contact is taken of."""


def carriers(partnership_ids: Iterable[int], clocks: Clocks) -> dict[int, Carriers]:
    """Return, by partnership, in how many interactions of the last 365 days each person and contact took part."""
    rows = db.session.execute(
        select(Interaction.partnership_id, Interaction.id, Interaction.recorded_by_id, Attendance)
        .outerjoin(Attendance, Attendance.interaction_id == Interaction.id)
        .where(as_known(clocks), Interaction.partnership_id.in_(list(partnership_ids)),
               Interaction.held_on > clocks.on - LAST_YEAR),
    )
    by_partnership: dict[int, dict[int, tuple[int, list[Attendance]]]] = defaultdict(dict)
    for partnership_id, interaction_id, recorder, attendance in rows:
        present = by_partnership[partnership_id].setdefault(interaction_id, (recorder, []))[1]
        if attendance is not None:
            present.append(attendance)
    return {partnership_id: _carriers(meetings.values()) for partnership_id, meetings in by_partnership.items()}


def _carriers(meetings: Iterable[tuple[int, Sequence[Attendance]]]) -> Carriers:
    people: dict[int, int] = defaultdict(int)
    contacts: dict[int, int] = defaultdict(int)
    organisations: dict[int, int] = defaultdict(int)
    contacts_of: dict[int, int] = {}
    number = 0
    for recorder, present in meetings:
        number += 1
        for person in {one.person_id for one in present if one.person_id} or {recorder}:
            people[person] += 1
        for organisation in {one.organisation_id for one in present}:
            organisations[organisation] += 1
        here = {one.contact_id: one.organisation_id for one in present if one.contact_id}
        for contact, organisation in here.items():
            contacts[contact] += 1
            contacts_of[contact] = organisation
    return Carriers(number, dict(people), dict(contacts), contacts_of, dict(organisations))
