"""Workbooks for Excel and LibreOffice: texts as texts, days as days, numbers as numbers, and never a formula."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import TracebackType
from typing import IO, Any, Self

import xlsxwriter

from register.exchange.sheets.cells import Cell, written_row
from register.exchange.sheets.columns import DAY, FORMS, NUMBER, PARAGRAPHS, PENCE, Column, Sheet
from register.exchange.sheets.layouts import SHEETS
from register.exchange.taking.happening_sheet_lookups import ROWS
from register.exchange.taking.scope import Scope
from register.refusals import Refusal

MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
"""Characters: what a cell of the format holds."""
LONGEST_CHOICE = 255
"""Characters of all choices together that the format's own lists hold."""
ALWAYS = datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no zones
"""When every workbook says it was made, so that the same rows give the same bytes."""
HELP = "How to fill this in"
WIDTHS = {PARAGRAPHS: 50, DAY: 12, PENCE: 16, NUMBER: 10}
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class Workbook:
    """A workbook that is being written, a row at a time."""

    def __init__(self, target: IO[bytes]) -> None:
        self._file = xlsxwriter.Workbook(target, OPTIONS)
        self._file.set_properties({"created": ALWAYS})
        self._head = self._file.add_format({"bold": True, "bottom": 1})
        self._day = self._file.add_format({"num_format": "yyyy-mm-dd"})
        self._money = self._file.add_format({"num_format": "#,##0.00"})
        self._wrapped = self._file.add_format({"text_wrap": True, "valign": "top"})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def sheet(self, name: str, titles: Sequence[str], widths: Sequence[int] = ()) -> Any:
        """Add a sheet with its titles."""
        made = self._file.add_worksheet(name)
        made.freeze_panes(1, 0)
        for place, title in enumerate(titles):
            made.set_column(place, place, widths[place] if widths else max(12, min(40, len(title) + 4)))
            made.write_string(0, place, title, self._head)
        return made

    def fill(self, sheet: Any, rows: Iterable[Sequence[Cell]]) -> int:
        """Write rows below the titles; return how many there were. Refuses more than a sheet holds."""
        count = 0
        for count, row in enumerate(rows, start=1):
            if count >= MOST_ROWS:
                raise Refusal(f"A sheet of a workbook holds {MOST_ROWS:,} rows. Export CSV, which has no such limit.")
            for place, cell in enumerate(row):
                if cell is not None:
                    self._write(sheet, count, place, cell)
        return count

    def _write(self, sheet: Any, row: int, place: int, cell: Cell) -> None:
        if isinstance(cell, str):
            if len(cell) > LONGEST_TEXT:
                raise Refusal("A text is longer than a cell of a workbook holds. Export CSV, which has no such limit.")
            sheet.write_string(row, place, cell)
        elif isinstance(cell, date):
            sheet.write_datetime(row, place, cell, self._day)
        else:
            sheet.write_number(row, place, cell, self._money if isinstance(cell, Decimal) else None)

    def explain(self, sheets: Iterable[Sheet]) -> None:
        """Add the sheet that says what to write where."""
        made = self.sheet(HELP, ("Sheet", "Column", "Needed", "What to write", "Words"), (16, 24, 10, 60, 80))
        rows: list[Sequence[Cell]] = [("", "", "", said, "") for said in RULES]
        rows += [
            (sheet.key, column.title, "yes" if column.is_needed else "", said_of(column), words_of(column))
            for sheet in sheets
            for column in sheet.columns
            if not column.is_told
        ]
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                made.write_string(number, place, cell, self._wrapped)


RULES = (
    "A row with our number in the column Id changes that record. Without one it is a new record.",
    "A new row may have a key of your own in the column Id, such as new-1, by which other sheets of the file name it.",
    "Other sheets may also name a record by its exact name.",
    "An empty cell leaves alone what is there. A cell with nothing but - empties it.",
    "Leave out any column, and any sheet, that you do not need.",
)
"""What holds of every sheet."""


def said_of(column: Column) -> str:
    """Return what to write in a column."""
    form = FORMS[column.kind]
    return " ".join(part for part in (f"{form[0].upper()}{form[1:]}.", column.help) if part)


def words_of(column: Column) -> str:
    """Return the words that a column knows."""
    return ", ".join(kind.name for kind in column.words)


def write_xlsx(scope: Scope, target: IO[bytes]) -> int:
    """Write the register as one workbook; return how many rows it has."""
    with Workbook(target) as book:
        count = 0
        for sheet in scope.sheets:
            made = book.sheet(sheet.key, [column.title for column in sheet.columns], _widths(sheet.columns))
            count += book.fill(made, (written_row(sheet.columns, row) for row in ROWS[sheet.key](scope)))
    return count


def write_template(target: IO[bytes], sheets: Sequence[Sheet] = SHEETS) -> None:
    """Write an empty workbook with the words to choose from, and a sheet that explains it."""
    with Workbook(target) as book:
        for sheet in sheets:
            columns = [column for column in sheet.columns if not column.is_told]
            made = book.sheet(sheet.key, [column.title for column in columns], _widths(columns))
            for place, column in enumerate(columns):
                choices = [kind.name for kind in column.words]
                if choices and len(",".join(choices)) <= LONGEST_CHOICE:
                    told = {"validate": "list", "source": choices, "error_type": "warning"}
                    made.data_validation(1, place, MOST_ROWS - 1, place, told)
        book.explain(sheets)


def _widths(columns: Sequence[Column]) -> list[int]:
    return [WIDTHS.get(column.kind, max(10, min(30, len(column.title) + 6))) for column in columns]
