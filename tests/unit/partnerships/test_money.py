"""What a deal is worth a year."""

from datetime import date

import pytest

from register.partnerships.money import yearly_pence

START = date(2024, 4, 1)


@pytest.mark.parametrize(
    ("value", "basis", "ends_on", "yearly"),
    [
        (300, "annual", None, 300),
        (300, "estimate", None, 300),
        (30_000, "total", date(2027, 3, 31), 10_000),
        (31_099, "total", date(2027, 3, 31), 10_400),
        (300, "total", date(2024, 9, 30), 300),
        (300, "total", None, None),
        (None, "total", date(2027, 3, 31), None),
        (None, "annual", None, None),
        (None, None, None, None),
        (None, "none", None, 0),
        (0, "annual", None, 0),
    ],
)
def test_a_value_is_told_by_the_year_or_not_at_all(
    value: int | None,
    basis: str | None,
    ends_on: date | None,
    yearly: int | None,
) -> None:
    assert yearly_pence(value, basis, START, ends_on) == yearly


def test_a_total_without_a_start_says_nothing_a_year() -> None:
    assert yearly_pence(300, "total", None, START) is None
