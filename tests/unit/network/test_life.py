"""The register's life as bars."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.network.life import MOST_BARS, later, life_of

TODAY = date(2026, 11, 23)


def test_nothing_logged_is_no_life() -> None:
    assert life_of({}, TODAY) is None
    assert life_of({TODAY + timedelta(days=1): 3}, TODAY) is None


def test_each_month_has_a_bar_as_high_as_its_share_of_the_busiest() -> None:
    life = life_of({date(2026, 9, 30): 2, date(2026, 11, 1): 3, date(2026, 11, 23): 1}, TODAY)

    assert life is not None
    assert (life.first, life.last, life.unit) == (date(2026, 9, 1), TODAY, "month")
    assert [(bar.start.month, bar.number, bar.height) for bar in life.bars] == [(9, 2, 0.5), (10, 0, 0.0), (11, 4, 1.0)]


@pytest.mark.parametrize(("years", "unit"), [(2, "month"), (8, "quarter"), (30, "year"), (120, "year")])
def test_a_long_life_has_longer_bars(years: int, unit: str) -> None:
    life = life_of({date(2026 - years, 11, 1): 1}, TODAY)

    assert life is not None
    assert life.unit == unit
    assert unit == "year" or len(life.bars) <= MOST_BARS


def test_a_day_has_its_place_and_days_outside_stand_at_the_ends() -> None:
    life = life_of({date(2026, 11, 1): 1}, TODAY)

    assert life is not None
    assert [life.place_of(day) for day in (date(2020, 1, 1), date(2026, 11, 12), date(2030, 1, 1))] == [0.0, 0.5, 1.0]


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
    ],
)
def test_a_month_later_keeps_the_day_where_the_month_has_it(day: date, months: int, found: date) -> None:
    assert later(day, months) == found


@given(st.dictionaries(st.dates(date(1950, 1, 1), TODAY), st.integers(1, 50), min_size=1, max_size=20))
def test_the_bars_hold_every_interaction_once_and_stand_side_by_side(days: dict[date, int]) -> None:
    life = life_of(days, TODAY)

    assert life is not None
    assert sum(bar.number for bar in life.bars) == sum(days.values())
    assert [bar.end for bar in life.bars[:-1]] == [bar.start for bar in life.bars[1:]]
    assert all(0 <= bar.left <= 1 and bar.left + bar.width <= 1.0001 for bar in life.bars)
