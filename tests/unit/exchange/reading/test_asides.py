"""Rows of a table that are no records, and those that only look like it."""

import pytest

from register.exchange.reading.asides import ALONE, SUMS, aside, without_asides
from register.exchange.reading.findings import Findings
from register.exchange.reading.tables import TableRow

PLACES = {"reference": 0, "title": 1, "supplier": 2, "value": 3}


def row(*values: str) -> TableRow:
    return TableRow(2, values, PLACES)


@pytest.mark.parametrize(("values", "said"), [
    (("Total", "", "", "£1,200.00"), SUMS), (("", "", "Grand total:", "12"), SUMS), (("", "", "Sub-total", ""), ALONE),
    (("Total 2024", "", "", "(5)"), SUMS), (("Source: the council", "", "", ""), ALONE),
    (("C1", "Total facilities", "Total Ltd", "1200"), ""), (("C1", "Care", "", ""), ""),
    (("Total", "Care", "", "5"), ""),
])  # fmt: skip
def test_a_sum_and_a_note_are_told_from_a_record(values: tuple[str, ...], said: str) -> None:
    assert aside(row(*values)) == said


def test_they_are_counted_and_left_out() -> None:
    findings = Findings()
    kept = list(without_asides([row("C1", "Care", "Alder", "5"), row("Total", "", "", "5")], findings))
    assert [one.cell("reference") for one in kept] == ["C1"]
    assert findings.skipped == {SUMS: 1}


def test_a_narrow_table_may_have_rows_of_one_cell() -> None:
    assert aside(TableRow(2, ("Alder",), {"name": 0, "sector": 1})) == ""


def test_what_stands_in_every_row_alike_makes_no_record_of_a_sum() -> None:
    assert aside(TableRow(9, ("Total", "", "", "5", "Wexmere Council"), {**PLACES, "buyer": 4}), alike=1) == SUMS
