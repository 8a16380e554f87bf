"""CSV text as rows of named cells, whatever its delimiter, with what is wrong in its shape."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from register.exchange.findings import Findings, Problem
from register.text import CONTROL, LINE

DELIMITERS = (",", ";", "\t")
TITLES_SHOWN = 6
"""Titles of a file's own header that are repeated when a column is missing: enough to see a wrong file by."""


@dataclass(frozen=True)
class TableRow:
    """One row: its number as a spreadsheet shows it, and its cells by column, blanks at the edges taken off."""

    number: int
    cells: dict[str, str]

    def cell(self, column: str) -> str:
        """Return what stands in a column, empty when the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Table:
    """The rows of a file under its header."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def read_table(content: str, required: Sequence[str], findings: Findings) -> Table:
    """Return the rows that have anything in them; whatever is wrong goes to the findings, by row and column.

    Columns are matched whatever their case and whether their words are joined by blanks, `_` or `-`.
    """
    records = _records(content, findings)
    first, header = next((record for record in records if any(cell.strip() for cell in record[1])), (1, []))
    columns = tuple(column_key(title) for title in header)
    _check_header(first, header, required, findings)
    rows = tuple(_rows(columns, records, findings)) if not findings.problems else ()
    if not rows and not findings.problems:
        findings.add_problem(Problem("", 0, "", "", "the file has a header and no rows under it"))
    return Table(columns, rows)


def column_key(title: str) -> str:
    """Return a column's title in the one form that columns are compared by.

    >>> column_key(" Official_Name")
    'official-name'
    """
    return "-".join(title.strip().casefold().replace("_", " ").replace("-", " ").split())


def delimiter_of(content: str) -> str:
    """Return the delimiter that cuts the first record into most cells; a comma when none cuts it."""
    return max(DELIMITERS, key=lambda delimiter: len(_first_record(content, delimiter)))


def _first_record(content: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(content, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []


def _records(content: str, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with its number; a quote never closed, or a cell of absurd length, ends the reading."""
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter_of(content), strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            yield number, record
    except csv.Error as error:
        findings.add_problem(Problem("", number + 1, "", "", _broken(str(error))))


def _broken(message: str) -> str:
    if "field larger" in message:
        return f"a cell here has more than {csv.field_size_limit():,} characters; perhaps a quote mark is never closed"
    if "end of data" in message:
        return "a quote mark opens a cell here and is never closed"
    return "a quote mark stands inside a cell here; double it or take it out"


def _check_header(number: int, header: list[str], required: Sequence[str], findings: Findings) -> None:
    columns = [column_key(title) for title in header]
    for column, count in Counter(column for column in columns if column).items():
        if count > 1:
            reason = f"{count} columns have this title; rename or drop all but one"
            findings.add_problem(Problem("", number, column, "", reason))
    found = ", ".join(title.strip() for title in header[:TITLES_SHOWN] if title.strip())
    for column in required:
        if column not in columns:
            reason = f"this column is missing; the file begins with {found}" if found else "this column is missing"
            findings.add_problem(Problem("", number, column, "", reason))


def _rows(columns: tuple[str, ...], records: Iterator[tuple[int, list[str]]], findings: Findings) -> Iterator[TableRow]:
    for number, record in records:
        cells = [cell.strip() for cell in record]
        if not any(cells):
            continue
        if any(cells[len(columns) :]):
            reason = f"the row has {len(cells)} cells and the header {len(columns)}"
            reason += "; perhaps a text with a comma lacks its quote marks"
            findings.add_problem(Problem("", number, "", "", reason))
            continue
        yield TableRow(number, dict(zip(columns, cells, strict=False)))


def refuse_controls(row: TableRow, columns: Sequence[str], findings: Findings) -> bool:
    """Name every cell of some columns with control characters or too long; return whether there was one."""
    before = len(findings.problems)
    for column in columns:
        value = row.cell(column)
        if CONTROL.search(value):
            reason = "this has characters that cannot be kept, such as a null or a control character"
            findings.add_problem(Problem("", row.number, column, CONTROL.sub("?", value), reason))
        elif len(value) > LINE:
            reason = f"this has {len(value)} characters and may have {LINE}"
            findings.add_problem(Problem("", row.number, column, value, reason))
    return len(findings.problems) > before
