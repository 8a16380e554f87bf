"""What was known before each row of a stream, against the replay of plain items."""

import random
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.trust.backtest import By, known_on, replay
from register.trust.evidence import Item, summed
from register.trust.forecast import LEVEL_HALF_LIVES, figures, inputs
from register.trust.known import Stream, known_before
from register.trust.streams import FIRST_DAY, LAST_DAY, Row

START = date(2020, 1, 1)


def row(rater: str, ratee: str, day: int, good: int, *, held: int | None = None, known: int | None = None) -> Row:
    """One judgement, forecast on a day after the start, held then and known at once unless said otherwise."""
    held_on, forecast_on, recorded_on = (START + timedelta(days=day if at is None else at) for at in (held, day, known))
    return Row(rater, ratee, held_on, forecast_on, recorded_on, good)


def made(seed: int, count: int = 40) -> list[Row]:
    """A stream with ties, late entries and both directions, in order of forecast."""
    lots = random.Random(seed)
    rows = []
    for day in sorted(lots.randrange(300) for _ in range(count)):
        rater, ratee = lots.sample("abcd", 2)
        held = day + lots.randrange(5)
        rows.append(row(rater, ratee, day, lots.randrange(2), held=held, known=held + lots.choice([0, 0, 60])))
    return rows


def worth(rows: list[Row], on: date, half_life: float) -> tuple[float, float]:
    return summed([Item("", one.held_on, one.good, 1 - one.good, "") for one in rows], on, half_life)


@given(st.integers(0, 10_000), st.sampled_from(["pair", "ratee"]))
def test_every_column_is_the_replay_of_the_rows_known_before(seed: int, by: By) -> None:
    rows = made(seed)
    known = known_before(Stream(rows), by)
    for place, asked in enumerate(rows):
        seen = [other for other in rows if known_on(other) < asked.forecast_on]
        own = [other for other in seen if other[:2] == asked[:2]]
        level = own if by == "pair" else [other for other in seen if other.ratee == asked.ratee]
        said = [other for other in seen if other.rater == asked.rater and other.ratee != asked.ratee]
        back = [other for other in seen if other[:2] == (asked.ratee, asked.rater)]
        levels = [worth(level, asked.forecast_on, half_life) for half_life in LEVEL_HALF_LIVES]
        assert known.goods[place].tolist() == pytest.approx([good for good, _ in levels], abs=1e-9)
        assert known.bads[place].tolist() == pytest.approx([bad for _, bad in levels], abs=1e-9)
        rater = (known.rater_good[place], known.rater_bad[place])
        assert rater == pytest.approx(worth(said, asked.forecast_on, 365), abs=1e-9)
        reverse = (known.reverse_good[place], known.reverse_bad[place])
        assert reverse == pytest.approx(worth(back, asked.forecast_on, 180), abs=1e-9)


@given(st.integers(0, 10_000), st.sampled_from(["pair", "ratee"]))
def test_the_figure_is_the_one_that_the_back_test_of_the_figure_forecasts(seed: int, by: By) -> None:
    rows = made(seed)
    ours = figures(known_before(Stream(rows), by))[24:]
    assert ours.tolist() == pytest.approx(replay(rows, by)[1][0].tolist(), abs=1e-9)


@given(st.integers(0, 10_000))
def test_the_evidence_of_a_of_b_is_untouched_by_what_b_says_of_a(seed: int) -> None:
    rows = made(seed)
    flipped = [one._replace(good=1 - one.good) if one[:2] == ("b", "a") else one for one in rows]
    before, after = (known_before(Stream(each), "pair") for each in (rows, flipped))
    of_a_of_b = [place for place, one in enumerate(rows) if one[:2] == ("a", "b")]
    assert before.goods[of_a_of_b].tolist() == after.goods[of_a_of_b].tolist()
    assert before.bads[of_a_of_b].tolist() == after.bads[of_a_of_b].tolist()


def test_a_row_recorded_on_the_day_of_a_forecast_is_not_known_and_the_day_after_it_is() -> None:
    stream = Stream([row("a", "b", 0, 1, known=9), row("a", "b", 9, 1), row("a", "b", 10, 1)])
    known = known_before(stream, "pair")
    assert known.goods[1].tolist() == [0, 0, 0]
    assert (known.goods[2] > 0).all()
    assert stream.seen_before(1).tolist() == []
    assert sorted(stream.seen_before(2).tolist()) == [0, 1]


@pytest.mark.parametrize("by", ["pair", "ratee"])
def test_days_at_both_ends_of_what_is_read_leave_every_input_a_number(by: By) -> None:
    days = [FIRST_DAY, FIRST_DAY, START, LAST_DAY - timedelta(days=1), LAST_DAY]
    rows = [Row("a", "b", day, day, day, place % 2) for place, day in enumerate(days)]
    assert np.isfinite(inputs(known_before(Stream(rows), by))).all()


def test_what_a_rater_said_elsewhere_leaves_the_own_relationship_out() -> None:
    rows = [row("a", ratee, at, 1) for at, ratee in enumerate("bcb")]
    known = known_before(Stream(rows), "pair")
    assert known.rater_good.tolist() == pytest.approx([0, 2 ** (-1 / 365), 2 ** (-1 / 365)])
