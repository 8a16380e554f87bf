"""Starting very many partnerships at once, each with its sides, its first deal and who looks after it.

Example: `start_partnerships(actor, [new_partnership(...), ...], leads)` keeps what `start_partnership`, `revise_deal`,
`add_participation` and `set_member` would keep of each, in few statements.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select

from register.accounts.models import Person
from register.clock import now
from register.database import Base, db
from register.database.rows import Row, set_aside_ids, table_of, uncollected
from register.history.new_rows import NewRows, record_rows
from register.partnerships.changes import checked_facts
from register.partnerships.deal_changes import TERMS, checked_terms
from register.partnerships.deal_models import DealRevision
from register.partnerships.kinds import PARTICIPATION_ROLES, names
from register.partnerships.models import Member, Participation, Partnership, PartnershipIdentifier
from register.refusals import Refusal
from register.text import line


class Deal(NamedTuple):
    """The first terms of a deal, cleaned."""

    terms: Mapping[str, Any]
    reason: str | None
    told_at: datetime | None


class NewPartnership(NamedTuple):
    """One partnership that is to start, checked."""

    facts: Mapping[str, Any]
    identifier: tuple[str, str]
    sides: Mapping[int, str]
    """The role of each organisation."""
    deal: Deal | None


def new_partnership(
    facts: Mapping[str, Any], identifier: tuple[str, str], sides: Mapping[int, str], deal: Deal | None
) -> NewPartnership:
    """Return a partnership as it is to start, cleaned; refuse it by the rules of one that a person starts.

    That the organisations exist is for whoever calls to know.
    """
    clean = checked_facts(facts)
    if deal:
        deal = Deal(checked_terms(deal.terms), line(deal.reason, "reason", "The reason"), deal.told_at)
    if not names(PARTICIPATION_ROLES).keys() >= set(sides.values()):
        raise Refusal("Choose the organisation’s role.", "role")
    return NewPartnership(clean, identifier, sides, deal)


def may_all_lead(people: Collection[int]) -> bool:
    """Say whether people may all be leads of a partnership: officers who use the register."""
    asked = select(func.count()).select_from(Person).where(Person.id.in_(people))
    found = db.session.scalar(asked.where(Person.role == "officer", Person.disabled_at.is_(None)))
    return found == len(set(people))


def start_partnerships(actor: str, new: Sequence[NewPartnership], leads: Sequence[int]) -> Sequence[int]:
    """Start checked partnerships in the order given, led by people who may; return their ids. Never commits."""
    at = now()
    with uncollected():
        ids = set_aside_ids(db.session.connection(), table_of(Partnership), len(new))
        started = [(act, {"id": ids[act], **one.facts, "created_at": at, **BEGINNING}) for act, one in enumerate(new)]
        numbers = [
            (act, {"partnership_id": ids[act], "scheme": one.identifier[0], "value": one.identifier[1]})
            for act, one in enumerate(new)
        ]
        record_rows(actor, "partnership:started", [_rows(Partnership, started), _rows(PartnershipIdentifier, numbers)])
        _agree(actor, new, ids, at)
        record_rows(actor, "participation:joined", [_own_acts(Participation, [
            {"partnership_id": key, "organisation_id": body, "role": role, "joined_on": None, "left_on": None,
             "version": 1}
            for key, one in zip(ids, new, strict=True) for body, role in one.sides.items()
        ])])  # fmt: skip
        record_rows(actor, "partnership_member:set", [_own_acts(Member, [
            {"partnership_id": key, "person_id": person, "part": "lead", "added_at": at, "ended_at": None}
            for key in ids for person in leads
        ])])  # fmt: skip
    return ids


BEGINNING: Mapping[str, Any] = {"closed_on": None, "close_reason": None, "version": 1}


def _agree(actor: str, new: Sequence[NewPartnership], ids: Sequence[int], at: datetime) -> None:
    """Keep the first deal of those that have one; those with a reason apart from those without."""
    for has_reason in (True, False):
        deals = [(key, one.deal) for key, one in zip(ids, new, strict=True) if one.deal]
        some = [(key, deal) for key, deal in deals if bool(deal.reason) == has_reason]
        rows = [
            {"partnership_id": key, "revision": 1, **{term: deal.terms[term] for term in TERMS}, "recorded_at": at,
             "superseded_at": None, "told_at": deal.told_at}
            for key, deal in some
        ]  # fmt: skip
        reasons = [deal.reason or "" for _, deal in some] if has_reason else None
        record_rows(actor, "deal_revision:agreed", [_own_acts(DealRevision, rows)], reasons)


def _own_acts(model: type[Base], values: Sequence[Mapping[str, Any]]) -> NewRows:
    """Return rows that are an act each."""
    return _rows(model, list(enumerate(values)))


def _rows(model: type[Base], numbered: Sequence[tuple[int, Mapping[str, Any]]]) -> NewRows:
    """Return the rows of a table, each with the number of its act; those without an id get one."""
    table = table_of(model)
    columns = tuple(table.columns.keys())
    fresh = [] if numbered and "id" in numbered[0][1] else numbered
    ids = iter(set_aside_ids(db.session.connection(), table, len(fresh)))
    rows: list[Row] = []
    for _, values in numbered:
        whole = values if "id" in values else {**values, "id": next(ids)}
        rows.append(tuple(whole[column] for column in columns))
    return NewRows(table, columns, rows, [act for act, _ in numbered])
