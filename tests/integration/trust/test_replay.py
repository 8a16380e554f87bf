"""The stored sums equal the replay of the log, whatever happened in whatever order."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from register.accounts.models import Person
from register.clock import Clocks, clocks_now, today
from register.database import db
from register.interactions.changes import Happening, NewReading, Present, correct_interaction, log_interaction
from register.interactions.commitment_changes import NewCommitment, settle_commitment
from register.interactions.models import Commitment, Interaction
from register.partnerships.lookups import Relationship
from register.partnerships.models import Partnership
from register.trust.changes import rebuild, set_restriction
from register.trust.lookups import View, determinant_views, replayed, views
from register.trust.models import Evidence, TrustRecord, TrustState
from register.trust.sums import StateKey
from tests.factories import a_partnership, a_person, an_organisation, partners_of

DETERMINANTS = ("ilm:ability", "ilm:openness", "ilm:fairness", "ilm:integrity")
NEAR = 1e-9


class Story:
    """A random history: meetings entered early and late, corrections, promises, restrictions."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.people = [a_person(), a_person()]
        bodies = [an_organisation() for _ in range(4)]
        self.partnerships = [
            a_partnership(
                self.random.sample(bodies, 3), members=dict.fromkeys(self.people, "lead"), is_restricted=n == 2
            )
            for n in range(3)
        ]

    def tell(self, steps: int) -> None:
        acts: list[Callable[[Person, Partnership], None]] = [
            self.log, self.log, self.log, self.correct, self.settle, self.settle, self.restrict,
        ]  # fmt: skip
        for _ in range(steps):
            self.random.choice(acts)(self.random.choice(self.people), self.random.choice(self.partnerships))

    def happening(self, partnership: Partnership) -> Happening:
        partners = [body.id for body in partners_of(partnership)]
        readings = {}
        for _ in range(self.random.randint(0, 4)):
            rater, ratee = self.random.sample(partners, 2)
            reading = NewReading(
                rater, ratee, self.random.choice(DETERMINANTS), self.random.randint(1, 5), "seen",
                self.random.choice(("own", "told")),
            )  # fmt: skip
            readings[reading.rater_id, reading.ratee_id, reading.determinant] = reading
        # Few days, so that units are shared; some long ago, so that late entries are among them.
        held_on = today() - timedelta(days=self.random.choice((0, 1, 2, 30, 30, 400, 2000, 9000)))
        present = [Present(partner) for partner in partners]
        return Happening("meeting", held_on, "What happened.", present, list(readings.values()))

    def log(self, by: Person, partnership: Partnership) -> None:
        first, second, *_ = partners_of(partnership)
        happening = self.happening(partnership)
        assert happening.held_on is not None
        promises = [NewCommitment(first.id, second.id, "A promise", happening.held_on)] * self.random.randint(0, 2)
        log_interaction(by, partnership, happening, promises)

    def correct(self, by: Person, partnership: Partnership) -> None:
        standing_ones = db.session.scalars(
            select(Interaction).where(
                Interaction.partnership_id == partnership.id, Interaction.superseded_at.is_(None)
            ).order_by(Interaction.id)
        ).all()  # fmt: skip
        if standing_ones:
            mistaken = self.random.choice(standing_ones)
            correct_interaction(by, partnership, mistaken, self.happening(partnership), "A mistake.")

    def settle(self, by: Person, partnership: Partnership) -> None:
        asked = select(Commitment).where(Commitment.partnership_id == partnership.id).order_by(Commitment.id)
        promises = db.session.scalars(asked).all()
        if not promises:
            return
        promise = self.random.choice(promises)
        outcome, days = self.random.choice((("kept", 0), ("broken", 0), ("late", 1), ("withdrawn", 0)))
        day = promise.due_on + timedelta(days=days)
        if day <= today():
            settle_commitment(by, partnership, promise, outcome, settled_on=day, note="So it was.")

    def restrict(self, by: Person, partnership: Partnership) -> None:
        wanted = not partnership.is_restricted
        set_restriction(by.actor, partnership, is_restricted=wanted, reason="A reason.")


def stored() -> dict[StateKey, TrustState]:
    db.session.expire_all()
    return {
        StateKey(row.partnership_id, row.rater_id, row.ratee_id, row.determinant): row
        for row in db.session.scalars(select(TrustState))
    }


def records() -> dict[int, tuple[float, float]]:
    db.session.expire_all()
    return {row.ratee_id: (row.good_365, row.bad_365) for row in db.session.scalars(select(TrustRecord))}


def assert_stored_equals_replay() -> None:
    replay = replayed(db.session.scalars(select(Evidence).where(Evidence.withdrawn_at.is_(None))))
    kept = stored()
    assert {key for key, row in kept.items() if row.rows} == replay.keys()
    for key, found in replay.items():
        row = kept[key]
        assert row.rows == found.sums.rows
        assert (row.first_held_on, row.last_held_on) == (found.first, found.last)
        assert (row.good_90, row.good_180, row.good_365) == pytest.approx(found.sums.good, rel=NEAR, abs=1e-6)
        assert (row.bad_90, row.bad_180, row.bad_365) == pytest.approx(found.sums.bad, rel=NEAR, abs=1e-6)
        assert row.count_365 == pytest.approx(found.sums.count_365, rel=NEAR)


@pytest.mark.parametrize("seed", range(6))
def test_the_sums_equal_the_replay_after_any_history(app: Flask, seed: int) -> None:
    story = Story(seed)
    for _ in range(4):
        story.tell(12)
        assert_stored_equals_replay()
    before_states, before_records = stored(), records()
    numbers = {key: (row.good_180, row.bad_180, row.rows) for key, row in before_states.items() if row.rows}
    rebuild()
    after = {key: (row.good_180, row.bad_180, row.rows) for key, row in stored().items()}
    assert after == {key: pytest.approx(value, rel=NEAR, abs=1e-6) for key, value in numbers.items()}
    for ratee, sums in records().items():
        assert sums == pytest.approx(before_records[ratee], rel=NEAR, abs=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_shown_now_equals_what_is_added_up_from_the_log(app: Flask, seed: int) -> None:
    """Asked with `known` today, a figure is replayed from the evidence; it has to be the stored one."""
    story = Story(100 + seed)
    story.tell(40)
    relationships = [
        Relationship(partnership.id, rater.id, ratee.id)
        for partnership in story.partnerships
        for rater in partners_of(partnership)
        for ratee in partners_of(partnership)
        if rater is not ratee
    ]
    now, replay = views(relationships, clocks_now()), views(relationships, Clocks(today(), today()))
    for relationship in relationships:
        _assert_same_view(now[relationship], replay[relationship])
        for mine, theirs in zip(
            determinant_views(relationship, clocks_now()),
            determinant_views(relationship, Clocks(today(), today())),
            strict=True,
        ):
            assert mine.determinant == theirs.determinant
            _assert_same_view(mine, theirs)


def _assert_same_view(mine: View, theirs: View) -> None:
    assert (mine.rows, mine.first_held_on, mine.last_held_on) == (
        theirs.rows, theirs.first_held_on, theirs.last_held_on,
    )  # fmt: skip
    assert mine.standing.word == theirs.standing.word
    for name in ("figure", "low", "high", "belief", "disbelief", "unknown", "lent"):
        assert getattr(mine.standing, name) == pytest.approx(getattr(theirs.standing, name), abs=NEAR), name
    assert (mine.figure_90, mine.count_365, mine.network) == pytest.approx(
        (theirs.figure_90, theirs.count_365, theirs.network), abs=NEAR,
    )  # fmt: skip
