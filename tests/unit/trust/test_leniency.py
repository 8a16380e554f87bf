"""Leniency: a rater's way of judging others against the network's, drawn to it while little is known."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.trust.leniency import leniencies, leniency, logits, times_as_likely

SUMS = st.floats(min_value=0, max_value=1e9)
SHARES = st.floats(min_value=0, max_value=1)


def test_eight_good_judgements_elsewhere_in_an_even_network_by_hand() -> None:
    assert leniency(8, 0, 0.5) == pytest.approx(math.log(3))
    assert leniency(0, 8, 0.5) == pytest.approx(-math.log(3))


@given(SHARES)
def test_a_rater_who_said_nothing_elsewhere_is_like_the_others(network: float) -> None:
    assert leniency(0, 0, network) == 0.0


@given(st.floats(min_value=0.01, max_value=0.99), st.floats(min_value=0.1, max_value=1e4))
def test_a_rater_who_judges_as_the_network_does_is_neither_lenient_nor_strict(network: float, much: float) -> None:
    assert leniency(network * much, (1 - network) * much, network) == pytest.approx(0, abs=1e-9)


@given(SUMS, SUMS, SHARES)
def test_leniency_is_a_number_for_any_input(good: float, bad: float, network: float) -> None:
    assert math.isfinite(leniency(good, bad, network))


@given(st.lists(st.tuples(SUMS, SUMS, SHARES), min_size=1, max_size=20))
def test_many_raters_at_once_are_each_rater_alone(raters: list[tuple[float, float, float]]) -> None:
    columns = np.array(raters, dtype=np.float64).T
    assert leniencies(*columns).tolist() == [leniency(*rater) for rater in raters]


def test_more_said_elsewhere_speaks_louder() -> None:
    assert 0 < leniency(2, 0, 0.5) < leniency(20, 0, 0.5)


@pytest.mark.parametrize("wrong", [math.nan, math.inf])
def test_what_is_no_number_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        leniency(wrong, 0, 0.5)
    with pytest.raises(ValueError, match="finite"):
        leniency(1, 0, wrong)


def test_the_odds_of_a_share_are_finite_at_both_ends() -> None:
    assert np.isfinite(logits(np.array([0.0, 0.5, 1.0]))).all()
    assert logits(np.array([0.5])).tolist() == [0.0]


def test_leniency_reads_as_times_as_likely() -> None:
    assert times_as_likely(leniency(8, 0, 0.5)) == pytest.approx(3)
    assert times_as_likely(0) == 1
