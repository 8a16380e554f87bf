"""The main flag on made streams: which days count, who is asked, what is right, and that nothing later is seen."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.risk.backtest import (
    backtest_flags,
    counted_days,
    goes_badly,
    replay_flags,
    severe_days,
)
from register.risk.exposure import exposure
from register.trust.backtest import By, Key, known_on
from register.trust.evidence import Item, summed
from register.trust.figure import counterpart_share, figure, network_share
from register.trust.streams import Row

START = date(2015, 1, 1)


def on(day: int) -> date:
    return START + timedelta(days=day)


def row(ratee: str, day: int, good: int, *, rater: str = "a", known: int = 0, severe: int = 0) -> Row:
    return Row(rater, ratee, on(day), on(day), on(day + known), good, severe)


def made(seed: int = 1, count: int = 1500, span: int = 1000) -> list[Row]:
    """A stream in which the ratees `r0` to `r3` of thirty are busy and go badly now and then."""
    lots = random.Random(seed)
    rows = []
    for day in sorted(lots.randrange(span) for _ in range(count)):
        busy = lots.random() < 0.4
        ratee = f"r{lots.randrange(4) if busy else 4 + lots.randrange(26)}"
        bad = lots.random() < (0.25 if busy else 0.02)
        rows.append(row(ratee, day, int(not bad), rater=lots.choice("ab"), known=lots.choice([0, 9]), severe=int(bad)))
    return rows


def test_days_that_count_by_hand() -> None:
    # A span of 1,000 days: tried from day 200 every 30 days up to day 910; counted from day 600 on.
    days = counted_days([on(0), on(400), on(1000)], 30)
    assert days == [on(at) for at in range(620, 911, 30)]
    assert on(910) in counted_days([on(0), on(1000)], 10)


def test_a_day_within_a_fraction_of_a_fifth_of_the_span_is_the_next_whole_one() -> None:
    # A span of 1,001: .2 of it is 200.2, so the first is day 201; counted from 600.6 on.
    assert counted_days([on(0), on(1001)], 1)[0] == on(601)
    assert counted_days([on(0), on(1001)], 1)[-1] == on(911)


@pytest.mark.parametrize("span", [0, 1, 89, 90])
def test_a_short_stream_has_no_days_to_try(span: int) -> None:
    report = backtest_flags([row("b", 0, 1), row("b", span, 1)], "pair", 30, 0.7)
    assert (report.asked, report.precision, report.lift, report.churn, report.auc) == (0, None, None, None, None)


def test_a_severe_row_of_the_day_itself_counts_and_one_90_days_on_does_not() -> None:
    assert goes_badly([on(10)], on(10))
    assert goes_badly([on(99)], on(10))
    assert not goes_badly([on(100)], on(10))
    assert not goes_badly([on(9)], on(10))
    assert goes_badly([on(9), on(50)], on(10))


def test_severe_days_are_kept_by_key_and_in_order() -> None:
    rows = [row("b", 5, 0, severe=1), row("b", 2, 0, severe=1), row("c", 3, 1), row("b", 4, 0, rater="z", severe=1)]
    assert severe_days(rows, "pair") == {("a", "b"): [on(2), on(5)], ("z", "b"): [on(4)]}
    assert severe_days(rows, "ratee") == {("b",): [on(2), on(4), on(5)]}


def asked_of(rows: list[Row], good_share: float = 0.7) -> set[Key]:
    """Who is asked on the first counted day of a stream that spans 1,000 days."""
    framed = [row("frame", 0, 0), *rows, row("frame", 1000, 0)]
    _, asked = next(replay_flags(framed, "ratee", 30, good_share))
    return {one.key for one in asked}


@pytest.mark.parametrize(
    ("outcomes", "asked"),
    [([1] * 5, True), ([1] * 4, False), ([1] * 5 + [0] * 2, True), ([1] * 7 + [0] * 4, False), ([1] * 4 + [0], False)],
)
def test_asked_are_those_with_five_good_ones_and_a_share_that_is_reached(outcomes: list[int], asked: bool) -> None:
    rows = [row("b", 500 + place, good) for place, good in enumerate(outcomes)]
    assert (("b",) in asked_of(rows)) == asked


def test_the_share_to_reach_can_be_set() -> None:
    rows = [row("b", 500 + place, int(place < 6)) for place in range(10)]
    assert ("b",) in asked_of(rows, 0.6)
    assert ("b",) not in asked_of(rows, 0.61)


def test_who_was_not_heard_of_for_two_years_is_not_asked() -> None:
    long_ago = [row(name, 600 + place, 1) for name in "bc" for place in range(5)] + [row("c", 900, 1)]
    frame = [row("frame", 0, 0), row("frame", 2600, 0)]
    days = dict(replay_flags([*frame, *long_ago], "ratee", 1, 0.7))
    assert [{one.key for one in days[on(day)]} for day in (1560, 1630, 1631)] == [{("c",)}, {("c",)}, set()]


def test_what_is_recorded_on_the_day_is_not_known_on_it() -> None:
    rows = [row("b", 610 + place, 1) for place in range(4)]
    assert ("b",) not in asked_of([*rows, row("b", 614, 1, known=6)])
    assert ("b",) in asked_of([*rows, row("b", 614, 1, known=5)])


@given(st.integers(0, 10_000), st.sampled_from(["pair", "ratee"]))
@settings(max_examples=30, deadline=None)
def test_changing_what_is_recorded_on_or_after_a_day_changes_no_score_of_it(seed: int, by: By) -> None:
    rows = made(seed, 300)
    for day, asked in list(replay_flags(rows, by, 60, 0.5))[:2]:
        flipped = [one._replace(good=1 - one.good) if known_on(one) >= day else one for one in rows]
        again = dict(replay_flags(flipped, by, 60, 0.5))[day]
        assert [(one.key, one.score) for one in asked] == [(one.key, one.score) for one in again]


@pytest.mark.parametrize("by", ["pair", "ratee"])
def test_each_score_is_the_exposure_recomputed_from_the_rows_known_before(by: By) -> None:
    rows = made(7, 500)
    day, asked = next(replay_flags(rows, by, 30, 0.7))
    known = [one for one in rows if known_on(one) < day]

    def worth(chosen: list[Row], half_life: float) -> tuple[float, float]:
        return summed([Item("", one.held_on, one.good, 1 - one.good, "") for one in chosen], day, half_life)

    assert len(asked) > 5
    for one in asked:
        own = [each for each in known if each.ratee == one.key[-1] and (by == "ratee" or each.rater == one.key[0])]
        others = [each for each in known if each.ratee == one.key[-1] and each.rater != one.key[0]]
        network = network_share(*worth(known, 365))
        lent = network if by == "ratee" else counterpart_share(*worth(others, 365), network)
        trust = figure(*worth(own, 90), lent)
        expected = exposure(sum(worth(own, 365)), min(each.held_on for each in own), trust, day)
        assert one.score == pytest.approx(expected, abs=1e-9)


def test_a_tenth_is_flagged_rounded_down_the_most_exposed_first() -> None:
    for _, asked in replay_flags(made(), "ratee", 30, 0.5):
        flags = [one.flagged for one in asked]
        assert flags == [True] * (len(asked) // 10) + [False] * (len(asked) - len(asked) // 10)
        assert [one.score for one in asked] == sorted((one.score for one in asked), reverse=True)


def test_ties_go_by_the_order_of_keys_whatever_the_order_of_rows() -> None:
    names = [f"t{at:02}" for at in range(20)]
    rows = [row(name, 500 + place, 1) for name in reversed(names) for place in range(5)]
    framed = [row("frame", 0, 0), *rows, row("frame", 1000, 0)]
    _, asked = next(replay_flags(framed, "ratee", 30, 0.7))
    assert [one.key[0] for one in asked if one.flagged] == ["t00", "t01"]


def test_without_any_severe_row_there_is_no_lift() -> None:
    found = backtest_flags([one._replace(severe=0) for one in made()], "ratee", 30, 0.5)
    assert (found.base_rate, found.precision) == (0.0, 0.0)
    assert (found.lift, found.recall, found.auc) == (None, None, None)


def test_where_the_busy_and_the_bad_stay_so_the_flags_find_them() -> None:
    found = backtest_flags(made(3, 3000), "ratee", 30, 0.5)
    assert found.lift is not None
    assert found.lift > 2
    assert found.auc is not None
    assert found.auc > 0.7
    assert found.churn is not None
    assert found.churn < 2


def test_rows_out_of_order_give_the_same_report() -> None:
    rows = made()
    assert backtest_flags(rows[::-1], "pair", 30, 0.7) == backtest_flags(rows, "pair", 30, 0.7)
