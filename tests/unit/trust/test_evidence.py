"""Evidence as plain values: units shared, sums replayed, and running sums equal to the replay."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.trust.evidence import EPOCH, Item, from_scores, read, scaled, summed, weights
from register.trust.figure import unknown

DAY = date(2026, 3, 2)
LATEST = date(2027, 12, 31)
HALF_LIVES = st.sampled_from([30.0, 90.0, 180.0, 365.0, math.inf])
DAYS = st.dates(min_value=date(2015, 1, 1), max_value=LATEST)
SHARES = st.floats(min_value=0, max_value=1)


@st.composite
def items(draw: st.DrawFn) -> Item:
    good = draw(SHARES)
    return Item("", draw(DAYS), good, 1 - good, draw(st.sampled_from(["", "ada", "bo"])))


def meeting(good: float = 1.0, *, on: date = DAY, rater: str = "ada", determinant: str = "") -> Item:
    return Item(determinant, on, good, 1 - good, rater)


def running(rows: list[Item], half_life: float) -> tuple[float, float]:
    """The sums as a register keeps them: each item's own term added, in the order given."""
    good = bad = 0.0
    for item, weight in zip(rows, weights(rows), strict=True):
        good += scaled(weight * item.good, item.held_on, half_life)
        bad += scaled(weight * item.bad, item.held_on, half_life)
    return good, bad


def test_a_reading_is_the_mean_of_what_was_rated() -> None:
    assert from_scores([5, 3]) == (0.75, 0.25)
    assert from_scores([1]) == (0.0, 1.0)
    assert from_scores([4, 4, 4]) == (0.75, 0.25)


def test_nothing_rated_is_no_evidence_rather_than_a_middling_score() -> None:
    assert from_scores([]) is None


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_out_of_range_is_refused(score: int) -> None:
    with pytest.raises(ValueError, match="1, 2, 3, 4 or 5"):
        from_scores([3, score])


def test_one_raters_readings_of_one_day_share_one_unit() -> None:
    assert weights([meeting(), meeting(), meeting(rater="bo")]) == [0.5, 0.5, 1.0]


def test_readings_of_other_days_or_determinants_keep_units_of_their_own() -> None:
    rows = [meeting(), meeting(on=DAY + timedelta(days=1)), meeting(determinant="ilm:openness")]
    assert weights(rows) == [1.0, 1.0, 1.0]


def test_commitments_weigh_one_each_however_many_fall_on_a_day() -> None:
    assert weights([meeting(rater=""), meeting(rater=""), meeting()]) == [1.0, 1.0, 1.0]


@given(st.lists(items(), max_size=20))
def test_a_units_shares_add_up_to_one(rows: list[Item]) -> None:
    shares: dict[tuple[date, str], float] = {}
    for item, weight in zip(rows, weights(rows), strict=True):
        assert weight == 1.0 or item.rater_key
        shares[item.held_on, item.rater_key] = shares.get((item.held_on, item.rater_key), 0.0) + weight
    assert all(total == pytest.approx(1) for (_, rater), total in shares.items() if rater)


def test_sums_by_hand() -> None:
    rows = [meeting(1.0), meeting(0.5, on=DAY - timedelta(days=180)), meeting(0.0, on=DAY - timedelta(days=360))]
    assert summed(rows, DAY, 180) == pytest.approx((1 + 0.25, 0.25 + 0.25))


def test_what_was_held_after_the_day_is_left_out() -> None:
    assert summed([meeting(on=DAY + timedelta(days=1))], DAY, 180) == (0.0, 0.0)


def test_no_evidence_is_worth_nothing() -> None:
    assert summed([], DAY, 180) == (0.0, 0.0)


