"""The back-test on small made streams: it forecasts as the product would, and never sees what it forecasts."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.trust.backtest import BASELINES, By, backtest, known_on, replay
from register.trust.evidence import Item, summed
from register.trust.figure import HALF_LIFE, PRIOR_HALF_LIFE, counterpart_share, figure, network_share
from register.trust.metrics import log_loss
from register.trust.streams import Row

START = date(2020, 1, 1)


def row(day: int, good: int, *, rater: str = "a", ratee: str = "b", held: int | None = None, known: int = 0) -> Row:
    """One judgement, forecast on a day after the start, held then and known at once unless said otherwise."""
    happened = day if held is None else held
    held_on, forecast_on, recorded_on = (
        START + timedelta(days=at) for at in (happened, day, max(day, happened) + known)
    )
    return Row(rater, ratee, held_on, forecast_on, recorded_on, good)


def made(seed: int, count: int = 60) -> list[Row]:
    """A stream with ties, late entries and several parties, in order of forecast."""
    lots = random.Random(seed)
    days = sorted(lots.randrange(200) for _ in range(count))
    return [
        row(
            day,
            lots.randrange(2),
            rater=lots.choice("abc"),
            ratee=lots.choice("xyz"),
            held=day + lots.randrange(5),
            known=lots.choice([0, 0, 40]),
        )
        for day in days
    ]


def slowly(rows: list[Row], place: int, by: By) -> float:
    """The figure of one row, from all rows known before it, by the replay of plain items."""
    on = rows[place].forecast_on
    known = [other for other in rows if known_on(other) < on]

    def worth(chosen: list[Row], half_life: float) -> tuple[float, float]:
        return summed([Item("", one.held_on, one.good, 1 - one.good, "") for one in chosen], on, half_life)

    network = network_share(*worth(known, PRIOR_HALF_LIFE))
    about = [other for other in known if other.ratee == rows[place].ratee]
    if by == "ratee":
        return figure(*worth(about, HALF_LIFE), network)
    own = [other for other in about if other.rater == rows[place].rater]
    elsewhere = [other for other in about if other.rater != rows[place].rater]
    return figure(*worth(own, HALF_LIFE), counterpart_share(*worth(elsewhere, PRIOR_HALF_LIFE), network))


@given(st.integers(min_value=0, max_value=10_000), st.sampled_from(["pair", "ratee"]))
def test_each_forecast_is_the_figure_recomputed_from_the_rows_known_before(seed: int, by: By) -> None:
    rows = made(seed)
    _, chances = replay(rows, by)
    assert chances[0].tolist() == pytest.approx([slowly(rows, place, by) for place in range(36, 60)], abs=1e-9)


@pytest.mark.parametrize("by", ["pair", "ratee"])
def test_changing_what_is_recorded_on_or_after_a_forecast_day_changes_no_forecast(by: By) -> None:
    rows = [row(0, 1), row(1, 0), row(2, 1), row(9, 1), row(9, 0), row(9, 1)]
    flipped = [*rows[:3], *(one._replace(good=1 - one.good) for one in rows[3:])]
    assert replay(rows, by)[1].tolist() == replay(flipped, by)[1].tolist()


def test_a_row_recorded_on_its_forecast_day_is_not_seen_by_its_neighbours_and_the_day_after_it_is() -> None:
    past = [row(0, 1), row(1, 1), row(2, 1)]
    same_day = replay([*past, row(9, 0), row(9, 1)], "pair")[1][0]
    day_after = replay([*past, row(9, 0), row(10, 1)], "pair")[1][0]
    assert same_day[0] == same_day[1]
    assert day_after[1] < same_day[1] - 0.1


def test_a_row_is_seen_only_once_its_outcome_was_recorded_however_long_ago_it_was_held() -> None:
    late = row(0, 0, known=8)
    past = [late, row(1, 1), row(2, 1)]
    before = replay([*past, row(8, 1), row(8, 1)], "pair")[1][0]
    after = replay([*past, row(9, 1), row(9, 1)], "pair")[1][0]
    assert after[0] < before[0] - 0.1


def test_a_row_that_claims_to_be_known_before_its_forecast_is_not_forecast_from_itself() -> None:
    wrong = Row("a", "b", START, START + timedelta(days=30), START, 0)
    assert known_on(wrong) == wrong.forecast_on
    rows = [row(0, 1), row(1, 1), wrong]
    assert replay(rows, "pair")[1].tolist() == replay([*rows[:2], wrong._replace(good=1)], "pair")[1].tolist()


def test_a_row_without_any_past_is_forecast_even_odds() -> None:
    outcomes, chances = replay([row(0, 1)], "pair")
    assert outcomes.tolist() == [1.0]
    assert chances[:, 0].tolist() == [0.5] * 6


def test_the_last_forty_percent_count_from_the_floor_of_six_tenths() -> None:
    assert [len(replay([row(day, 1) for day in range(count)], "pair")[0]) for count in (1, 2, 3, 5, 10)] == [
        1, 1, 2, 2, 4
    ]  # fmt: skip


def test_the_rules_of_thumb_by_hand() -> None:
    # Known of the pair: good, bad, good, all on days 0 to 2; forecast on day 3.
    rows = [row(0, 1), row(1, 0), row(2, 1), row(3, 1), row(3, 0)]
    found = dict(zip([name for name, _ in BASELINES], replay(rows, "pair")[1][1:, 0], strict=True))
    good, bad = 2 ** (-3 / 365) + 2 ** (-1 / 365), 2 ** (-2 / 365)
    assert found == pytest.approx(
        {
            "base_rate": (good + 1) / (good + bad + 2),
            "mean": 2 / 3,
            "last_value": 1.0,
            "window_10": 3 / 5,
            "beta_1_1": 3 / 5,
        }
    )


def test_the_window_forgets_all_but_the_last_ten() -> None:
    rows = [row(day, int(day >= 20)) for day in range(30)] + [row(30 + place, 1) for place in range(20)]
    found = dict(zip([name for name, _ in BASELINES], replay(rows, "pair")[1][1:, 0], strict=True))
    assert found["window_10"] == pytest.approx(11 / 12)
    assert found["beta_1_1"] == pytest.approx(11 / 32)


def test_by_pair_a_ratees_record_with_others_is_lent_and_by_ratee_it_is_its_own() -> None:
    # Everybody found x bad and y good; a newcomer meets both.
    past = [
        row(day, int(ratee == "y"), rater=rater, ratee=ratee) for day in range(3) for rater in "ab" for ratee in "xy"
    ]
    new = [row(9, 0, rater="n", ratee="x"), row(9, 1, rater="n", ratee="y")]
    sides: tuple[By, By] = ("pair", "ratee")
    for by in sides:
        of_x, of_y = replay(past + new, by)[1][0][-2:]
        assert of_x < 0.4
        assert of_y > 0.6


def test_the_report_measures_every_rule_against_the_base_rate() -> None:
    rows = made(3, 200)
    report = backtest(rows, "pair")
    outcomes, chances = replay(rows, "pair")
    assert (report.rows, report.counted) == (200, 80)
    assert list(report.baselines) == ["base_rate", "mean", "last_value", "window_10", "beta_1_1"]
    assert report.baselines["base_rate"].skill == 0.0
    assert report.default.skill == pytest.approx(1 - log_loss(outcomes, chances[0]) / log_loss(outcomes, chances[1]))


def test_rows_out_of_order_are_put_in_order_of_forecast() -> None:
    rows = [row(day, day % 2) for day in range(20)]
    assert backtest(rows[::-1], "pair") == backtest(rows, "pair")


def test_where_parties_differ_and_stay_so_the_figure_beats_the_base_rate() -> None:
    lots = random.Random(5)
    kept = {"x": 0.95, "y": 0.5, "z": 0.1}
    rows = [row(day, int(lots.random() < kept[ratee]), ratee=ratee) for day in range(200) for ratee in kept]
    report = backtest(rows, "pair")
    assert report.default.auc is not None
    assert report.default.auc > 0.8
    assert report.default.skill > 0.2
