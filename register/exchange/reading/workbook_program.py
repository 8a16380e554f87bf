"""A program of its own that reads a spreadsheet: what a hostile file makes it use is bounded, and dies with it.

Run as `python -m register.exchange.reading.workbook_program`, it takes the file's bytes on its standard input and
writes JSON: `{"sheets": [{"name": ..., "rows": [[...], ...]}]}`, or `{"refused": "why"}`. Only `workbooks` runs it.
"""

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from register.exchange.reading.error_cells import with_errors_as_texts

MEMORY = 1_000_000_000
"""Bytes of address space: ten times what the largest sheet that is allowed needs."""
SECONDS = 30
WHOLE = 2**53
"""Above this a floating-point number stands for several whole ones, so that it is no code that somebody typed."""

Cell = float | str | bool | time | date | datetime | timedelta


def main() -> None:
    """Read the file on the standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    json.dump(_answer(sys.stdin.buffer.read()), sys.stdout)


def _answer(content: bytes) -> dict[str, object]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(with_errors_as_texts(content))) as workbook:
            shown = [about.name for about in workbook.sheets_metadata if about.visible == SheetVisibleEnum.Visible]
            sheets = [(name, workbook.get_sheet_by_name(name)) for name in shown]
            return {"sheets": [{"name": name, "rows": _rows(sheet)} for name, sheet in sheets]}
    except PasswordError:
        return {"refused": "it is protected by a password; take the password off and bring it again"}
    except (CalamineError, ValueError, OSError):
        return {"refused": "it is damaged or no spreadsheet; open it, save it again as XLSX or CSV and bring that"}


def _rows(sheet: CalamineSheet) -> list[list[str]]:
    """Return all rows of a sheet from its first, cells as text; a cell merged downwards says the same in each row."""
    rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right and bottom < len(rows):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]
    return rows


def _cell(value: Cell) -> str:
    """Return a cell as a CSV file would have it: whole numbers without `.0`, days as 2023-04-01."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < WHOLE else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)


if __name__ == "__main__":
    main()
