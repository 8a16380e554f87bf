"""Days as people write them and as pages say them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.refusals import Refusal
from register.web.days import ago, read_day, said, short

DAY = date(2026, 11, 3)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-03",
        "2026-11-3",
        "3 November 2026",
        "03 November 2026",
        "3 nov 2026",
        "3 NOVEMBER 2026",
        "3/11/2026",
        "03/11/2026",
        "3.11.2026",
        "  3   November 2026 ",
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert read_day(typed, "held_on") == DAY


@pytest.mark.parametrize("nothing", [None, "", "  ", "\n"])
def test_nothing_is_no_day(nothing: str | None) -> None:
    assert read_day(nothing, "held_on") is None


@pytest.mark.parametrize(
    "typed",
    [
        "30 February 2026",
        "2026-02-29",
        "31/4/2026",
        "13/13/2026",
        "tomorrow",
        "2026",
        "2026-11",
        "11-2026",
        "3 November",
        "2026-11-03T00:00",
        "2026-11-03 x",
        "0000-01-01",
        "10000-01-01",
        "1 January 10000",
        "-1",
        "\x00",
        "2026-11-\x003",
        "3/11/26",
        "\u0662\u0660\u0662\u0666-11-03x",
        "9" * 5000,
        "2026-11-03\x002",
    ],
)
def test_what_names_no_day_is_refused_by_its_field(typed: str) -> None:
    with pytest.raises(Refusal, match="Enter a day that exists") as caught:
        read_day(typed, "held_on")
    assert caught.value.field == "held_on"


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_refused(typed: str) -> None:
    try:
        day = read_day(typed, "held_on")
    except Refusal:
        return
    assert day is None or isinstance(day, date)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_what_is_said_is_read_back(day: date) -> None:
    assert read_day(short(day), "held_on") == day
    assert read_day(said(day).partition(" ")[2], "held_on") == day


def test_days_are_said_in_full_and_short() -> None:
    assert said(DAY) == "Tuesday 3 November 2026"
    assert short(DAY) == "3 November 2026"
    assert said(None) == short(None) == "not known"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, "in 3 days"),
        (-1, "in 1 day"),
        (0, "today"),
        (1, "1 day"),
        (41, "41 days"),
        (399, "399 days"),
        (400, "13 months"),
        (3653, "120 months"),
    ],
)
def test_how_long_ago_is_said_in_a_unit_that_says_something(days: int, words: str) -> None:
    assert ago(DAY - timedelta(days=days), DAY) == words
