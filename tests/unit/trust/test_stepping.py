"""When a form of the forecast is earned, and when it is lost again."""

import numpy as np
import pytest

from register.trust.forecast import FIGURE, RICHER, SIMPLE
from register.trust.stepping import DECIDE_EVERY, FIRST_FIT, Column, earned, fits_at, is_better


def noisy(mean: float, count: int = 1000, seed: int = 1) -> Column:
    """What was saved, row by row, with a standard deviation of one."""
    drawn = np.random.default_rng(seed).normal(size=count)
    return np.asarray(mean + (drawn - drawn.mean()) / drawn.std(ddof=1), dtype=np.float64)


def each_alone(count: int = 1000) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.arange(count)


def test_fits_come_at_500_and_every_thousand_and_each_with_a_decision() -> None:
    fits = [row for row in range(3100) if fits_at(row)]
    assert fits == [500, 1000, 2000, 3000]
    assert set(fits) <= set(range(FIRST_FIT, 3100, DECIDE_EVERY))


def test_better_is_a_mean_above_two_standard_errors() -> None:
    # Of 1,000 rows with a deviation of one the standard error is .0316. The latest half has to agree; the order of
    # these is turned so that it does.
    enough, short = np.sort(noisy(0.066)), np.sort(noisy(0.060))
    assert is_better(enough, each_alone())
    assert not is_better(short, each_alone())


def test_rows_of_one_day_count_as_one_event() -> None:
    saved = np.sort(noisy(0.2))
    assert is_better(saved, each_alone())
    together = np.repeat(np.arange(50), 20)
    assert not is_better(saved, together)


def test_a_form_that_did_worse_of_late_is_left_whatever_it_earned_before() -> None:
    saved = np.concatenate([np.full(3000, 0.5), np.full(500, -0.01)])
    saved += noisy(0.0, 3500) * 1e-3
    assert is_better(saved[:3000], each_alone(3000))
    assert not is_better(saved, each_alone(3500))


def test_the_longer_a_record_the_longer_a_bad_stretch_has_to_last() -> None:
    saved = np.concatenate([np.full(20_000, 0.5), np.full(500, -0.01)]) + noisy(0.0, 20_500) * 1e-3
    assert is_better(saved, each_alone(20_500))


@pytest.mark.parametrize("count", [0, 1, 99])
def test_too_few_forecasts_earn_nothing(count: int) -> None:
    assert not is_better(np.full(count, 0.5), each_alone(count))


def test_forecasts_of_too_few_days_earn_nothing() -> None:
    assert not is_better(np.full(1000, 0.5), np.repeat(np.arange(10), 100))


def test_no_difference_at_all_earns_nothing() -> None:
    assert not is_better(np.zeros(1000), each_alone())


def test_the_richer_form_is_used_only_where_the_simple_one_earned_its_place() -> None:
    best, middle, worst = np.full(1000, 0.2), np.full(1000, 0.3), np.full(1000, 0.4)
    days = each_alone()
    assert earned({FIGURE: worst, SIMPLE: middle, RICHER: best}, days) == RICHER
    assert earned({FIGURE: worst, SIMPLE: best, RICHER: middle}, days) == SIMPLE
    assert earned({FIGURE: middle, SIMPLE: worst, RICHER: best}, days) == FIGURE
    assert earned({FIGURE: middle, SIMPLE: middle, RICHER: best}, days) == FIGURE
