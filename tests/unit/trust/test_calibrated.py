"""The chance of a breach: a level first, and a number only with a record that backs it."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.trust.calibrated import (
    HIGH,
    LEAST_BREACHES,
    LEAST_TRIALS,
    LEVELS,
    LOW,
    NOT_KNOWN,
    RAISED,
    Calibration,
    Group,
    Trial,
    calibrate,
    chance,
    level_of,
)

TWENTY = [float(score) for score in range(1, 21)]
NOTHING = Calibration((), 0, 0)
SCORES = st.floats(min_value=0, max_value=1e6)


def trials(*groups: tuple[float, int, int]) -> list[Trial]:
    """(score, trials, breaches) told as trials, spread a little so that scores differ."""
    return [
        Trial(score + at / 1e6, at < breaches)
        for score, count, breaches in groups
        for at in range(count)
    ]  # fmt: skip


def test_of_twenty_two_are_high_and_four_raised() -> None:
    assert [level_of(score, TWENTY) for score in TWENTY] == [LOW] * 14 + [RAISED] * 4 + [HIGH] * 2


def test_below_ten_scores_no_level_is_known() -> None:
    assert level_of(9.0, TWENTY[:9]) == NOT_KNOWN
    assert level_of(10.0, TWENTY[:10]) == HIGH


def test_without_history_there_is_a_level_and_no_number() -> None:
    found = chance(20.0, TWENTY, NOTHING)
    assert (found.level, found.number, found.record) == (HIGH, None, None)


@pytest.mark.parametrize(("count", "breaches"), [(LEAST_TRIALS - 1, 100), (5000, LEAST_BREACHES - 1)])
def test_too_few_trials_or_breaches_back_no_number(count: int, breaches: int) -> None:
    assert calibrate(trials((1.0, count, breaches))).groups == ()


def test_just_enough_history_backs_a_number() -> None:
    assert calibrate(trials((1.0, LEAST_TRIALS, LEAST_BREACHES))).groups != ()


def test_the_number_is_what_came_of_trials_like_it_by_hand() -> None:
    # Ten groups of 100; those of a score of 5 saw 30 breaches of 100, lower ones 1 and higher ones 40.
    low, high = [(float(at), 100, 1) for at in range(5)], [(6.0 + at, 100, 40) for at in range(4)]
    past = calibrate(trials(*low, (5.0, 100, 30), *high))
    found = chance(5.5, TWENTY, past)
    assert found.record == Group(5.0, 100, 30)
    assert found.number == pytest.approx((30 + 2 * past.breaches / 1000) / 102)


def test_neighbours_are_pooled_until_a_higher_score_never_says_less() -> None:
    past = calibrate(trials((1.0, 500, 5), (2.0, 500, 80), (3.0, 500, 20), (4.0, 500, 200)))
    shares = [group.breaches / group.trials for group in past.groups]
    assert shares == sorted(shares)
    assert len(shares) < 10
    assert sum(group.trials for group in past.groups) == past.trials == 2000
    assert sum(group.breaches for group in past.groups) == past.breaches == 305


def test_trials_of_one_score_are_never_parted() -> None:
    past = calibrate([Trial(1.0, breached=at % 10 == 0) for at in range(400)])
    assert past.groups == (Group(1.0, 400, 40),)


def test_a_score_below_all_past_ones_gets_the_lowest_group() -> None:
    past = calibrate(trials((5.0, 300, 3), (9.0, 300, 90)))
    assert chance(0.0, TWENTY, past).record == past.groups[0]


@given(st.lists(st.tuples(SCORES, st.booleans()), max_size=40), st.lists(SCORES, max_size=30))
def test_any_history_gives_chances_between_nought_and_one_that_rise_with_the_score(
    history: list[tuple[float, bool]], scores: list[float]
) -> None:
    past = calibrate([Trial(*one) for one in history] * 10)
    found = [chance(score, scores, past) for score in sorted(scores)]
    assert all(each.level in LEVELS for each in found)
    numbers = [each.number for each in found if each.number is not None]
    assert numbers == [] or len(numbers) == len(scores)
    assert all(0 <= number <= 1 for number in numbers)


def test_the_order_of_trials_does_not_matter() -> None:
    history = trials((1.0, 300, 10), (2.0, 300, 60))
    mixed = history.copy()
    random.Random(1).shuffle(mixed)
    assert calibrate(mixed) == calibrate(history)


def test_numbers_said_come_true_about_as_often_as_they_say() -> None:
    lots = random.Random(4)
    drawn = [Trial(score, lots.random() < score) for score in (lots.random() * 0.4 for _ in range(20_000))]
    past = calibrate(drawn[:10_000])
    said = [chance(trial.score, [], past).number or 0.0 for trial in drawn[10_000:]]
    assert sum(said) == pytest.approx(sum(trial.breached for trial in drawn[10_000:]), rel=0.05)
    assert chance(0.38, [], past).number == pytest.approx(0.38, abs=0.05)


@pytest.mark.parametrize("wrong", [math.nan, math.inf])
def test_a_score_that_is_no_number_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        calibrate([Trial(wrong, breached=True)])
    with pytest.raises(ValueError, match="finite"):
        chance(wrong, TWENTY, NOTHING)


def test_scores_that_differ_in_their_last_digits_only_are_the_same() -> None:
    scores = [3.0, 3.0 * (1 + 1e-15), 3.0 * (1 - 1e-15), *(number / 10 for number in range(7))]
    assert {level_of(score, scores) for score in scores[:3]} == {"high"}
    assert level_of(0.1, scores) == "low"
