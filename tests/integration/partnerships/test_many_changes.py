"""Partnerships that start together: kept and told as if each had been started, agreed, joined and led one by one."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from register.accounts.models import Person
from register.clock import now
from register.database import Base, db
from register.database.rows import table_of
from register.history.lookups import history_size
from register.history.models import HistoryEntry, HistoryValue
from register.history.verification import verify
from register.partnerships.changes import add_participation, start_partnership
from register.partnerships.deal_changes import revise_deal
from register.partnerships.deal_models import DealRevision
from register.partnerships.many_changes import (
    Deal,
    NewPartnership,
    may_all_lead,
    new_partnership,
    start_partnerships,
)
from register.partnerships.member_changes import set_member
from register.partnerships.models import Member, Participation, Partnership, PartnershipIdentifier
from register.partnerships.organisation_models import Organisation
from register.refusals import Refusal
from tests.factories import a_person, an_organisation

FACTS = {"name": " Parking   pilot ", "kind": "commissioning", "started_on": date(2025, 1, 2)}
TERMS = {"legal_form": "contract", "value_pence": 500, "value_basis": "total", "reference": "R 1"}
TOLD = Deal(TERMS, "A notice of May", datetime(2024, 5, 1, tzinfo=UTC))
DEALS = (TOLD, Deal({"legal_form": "grant"}, None, None), None)
NOT_THE_SAME = {"id", "partnership_id", "created_at", "added_at", "recorded_at"}
"""What differs between two that start at two moments."""
pytestmark = pytest.mark.usefixtures("session")


def identifier(number: int) -> tuple[str, str]:
    return "OCID", f"ocds-{number}"


@pytest.fixture
def partners() -> list[Organisation]:
    return [an_organisation("Buyer"), an_organisation("Supplier")]


@pytest.fixture
def officers() -> list[Person]:
    return [a_person(), a_person()]


def sides(partners: Sequence[Organisation]) -> dict[int, str]:
    return dict(zip([one.id for one in partners], ("commissioner", "provider"), strict=True))


def one_by_one(partners: Sequence[Organisation], officers: Sequence[Person]) -> None:
    for number, deal in enumerate(DEALS):
        made = start_partnership("person:1", FACTS, identifiers=dict([identifier(number)]))
        if deal:
            revise_deal("person:1", made, deal.terms, reason=deal.reason, told_at=deal.told_at)
        for body, role in sides(partners).items():
            add_participation("person:1", made, body, role)
        for officer in officers:
            set_member("person:1", made, officer.id, "lead")


def together(partners: Sequence[Organisation], officers: Sequence[Person]) -> None:
    new = [
        new_partnership(FACTS, identifier(number), sides(partners), deal) for number, deal in enumerate(DEALS)
    ]
    start_partnerships("person:1", new, [officer.id for officer in officers])


def rows_of(model: type[Base]) -> list[dict[str, Any]]:
    """Return a table's rows as plain values, but for what differs between two that start one after the other."""
    table = table_of(model)
    rows = db.session.execute(select(table).order_by(table.c.id)).mappings()
    return [{key: value for key, value in row.items() if key not in NOT_THE_SAME} for row in rows]


def told_since(size: int) -> list[tuple[str, str, int, str]]:
    """Return the acts, what each is a part of and what it says, without salts, sorted."""
    asked = (
        select(HistoryEntry, HistoryValue).join(HistoryValue, HistoryValue.sequence == HistoryEntry.sequence)
        .where(HistoryEntry.sequence > size)
    )
    return sorted(
        (entry.action, entry.entity, entry.sequence - entry.part_of,
         str({key: said for key, (_, said) in sorted(json.loads(value.values).items()) if key not in NOT_THE_SAME}))
        for entry, value in db.session.execute(asked)
    )  # fmt: skip


def kept_by(start: Callable[..., None], partners: Sequence[Organisation], officers: Sequence[Person]) -> Any:
    """Return what starting some leaves behind in the tables and in the history."""
    before, size = {model: len(rows_of(model)) for model in MODELS}, history_size()
    start(partners, officers)
    db.session.commit()
    db.session.expire_all()
    return {model: rows_of(model)[count:] for model, count in before.items()}, told_since(size)


MODELS = (Partnership, PartnershipIdentifier, DealRevision, Participation, Member)


def test_partnerships_that_start_together_leave_what_one_by_one_would(
    partners: list[Organisation], officers: list[Person]
) -> None:
    db.session.commit()
    assert kept_by(together, partners, officers) == kept_by(one_by_one, partners, officers)
    assert verify().is_whole


def test_each_act_belongs_to_the_story_of_its_partnership(partners: list[Organisation], officers: list[Person]) -> None:
    db.session.commit()
    size = history_size()
    together(partners, officers)
    db.session.commit()
    entries = db.session.scalars(select(HistoryEntry).where(HistoryEntry.sequence > size)).all()
    keys = set(db.session.scalars(select(Partnership.id)))
    assert {entry.scope_id for entry in entries} == keys
    assert len(entries) == len(DEALS) * (2 + len(partners) + len(officers)) + 2


@pytest.mark.parametrize(
    ("facts", "roles", "deal", "field"),
    [
        ({"name": ""}, "provider", None, "name"),
        ({"kind": "nothing"}, "provider", None, "kind"),
        ({"ends_on": date(2024, 1, 1)}, "provider", None, "ends_on"),
        ({}, "bystander", None, "role"),
        ({}, "provider", Deal({"value_pence": 5}, None, None), "value_basis"),
        ({}, "provider", Deal({}, "a" * 1000, None), "reason"),
    ],
)
def test_what_a_person_could_not_start_is_refused(
    facts: dict[str, Any], roles: str, deal: Deal | None, field: str
) -> None:
    with pytest.raises(Refusal) as caught:
        new_partnership({**FACTS, **facts}, identifier(1), {1: roles}, deal)
    assert caught.value.field == field


def test_only_officers_who_use_the_register_may_all_lead(officers: list[Person]) -> None:
    ids = [one.id for one in officers]
    assert may_all_lead(ids)
    assert may_all_lead([*ids, *ids])
    assert may_all_lead([])
    assert not may_all_lead([*ids, a_person("leader").id])
    assert not may_all_lead([a_person(disabled_at=now()).id])
    assert not may_all_lead([10**6])


def test_none_at_all_start_nothing() -> None:
    none: list[NewPartnership] = []
    assert list(start_partnerships("register", none, [])) == []
