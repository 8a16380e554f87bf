"""The published figure, redone by hand, and held to its properties."""

import math
from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.trust.figure import (
    NOT_KNOWN_FROM,
    WORDS,
    counterpart_share,
    decay,
    figure,
    network_share,
    standing,
    standings,
    unknown,
    word,
)

EVIDENCE = st.floats(min_value=0, max_value=500)
SHARES = st.floats(min_value=0, max_value=1)
ANY_FINITE = st.floats(allow_nan=False, allow_infinity=False)


def test_evidence_weighs_one_today_a_half_after_a_half_life_and_a_quarter_after_two() -> None:
    assert [decay(days, 180) for days in (0, 180, 360)] == [1.0, 0.5, 0.25]


def test_an_infinite_half_life_forgets_nothing() -> None:
    assert decay(10_000, math.inf) == 1.0


def test_evidence_of_long_ago_fades_to_nothing_without_an_error() -> None:
    assert decay(3_000_000, 1) == 0.0


@pytest.mark.parametrize("half_life", [0.999, 0, -180, -math.inf, math.nan])
def test_a_half_life_under_one_day_is_refused(half_life: float) -> None:
    with pytest.raises(ValueError, match="one day or longer"):
        decay(1, half_life)


@pytest.mark.parametrize("age", [-1, math.nan, math.inf])
def test_an_age_that_is_no_age_is_refused(age: float) -> None:
    with pytest.raises(ValueError, match="nought or more"):
        decay(age, math.inf)


def test_the_network_lends_one_half_before_anything_happened() -> None:
    assert network_share(0, 0) == 0.5


def test_the_networks_share_by_hand() -> None:
    assert network_share(7, 1) == pytest.approx((7 + 1) / (7 + 1 + 2))


def test_a_counterparts_record_is_drawn_to_the_networks_share() -> None:
    assert counterpart_share(0, 0, 0.7) == pytest.approx(0.7)
    assert counterpart_share(4, 0, 0.5) == pytest.approx(0.75)
    assert counterpart_share(1, 3, 0.9) == pytest.approx((1 + 4 * 0.9) / (1 + 3 + 4))


def test_the_figure_by_hand() -> None:
    assert figure(3, 1, 0.7) == pytest.approx((3 + 1.4) / 6)


def test_with_no_evidence_the_figure_is_what_was_lent() -> None:
    assert figure(0, 0, 0.83) == pytest.approx(0.83)
    assert unknown(0, 0) == 1.0


def test_belief_disbelief_and_not_known_by_hand() -> None:
    found = standing(5, 1, 0.5)
    assert (found.belief, found.disbelief, found.unknown) == pytest.approx((5 / 8, 1 / 8, 2 / 8))


def test_ten_good_meetings_and_three_silent_years_are_not_known_rather_than_weak() -> None:
    left = decay(3 * 365 + 1, 180)
    assert standing(10, 0, 0.6).word == "strong"
    assert standing(10 * left, 0, 0.6).word == "not known"
    assert standing(10 * left, 0, 0.1).word == "not known"


@pytest.mark.parametrize(
    ("share", "low", "high", "missing", "said"),
    [
        (0.8, 0.61, 1.0, 0.49, "strong"),
        (0.799, 0.61, 1.0, 0.49, "sound"),
        (0.8, 0.6, 1.0, 0.49, "sound"),
        (0.6, 0.41, 1.0, 0.49, "sound"),
        (0.599, 0.41, 1.0, 0.49, "mixed"),
        (0.6, 0.4, 1.0, 0.49, "mixed"),
        (0.4, 0.1, 0.69, 0.49, "mixed"),
        (0.399, 0.1, 0.69, 0.49, "weak"),
        (0.399, 0.1, 0.7, 0.49, "mixed"),
        (0.95, 0.9, 1.0, 0.5, "not known"),
        (0.05, 0.0, 0.1, 0.5, "not known"),
    ],
)
def test_words_at_each_border(share: float, low: float, high: float, missing: float, said: str) -> None:
    assert word(share, low, high, missing) == said


def test_two_fresh_interactions_are_not_known_and_a_trace_more_is_a_judgement() -> None:
    assert standing(2, 0, 0.9).word == "not known"
    assert standing(2.001, 0, 0.9).word == "strong"


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [(9.5, 0.5, "strong"), (8, 2, "sound"), (4, 4, "mixed"), (1, 8, "weak"), (1, 0.5, "not known")],
)
def test_each_word_has_its_plain_case(good: float, bad: float, said: str) -> None:
    assert standing(good, bad, 0.7).word == said


@given(ANY_FINITE, ANY_FINITE, ANY_FINITE)
def test_no_finite_input_gives_anything_but_shares_in_order(good: float, bad: float, lent: float) -> None:
    found = standing(good, bad, lent)
    shares = (found.figure, found.low, found.high, found.belief, found.disbelief, found.unknown)
    assert all(0 <= share <= 1 for share in shares)
    assert found.low <= found.high
    assert found.belief + found.disbelief + found.unknown == pytest.approx(1)
    assert found.word in WORDS


@pytest.mark.parametrize("broken", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_is_no_number_is_refused_and_never_becomes_a_figure(broken: float, place: int) -> None:
    parts = [1.0, 1.0, 0.5]
    parts[place] = broken
    with pytest.raises(ValueError, match="finite number"):
        standing(*parts)
    with pytest.raises(ValueError, match="finite number"):
        figure(*parts)


def test_rounding_below_nought_counts_as_nought() -> None:
    assert standing(-1e-16, -1e-16, 0.7) == standing(0, 0, 0.7)


@given(EVIDENCE, EVIDENCE, SHARES, st.floats(min_value=0.01, max_value=50))
def test_good_evidence_raises_the_figure_bad_lowers_it_and_both_lower_what_is_not_known(
    good: float, bad: float, lent: float, more: float
) -> None:
    last_digits = 1e-12
    assert figure(good + more, bad, lent) >= figure(good, bad, lent) - last_digits
    assert figure(good, bad, lent) >= figure(good, bad + more, lent) - last_digits
    assert unknown(good + more, bad) < unknown(good, bad) > unknown(good, bad + more)


@given(st.floats(min_value=0.01, max_value=500), EVIDENCE, SHARES, st.floats(min_value=1, max_value=2000))
def test_silence_raises_what_is_not_known_and_draws_the_figure_to_what_was_lent(
    good: float, bad: float, lent: float, days: float
) -> None:
    left = decay(days, 180)
    before, after = standing(good, bad, lent), standing(good * left, bad * left, lent)
    assert after.unknown > before.unknown
    assert abs(after.figure - lent) <= abs(before.figure - lent) + 1e-12


@given(st.lists(st.tuples(EVIDENCE, EVIDENCE, SHARES), max_size=30))
def test_many_standings_at_once_are_the_same_as_one_by_one(rows: list[tuple[float, float, float]]) -> None:
    at_once = standings([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])
    for found, row in zip(at_once, rows, strict=True):
        assert astuple(found)[:-1] == pytest.approx(astuple(standing(*row))[:-1], abs=1e-9)
        assert found.word in WORDS


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        standings([1, 2], [1], [0.5])


@given(EVIDENCE, EVIDENCE, SHARES)
def test_not_known_is_said_exactly_when_half_or_more_is_not_known(good: float, bad: float, lent: float) -> None:
    found = standing(good, bad, lent)
    assert (found.word == "not known") == (found.unknown >= NOT_KNOWN_FROM)
