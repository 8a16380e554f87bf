"""Standings over time as plain arithmetic: days worth showing, running totals, and when a standing fades."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.trust.evidence import Item, summed
from register.trust.figure import HALF_LIFE, NOT_KNOWN, PRIOR_HALF_LIFE, standing
from register.trust.settling import FAIR, MOST, VERY_GOOD, VERY_POOR, Change, changes_with
from register.trust.timeline import (
    NOTHING,
    Lending,
    Unit,
    days_to_show,
    fades_on,
    fading_days,
    moments,
    month_starts,
    running,
)

DAY = date(2026, 3, 10)
UNITS = st.lists(
    st.builds(
        lambda day, good: Unit(day, good, 1 - good),
        st.dates(min_value=date(2023, 1, 1), max_value=date(2026, 12, 31)), st.floats(min_value=0, max_value=1),
    ),
    max_size=12,
)
ALONE = Lending(NOTHING, {})


@given(UNITS, st.dates(min_value=date(2023, 1, 1), max_value=date(2027, 6, 1)))
def test_a_running_total_reads_on_any_day_what_the_replay_adds_up(units: list[Unit], day: date) -> None:
    items = [Item("", unit.held_on, unit.good, unit.bad, "") for unit in units]
    assert running(units, HALF_LIFE).on(day) == pytest.approx(summed(items, day, HALF_LIFE), rel=1e-9, abs=1e-12)


def test_nothing_was_held_before_the_first_unit() -> None:
    total = running([Unit(DAY, 1.0, 0.0)], HALF_LIFE)
    assert total.on(DAY - timedelta(days=1)) == (0.0, 0.0)
    assert total.on(DAY) == pytest.approx((1.0, 0.0))
    assert total.on(DAY + timedelta(days=180)) == pytest.approx((0.5, 0.0))


def test_the_days_shown_are_those_of_evidence_their_eves_the_months_and_both_ends() -> None:
    shown = days_to_show([date(2026, 3, 1), date(2026, 5, 1)], date(2026, 3, 1), date(2026, 5, 20))
    assert shown == [
        date(2026, 3, 1), date(2026, 4, 1), date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 20),
    ]


def test_days_outside_the_chart_are_not_shown_and_others_can_be_asked_for() -> None:
    on = date(2026, 3, 25)
    shown = days_to_show([date(2025, 1, 1), date(2026, 4, 1)], DAY, on, also=[date(2026, 3, 12), date(2027, 1, 1)])
    assert shown == [DAY, date(2026, 3, 12), on]


def test_months_are_named_across_the_turn_of_a_year() -> None:
    assert month_starts(date(2025, 11, 2), date(2026, 2, 1)) == [
        date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1),
    ]


def test_a_moment_is_the_standing_that_its_evidence_and_loan_give() -> None:
    units = [Unit(DAY, 1.0, 0.0), Unit(DAY + timedelta(days=180), 0.0, 1.0)]
    lending = Lending(running(units, PRIOR_HALF_LIFE), {7: running(units, PRIOR_HALF_LIFE)})
    shown = moments(units, 7, lending, [DAY + timedelta(days=180)], lends=True)
    kept = 0.5 ** (180 / 365)
    network = (kept + 1) / (kept + 1 + 2)
    # Elsewhere there is nothing, so what is lent is the network's share.
    expected = standing(0.5, 1.0, network)
    assert shown[0].standing.figure == pytest.approx(expected.figure)
    assert (shown[0].standing.low, shown[0].standing.high) == pytest.approx((expected.low, expected.high))
    assert shown[0].units == 1


def test_a_restricted_relationship_leaves_nothing_out_of_what_it_borrows() -> None:
    units = [Unit(DAY, 1.0, 0.0)]
    elsewhere = Lending(NOTHING, {7: running([Unit(DAY, 0.0, 1.0)] * 4, PRIOR_HALF_LIFE)})
    shown = moments(units, 7, elsewhere, [DAY], lends=False)
    assert shown[0].standing.lent == pytest.approx((0 + 4 * 0.5) / (0 + 4 + 4))


def test_silence_makes_a_standing_not_known_and_leaves_its_figure_where_it_was() -> None:
    units = [Unit(DAY, 1.0, 0.0)] * 8
    lent = Lending(running([Unit(DAY, 1.0, 0.0)] * 500, math.inf), {})
    first, last = moments(units, 7, lent, [DAY, DAY + timedelta(days=400)], lends=False)
    assert first.standing.word == "strong"
    assert last.standing.word == NOT_KNOWN
    assert last.standing.figure == pytest.approx(first.standing.figure, abs=0.01)
    assert last.standing.high - last.standing.low > first.standing.high - first.standing.low


@given(st.floats(min_value=2.001, max_value=500))
def test_a_standing_fades_on_the_first_day_on_which_half_is_not_known(evidence: float) -> None:
    day = fades_on(evidence, DAY)
    assert day is not None
    left = evidence * 0.5 ** ((day - DAY).days / HALF_LIFE)
    before = evidence * 0.5 ** (((day - DAY).days - 1) / HALF_LIFE)
    assert left <= 2 + 1e-9
    assert before > 2


def test_a_standing_fades_in_each_silence_that_is_long_enough() -> None:
    later = DAY + timedelta(days=500)
    units = [Unit(DAY, 1.0, 0.0)] * 4 + [Unit(later, 1.0, 0.0)] * 8
    # Four fresh ones are worth two after 180 days; eight and what is left of the four after a little over 360.
    assert fading_days(units)[0] == DAY + timedelta(days=180)
    assert later + timedelta(days=360) < fading_days(units)[1] < later + timedelta(days=390)
    assert fading_days([*units, *(Unit(DAY + timedelta(days=90), 1.0, 0.0) for _ in range(30))])[0] > later
    assert fading_days([Unit(DAY, 1.0, 0.0)]) == []


def test_what_is_not_known_cannot_fade() -> None:
    assert fades_on(2.0, DAY) is None
    assert fades_on(0.0, DAY) is None


def test_three_fair_meetings_make_an_unknown_standing_mixed() -> None:
    assert changes_with(standing(0, 0, 0.5), FAIR) == [Change(3, "mixed")]


def test_each_change_of_word_is_the_first_that_trying_it_gives() -> None:
    start = standing(1.52, 5.29, 0.45)
    assert start.word == "weak"
    changes = changes_with(start, VERY_GOOD)
    assert [change.word for change in changes] == ["mixed", "sound"]
    for change in changes:
        assert standing(1.52 + change.meetings, 5.29, 0.45).word == change.word
        assert standing(1.52 + change.meetings - 1, 5.29, 0.45).word != change.word


def test_what_no_meeting_changes_has_no_change() -> None:
    assert changes_with(standing(0, 40, 0.2), VERY_POOR, MOST) == []
