"""The file of refused rows: nothing in it is computed by a spreadsheet, and mended it comes back as it was."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from register.exchange.bringing.refused_rows import refused_rows
from register.exchange.reading.choices import AS_IT_IS
from register.exchange.reading.findings import Problem
from register.exchange.reading.formulas import REASON
from register.exchange.reading.grids import grid_of
from register.exchange.reading.uploads import Upload

CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).map(str.strip)


def written(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def refused(rows: list[list[str]]) -> str:
    problems = [Problem("", number, "", "", "this is odd") for number in range(2, len(rows) + 1)]
    return refused_rows(Upload("x.csv", written(rows)), AS_IT_IS, problems, is_table=True)


def test_a_formula_gets_an_apostrophe_and_a_number_stays_one() -> None:
    file = refused([["Name", "Sum"], ["=cmd()", "-5.50"], ["@x", "+44 20"], ["'=y", "1"]])
    rows = list(csv.reader(io.StringIO(file)))
    assert rows[0] == ["Name", "Sum", REASON]
    assert [row[:2] for row in rows[1:]] == [["'=cmd()", "-5.50"], ["'@x", "+44 20"], ["''=y", "1"]]


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_what_was_refused_comes_back_as_it_was(cells: list[tuple[str, str]]) -> None:
    rows = [["Name", "Sum"], *([f"a{one}", other] for one, other in cells)]
    back = grid_of(Upload("y.csv", ("\ufeff" + refused(rows)).encode()), AS_IT_IS)
    first = grid_of(Upload("x.csv", written(rows)), AS_IT_IS)
    assert [list(row[:2]) for _, row in back.body] == [list(row[:2]) for _, row in first.body]
