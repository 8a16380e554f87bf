"""A made-up register: as large as asked, lawful, its history whole and its sums right."""

from datetime import timedelta

import pytest
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

SIZE = Size(10, 12, 80)
PASSWORD = "a password for a sample"


@pytest.fixture(autouse=True)
def half_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell of half a year instead of five."""
    monkeypatch.setattr(writing, "WEEKS", 26)


def written(seed: int = 1) -> list[int]:
    return list(writing.write(SIZE, seed, today(), PASSWORD))


def counted(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.usefixtures("session")
def test_it_has_as_much_of_everything_as_was_asked_for() -> None:
    assert sum(written()) == SIZE.interactions == counted(Interaction)
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


@pytest.mark.usefixtures("session")
def test_its_history_is_whole_its_sums_are_right_and_it_was_logged_in_the_week_of_what_happened() -> None:
    written()
    db.session.commit()
    assert verify().is_whole
    stored = sums()
    rebuild()
    assert sums() == stored
    for held_on, recorded_at in db.session.execute(select(Interaction.held_on, Interaction.recorded_at)):
        assert timedelta(0) <= recorded_at.date() - held_on <= timedelta(days=4)
        assert recorded_at.date() < today()


@pytest.mark.usefixtures("session")
def test_some_relationships_are_known_and_every_promise_is_found_by_its_interaction() -> None:
    written()
    ids = list(db.session.scalars(select(Partnership.id)))
    pairs = relationships_between(row for key in ids for row in all_participations(key))
    assert any(view.rows for view in views(pairs, clocks_now()).values())
    assert len(promises_made_in(list(db.session.scalars(select(Interaction.id))))) == counted(Commitment)


@pytest.mark.usefixtures("session")
def test_the_same_seed_tells_the_same() -> None:
    told = []
    for seed in (3, 3, 4):
        written(seed)
        rows = db.session.execute(select(Interaction.held_on, Interaction.account).order_by(Interaction.id)).all()
        told.append([tuple(row) for row in rows])
        db.session.rollback()
    assert told[0] == told[1] != told[2]
