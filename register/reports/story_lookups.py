"""The story of one record: which acts belong to it, whatever table they touched.

A partnership's story is everything in its scope. An organisation's are the acts about itself, its contacts, its parts
in partnerships, and the meetings and promises it took part in; a person's what they did and what was done to them.
"""

from collections.abc import Callable, Mapping

from sqlalchemy import ColumnElement, Select, or_, select, union

from register.history.models import HistoryEntry
from register.history.story import about, heads_where
from register.interactions.models import Attendance, Commitment, Settlement
from register.partnerships.models import Member, Participation
from register.partnerships.organisation_models import (
    Contact,
    OrganisationAlias,
    OrganisationIdentifier,
    OrganisationMembership,
    OrganisationSuccessor,
)


def heads_about(entity: str, entity_id: int, *conditions: ColumnElement[bool]) -> Select[int]:
    """Return the question for the acts that belong to a record's story, of entries that meet the conditions."""
    if entity == "partnership":
        return heads_where(HistoryEntry.scope_id == entity_id, *conditions)
    parts = STORIES[entity](entity_id) if entity in STORIES else [about(entity, entity_id)]
    # One look-up by an index for each table: joined by OR, they would have every entry read.
    every = union(*(select(HistoryEntry.part_of).where(part, *conditions) for part in parts)).subquery()
    return select(every.c.part_of)


def _rows(entity: str, ids: Select[int]) -> ColumnElement[bool]:
    return (HistoryEntry.entity == entity) & HistoryEntry.entity_id.in_(ids)


def _of_organisation(number: int) -> list[ColumnElement[bool]]:
    promised = select(Commitment.id).where(or_(Commitment.promisor_id == number, Commitment.promisee_id == number))
    return [
        about("organisation", number),
        _rows("contact", select(Contact.id).where(Contact.organisation_id == number)),
        _rows("organisation_alias", select(OrganisationAlias.id).where(OrganisationAlias.organisation_id == number)),
        _rows("organisation_identifier", select(OrganisationIdentifier.id).where(
            OrganisationIdentifier.organisation_id == number,
        )),
        _rows("organisation_successor", select(OrganisationSuccessor.id).where(
            or_(OrganisationSuccessor.organisation_id == number, OrganisationSuccessor.successor_id == number),
        )),
        _rows("organisation_membership", select(OrganisationMembership.id).where(
            or_(OrganisationMembership.organisation_id == number, OrganisationMembership.of_id == number),
        )),
        _rows("participation", select(Participation.id).where(Participation.organisation_id == number)),
        _rows("interaction", select(Attendance.interaction_id).where(Attendance.organisation_id == number)),
        _rows("commitment", promised),
        _rows("settlement", select(Settlement.id).where(Settlement.commitment_id.in_(promised))),
    ]


def _of_person(number: int) -> list[ColumnElement[bool]]:
    return [
        HistoryEntry.actor == f"person:{number}",
        about("person", number),
        _rows("partnership_member", select(Member.id).where(Member.person_id == number)),
        _rows("interaction", select(Attendance.interaction_id).where(Attendance.person_id == number)),
    ]


def _of_contact(number: int) -> list[ColumnElement[bool]]:
    return [
        about("contact", number),
        _rows("interaction", select(Attendance.interaction_id).where(Attendance.contact_id == number)),
    ]


STORIES: Mapping[str, Callable[[int], list[ColumnElement[bool]]]] = {
    "organisation": _of_organisation,
    "person": _of_person,
    "contact": _of_contact,
}
"""Records whose story is wider than their own row."""
