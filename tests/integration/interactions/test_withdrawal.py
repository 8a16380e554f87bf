"""Very many interactions taken back at once: the sums and rows of taking them back one by one."""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from register.clock import now, pretending, today
from register.database import db
from register.history.models import HistoryEntry
from register.history.recording import recorded
from register.history.same_changes import SameChange, record_same
from register.history.verification import verify
from register.interactions import withdrawal_changes
from register.interactions.changes import Happening, NewReading, Present, log_interaction, source_of
from register.interactions.models import Interaction
from register.interactions.withdrawal_changes import TABLE, withdraw_interactions
from register.partnerships.models import Partnership
from register.trust.changes import withdraw_evidence
from register.trust.models import Evidence
from tests.factories import a_partnership, a_person, partners_of
from tests.fixtures.everything import sums
from tests.fixtures.kept import Database, Kept

WHY = "It was all a mistake"
DETERMINANTS = ("ilm:ability", "ilm:openness", "ilm:fairness")


def a_told_partnership(seed: int) -> tuple[Partnership, list[int]]:
    """Return a partnership of which much is logged on few days, and the ids of half of it."""
    chance = random.Random(seed)
    officer = a_person(name="Ada", email="ada@testshire.example", created_at=now())
    made = a_partnership(name="Bins", is_restricted=seed == 2)
    first, second, *_ = [body.id for body in partners_of(made)]
    ids = []
    for _ in range(20):
        readings = [
            NewReading(first, second, one, chance.randint(1, 5), "seen", chance.choice(("own", "told")))
            for one in chance.sample(DETERMINANTS, chance.randint(0, 3))
        ]
        held_on = today() - timedelta(days=chance.choice((0, 1, 1, 40, 900)))
        happening = Happening("meeting", held_on, "We met.", [Present(first), Present(second)], readings)
        ids.append(log_interaction(officer, made, happening).id)
    db.session.commit()
    return made, sorted(chance.sample(ids, 10))


def one_by_one(partnership: Partnership, ids: list[int]) -> None:
    with recorded("register", "interaction:undone", WHY):
        for key in ids:
            row = db.session.get_one(Interaction, key)
            withdraw_evidence(partnership, source_of(row))
            row.superseded_at = now()


def at_once(partnership: Partnership, ids: list[int]) -> None:
    assert sum(withdraw_interactions("register", "interaction:undone", partnership, ids, WHY)) == len(ids)


def ended() -> list[Sequence[int]]:
    ways = ((Interaction, Interaction.superseded_at), (Evidence, Evidence.withdrawn_at))
    return [db.session.scalars(select(one.id).where(end.is_not(None)).order_by(one.id)).all() for one, end in ways]


def acts() -> list[Any]:
    told = select(HistoryEntry.entity, HistoryEntry.entity_id, HistoryEntry.action, HistoryEntry.scope_id)
    order = (HistoryEntry.entity, HistoryEntry.entity_id, HistoryEntry.sequence)
    return [tuple(row) for row in db.session.execute(told.order_by(*order))]


def nearly(row: list[Any]) -> list[Any]:
    return [round(value.expected, 2) + 0.0 if hasattr(value, "expected") else value for value in row]


@pytest.mark.parametrize("seed", range(3))
def test_at_once_leaves_what_one_by_one_leaves(
    kept: Kept, keeping: Database, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(withdrawal_changes, "AT_ONCE", 3)
    left = []
    with pretending(now()):
        for way in (one_by_one, at_once):
            partnership, ids = a_told_partnership(seed)
            way(partnership, ids)
            db.session.commit()
            left.append((ended(), acts(), sums()))
            assert verify().is_whole
            db.session.rollback()
            db.session.remove()
            db.engine.dispose()
            keeping.empty()
    assert left[0][:2] == left[1][:2]
    for (name, some), others in zip(left[0][2].items(), left[1][2].values(), strict=True):
        # In the scale of a fixed day sums stand in hundreds of millions here: less than a hundredth is nothing.
        assert [nearly(row) for row in some] == [nearly(row) for row in others], name
    assert kept.url


@pytest.mark.usefixtures("session")
def test_what_was_taken_back_already_is_left_alone_and_no_act_is_kept_of_nothing() -> None:
    partnership, ids = a_told_partnership(1)
    at_once(partnership, ids)
    db.session.commit()
    entries = db.session.scalar(select(func.count()).select_from(HistoryEntry))
    assert list(withdraw_interactions("register", "interaction:undone", partnership, ids, WHY)) == []
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(HistoryEntry)) == entries
    assert verify().is_whole


@pytest.mark.usefixtures("session")
def test_many_changes_at_once_are_no_part_of_another_act() -> None:
    _, ids = a_told_partnership(1)
    with pytest.raises(RuntimeError, match="an act of its own"), recorded("register", "interaction:undone", WHY):
        record_same("register", "interaction:undone", 1, [SameChange(TABLE, "superseded_at", now(), ids)], WHY)
    db.session.rollback()