def test_a_determinant_that_was_not_rated_changes_nothing() -> None:
    # Openness was rated at one meeting of two: its sum is of that meeting alone, and the whole is untouched by it.
    whole = [meeting(0.75), meeting(0.25, on=DAY - timedelta(days=30))]
    openness = [meeting(0.75, determinant="ilm:openness")]
    assert summed(openness, DAY, 180) == (0.75, 0.25)
    assert weights(whole + openness)[:2] == weights(whole)
    assert from_scores([4, 2]) == from_scores([score for score in (4, None, 2) if score is not None])


def test_the_running_scale_by_hand() -> None:
    total = scaled(1, EPOCH, 180) + scaled(1, EPOCH + timedelta(days=180), 180)
    assert total == 3.0
    assert read(total, EPOCH + timedelta(days=180), 180) == 1.5


@given(st.lists(items(), max_size=25), HALF_LIVES)
def test_running_sums_equal_the_replay(rows: list[Item], half_life: float) -> None:
    good, bad = running(rows, half_life)
    found = read(good, LATEST, half_life), read(bad, LATEST, half_life)
    assert found == pytest.approx(summed(rows, LATEST, half_life), abs=1e-9)


@given(st.lists(items(), max_size=25).flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))), HALF_LIVES)
def test_the_order_of_entry_does_not_matter(both: tuple[list[Item], list[Item]], half_life: float) -> None:
    (good, bad), (other_good, other_bad) = (running(rows, half_life) for rows in both)
    assert read(good, LATEST, half_life) == pytest.approx(read(other_good, LATEST, half_life), abs=1e-9)
    assert read(bad, LATEST, half_life) == pytest.approx(read(other_bad, LATEST, half_life), abs=1e-9)


@given(st.lists(items(), max_size=15), items(), st.integers(min_value=0, max_value=15), HALF_LIVES)
def test_a_correction_equals_never_having_entered_the_mistake(
    rows: list[Item], mistake: Item, place: int, half_life: float
) -> None:
    total = 0.0
    for item in [*rows[:place], mistake, *rows[place:]]:
        total += scaled(item.good, item.held_on, half_life)
    total -= scaled(mistake.good, mistake.held_on, half_life)
    clean = sum(scaled(item.good, item.held_on, half_life) for item in rows)
    assert read(total, LATEST, half_life) == pytest.approx(read(clean, LATEST, half_life), abs=1e-9)


@given(st.lists(items(), min_size=1, max_size=15), st.integers(min_value=1, max_value=2000))
def test_silence_lets_all_evidence_fade_and_evidence_lowers_what_is_not_known(rows: list[Item], silent: int) -> None:
    known = unknown(*summed(rows, LATEST, 180))
    assert unknown(*summed(rows, LATEST + timedelta(days=silent), 180)) >= known
    assert unknown(*summed([*rows, meeting(rater="new")], LATEST, 180)) < known


def test_what_a_correction_leaves_of_rounding_reads_as_nought() -> None:
    assert read(-1e-16, DAY, 180) == 0.0


@pytest.mark.parametrize("half_life", [0.5, 0, -1, math.nan])
def test_a_half_life_under_one_day_is_refused_everywhere(half_life: float) -> None:
    with pytest.raises(ValueError, match="one day or longer"):
        scaled(1, DAY, half_life)
    with pytest.raises(ValueError, match="one day or longer"):
        read(1, DAY, half_life)
    with pytest.raises(ValueError, match="one day or longer"):
        summed([meeting()], DAY, half_life)


def test_an_infinite_half_life_keeps_everything() -> None:
    assert read(scaled(1, date(1990, 1, 1), math.inf), LATEST, math.inf) == 1.0


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_day_beyond_the_scale_is_refused_rather_than_turned_into_infinity(day: date) -> None:
    with pytest.raises(ValueError, match="too far from 2020"):
        scaled(1, day, 180)
    with pytest.raises(ValueError, match="too far from 2020"):
        read(1, day, 180)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)), st.sampled_from([90.0, 180.0, 365.0]))
def test_every_day_that_a_register_may_hold_fits_the_scale(day: date, half_life: float) -> None:
    assert read(scaled(1, day, half_life), day, half_life) == pytest.approx(1)
