"""Whatever stands in a file, reading it ends in rows or in words for a person, never in an error of the program."""

import csv
import io
from unicodedata import normalize

from hypothesis import example, given
from hypothesis import strategies as st

from register.exchange.reading.choices import Choices
from register.exchange.reading.columns import Column
from register.exchange.reading.error_cells import ERRORS
from register.exchange.reading.findings import Findings
from register.exchange.reading.grids import DELIMITERS, grid_of
from register.exchange.reading.tables import Table, read_table, refuse_controls
from register.exchange.reading.uploads import Upload
from register.refusals import Refusal

COLUMNS = (Column("name", required=True), Column("place"))
CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).filter(lambda cell: cell not in ERRORS)
SPOILED = st.text(st.sampled_from('name,place;|\t\r\n"\\\x00\x1aé\ufeff\u2028=-+@ a1'), max_size=60)


def read(content: bytes, choices: Choices | None = None) -> tuple[Table, Findings] | None:
    """Return what a file holds with what is wrong in it; None when it was refused."""
    findings = Findings()
    try:
        table = read_table(Upload("a.csv", content), COLUMNS, choices or Choices(), findings)
    except Refusal:
        return None
    for problem in findings.problems:
        assert problem.sentence().endswith(".")
    return table, findings


@given(st.binary(max_size=200))
@example(b"PK\x03\x04")
@example(b"\xff\xfen\x00a\x00")
@example(b"\xef\xbb\xbf")
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    read(content)


@given(SPOILED, st.sampled_from([None, *DELIMITERS]), st.integers(1, 9))
@example('name\n"', None, 1)
@example("name\r\rplace", None, 2)
def test_any_text_is_read_or_refused(text: str, delimiter: str | None, header: int) -> None:
    found = read(text.encode(), Choices(delimiter=delimiter, header_row=header))
    if found is not None:
        table, findings = found
        assert table.rows or findings.problems
        for row in table.rows:
            refuse_controls(row, table.columns, findings)
            assert row.number > header
            assert row.cells.keys() <= {*table.columns}


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6), st.sampled_from(sorted(DELIMITERS)))
def test_what_a_spreadsheet_writes_comes_back_cell_by_cell(rows: list[tuple[str, str]], delimiter: str) -> None:
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=delimiter)
    writer.writerows([("name", "place"), *rows])
    found = read(made.getvalue().encode())
    assert found is not None
    wanted = [(normalize("NFC", one).strip(), normalize("NFC", other).strip()) for one, other in rows]
    assert [(row.cell("name"), row.cell("place")) for row in found[0].rows] == [row for row in wanted if any(row)]


@given(SPOILED)
def test_a_source_is_known_again_by_its_titles_alone(text: str) -> None:
    try:
        grid = grid_of(Upload("a.csv", text.encode()), Choices())
        again = grid_of(Upload("b.csv", text.encode()), Choices())
    except Refusal:
        return
    assert grid.header == again.header
    assert all(number > grid.header_row for number, _ in grid.body)
    assert len(set(filter(None, grid.titles))) == len([title for title in grid.titles if title])
