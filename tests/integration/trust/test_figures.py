"""Figures by hand: order of entry, shared units, both clocks, and what is lent."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from register.clock import Clocks, clocks_now, pretending, today
from register.interactions.changes import Happening, NewReading, Present, correct_interaction
from register.partnerships.lookups import Relationship, participations, relationships_between
from register.trust.changes import set_restriction
from register.trust.evidence import Item, summed
from register.trust.figure import counterpart_share, network_share, standing
from register.trust.lookups import determinant_views, evidence_of, views
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of

NEAR = 1e-9


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
