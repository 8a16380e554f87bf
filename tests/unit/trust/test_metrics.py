"""The measures of a forecast, on cases small enough to do by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.trust.metrics import Column, auc, brier, calibration_error, log_loss, measures

ROWS = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 1.0])), min_size=1, max_size=40
)


def column(*values: float) -> Column:
    return np.array(values, dtype=np.float64)


def columns(rows: list[tuple[int, float]]) -> tuple[Column, Column]:
    return column(*(row[0] for row in rows)), column(*(row[1] for row in rows))


def test_auc_is_one_half_or_nought_for_right_blind_and_reversed_order() -> None:
    outcomes = column(0, 0, 1, 1)
    assert auc(outcomes, column(0.1, 0.2, 0.8, 0.9)) == 1.0
    assert auc(outcomes, column(0.4, 0.4, 0.4, 0.4)) == 0.5
    assert auc(outcomes, column(0.9, 0.8, 0.2, 0.1)) == 0.0


def test_auc_counts_a_tie_half() -> None:
    # Pairs of good and bad: (.5, .5) is a tie, (.5, .2) right, (.9, .5) right, (.9, .2) right.
    assert auc(column(1, 0, 1, 0), column(0.5, 0.5, 0.9, 0.2)) == pytest.approx(3.5 / 4)


@pytest.mark.parametrize("outcome", [0, 1])
def test_auc_is_undefined_where_all_outcomes_are_alike(outcome: int) -> None:
    assert auc(column(outcome, outcome), column(0.1, 0.9)) is None


@given(ROWS)
def test_auc_is_the_share_of_pairs_in_right_order(rows: list[tuple[int, float]]) -> None:
    pairs = [(good[1], bad[1]) for good in rows for bad in rows if good[0] == 1 and bad[0] == 0]
    right = sum(1.0 if good > bad else 0.5 if good == bad else 0.0 for good, bad in pairs)
    found = auc(*columns(rows))
    assert found is None if not pairs else found == pytest.approx(right / len(pairs))


def test_log_loss_by_hand() -> None:
    expected = -(math.log(0.8) + math.log(0.6)) / 2
    assert log_loss(column(1, 0), column(0.8, 0.4)) == pytest.approx(expected)


def test_log_loss_takes_no_chance_for_certain() -> None:
    assert log_loss(column(1), column(0.0)) == pytest.approx(-math.log(0.005))
    assert log_loss(column(1), column(1.0)) == pytest.approx(-math.log(0.995))


def test_brier_by_hand_and_unclipped() -> None:
    assert brier(column(1, 0), column(0.8, 0.4)) == pytest.approx((0.04 + 0.16) / 2)
    assert brier(column(1), column(1.0)) == 0.0


def test_calibration_error_of_twenty_rows_by_hand() -> None:
    # Ten bins of two: in each both chances are (place + .5) / 10; the outcome is good from the sixth bin on.
    chances = [(place + 0.5) / 10 for place in range(10) for _ in range(2)]
    outcomes = [float(place >= 5) for place in range(10) for _ in range(2)]
    assert calibration_error(column(*outcomes), column(*chances)) == pytest.approx((5 * (0.05 + 0.45) / 2 * 2) / 10)


def test_calibration_error_keeps_tied_rows_in_their_order() -> None:
    # Three chances in turn over 990 rows, good first and bad later: bins of 99 cut through the ties.
    rows = [((0.7, 0.2, 0.4)[place % 3], float(place < 450)) for place in range(990)]
    in_order = sorted(rows, key=lambda row: row[0])
    bins = [in_order[start : start + 99] for start in range(0, 990, 99)]
    apart = [abs(sum(chance - outcome for chance, outcome in places)) / 990 for places in bins]
    outcomes, chances = column(*(row[1] for row in rows)), column(*(row[0] for row in rows))
    assert calibration_error(outcomes, chances) == pytest.approx(sum(apart))


def test_calibration_error_of_fewer_rows_than_bins_weighs_each_row_once() -> None:
    assert calibration_error(column(1, 0, 1), column(0.9, 0.2, 0.7)) == pytest.approx((0.1 + 0.2 + 0.3) / 3)


def test_skill_is_the_share_of_log_loss_saved() -> None:
    outcomes, base = column(1, 0), column(0.5, 0.5)
    found = measures(outcomes, column(0.8, 0.4), base)
    assert found.skill == pytest.approx(1 - log_loss(outcomes, column(0.8, 0.4)) / math.log(2))
    assert measures(outcomes, base, base).skill == 0.0


@given(ROWS)
def test_no_measure_is_ever_not_a_number(rows: list[tuple[int, float]]) -> None:
    outcomes, chances = columns(rows)
    found = measures(outcomes, chances, np.full_like(chances, 0.5))
    assert all(math.isfinite(value) for value in (found.log_loss, found.brier, found.calibration_error, found.skill))
    assert found.auc is None or 0 <= found.auc <= 1
