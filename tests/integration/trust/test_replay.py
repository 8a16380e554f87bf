"""The stored sums equal the replay of the log, whatever happened in whatever order."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from register.accounts.models import Person
from register.clock import Clocks, clocks_now, pretending, today
from register.database import db
from register.interactions.changes import Happening, NewReading, Present, correct_interaction, log_interaction
from register.interactions.commitment_changes import NewCommitment, settle_commitment
from register.interactions.models import Commitment, Interaction
from register.partnerships.lookups import Relationship, participations, relationships_between
from register.partnerships.models import Partnership
from register.trust.changes import rebuild, set_restriction
from register.trust.evidence import Item, summed
from register.trust.figure import counterpart_share, network_share, standing
from register.trust.lookups import View, determinant_views, evidence_of, replayed, views
from register.trust.models import Evidence, TrustRecord, TrustState
from register.trust.sums import StateKey
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of

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


def test_the_order_of_entry_makes_no_difference(app: Flask) -> None:
    days = [(0, 5), (400, 1), (30, 3), (30, 4), (2000, 2)]
    figures = []
    for order in (days, days[::-1], sorted(days)):
        officer = a_person()
        partnership = a_partnership(members={officer: "lead"}, is_restricted=True)
        for ago, score in order:
            an_interaction(officer, partnership, {"ilm:openness": score}, held_on=today() - timedelta(days=ago))
        first, second = partners_of(partnership)
        relationship = Relationship(partnership.id, first.id, second.id)
        figures.append(views([relationship], clocks_now())[relationship].standing.figure)
    assert figures == pytest.approx([figures[0]] * 3, abs=NEAR)


def test_a_figure_can_be_worked_out_by_hand(app: Flask) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    an_interaction(officer, partnership, {"ilm:openness": 5, "ilm:fairness": 4}, held_on=today() - timedelta(days=180))
    an_interaction(officer, partnership, {"ilm:openness": 2}, held_on=today())
    first, second = partners_of(partnership)
    relationship = Relationship(partnership.id, first.id, second.id)
    good, bad = 0.875 / 2 + 0.25, 0.125 / 2 + 0.75
    lent = counterpart_share(0, 0, network_share(
        0.875 * 2 ** (-180 / 365) + 0.25, 0.125 * 2 ** (-180 / 365) + 0.75,
    ))  # fmt: skip
    shown = views([relationship], clocks_now())[relationship].standing
    assert shown.figure == pytest.approx((good + 2 * lent) / (good + bad + 2), abs=NEAR)
    assert shown.figure == pytest.approx(standing(good, bad, lent).figure, abs=NEAR)


def test_two_readings_of_one_rater_and_day_share_one_unit(app: Flask) -> None:
    officer, other = a_person(), a_person()
    partnership = a_partnership(members={officer: "lead", other: "officer"})
    for score in (5, 1):
        an_interaction(officer, partnership, {"ilm:openness": score})
    first, second = partners_of(partnership)
    relationship = Relationship(partnership.id, first.id, second.id)
    shown = views([relationship], clocks_now())[relationship]
    assert (shown.rows, shown.standing.good, shown.standing.bad) == pytest.approx((2, 0.5, 0.5))
    an_interaction(other, partnership, {"ilm:openness": 5})
    shown = views([relationship], clocks_now())[relationship]
    assert (shown.rows, shown.standing.good, shown.standing.bad) == pytest.approx((3, 1.5, 0.5))
    items = [
        Item(row.determinant, row.held_on, row.good, row.bad, row.rater_key)
        for row in evidence_of(relationship, clocks_now())
        if not row.determinant
    ]
    assert summed(items, today(), 180) == pytest.approx((1.5, 0.5))


# Both clocks


def test_a_figure_is_told_as_it_was_and_as_it_was_known(app: Flask) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    first, second = partners_of(partnership)
    relationship = Relationship(partnership.id, first.id, second.id)
    with pretending(datetime(2026, 3, 1, 12, tzinfo=UTC)):
        logged = an_interaction(officer, partnership, {"ilm:openness": 1}, held_on=date(2026, 2, 1))
    with pretending(datetime(2026, 6, 1, 12, tzinfo=UTC)):
        present = [Present(first.id), Present(second.id)]
        better = [NewReading(first.id, second.id, "ilm:openness", 5, "seen", "own")]
        mended = Happening("meeting", date(2026, 2, 1), "Mended.", present, better)
        correct_interaction(officer, partnership, logged, mended, "A slip of the pen.")

    def seen(on: date, known: date | None = None) -> tuple[int, float]:
        view = views([relationship], Clocks(on, known))[relationship]
        return view.rows, round(view.standing.belief, 3)

    assert seen(date(2026, 1, 31))[0] == 0
    assert seen(date(2026, 2, 1)) == (1, 0.333)
    assert seen(date(2026, 2, 1), date(2026, 2, 28))[0] == 0
    assert seen(date(2026, 2, 1), date(2026, 3, 1)) == (1, 0.0)
    assert seen(date(2026, 2, 1), date(2026, 5, 31)) == (1, 0.0)
    assert seen(date(2026, 2, 1), date(2026, 6, 1)) == (1, 0.333)


# What is lent


def lent_to(relationship: Relationship) -> float:
    return views([relationship], clocks_now())[relationship].standing.lent


def test_a_restricted_partnership_lends_nothing_and_changes_no_others_figure(app: Flask) -> None:
    officer = a_person()
    shared, one, other = an_organisation(), an_organisation(), an_organisation()
    open_one = a_partnership([one, shared], members={officer: "lead"})
    hidden = a_partnership([other, shared], members={officer: "lead"}, is_restricted=True)
    relationship = Relationship(open_one.id, one.id, shared.id)
    an_interaction(officer, open_one, {"ilm:openness": 4})
    before = views([relationship], clocks_now())[relationship]
    for _ in range(3):
        an_interaction(officer, hidden, {"ilm:openness": 1}, held_on=today())
    assert views([relationship], clocks_now())[relationship] == before
    set_restriction(officer.actor, hidden, is_restricted=False, reason="It is no secret any more.")
    assert lent_to(relationship) < before.standing.lent
    set_restriction(officer.actor, hidden, is_restricted=True, reason="It is one again.")
    after = views([relationship], clocks_now())[relationship].standing
    assert after.figure == pytest.approx(before.standing.figure, abs=NEAR)


def test_a_restricted_partnership_borrows_from_open_ones(app: Flask) -> None:
    officer = a_person()
    shared, one, other = an_organisation(), an_organisation(), an_organisation()
    open_one = a_partnership([one, shared], members={officer: "lead"})
    hidden = a_partnership([other, shared], members={officer: "lead"}, is_restricted=True)
    relationship = Relationship(hidden.id, other.id, shared.id)
    an_interaction(officer, hidden, {"ilm:openness": 1})
    assert lent_to(relationship) == pytest.approx(network_share(0, 0))
    an_interaction(officer, open_one, {"ilm:openness": 5})
    assert lent_to(relationship) > network_share(0, 0)


def test_a_relationship_does_not_borrow_from_itself(app: Flask) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    for ago in range(5):
        an_interaction(officer, partnership, {"ilm:openness": 1}, held_on=today() - timedelta(days=ago))
    first, second = partners_of(partnership)
    shown = views([Relationship(partnership.id, first.id, second.id)], clocks_now())
    assert next(iter(shown.values())).elsewhere == pytest.approx((0, 0), abs=NEAR)


def test_a_relationship_without_evidence_is_not_known(app: Flask) -> None:
    partnership = a_partnership()
    first, second = partners_of(partnership)
    relationship = Relationship(partnership.id, second.id, first.id)
    shown = views([relationship], clocks_now())[relationship]
    assert (shown.rows, shown.standing.word, shown.standing.unknown) == (0, "not known", 1.0)
    assert determinant_views(relationship, clocks_now()) == []
    assert views([], clocks_now()) == {}


def test_providers_of_one_framework_have_no_view_of_one_another_until_one_is_recorded(app: Flask) -> None:
    roles = ["commissioner", "provider", "provider"]
    partnership = a_partnership(partners=3, roles=roles)
    buyer, one, other = partners_of(partnership)

    def pairs() -> set[tuple[int, int]]:
        found = relationships_between(participations([partnership.id], clocks_now()))
        return {(relationship.rater_id, relationship.ratee_id) for relationship in found}

    assert pairs() == {
        (buyer.id, one.id), (one.id, buyer.id), (buyer.id, other.id), (other.id, buyer.id),
    }  # fmt: skip
