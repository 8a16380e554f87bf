"""How much the band held: fives by hand, and the beta-binomial distribution against another library's."""

import numpy as np
import pytest
from scipy.stats import betabinom

from register.trust.beta import band
from register.trust.coverage import Column, coverage, fives, parameters, shares_inside
from register.trust.forecast import Known


def column(*values: float) -> Column:
    return np.array(values, dtype=np.float64)


def known(good: Column, bad: Column, lent: Column) -> Known:
    zeros = np.zeros(len(good))
    return Known(
        np.column_stack([zeros, good, zeros]),
        np.column_stack([zeros, bad, zeros]),
        lent, lent, zeros, zeros, lent, zeros, zeros,
    )  # fmt: skip


def test_fives_are_consecutive_within_a_key_and_do_not_overlap() -> None:
    keys = [0, 1] * 12
    assert fives(keys, list(range(24)), 2) == [
        [2, 4, 6, 8, 10],
        [12, 14, 16, 18, 20],
        [3, 5, 7, 9, 11],
        [13, 15, 17, 19, 21],
    ]


@pytest.mark.parametrize(
    ("held", "counts"), [([0, 1, 2, 3, 365], 1), ([0, 1, 2, 3, 366], 0), ([7] * 5, 0), ([9, 0, 4, 365, 2], 1)]
)
def test_a_five_of_a_single_day_or_of_more_than_a_year_is_left_out(held: list[int], counts: int) -> None:
    assert len(fives([0] * 5, held, 0)) == counts


def test_equal_chances_of_0_to_5_by_hand() -> None:
    # Each number takes a sixth; .05 of the lowest and of the highest sixth lie outside.
    alpha = np.ones(6)
    assert shares_inside(alpha, alpha, column(0, 1, 2, 3, 4, 5)).tolist() == pytest.approx([0.7, 1, 1, 1, 1, 0.7])


@pytest.mark.parametrize(("alpha", "beta"), [(0.3, 4.0), (2.0, 2.0), (6.5, 0.4), (1e-9, 2.0)])
def test_the_shares_are_those_of_the_beta_binomial_distribution(alpha: float, beta: float) -> None:
    upto = betabinom(5, alpha, beta).cdf(np.arange(-1, 6))
    for good in range(6):
        width = upto[good + 1] - upto[good]
        inside = min(upto[good + 1], 0.95) - max(upto[good], 0.05)
        expected = max(0.0, inside / width) if width > 1e-12 else 0.0
        found = shares_inside(column(alpha), column(beta), column(good))[0]
        assert found == pytest.approx(expected, abs=1e-6)


def test_the_parameters_are_those_of_the_published_band() -> None:
    from_known = known(column(20, 1), column(5, 0), column(0.6, 0.3))
    alpha, beta = parameters(from_known, np.array([0, 1]))
    assert alpha.tolist() == pytest.approx([4 + 1.2, 1 + 0.6])
    assert beta.tolist() == pytest.approx([1 + 0.8, 1.4])
    low, _ = band(20, 5, 0.6)
    assert betabinom(5, alpha[0], beta[0]).mean() / 5 > low


def test_the_coverage_is_that_of_the_first_row_of_each_five() -> None:
    ones = np.ones(10)
    nothing_known = known(ones * 0, ones * 0, ones / 2)
    keys, held = np.zeros(10, dtype=np.int64), np.arange(10, dtype=np.int64)
    all_good_then_three = column(1, 1, 1, 1, 1, 1, 0, 1, 0, 1)
    assert coverage(nothing_known, all_good_then_three, keys, held, 0) == pytest.approx((0.7 + 1) / 2)
    assert coverage(nothing_known, all_good_then_three, keys, held, 5) == pytest.approx(1)


def test_without_any_five_nothing_is_said() -> None:
    ones = np.ones(4)
    assert coverage(known(ones, ones, ones / 2), ones, np.zeros(4, np.int64), np.arange(4), 0) is None


def test_outcomes_drawn_from_the_band_itself_are_covered_nine_times_in_ten() -> None:
    lots, count = np.random.default_rng(3), 4000
    alpha, beta = lots.uniform(0.5, 6, count), lots.uniform(0.5, 6, count)
    good = lots.binomial(5, lots.beta(alpha, beta)).astype(np.float64)
    assert shares_inside(alpha, beta, good).mean() == pytest.approx(0.9, abs=0.02)
