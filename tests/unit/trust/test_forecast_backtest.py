"""The forecast replayed: it never sees what it forecasts, steps up only where it pays, and else is the figure."""

import random
from datetime import date, timedelta

import numpy as np
import pytest

from register.trust.backtest import By, Past, backtest, known_on
from register.trust.forecast import FIGURE, RICHER, SIMPLE
from register.trust.forecast_backtest import (
    Step,
    backtest_forecast,
    band_coverage,
    published,
    replay_forecast,
)
from register.trust.known import Stream, known_before
from register.trust.metrics import Column, log_loss
from register.trust.streams import Row

START = date(2012, 1, 1)


def strict_and_lenient(count: int = 2600, seed: int = 2) -> list[Row]:
    """Raters of very different leniency, each speaking of many: what the figure cannot see and the forecast can."""
    lots = random.Random(seed)
    raters = {f"rater {at}": 0.95 if at % 2 else 0.25 for at in range(20)}
    rows = []
    for place in range(count):
        day = START + timedelta(days=place // 4)
        rater, ratee = lots.choice(sorted(raters)), f"ratee {lots.randrange(40)}"
        late = day + timedelta(days=lots.choice([0, 0, 30]))
        rows.append(Row(rater, ratee, day, day, late, int(lots.random() < raters[rater])))
    return rows


def as_the_figure_says(count: int = 2600) -> list[Row]:
    """Outcomes drawn with the chance that the figure gives them: nothing is left to learn."""
    lots, past, rows = random.Random(9), Past("pair"), []
    for place in range(count):
        day = START + timedelta(days=place)
        row = Row(lots.choice("abc"), lots.choice("xyz"), day, day, day, 0)
        row = row._replace(good=int(lots.random() < past.forecasts(row)[0]))
        past.learn(row)
        rows.append(row)
    return rows


def used(rows: list[Row], by: By = "pair") -> tuple[Column, tuple[Step, ...]]:
    stream = Stream(rows)
    columns, steps = replay_forecast(stream, known_before(stream, by))
    return published(columns, steps), steps


def test_where_raters_differ_the_forecast_steps_up_and_is_much_better_than_the_figure() -> None:
    rows = strict_and_lenient()
    report = backtest_forecast(rows, "ratee")
    assert report.steps[0] == Step(0, FIGURE)
    assert report.steps[-1].form in {SIMPLE, RICHER}
    assert report.published.log_loss < backtest(rows, "ratee").default.log_loss - 0.05


def test_where_there_is_nothing_to_learn_the_figure_stays_to_the_last_bit() -> None:
    rows = as_the_figure_says()
    report = backtest_forecast(rows, "pair")
    assert report.steps == (Step(0, FIGURE),)
    assert report.published == report.forms[FIGURE]
    assert report.published.log_loss == pytest.approx(backtest(rows, "pair").default.log_loss, abs=1e-12)


def test_a_form_that_goes_wrong_is_left_again() -> None:
    # For years raters differ; then each of them turns round, and what was learnt of them misleads.
    rows = strict_and_lenient(4000)
    turned = [row._replace(good=1 - row.good) if place >= 2500 else row for place, row in enumerate(rows)]
    forms = [step.form for step in used(turned, "ratee")[1]]
    assert forms[1] in {SIMPLE, RICHER}
    assert FIGURE in forms[2:]


@pytest.mark.parametrize("by", ["pair", "ratee"])
@pytest.mark.parametrize("place", [1000, 1203, 2101])
def test_changing_what_is_recorded_on_or_after_a_forecast_day_changes_neither_forecast_nor_form(
    by: By, place: int
) -> None:
    rows = strict_and_lenient()
    on = rows[place].forecast_on
    flipped = [row._replace(good=1 - row.good) if known_on(row) >= on else row for row in rows]
    assert flipped != rows
    same = [at for at, row in enumerate(rows) if row.forecast_on <= on]
    before, after = used(rows, by), used(flipped, by)
    assert before[0][same].tolist() == after[0][same].tolist()
    early = [[step for step in steps if step.row <= place] for _, steps in (before, after)]
    assert early[0] == early[1]


def test_rows_of_one_day_that_ask_the_same_get_the_same_forecast() -> None:
    rows = strict_and_lenient(1300)
    last = rows[-1]
    same_day = [*rows, last._replace(good=0), last._replace(good=1), last._replace(good=0)]
    assert len(set(used(same_day)[0][-3:].tolist())) == 1


def test_before_the_first_fit_every_form_is_the_figure() -> None:
    stream = Stream(as_the_figure_says(499))
    columns, steps = replay_forecast(stream, known_before(stream, "pair"))
    assert columns[SIMPLE].tolist() == columns[RICHER].tolist() == columns[FIGURE].tolist()
    assert steps == (Step(0, FIGURE),)


def test_the_same_stream_gives_the_same_report() -> None:
    rows = strict_and_lenient(1500)
    assert backtest_forecast(rows, "pair") == backtest_forecast(rows, "pair")


def test_every_chance_is_a_number_between_nought_and_one() -> None:
    rows = [row._replace(good=1) for row in strict_and_lenient(1200)]
    chances, _ = used(rows)
    assert np.isfinite(chances).all()
    assert ((chances >= 0) & (chances <= 1)).all()


@pytest.mark.parametrize("count", [1, 2, 7])
def test_a_handful_of_rows_is_the_figure(count: int) -> None:
    report = backtest_forecast(as_the_figure_says(count), "ratee")
    assert report.published == report.forms[FIGURE]
    assert report.coverage is None


def test_published_takes_each_row_from_the_form_then_in_use() -> None:
    columns = {FIGURE: np.full(5, 0.1), SIMPLE: np.full(5, 0.2), RICHER: np.full(5, 0.3)}
    steps = (Step(0, FIGURE), Step(1, SIMPLE), Step(3, RICHER), Step(4, FIGURE))
    assert published(columns, steps).tolist() == [0.1, 0.2, 0.2, 0.3, 0.1]


def test_the_band_of_the_report_is_the_band_asked_alone() -> None:
    rows = strict_and_lenient(1500)
    report = backtest_forecast(rows, "ratee")
    assert report.coverage is not None
    assert report.coverage == band_coverage(rows, "ratee")
    assert 0 < report.coverage <= 1


def test_the_measures_are_taken_over_the_last_forty_percent() -> None:
    rows = strict_and_lenient(1500)
    chances, _ = used(rows)
    outcomes = np.array([row.good for row in rows], dtype=np.float64)
    assert backtest_forecast(rows, "pair").published.log_loss == log_loss(outcomes[900:], chances[900:])
