"""The forecast's inputs by hand, and that it starts as the figure itself."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.trust.figure import figure, unknown
from register.trust.forecast import (
    FIGURE,
    FORMS,
    INPUTS,
    PLAIN,
    RICHER,
    SIMPLE,
    Known,
    Model,
    chances,
    figures,
    inputs,
    target,
    unknowns,
)
from register.trust.leniency import leniency

SUMS = st.floats(min_value=0, max_value=1e6)
SHARES = st.floats(min_value=0.001, max_value=0.999)


def known(  # one row, unless said otherwise nothing is known of it
    goods: tuple[float, float, float] = (0, 0, 0),
    bads: tuple[float, float, float] = (0, 0, 0),
    lent: float = 0.5,
    network: float = 0.5,
    rater: tuple[float, float] = (0, 0),
    record: float = 0.5,
    reverse: tuple[float, float] = (0, 0),
) -> Known:
    alone = [np.array([value]) for value in (lent, network, *rater, record, *reverse)]
    return Known(np.array([goods]), np.array([bads]), *alone)


def logit(share: float) -> float:
    return math.log(share / (1 - share))


def test_the_columns_by_hand() -> None:
    row = known((1, 2, 3), (1, 0, 4), lent=0.8, network=0.6, rater=(3, 5), record=0.9, reverse=(2, 1))
    lenient = leniency(3, 5, 0.6)
    assert inputs(row)[0].tolist() == pytest.approx(
        [
            1,
            logit(figure(1, 1, 0.8)),
            logit(figure(2, 0, 0.8)),
            logit(figure(3, 4, 0.8)),
            lenient,
            lenient * unknown(2, 0),
            logit(0.9) - logit(0.6),
            logit(figure(2, 1, 0.6)) - logit(0.6),
        ]
    )


def test_the_figure_and_what_is_not_known_are_those_of_180_days() -> None:
    row = known((9, 2, 9), (9, 1, 9), lent=0.8)
    assert figures(row)[0] == figure(2, 1, 0.8)
    assert unknowns(row)[0] == unknown(2, 1)


@given(SUMS, SUMS, SHARES, SHARES)
def test_at_its_target_each_form_is_the_figure(good: float, bad: float, lent: float, network: float) -> None:
    row = known((good, good, good), (bad, bad, bad), lent=lent, network=network, rater=(bad, good), reverse=(bad, good))
    for form in INPUTS:
        model = Model(form, tuple(target(form).tolist()))
        assert chances(model, figures(row), inputs(row))[0] == pytest.approx(figure(good, bad, lent), abs=1e-9)


def test_what_has_earned_nothing_is_the_figure_to_the_last_bit() -> None:
    row = known((3, 1, 4), (1, 5, 9), lent=0.3)
    assert chances(PLAIN, figures(row), inputs(row)).tolist() == [figure(1, 5, 0.3)]


@given(st.tuples(SUMS, SUMS, SUMS), st.tuples(SUMS, SUMS, SUMS), st.tuples(SUMS, SUMS), st.tuples(SUMS, SUMS))
def test_every_input_is_a_number_whatever_is_known(
    goods: tuple[float, float, float],
    bads: tuple[float, float, float],
    rater: tuple[float, float],
    reverse: tuple[float, float],
) -> None:
    for share in (0.0, 0.5, 1.0):
        row = known(goods, bads, lent=share, network=share, rater=rater, record=share, reverse=reverse)
        assert np.isfinite(inputs(row)).all()


def test_nothing_known_of_the_rater_or_of_the_reverse_adds_nothing() -> None:
    assert inputs(known(network=0.7, lent=0.7, record=0.7))[0, 4:].tolist() == pytest.approx([0, 0, 0, 0])


def test_forms_step_up_from_the_figure_and_each_adds_inputs() -> None:
    assert FORMS == (FIGURE, SIMPLE, RICHER)
    assert INPUTS == {SIMPLE: 6, RICHER: 8}
    assert [len(target(form)) for form in INPUTS] == [6, 8]
