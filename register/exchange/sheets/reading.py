"""Our own sheets as rows of values, from a workbook, a ZIP of CSV files, or one CSV file; refusals name the cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from register.exchange.reading.choices import AS_IT_IS, Choices
from register.exchange.reading.columns import column_key
from register.exchange.reading.day_columns import decided, orders_in, settled
from register.exchange.reading.days import DayOrder
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.grids import Grid, grid_of
from register.exchange.reading.tables import TableRow, first_titles, refuse_cell, table_of
from register.exchange.reading.uploads import Upload
from register.exchange.sheets.asking import asked_columns
from register.exchange.sheets.cell_values import UnreadableError, value_of
from register.exchange.sheets.columns import PARAGRAPHS, TEXT, Column, Sheet
from register.text import CONTROL
from register.text import PARAGRAPHS as LONGEST

AT_ONCE = 5_000
"""Rows of a file that are taken apart at once."""
PLAIN = frozenset({TEXT, PARAGRAPHS})
LOGGED = {"interactions": "id", "readings": "interaction_id"}
"""The sheets of what is logged, with the column that names an interaction."""
SHORT, KNOWN = 60, 5_000
"""Characters of a cell that may well come again, and how many such are remembered of a column."""
NONE_KNOWN = "no column of this sheet is known; give them the titles of the template, or say which column is which"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: where it stands, and what its filled cells say, by what the code calls their columns."""

    number: int
    values: dict[str, Any]
    """`cell_values.CLEAR` where a cell says to empty what is there."""

    @property
    def own_key(self) -> int | str | None:
        """Our number of the record, or the file's own key for it."""
        found: int | str | None = self.values.get("id")
        return found


@dataclass
class SheetsRead:
    """The rows of the sheets of one file."""

    findings: Findings
    rows: dict[str, list[SheetRow]] = field(default_factory=dict)
    """By sheet."""
    names: dict[str, str] = field(default_factory=dict)
    """What the file calls each sheet; empty for a CSV file, which has one table."""

    def __len__(self) -> int:
        """Return how many rows there are to keep."""
        return sum(map(len, self.rows.values()))

    @property
    def is_logged_alone(self) -> bool:
        """Whether there are but new interactions with their readings, which refer to nothing else of the file."""
        told = {sheet for sheet, rows in self.rows.items() if rows}
        refs = (row.values.get(key) for sheet, key in LOGGED.items() for row in self.rows.get(sheet, ()))
        return told <= LOGGED.keys() and not any(isinstance(ref, int) for ref in refs)


def read_sheet(sheet: Sheet, upload: Upload, choices: Choices = AS_IT_IS) -> SheetsRead:
    """Read one sheet alone, from a CSV file or a workbook."""
    read = SheetsRead(Findings(upload.name))
    grid = grid_of(upload, choices, columns=asked_columns(sheet))
    read_grid(read, sheet, grid, choices, decided(orders_in(grid, asked_columns(sheet), choices), choices.days))
    return read


def reader_of(sheet: Sheet) -> "partial[SheetsRead]":
    """Return what reads one sheet alone."""
    return partial(read_sheet, sheet)


def read_grid(
    read: SheetsRead, sheet: Sheet, grid: Grid, choices: Choices, days: Mapping[int, DayOrder]
) -> None:
    """Read one grid as a sheet, its days as `days` says; a row with something wrong goes to the findings."""
    findings = read.findings
    readers = {column_key(column.title): CellReader(column) for column in sheet.columns if not column.is_told}
    read.names[sheet.key] = grid.sheet
    kept = read.rows.setdefault(sheet.key, [])
    met: dict[Any, int] = {}
    columns = asked_columns(sheet)
    orders = settled(grid, days, findings)
    for part in _parts(grid):
        table = table_of(part, columns, choices, findings, orders)
        if not readers.keys() & (set(table.columns) - choices.values.keys()) and not findings.problems:
            reason = f"{NONE_KNOWN}; the file begins with {first_titles(part)}"
            findings.add_problem(Problem(grid.sheet, grid.header_row, "", "", reason))
        kept.extend(_sheet_rows(table.rows, readers, findings, met))


def _parts(grid: Grid) -> Iterator[Grid]:
    """Yield a grid in parts, each under its header; rows are let go of as they are read, so that memory stays small."""
    head = [record for record in grid.records if record[0] == grid.header_row]
    body = [record for record in grid.body if any(cell.strip() for cell in record[1])]
    grid.records.clear()
    yield replace(grid, records=[*head, *body[:AT_ONCE]])
    body = body[:AT_ONCE - 1 : -1] if len(body) > AT_ONCE else []
    while body:
        part = [body.pop() for _ in range(min(AT_ONCE, len(body)))]
        yield replace(grid, records=[*head, *part], note="", broken=None)


def _sheet_rows(
    rows: Sequence[TableRow], readers: Mapping[str, "CellReader"], findings: Findings, met: dict[Any, int]
) -> Iterator[SheetRow]:
    """Yield the rows whose every cell can be read; `met` says in which row each key of the file was met first."""
    places = rows[0].places if rows else {}
    read = [(place, readers[key]) for key, place in places.items() if key in readers]
    for row in rows:
        before, cells, values = len(findings.problems), row.values, {}
        for place, reader in read:
            if place < len(cells) and (text := cells[place]):
                try:
                    values[reader.column.key] = reader.value(text)
                except UnreadableError as error:
                    reason, key = str(error), column_key(reader.column.title)
                    findings.add_problem(Problem(findings.sheet, row.number, key, CONTROL.sub("?", text), reason))
        own = values.get("id")
        if own is not None and met.setdefault(own, row.number) != row.number:
            refuse_cell(findings, row, "id", f"row {met[own]} has this already")
        if len(findings.problems) == before:
            yield SheetRow(row.number, values)


class CellReader:
    """Reads the cells of one column; a short text that comes again and again is read once."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.known: dict[str, Any] = {}

    def value(self, text: str) -> Any:
        """Return what a filled cell says; raises UnreadableError with what to do."""
        found = self.known.get(text)
        if found is None:
            if CONTROL.search(text) or (self.column.kind in PLAIN and len(text) > LONGEST):
                raise UnreadableError(_unkept(text))
            found = value_of(self.column, text)
            if len(text) <= SHORT and len(self.known) < KNOWN:
                self.known[text] = found
        return found


def _unkept(text: str) -> str:
    if CONTROL.search(text):
        return "this has characters that cannot be kept, such as a null or a control character"
    return f"this has {len(text):,} characters and may have {LONGEST:,}"
