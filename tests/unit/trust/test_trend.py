"""The trend: the last 90 days against the relationship's own level, and never a fall from silence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from register.trust.evidence import Item
from register.trust.figure import figure
from register.trust.trend import FALLING, NO_CLEAR_CHANGE, RISING, TRENDS, trend, trend_of

TODAY = date(2026, 6, 30)
SUMS = st.floats(min_value=0, max_value=1e6)
SHARES = st.floats(min_value=0, max_value=1)


def item(days_ago: int, good: float, rater: str = "") -> Item:
    return Item("", TODAY - timedelta(days=days_ago), good, 1 - good, rater)


def test_six_bad_meetings_after_a_good_level_are_a_fall_and_one_is_none() -> None:
    assert trend(0.8, 0, 6).word == FALLING
    assert trend(0.8, 0, 1).word == NO_CLEAR_CHANGE


def test_six_good_meetings_after_a_bad_level_are_a_rise() -> None:
    assert trend(0.2, 6, 0).word == RISING


def test_the_chances_are_those_of_the_beta_distribution_by_hand() -> None:
    found = trend(0.6, 2, 5)
    recent = beta(2 + 2 * 0.6, 5 + 2 * 0.4)
    assert found.chance_falling == pytest.approx(recent.cdf(0.5))
    assert found.chance_rising == pytest.approx(recent.sf(0.7))


@pytest.mark.parametrize("level", [0.0, 0.05, 0.5, 0.95, 1.0])
def test_nothing_in_the_last_90_days_is_no_clear_change_at_any_level(level: float) -> None:
    found = trend(level, 0, 0)
    assert (found.word, found.chance_falling, found.chance_rising) == (NO_CLEAR_CHANGE, 0.0, 0.0)


@given(SHARES, SUMS, SUMS)
def test_every_level_and_evidence_give_one_of_three_words_and_real_chances(
    level: float, good: float, bad: float
) -> None:
    found = trend(level, good, bad)
    assert found.word in TRENDS
    assert 0 <= found.chance_falling <= 1
    assert 0 <= found.chance_rising <= 1
    assert found.chance_falling + found.chance_rising <= 1 + 1e-9


@given(SHARES, SUMS)
def test_good_evidence_alone_never_says_falling_and_bad_alone_never_rising(level: float, much: float) -> None:
    assert trend(level, much, 0).word != FALLING
    assert trend(level, 0, much).word != RISING


@given(st.lists(st.tuples(st.integers(0, 2000), SHARES), max_size=15), SHARES, st.integers(90, 3000))
def test_silence_never_says_falling_whatever_went_before(
    past: list[tuple[int, float]], lent: float, silent: int
) -> None:
    items = [item(ago + silent, good) for ago, good in past]
    assert trend_of(items, lent, TODAY).word == NO_CLEAR_CHANGE


def test_the_level_is_the_figure_of_90_days_ago_at_a_half_life_of_730_days() -> None:
    items = [item(90, 1.0), item(90 + 730, 0.0), item(10, 0.0)]
    found = trend_of(items, 0.7, TODAY)
    assert found.level == pytest.approx(figure(1, 0.5, 0.7))
    assert (found.good, found.bad) == (0.0, 1.0)


def test_what_was_held_90_days_ago_belongs_to_the_level_and_a_day_later_to_what_is_recent() -> None:
    assert trend_of([item(90, 0.0)], 0.5, TODAY).bad == 0.0
    assert trend_of([item(89, 0.0)], 0.5, TODAY).bad == 1.0


def test_recent_evidence_is_not_forgotten_within_its_90_days() -> None:
    assert trend_of([item(0, 1.0), item(89, 1.0)], 0.5, TODAY).good == 2.0


def test_what_is_held_after_the_day_is_not_seen() -> None:
    assert trend_of([item(-1, 0.0), item(-20, 0.0)], 0.5, TODAY).word == NO_CLEAR_CHANGE


def test_readings_of_one_rater_on_one_day_share_one_unit() -> None:
    items = [item(5, 0.0, "anna"), item(5, 1.0, "anna"), item(5, 0.0, "ben")]
    found = trend_of(items, 0.5, TODAY)
    assert (found.good, found.bad) == (0.5, 1.5)
