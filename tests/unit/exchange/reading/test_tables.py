"""CSV tables, and what is wrong in them."""

import pytest

from register.exchange.reading import grids, workbooks
from register.exchange.reading.choices import AS_IT_IS
from register.exchange.reading.columns import Column, column_key
from register.exchange.reading.findings import Findings
from register.exchange.reading.grids import delimiter_of
from register.exchange.reading.tables import Table, read_table, refuse_controls
from register.exchange.reading.uploads import Upload
from register.refusals import Refusal


def read(content: str, *required: str) -> tuple[Table, list[str]]:
    findings = Findings()
    columns = [Column(key, required=True) for key in required]
    table = read_table(Upload("a.csv", content.encode()), columns, AS_IT_IS, findings)
    return table, [problem.sentence() for problem in findings.problems]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_delimiter_is_found_from_the_header(delimiter: str) -> None:
    content = f'name{delimiter}"place, {delimiter}"{delimiter}code\nBirch{delimiter}Wexmere{delimiter}7\n'
    assert delimiter_of(content) == delimiter
    table, problems = read(content, "name", "code")
    assert problems == []
    assert table.rows[0].cell("code") == "7"


def test_more_rows_or_columns_than_are_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grids, "ROWS", 3)
    monkeypatch.setattr(workbooks, "ROWS", 3)
    with pytest.raises(Refusal, match=r"a\.csv has a sheet of more than 3 rows and 1 columns\. At most 3 and 1,000"):
        read("name\n" * 9, "name")
    with pytest.raises(Refusal, match=r"1 rows and 1,001 columns"):
        read("x," * 1_000, "name")


def test_columns_are_known_whatever_their_case_and_joints() -> None:
    assert [column_key(title) for title in ("Official Name", " official_name ", "OFFICIAL-NAME")] == [
        "official-name"
    ] * 3


def test_blank_rows_and_edges_are_left_out_and_rows_numbered_as_a_spreadsheet_does() -> None:
    table, problems = read('\n,,\nname,note,\n\n  Birch  ,"two\nlines",\n , ,\nCedar,,\n', "name")
    assert problems == []
    assert [(row.number, row.cell("name")) for row in table.rows] == [(5, "Birch"), (7, "Cedar")]
    assert table.rows[0].cell("note") == "two\nlines"
    assert table.rows[0].cell("no such column") == ""


def test_a_short_row_is_borne_and_a_long_one_is_named() -> None:
    table, problems = read("name,place\nBirch\nCedar,Wexmere,of all places\n", "name")
    assert [row.cell("place") for row in table.rows] == [""]
    assert problems == [
        "Row 3: the row has 3 cells and the header 2; perhaps a text with a comma lacks its quote marks."
    ]


def test_missing_and_doubled_columns_are_named() -> None:
    _, problems = read("Name,place,PLACE\nBirch,,\n", "name", "place", "code")
    assert problems == [
        "Row 1, column place: 2 columns have this title; rename or drop all but one.",
        "Row 1, column code: this column is missing; the file begins with Name, place, PLACE (2).",
    ]


def test_a_header_without_rows_is_a_problem() -> None:
    assert read("name,place\n\n", "name")[1] == ["The file has a header and no rows under it."]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('name\nBirch\n"Cedar\nElm\n', "Row 3: a quote mark opens a cell here and is never closed."),
        ('name\n"Bir"ch\n', "Row 2: a quote mark stands inside a cell here; double it or take it out."),
        (
            'name\n"' + "x" * 140_000 + '"\n',
            "Row 2: a cell here has more than 131,072 characters; perhaps a quote mark is never closed.",
        ),
    ],
)
def test_a_broken_quote_is_named_by_its_row(content: str, sentence: str) -> None:
    assert read(content, "name")[1] == [sentence]


def test_cells_that_cannot_be_kept_are_named() -> None:
    findings = Findings()
    table = read_table(
        Upload("a.csv", f"name,place\nBir\x02ch,Wexmere\nCedar,{'x' * 201}\nElm,ok\n".encode()), (), AS_IT_IS, findings
    )
    assert [refuse_controls(row, ("name", "place"), findings) for row in table.rows] == [True, True, False]
    first, second = (problem.sentence() for problem in findings.problems)
    assert first.startswith('Row 2, column name, "Bir?ch": this has characters that cannot be kept')
    assert second.endswith('…": this has 201 characters and may have 200.')


ERRONEOUS = "Label,Kind,Note\nAlder,#REF!,#N/A\nBirch,#REF!,\nCedar,,fine\n"
LABELS = (Column("label", is_needed=True), Column("kind"))


def test_errors_of_a_spreadsheet_are_blank_and_said_once_with_the_first_and_how_many() -> None:
    findings = Findings("x.csv")
    table = read_table(Upload("x.csv", ERRONEOUS.encode()), LABELS, AS_IT_IS, findings)
    assert [row.cells["label"] + row.cells["kind"] for row in table.rows] == ["Alder", "Birch", "Cedar"]
    assert findings.problems == []
    assert findings.borne() == [
        'Row 2, column Kind, "#REF!": this is an error that the spreadsheet shows, and was taken for blank. '
        "So it is in 1 other row."
    ]


def test_an_error_where_a_row_needs_a_value_refuses_the_row() -> None:
    findings = Findings("x.csv")
    table = read_table(Upload("x.csv", b"Label,Kind\nAlder,Trust\n#VALUE!,Trust\n"), LABELS, AS_IT_IS, findings)
    assert [row.cell("label") for row in table.rows] == ["Alder"]
    assert [problem.sentence() for problem in findings.problems] == [
        'Row 3, column Label, "#VALUE!": '
        "this is an error that the spreadsheet shows; mend the formula, or write what is meant."
    ]
