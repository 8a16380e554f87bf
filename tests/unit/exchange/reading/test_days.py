"""Days as people write them, and whether a column of them has the day or the month first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from register.exchange.reading.choices import Choices
from register.exchange.reading.columns import Column
from register.exchange.reading.days import day_of_cell, order_of, swap_of
from register.exchange.reading.findings import Findings
from register.exchange.reading.tables import read_table
from register.exchange.reading.uploads import Upload

COLUMNS = (Column("name"), Column("award-date", is_day=True), Column("end-date", is_day=True))


def read(*rows: tuple[str, str], days: str | None = None) -> tuple[list[str], Findings]:
    findings = Findings("a.csv")
    lines = [f"x;{award};{end}" for award, end in rows]
    content = "\n".join(["Name;Award Date;End date", *lines]).encode()
    table = read_table(Upload("a.csv", content), COLUMNS, Choices(days=days), findings)
    return [row.cell("award-date") for row in table.rows], findings


@pytest.mark.parametrize(("text", "day"), [
    ("2024-04-03", "2024-04-03"), ("03/04/2024", "2024-04-03"), ("3.4.24", "2024-04-03"), ("3-4-2024", "2024-04-03"),
    ("03 04 2024", "2024-04-03"), ("2024/04/03", "2024-04-03"), ("3/4/2024 0:00", "2024-04-03"),
    ("03/04/2024 12:00:00 AM", "2024-04-03"), ("2024-04-03 00:00:00", "2024-04-03"), ("3 April 2024", "2024-04-03"),
    ("3rd April 2024", "2024-04-03"), ("April 3, 2024", "2024-04-03"), ("Wednesday 3 April 2024", "2024-04-03"),
    ("Wed, 3 Apr 2024", "2024-04-03"), ("1st of May 2024", "2024-05-01"), ("3 Sept 2024", "2024-09-03"),
    ("03-Apr-24", "2024-04-03"), ("Apr-24", "2024-04-01"), ("April 2024", "2024-04-01"), ("45385", "2024-04-03"),
    ("45385.5", "2024-04-03"), ("03/04/99", "1999-04-03"), ("03/04/69", "2069-04-03"),
])  # fmt: skip
def test_a_day_is_read_however_it_is_written(text: str, day: str) -> None:
    assert day_of_cell(text).isoformat() == day


@pytest.mark.parametrize("text", ["31/02/2024", "2024", "00/00/0000", "soon", "1", "2024-02-31", "99999", "3/4-2024"])
def test_what_is_no_day_is_none(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the library says of it
        day_of_cell(text)


def test_a_month_is_its_last_day_where_something_ends() -> None:
    assert day_of_cell("February 2024", is_end=True).isoformat() == "2024-02-29"


@given(some.dates(date(1970, 1, 1), date(2069, 12, 31)), some.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%Y-%m-%d"]))
def test_every_day_of_a_hundred_years_comes_back(day: date, form: str) -> None:
    assert day_of_cell(day.strftime(form)) == day


def test_a_column_whose_days_are_written_month_first_is_read_so_and_says_it() -> None:
    days, findings = read(("07/24/2014", ""), ("03/04/2014", ""), ("2014-05-06", ""))
    assert days == ["2014-07-24", "2014-03-04", "2014-05-06"]
    assert findings.notices == [
        "Column Award Date: its dates are written month first, as 07/24/2014 shows, and were read so."
    ]


def test_a_column_without_a_sign_is_written_as_the_others_are() -> None:
    days, findings = read(("03/04/2014", "07/24/2014"), ("05/06/2014", "08/25/2014"))
    assert days == ["2014-03-04", "2014-05-06"]
    assert findings.notices[0] == (
        "Column Award Date: its dates are written month first, as 07/24/2014 shows, and were read so."
    )
    days, findings = read(("03/04/2014", "24/07/2014"))
    assert (days, findings.notices) == (["03/04/2014"], [])


def test_where_nothing_shows_it_the_day_is_first_and_that_is_said() -> None:
    days, findings = read(("03/04/2014", ""), ("05/05/2014", ""))
    assert days == ["03/04/2014", "05/05/2014"]
    (notice,) = findings.notices
    assert "nothing shows whether" in notice
    assert "03/04/2014 is 3 April 2014. Choose “month first” where that is wrong." in notice


def test_a_person_may_say_how_they_are_written() -> None:
    days, findings = read(("03/04/2014", ""), days="month-first")
    assert (days, findings.notices) == (["2014-03-04"], [])
    days, _ = read(("03/04/2014", ""), ("07/24/2014", ""), days="day-first")
    assert days == ["2014-04-03", "2014-07-24"]


def test_a_column_of_both_refuses_what_could_be_either_and_never_mixes_them() -> None:
    rows = (("24/07/2014", ""), ("07/24/2014", ""), ("03/04/2014", ""), ("05/05/2014", ""))
    days, findings = read(*rows)
    assert days == ["2014-07-24", "2014-07-24", "2014-05-05"]
    (problem,) = findings.problems
    assert problem.sentence() == (
        'Row 4, column Award Date, "03/04/2014": this could be 3 April 2014 or 4 March 2014, since the column has '
        "dates day first, such as 24/07/2014, and month first, such as 07/24/2014; write it as 2023-04-01."
    )
    days, findings = read(*rows, days="day-first")
    assert (days[2], findings.problems) == ("2014-04-03", [])
    assert "Those that could be both were read day first, as was chosen." in findings.notices[0]


def test_one_slip_in_a_column_is_refused_and_does_not_unsettle_it() -> None:
    days, findings = read(*[("24/07/2014", "")] * 10, ("03/04/2014", ""), ("12/31/2014", ""))
    assert days[-1] == "2014-04-03"
    (problem,) = findings.problems
    assert problem.row == 13
    assert "are written day first, such as 24/07/2014; write this one as 2023-04-01" in problem.reason


def test_the_sign_that_a_spreadsheet_swapped_day_and_month_is_pointed_out() -> None:
    held, written = ["2014-03-04", "2014-05-06", "2014-12-12"], ["24/07/2014", "31/12/2014", "13/01/2014"]
    assert swap_of(held + written)
    assert not swap_of([*held, *written, "2014-05-13"])
    assert not swap_of([*held, *written, "03/04/2014"])
    assert not swap_of(held)
    assert "took day first for month first" in "".join(read(*((day, "") for day in held + written))[1].notices)


@given(some.lists(some.dates(date(1970, 1, 1), date(2069, 12, 31)), min_size=1))
def test_a_column_written_one_way_is_never_refused_and_day_first_always_comes_back(days: list[date]) -> None:
    texts = [day.strftime("%d/%m/%Y") for day in days]
    order = order_of(texts)
    assert not any(map(order.unclear, texts))
    assert order.reads_month_first or [day_of_cell(order.plain(text)) for text in texts] == days
    other = [day.strftime("%m/%d/%Y") for day in days]
    shown = order_of(other)
    if shown.month_first:
        assert [day_of_cell(shown.plain(text)) for text in other] == days
