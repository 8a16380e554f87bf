"""The Beta distribution behind a figure, against cases that can be done exactly."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.trust.beta import band, chance_below, chance_exceeds

EVIDENCE = st.floats(min_value=0, max_value=200)
SHARES = st.floats(min_value=0, max_value=1)
ANY_FINITE = st.floats(allow_nan=False, allow_infinity=False)
PARTS = st.tuples(EVIDENCE, EVIDENCE, SHARES)


def exactly_exceeds(first: tuple[int, int], second: tuple[int, int]) -> float:
    """P(X > Y) for Beta distributions with whole parameters, by the finite sum (Miller 2015)."""
    (a, b), (c, d) = second, first

    def log_beta(x: float, y: float) -> float:
        return math.lgamma(x) + math.lgamma(y) - math.lgamma(x + y)

    return sum(
        math.exp(log_beta(a + i, b + d) - math.log(d + i) - log_beta(1 + i, d) - log_beta(a, b)) for i in range(c)
    )


def test_with_nothing_known_the_band_is_nearly_everything() -> None:
    assert band(0, 0, 0.5) == pytest.approx((0.05, 0.95))


def test_the_band_of_good_evidence_alone_by_hand() -> None:
    # Beta(1 + 2*.5, 2*.5) = Beta(2, 1), whose distribution function is x squared.
    assert band(1, 0, 0.5) == pytest.approx((math.sqrt(0.05), math.sqrt(0.95)))


def test_the_band_counts_no_more_than_five_interactions() -> None:
    assert band(40, 10, 0.6) == pytest.approx(band(4, 1, 0.6))
    assert band(400, 100, 0.6) == pytest.approx(band(4, 1, 0.6))


def test_below_the_cap_more_evidence_narrows_the_band() -> None:
    widths = [high - low for low, high in (band(0.8 * n, 0.2 * n, 0.8) for n in (0, 1, 2, 5))]
    assert widths == sorted(widths, reverse=True)
    assert len(set(widths)) == 4


@given(ANY_FINITE, ANY_FINITE, ANY_FINITE)
def test_no_finite_input_gives_a_band_or_chance_outside_nought_to_one(good: float, bad: float, lent: float) -> None:
    low, high = band(good, bad, lent)
    assert 0 <= low <= high <= 1
    assert 0 <= chance_below(0.5, good, bad, lent) <= 1
    assert 0 <= chance_exceeds((good, bad, lent), (bad, good, lent), 0.2) <= 1


@pytest.mark.parametrize("threshold", [0.0, 0.3, 1.0])
def test_with_nothing_known_every_value_is_equally_likely(threshold: float) -> None:
    assert chance_below(threshold, 0, 0, 0.5) == pytest.approx(threshold)


def test_the_chance_below_counts_all_evidence() -> None:
    # Beta(1, 1 + 9): the chance below x is 1 - (1 - x) ** 10.
    assert chance_below(0.2, 0, 9, 0.5) == pytest.approx(1 - 0.8**10)


def test_a_threshold_outside_nought_to_one_is_surely_above_or_below() -> None:
    assert chance_below(-0.1, 3, 1, 0.5) == 0
    assert chance_below(1.1, 3, 1, 0.5) == 1


@given(PARTS, st.floats(min_value=0, max_value=1), st.floats(min_value=0, max_value=1))
def test_a_higher_threshold_is_never_less_likely_to_lie_above(
    parts: tuple[float, float, float], one: float, other: float
) -> None:
    assert chance_below(min(one, other), *parts) <= chance_below(max(one, other), *parts)


@pytest.mark.parametrize("first", [(1, 1), (2, 5), (9, 2), (40, 12)])
@pytest.mark.parametrize("second", [(1, 1), (3, 3), (2, 9), (35, 20)])
def test_the_chance_that_one_exceeds_the_other_matches_the_finite_sum(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    # Parameters are evidence plus 2 * .5 on each side.
    found = chance_exceeds((first[0] - 1, first[1] - 1, 0.5), (second[0] - 1, second[1] - 1, 0.5))
    assert found == pytest.approx(exactly_exceeds(first, second), abs=1e-3)


def test_a_margin_between_two_unknowns_by_hand() -> None:
    # Both uniform: the triangle above the line y + .2 has half of .8 squared.
    assert chance_exceeds((0, 0, 0.5), (0, 0, 0.5), 0.2) == pytest.approx(0.32, abs=1e-3)


def test_the_chance_with_a_margin_agrees_with_drawing_lots() -> None:
    lots = random.Random(11)
    draws = 40_000
    hits = sum(lots.betavariate(7.4, 2.6) > lots.betavariate(2.2, 4.8) + 0.2 for _ in range(draws))
    assert chance_exceeds((6, 2, 0.7), (1, 4, 0.6), 0.2) == pytest.approx(hits / draws, abs=0.01)


@given(PARTS, PARTS)
def test_one_of_two_is_the_higher(first: tuple[float, float, float], second: tuple[float, float, float]) -> None:
    # Shares of exactly 0 or 1 with no evidence are points, where both may be equal; keep clear of them.
    first, second = (first[0] + 0.5, first[1] + 0.5, first[2]), (second[0] + 0.5, second[1] + 0.5, second[2])
    assert chance_exceeds(first, second) + chance_exceeds(second, first) == pytest.approx(1, abs=2e-3)


@given(PARTS, PARTS, st.floats(min_value=0, max_value=1))
def test_a_margin_never_makes_exceeding_likelier(
    first: tuple[float, float, float], second: tuple[float, float, float], margin: float
) -> None:
    assert chance_exceeds(first, second, margin) <= chance_exceeds(first, second) + 1e-9


def test_two_sides_that_clearly_differ_are_found_one_sided_and_equal_ones_are_not() -> None:
    assert chance_exceeds((9, 1, 0.6), (2, 7, 0.6), 0.2) > 0.8
    assert chance_exceeds((9, 1, 0.6), (9, 1, 0.6), 0.2) < 0.2
