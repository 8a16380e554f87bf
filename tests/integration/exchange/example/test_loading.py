"""A part of the example goes into a register through the functions people use, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from register.accounts.models import Person
from register.accounts.passwords import matches
from register.clock import Clocks, clocks_now, day_of, today
from register.database import db
from register.exchange.example.county import example
from register.exchange.example.loading import SITE_NAME, load
from register.exchange.example.records import ExampleRegister
from register.history.models import HistoryEntry
from register.interactions.models import Attendance, Commitment, Interaction, Reading, Settlement
from register.partnerships.deal_models import DealRevision
from register.partnerships.lookups import participations, relationships_between
from register.partnerships.models import Member, Partnership
from register.partnerships.organisation_models import Contact, Organisation
from register.trust.lookups import views
from tests.fixtures.register import undone

PASSWORD = "seven plain words"
PART = frozenset({"equipment", "refuge", "ageing"})
"""The story told by hand, a restricted partnership and a closed one."""


def a_part(day: date) -> ExampleRegister:
    """Return some partnerships of the county, with those that take part, their parents, and one that closed."""
    whole = example(day, 1)
    partnerships = tuple(one for one in whole.partnerships if one.key in PART)
    wanted = {key for one in partnerships for key, _ in one.participants} | {"tcc", "children", "oldskell", "nether"}
    return replace(
        whole,
        organisations=tuple(one for one in whole.organisations if one.key in wanted),
        contacts=tuple(one for one in whole.contacts if one.organisation in wanted),
        partnerships=partnerships,
        interactions=tuple(one for one in whole.interactions if one.partnership in PART),
    )


@pytest.fixture(scope="module")
def loaded(prepared: Flask) -> Iterator[ExampleRegister]:
    """The part of the example that was loaded, once for all tests here: they only look."""
    with undone(prepared):
        register = a_part(today())
        load(register, today(), PASSWORD)
        db.session.commit()
        yield register


def count_of(model: type[object]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def standing(partnership: str, rater: str, ratee: str, clocks: Clocks) -> str:
    """Return the word for one organisation's view of another, all by name."""
    found = db.session.scalars(select(Partnership).where(Partnership.name == partnership)).one()
    labels = {one.id: one.label for one in db.session.scalars(select(Organisation))}
    for relationship, view in views(relationships_between(participations([found.id], clocks)), clocks).items():
        if (labels[relationship.rater_id], labels[relationship.ratee_id]) == (rater, ratee):
            return view.standing.word
    raise AssertionError(partnership)


def test_everything_that_is_told_is_in_the_register(loaded: ExampleRegister) -> None:
    corrected = [one for one in loaded.interactions if one.correction]
    promises = [promise for one in loaded.interactions for promise in one.commitments]
    renegotiated = [promise for promise in promises if promise.outcome == "renegotiated"]

    assert count_of(Organisation) == len(loaded.organisations)
    assert count_of(Contact) == len(loaded.contacts)
    assert count_of(Partnership) == len(PART)
    assert count_of(DealRevision) == sum(len(one.deals) for one in loaded.partnerships)
    assert count_of(Interaction) == len(loaded.interactions) + len(corrected)
    assert count_of(Commitment) == len(promises) + len(renegotiated)
    assert count_of(Settlement) == sum(promise.outcome is not None for promise in promises)
    assert count_of(Reading) == sum(len(one.readings) * (2 if one.correction else 1) for one in loaded.interactions)
    assert count_of(Attendance) >= len(loaded.interactions)


def test_people_sign_in_with_the_given_password_and_what_is_restricted_or_closed_stays_so(
    loaded: ExampleRegister,
) -> None:
    people = db.session.scalars(select(Person)).all()
    found = {one.name: one for one in db.session.scalars(select(Partnership))}

    assert {one.email for one in people} == {one.email for one in loaded.people}
    assert matches(PASSWORD, people[0].password_hash)

    assert found["Refuge and Outreach Service"].is_restricted
    assert found["Ageing Well Together"].is_closed
    assert not found["Community Equipment Service"].is_closed
    named = select(func.count()).select_from(Member).where(Member.part == "named")
    assert db.session.scalar(named) == 1


def test_the_history_tells_everything_in_the_order_and_at_the_instants_in_which_it_was_recorded(
    loaded: ExampleRegister,
) -> None:
    rows = db.session.scalars(select(Interaction).where(Interaction.first_version_id.is_(None))).all()
    entries = db.session.execute(select(HistoryEntry.sequence, HistoryEntry.at).order_by(HistoryEntry.sequence)).all()
    instants = [at for _, at in entries]

    told = sorted((one.held_on, one.account, one.recorded_at) for one in loaded.interactions)
    assert sorted((row.held_on, row.account, row.recorded_at) for row in rows) == told
    assert {one.recorded_at for one in loaded.interactions} <= set(instants)
    assert [sequence for sequence, _ in entries] == list(range(1, len(entries) + 1))
    assert instants == sorted(instants)
    assert today() - day_of(instants[0]) > timedelta(540)
    assert day_of(instants[-1]) < today()
    db.session.commit()
    assert count_of(HistoryEntry) == len(entries)


def test_a_relationship_that_was_sound_a_year_ago_fails_under_a_sound_deal(loaded: ExampleRegister) -> None:
    name = "Community Equipment Service"
    deal = db.session.scalars(
        select(DealRevision).join(Partnership).where(Partnership.name == name, DealRevision.superseded_at.is_(None)),
    ).one()

    assert deal.completeness == 1
    assert deal.revision == 2
    assert standing(name, "Varrowby", "Adult Care", clocks_now()) == "weak"
    assert standing(name, "Varrowby", "Integrated Care Board", clocks_now()) in ("sound", "strong")
    a_year_ago = Clocks(today() - timedelta(365))
    assert standing(name, "Adult Care", "Varrowby", a_year_ago) == "sound"


def test_the_register_is_named_after_the_council() -> None:
    assert SITE_NAME == "Tolvershire County Council"
