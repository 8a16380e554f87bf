"""The ridge: pulled to the figure with no rows, drawn by the rows as they come, and always at the lowest point."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import expit

from register.trust.fitting import RIDGE, Column, Matrix, Task, fit

TOWARDS = np.array([0.0, 0.0, 1.0])


def made(seed: int, count: int, spread: float = 1.0) -> tuple[Matrix, Column]:
    """Rows whose outcomes follow one of three columns."""
    lots = np.random.default_rng(seed)
    inputs = np.column_stack([np.ones(count), lots.normal(size=(count, 2)) * spread])
    return inputs, (lots.random(count) < expit(inputs[:, 1])).astype(np.float64)


def test_with_no_rows_the_fit_is_its_target_exactly() -> None:
    assert fit(np.empty((0, 3)), np.empty(0), TOWARDS).tolist() == TOWARDS.tolist()


@pytest.mark.parametrize("count", [1, 50, 2000])
def test_the_fit_is_the_lowest_point_that_another_method_finds(count: int) -> None:
    inputs, outcomes = made(4, count)
    task = Task(inputs, outcomes, TOWARDS, RIDGE)
    other = minimize(task.loss, TOWARDS, method="BFGS", options={"gtol": 1e-8})
    assert fit(inputs, outcomes, TOWARDS) == pytest.approx(other.x, abs=1e-4)


def test_rows_draw_the_fit_from_the_figure_to_what_they_say() -> None:
    few, many = (fit(*made(5, count), TOWARDS) for count in (20, 5000))
    assert abs(few[2] - 1) < abs(many[2] - 1)
    assert many[1] == pytest.approx(1, abs=0.15)
    assert many[2] == pytest.approx(0, abs=0.15)


def test_a_stronger_ridge_keeps_closer_to_the_figure() -> None:
    rows = made(6, 300)
    loose, tight = (fit(*rows, TOWARDS, ridge) for ridge in (1.0, 1e4))
    assert np.linalg.norm(tight - TOWARDS) < np.linalg.norm(loose - TOWARDS)


def test_the_same_rows_give_the_same_coefficients_to_the_last_bit() -> None:
    rows = made(7, 400)
    assert fit(*rows, TOWARDS).tolist() == fit(*rows, TOWARDS).tolist()


@given(st.integers(0, 10_000), st.integers(1, 200), st.sampled_from([0.01, 1.0, 20.0, 300.0]), st.integers(0, 1))
@settings(deadline=None)
def test_the_fit_never_ends_above_its_start_nor_without_numbers(
    seed: int, count: int, spread: float, alike: int
) -> None:
    inputs, outcomes = made(seed, count, spread)
    outcomes = np.full(count, float(alike)) if seed % 3 == 0 else outcomes
    found, task = fit(inputs, outcomes, TOWARDS), Task(inputs, outcomes, TOWARDS, RIDGE)
    assert np.isfinite(found).all()
    assert task.loss(found) <= task.loss(TOWARDS) + 1e-9
    assert task.newton(found)[1] < 1e-6


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_what_is_no_number_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        fit(np.array([[wrong, 0.0, 0.0]]), np.array([1.0]), TOWARDS)


@pytest.mark.parametrize("ridge", [0.0, -1.0, np.nan, np.inf])
def test_a_ridge_has_to_pull(ridge: float) -> None:
    with pytest.raises(ValueError, match="ridge"):
        fit(*made(8, 5), TOWARDS, ridge)
