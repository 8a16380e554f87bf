"""Who carried the interactions of the last two years, and who of them is leaving."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from register.accounts.models import Person
from register.clock import Clocks, day_of
from register.database import db
from register.history.models import HistoryEntry, HistoryValue
from register.interactions.lookups import as_known
from register.interactions.models import Attendance, Interaction
from register.partnerships.organisation_models import Contact, Organisation
from register.risk.facts import Carrier, Meeting
from register.risk.view_lookups import AnyRow

LOOKED_BACK = timedelta(days=730)
"""A year is judged, and another walked back to say since when."""
AT_A_TIME = 200
"""Partnerships whose interactions are read together, so that a large register's rows are never in memory at once."""

Alike = dict[frozenset[Any], frozenset[Any]]
Meetings = Mapping[int, Sequence[Meeting]]
Carriers = dict[int, Carrier]


def meetings_by_partnership(ids: Iterable[int], clocks: Clocks) -> dict[int, list[Meeting]]:
    """Return who was in each interaction of some partnerships, oldest first; read of some partnerships after others."""
    wanted = list(ids)
    found: dict[int, list[Meeting]] = defaultdict(list)
    for first in range(0, len(wanted), AT_A_TIME):
        alike: Alike = {}
        for attended in _attended(wanted[first : first + AT_A_TIME], clocks):
            found[attended[0].partnership_id].append(_meeting(attended, alike))
    return found


def _attended(partnership_ids: Sequence[int], clocks: Clocks) -> Iterable[list[AnyRow]]:
    """Return the rows of each interaction, oldest first."""
    rows = db.session.execute(
        select(
            Interaction.partnership_id, Interaction.id, Interaction.held_on, Interaction.recorded_by_id,
            Attendance.organisation_id, Attendance.contact_id, Attendance.person_id,
        )
        .outerjoin(Attendance, Attendance.interaction_id == Interaction.id)
        .where(as_known(clocks), Interaction.partnership_id.in_(partnership_ids))
        .where(Interaction.held_on > clocks.on - LOOKED_BACK)
        .order_by(Interaction.held_on, Interaction.id),
    )
    together: dict[int, list[AnyRow]] = defaultdict(list)
    for row in rows:
        together[row.id].append(row)
    return together.values()


def _meeting(rows: Sequence[AnyRow], alike: Alike) -> Meeting:
    """Return the meeting; the same people meet again and again, and one set of them serves all their meetings."""
    people = frozenset(row.person_id for row in rows if row.person_id) or frozenset({rows[0].recorded_by_id})
    contacts = frozenset((row.organisation_id, row.contact_id) for row in rows if row.contact_id)
    bodies = frozenset(row.organisation_id for row in rows if row.organisation_id)
    return Meeting(
        held_on=rows[0].held_on,
        people=alike.setdefault(people, people),
        contacts=alike.setdefault(contacts, contacts),
        organisations=alike.setdefault(bodies, bodies),
    )


def carriers_of(meetings: Meetings, clocks: Clocks) -> tuple[dict[int, Carriers], dict[int, Carriers]]:
    """Return, by partnership, the people of the register and the contacts who were there, by id."""
    people = {key: {person for meeting in found for person in meeting.people} for key, found in meetings.items()}
    contacts = {key: {one for meeting in found for _, one in meeting.contacts} for key, found in meetings.items()}
    return _shared_out(people, _people(_all(people), clocks)), _shared_out(contacts, _contacts(_all(contacts), clocks))


def _all(ids: Mapping[int, set[int]]) -> set[int]:
    return {one for found in ids.values() for one in found}


def _shared_out(ids: Mapping[int, set[int]], carriers: Carriers) -> dict[int, Carriers]:
    """Return to each partnership its own: who else is in the register is no fact of it."""
    return defaultdict(dict, {key: {one: carriers[one] for one in sorted(found)} for key, found in ids.items()})


def _people(ids: Iterable[int], clocks: Clocks) -> Carriers:
    rows = db.session.execute(select(Person.id, Person.name, Person.disabled_at).where(Person.id.in_(list(ids))))
    found = {}
    for number, name, disabled_at in rows:
        day = day_of(disabled_at) if disabled_at else None
        gone = day if day and day <= (clocks.known or clocks.on) else None
        found[number] = Carrier(name, "", gone, gone)
    return found


def _contacts(ids: Iterable[int], clocks: Clocks) -> Carriers:
    rows = db.session.execute(
        select(Contact.id, Contact.name, Contact.role, Contact.left_on, Organisation.name, Organisation.short_name)
        .join(Organisation, Organisation.id == Contact.organisation_id).where(Contact.id.in_(list(ids))),
    ).all()
    learned = _learned([row[0] for row in rows if row[3]])
    found = {}
    for number, name, role, left_on, body, short in rows:
        since = learned.get(number)
        is_known = left_on and not (clocks.known and since and since > clocks.known)
        found[number] = Carrier(name or role, short or body, left_on if is_known else None, since if is_known else None)
    return found


def _learned(contact_ids: Sequence[int]) -> dict[int, date]:
    """Return the day on which the register learned of a contact's last day: that of the newest change to it."""
    if not contact_ids:
        return {}
    rows = db.session.execute(
        select(HistoryEntry.entity_id, HistoryEntry.at, HistoryValue.values)
        .join(HistoryValue, HistoryValue.sequence == HistoryEntry.sequence)
        .where(HistoryEntry.entity == Contact.__tablename__, HistoryEntry.entity_id.in_(contact_ids))
        .order_by(HistoryEntry.sequence),
    )
    return {number: day_of(at) for number, at, values in rows if "left_on" in json.loads(values)}
