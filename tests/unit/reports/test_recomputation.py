"""A figure worked out by arithmetic of its own comes to what the figure's own code gives."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.reports.recomputation import Input, added_up, is_equal, units_of, worked_out
from register.trust.figure import counterpart_share, decay, figure, network_share
from register.trust.model import FIXED

ON = date(2026, 11, 27)
INPUTS = st.lists(
    st.builds(
        Input, st.integers(0, 900).map(lambda days: ON - timedelta(days=days)), st.floats(0, 1), st.floats(0, 1),
        st.sampled_from(["", "a", "b"]), st.just("interaction:1"),
    ),
    max_size=12,
)


def test_a_figure_by_hand() -> None:
    good = Input(ON, 1.0, 0.0, "", "interaction:1")
    worked = worked_out([good], [], (0.0, 0.0), ON, FIXED)
    assert worked.network == worked.lent == 0.5
    assert worked.figure == pytest.approx(2 / 3)


def test_pieces_of_one_rater_and_day_share_one_unit() -> None:
    shared = [Input(ON, 1.0, 0.0, "a", "x"), Input(ON, 0.0, 1.0, "a", "x"), Input(ON, 1.0, 0.0, "", "y")]
    units = units_of(shared, ON, 180)
    assert sorted((unit.pieces, unit.good, unit.bad) for unit in units) == [(1, 1.0, 0.0), (2, 0.5, 0.5)]


@given(own=INPUTS, others=st.lists(INPUTS, max_size=3))
def test_both_programs_agree(own: list[Input], others: list[list[Input]]) -> None:
    network = added_up([own, *others], ON, 365)
    worked = worked_out(own, others, network, ON, FIXED)
    units = units_of(own, ON, 180)
    good = sum(unit.good * decay((ON - unit.held_on).days, 180) for unit in units)
    bad = sum(unit.bad * decay((ON - unit.held_on).days, 180) for unit in units)
    lent = counterpart_share(*added_up(others, ON, 365), network_share(*network))
    assert is_equal(worked.figure, figure(good, bad, lent))


def test_a_difference_that_anybody_would_see_is_not_equal() -> None:
    assert not is_equal(0.5, 0.500001)
    assert is_equal(0.1 + 0.2, 0.3)
