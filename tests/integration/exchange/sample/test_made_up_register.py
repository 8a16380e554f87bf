"""A made-up register: as large as asked, lawful, its history whole and its sums right."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from register.clock import clocks_now, today
from register.database import db
from register.exchange.sample import writing
from register.exchange.sample.sizes import Size
from register.history.verification import verify
from register.interactions.commitment_lookups import promises_made_in
from register.interactions.models import Attendance, Commitment, Interaction, Reading, Settlement
from register.partnerships.lookups import all_participations, relationships_between
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_models import Organisation
from register.trust.changes import rebuild
from register.trust.lookups import views
from tests.fixtures.everything import sums
from tests.fixtures.register import undone

SIZE = Size(10, 12, 80)
PASSWORD = "a password for a sample"


@pytest.fixture(scope="module")
def portions(prepared: Flask) -> Iterator[list[int]]:
    """How many interactions were written at a time, of half a year instead of five; once for all tests here."""
    with pytest.MonkeyPatch.context() as patch, undone(prepared):
        patch.setattr(writing, "WEEKS", 26)
        written = list(writing.write(SIZE, 1, today(), PASSWORD))
        db.session.commit()
        yield written


def counted(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_it_has_as_much_of_everything_as_was_asked_for(portions: list[int]) -> None:
    assert sum(portions) == SIZE.interactions == counted(Interaction)
    assert counted(Organisation) == SIZE.organisations
    rows = db.session.scalars(select(Participation)).all()
    assert len({(row.partnership_id, row.organisation_id) for row in rows}) == len(rows)
    by_partnership: dict[int, int] = {}
    for row in rows:
        by_partnership[row.partnership_id] = by_partnership.get(row.partnership_id, 0) + 1
    assert sum(count * (count - 1) for count in by_partnership.values()) == SIZE.relationships
    assert counted(Partnership) == len(by_partnership)
    for model in (Attendance, Reading, Commitment, Settlement):
        assert counted(model) > 0
    assert relationships_between(all_participations(min(by_partnership)))


@pytest.mark.usefixtures("portions")
def test_its_history_is_whole_its_sums_are_right_and_it_was_logged_in_the_week_of_what_happened() -> None:
    assert verify().is_whole
    stored = sums()
    rebuild()
    assert sums() == stored
    for held_on, recorded_at in db.session.execute(select(Interaction.held_on, Interaction.recorded_at)):
        assert timedelta(0) <= recorded_at.date() - held_on <= timedelta(days=4)
        assert recorded_at.date() < today()


@pytest.mark.usefixtures("portions")
def test_some_relationships_are_known_and_every_promise_is_found_by_its_interaction() -> None:
    ids = list(db.session.scalars(select(Partnership.id)))
    pairs = relationships_between(row for key in ids for row in all_participations(key))
    assert any(view.rows for view in views(pairs, clocks_now()).values())
    assert len(promises_made_in(list(db.session.scalars(select(Interaction.id))))) == counted(Commitment)
