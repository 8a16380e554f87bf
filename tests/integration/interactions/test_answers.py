"""What became of very many promises at once, and of one promise answered twice at the same moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select

from register.accounts.models import Person
from register.clock import now, pretending, today
from register.database import db
from register.history.verification import verify
from register.interactions import answer_changes
from register.interactions.answer_changes import Answer, AnswerRefusal, settle_commitments
from register.interactions.commitment_changes import NewCommitment, make_commitments, settle_commitment
from register.interactions.models import Commitment, Settlement
from register.partnerships.models import Partnership
from register.refusals import Refusal
from register.trust.models import Evidence
from tests.factories import a_partnership, a_person, an_organisation
from tests.fixtures.everything import all_that_is_kept
from tests.fixtures.kept import Database, Kept

TODAY = today()
MADE_ON, DUE_ON = TODAY - timedelta(days=60), TODAY - timedelta(days=30)


def promises(count: int) -> tuple[Person, list[int]]:
    """Return an officer, and promises that lie between an open and a restricted partnership by turns."""
    officer = a_person(name="Ada", email="ada@testshire.example", created_at=now())
    bodies = [an_organisation(f"Body {number}") for number in range(2)]
    some = [a_partnership(bodies, name=f"Bins {hidden}", is_restricted=hidden) for hidden in (False, True)]
    first, second = (body.id for body in bodies)
    made = [
        make_commitments(officer, some[number % 2], [NewCommitment(first, second, "Write", DUE_ON)], made_on=MADE_ON)
        for number in range(count)
    ]
    ids = [row.id for rows in made for row in rows]
    db.session.commit()
    return officer, ids


def answers(ids: Sequence[int]) -> list[Answer]:
    kinds = (("kept", 0), ("late", 5), ("broken", 0), ("withdrawn", 9))
    days = [(*kinds[number % 4], key) for number, key in enumerate(ids)]
    return [Answer(key, outcome, DUE_ON + timedelta(days=more), " So  it was. ") for outcome, more, key in days]


def one_by_one(officer: Person, some: Sequence[Answer]) -> None:
    for one in some:
        commitment = db.session.get_one(Commitment, one.commitment_id)
        partnership = db.session.get_one(Partnership, commitment.partnership_id)
        settle_commitment(officer, partnership, commitment, one.outcome, settled_on=one.settled_on, note=one.note)


def test_at_once_leaves_what_one_by_one_leaves(
    kept: Kept, keeping: Database, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answer_changes, "AT_ONCE", 3)
    left = []
    ways: tuple[Callable[[Person, Sequence[Answer]], None], ...] = (one_by_one, settle_commitments)
    with pretending(now()):
        for settle in ways:
            officer, ids = promises(8)
            settle(officer, answers(ids)[::-1])
            left.append(all_that_is_kept())
            assert verify().is_whole
            db.session.remove()
            db.engine.dispose()
            keeping.empty()
    assert left[0] == left[1]
    assert kept.url


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"commitment_id": 999_999}, "commitment_id"), ({"outcome": "renegotiated"}, "outcome"),
        ({"outcome": "odd"}, "outcome"), ({"settled_on": None}, "settled_on"), ({"note": "\x00"}, "note"),
        ({"settled_on": TODAY + timedelta(days=2)}, "settled_on"),
        ({"settled_on": MADE_ON - timedelta(days=1)}, "settled_on"),
        ({"outcome": "late"}, "outcome"),
    ],
)  # fmt: skip
def test_a_refusal_names_the_answer_and_the_field_and_nothing_is_written(changed: dict[str, Any], field: str) -> None:
    officer, ids = promises(3)
    some = answers(ids)
    some[2] = Answer(ids[2], "kept", DUE_ON)._replace(**changed)
    with pytest.raises(AnswerRefusal) as caught:
        settle_commitments(officer, some)
    assert (caught.value.answer, caught.value.field) == (3, field)
    assert db.session.scalar(select(func.count()).select_from(Settlement)) == 0


@pytest.mark.usefixtures("session")
def test_a_promise_is_answered_once() -> None:
    officer, ids = promises(2)
    with pytest.raises(AnswerRefusal, match=r"Answer 3: .* answered before"):
        settle_commitments(officer, answers([*ids, ids[0]]))
    settle_commitments(officer, answers(ids[:1]))
    with pytest.raises(AnswerRefusal, match=r"Answer 2: .* answered before"):
        settle_commitments(officer, answers(ids[::-1]))


def test_of_two_answers_at_the_same_moment_one_stands(kept: Kept) -> None:
    officer, [promise] = promises(1)
    officer_id = officer.id
    db.session.remove()
    begin = Barrier(2)

    def settle(outcome: str) -> str:
        with kept.app.app_context():
            begin.wait(10)
            by, commitment = db.session.get_one(Person, officer_id), db.session.get_one(Commitment, promise)
            partnership = db.session.get_one(Partnership, commitment.partnership_id)
            try:
                settle_commitment(by, partnership, commitment, outcome, settled_on=DUE_ON)
            except Refusal as refusal:
                return refusal.message
            db.session.commit()
            return outcome

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(settle, ("kept", "broken")))
    assert len({"kept", "broken"} & set(said)) == 1
    assert "Say why the earlier answer is changed." in said
    assert db.session.scalar(select(func.count()).where(Settlement.superseded_at.is_(None))) == 1
    assert db.session.scalar(select(func.count()).where(Evidence.withdrawn_at.is_(None))) == 1
    assert verify().is_whole
