"""Several who see different restricted partnerships: each network is theirs, and none is worked out twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from register import refreshing
from register.clock import clocks_now, today
from register.database import db
from register.network.cleared_lookups import cleared_networks
from register.network.facts_lookups import facts_where
from register.network.indexed import Indexed, indexed
from register.network.kept_lookups import OPEN, clearances, cleared
from register.network.kept_models import KeptMeasures, RefreshTurn
from register.network.worked_out import WorkedOut, work_out
from register.partnerships.models import Partnership
from register.partnerships.visibility import open_to_all
from register.refreshing import refresh
from tests.factories import a_partnership, a_person, an_organisation, partners_of
from tests.fixtures.kept import Kept


@pytest.fixture
def one(kept: Kept) -> Partnership:
    """An open partnership of three, committed."""
    made = a_partnership(partners=3)
    db.session.commit()
    return made


def names() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(KeptMeasures.clearance)))


def test_the_network_of_each_clearance_is_the_one_that_its_viewers_see(one: Partnership) -> None:
    """Restricted partnerships add ties to the open network, also of who is in no open one, or closed since."""
    bodies, gone = partners_of(one), an_organisation(closed_on=today() - timedelta(days=1))
    sets = [bodies[:2], [bodies[0], an_organisation()], [gone, an_organisation()]]
    for at, partners in enumerate(sets):
        a_partnership(partners, {a_person(): "lead"}, is_restricted=True, name=f"Hidden {at}")
    db.session.commit()
    clocks, opened = clocks_now(), facts_where(open_to_all(), clocks_now())

    found = cleared_networks(opened, cleared(), clocks)

    assert found.keys() == cleared().keys()
    assert {name: network.fingerprint for name, network in found.items()} == {
        name: indexed(facts_where(condition, clocks).network).fingerprint for name, condition in clearances().items()
    }
    assert len({network.fingerprint for network in found.values()}) == len(found) - 1


def test_a_network_that_several_see_alike_is_worked_out_once(
    one: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[Indexed] = []

    def counted(network: Indexed) -> WorkedOut:
        measured.append(network)
        return work_out(network)

    a_partnership(partners_of(one)[:2], {a_person(): "lead"}, is_restricted=True)
    db.session.commit()
    monkeypatch.setattr(refreshing, "work_out", counted)
    told: list[str] = []

    done = refresh(told.append)

    assert done is not None
    assert (done.worked_out, len(measured), len(names())) == (2, 1, 2)
    assert "Measuring 3 organisations, 3 ties: 1 of 1." in told


def test_what_was_worked_out_before_a_refresh_failed_is_kept_and_the_turn_is_held(
    one: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[object] = []

    def fails_later(network: Indexed) -> WorkedOut:
        turns.append(db.session.scalar(select(RefreshTurn.taken_at)))
        db.session.rollback()
        if len(turns) > 1:
            raise OSError("no memory")
        return work_out(network)

    a_partnership([partners_of(one)[0], an_organisation()], {a_person(): "lead"}, is_restricted=True)
    db.session.commit()
    monkeypatch.setattr(refreshing, "work_out", fails_later)
    with pytest.raises(OSError, match="no memory"):
        refresh()

    assert names() == {OPEN}
    assert turns[0] != turns[1]
