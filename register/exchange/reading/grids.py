"""CSV files and sheets of workbooks as numbered records of cells, before anything is known of their columns."""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from register.exchange.reading.choices import Choices
from register.exchange.reading.columns import Column, column_key, placed, told_apart
from register.exchange.reading.findings import Problem
from register.exchange.reading.formulas import REASON, plain
from register.exchange.reading.uploads import Upload, text_of
from register.exchange.reading.workbooks import ROWS, Sheet, refuse_area, sheets_of
from register.refusals import Refusal

SEP = re.compile(r"\ufeff?sep=([,;|\t])[ \t]*\r?\n", re.IGNORECASE)
"""The line by which a file tells Excel what stands between its cells."""
FIRST = 20
"""Records from whose beginning it is seen how a file is made."""
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "upright stroke"}
"""What may stand between cells, with its name."""

Record = tuple[int, Sequence[str]]
"""One record of a file: its number as a spreadsheet shows it, and its cells."""


@dataclass(frozen=True)
class Grid:
    """The records of one sheet or CSV file, and how they were come by."""

    records: list[Record]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    """The sheets of the workbook, to choose from; none for a CSV file."""
    encoding: str = ""
    delimiter: str = ""
    header_row: int = 0
    """The number of the record with the titles."""
    note: str = ""
    broken: Problem | None = None
    """Where the reading had to end: a quote mark that is never closed."""

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the columns, told apart."""
        return told_apart(next((list(cells) for number, cells in self.records if number == self.header_row), []))

    @property
    def header(self) -> str:
        """The digest of the titles, by which a source is known again whatever rows it brings, its refused ones too."""
        titles = (column_key(title) for title in self.titles if title != REASON)
        return hashlib.sha256("\n".join(titles).encode()).hexdigest()

    @property
    def body(self) -> Iterator[Record]:
        """The records under the header; in a file of refused rows without the apostrophes that it was given."""
        body = (record for record in self.records if record[0] > self.header_row)
        return ((number, [plain(cell) for cell in cells]) for number, cells in body) if REASON in self.titles else body


def grid_of(
    upload: Upload, choices: Choices, sheet: str | None = None, columns: Sequence[Column] = ()
) -> Grid:
    """Return the records of a CSV file or of a sheet; raise Refusal.

    Of a workbook it is the sheet that is named or chosen, or else the one that has most of the columns, or the first.
    """
    if upload.is_workbook:
        return _grid_of_sheet(upload, sheet or choices.sheet, choices.header_row, columns)
    text = text_of(upload, "CSV", choices.encoding)
    told = SEP.match(text.content)
    delimiter = choices.delimiter or (told[1] if told else delimiter_of(text.content))
    records: list[Record] = []
    broken = _read_records(text.content, delimiter, records)
    records = [record for record in records if record[0] > 1] if told else records
    refuse_area(upload.name, len(records), max((len(cells) for _, cells in records), default=0))
    header = choices.header_row or header_of(records)
    return Grid(records, "", (), text.encoding, delimiter, header, text.note, broken)


def _grid_of_sheet(upload: Upload, wanted: str | None, header: int | None, columns: Sequence[Column]) -> Grid:
    sheets = {one.name: one for one in sheets_of(upload)}
    if not sheets:
        raise Refusal(f"{upload.name} has no sheet that is shown.")
    if wanted and wanted not in sheets:
        raise Refusal(f"{upload.name} has no sheet called {wanted}. It has {', '.join(sheets)}.")
    chosen = [sheets[wanted]] if wanted else sheets.values()
    grids = [_grid(sheet, tuple(sheets), header) for sheet in chosen]
    return max(grids, key=lambda grid: len(placed(columns, grid.titles, {})))


def _grid(sheet: Sheet, sheets: tuple[str, ...], header: int | None) -> Grid:
    records: list[Record] = list(enumerate(sheet.rows, start=1))
    return Grid(records, sheet.name, sheets, header_row=header or header_of(records))


def header_of(records: list[Record]) -> int:
    """Return the number of the record that has the titles: the first that fills half as many cells as any of the first.

    What stands above a table, such as its name and its day, fills a cell or two.
    """
    filled = ((number, sum(1 for cell in cells if cell.strip())) for number, cells in records)
    first = list(islice((one for one in filled if one[1]), FIRST))
    most = max((count for _, count in first), default=0)
    return next((number for number, count in first if count * 2 > most), 1)


def delimiter_of(content: str) -> str:
    """Return the delimiter that cuts the first records into most cells alike; a comma when none cuts them.

    What stands above a table or inside its texts is not cut alike: `Grants, 2024` over cells with semicolons between.
    """
    return max(DELIMITERS, key=lambda delimiter: _likeness(_first_records(content, delimiter)))


def _likeness(records: list[list[str]]) -> tuple[float, int]:
    """Return the share of records that have as many cells as most, and how many cells that is."""
    lengths = Counter(len(record) for record in records)
    length, times = max(lengths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return (times / len(records), length) if length > 1 else (0, length)


def _first_records(content: str, delimiter: str) -> list[list[str]]:
    """Return the first records with more than blanks and delimiters in them."""
    found = []
    try:
        for record in csv.reader(_lines(content), delimiter=delimiter):
            if any(cell.strip(";,|\t ") for cell in record):
                found.append(record)
            if len(found) == FIRST:
                break
    except csv.Error:
        return found
    return found


def _lines(content: str) -> Iterator[str]:
    """Yield the lines of a text one by one: a file object over it would take four times its memory."""
    if "\r" in content:
        content = content.replace("\r\n", "\n").replace("\r", "\n")
    start = 0
    while start < len(content):
        end = content.find("\n", start) + 1 or len(content)
        yield content[start:end]
        start = end


def _shared(met: dict[str, str]) -> Callable[[list[str]], list[str]]:
    """Return what keeps a short text that comes again and again in memory once: names, kinds, days."""
    return lambda cells: [met.setdefault(cell, cell) if len(cell) <= SHORT else cell for cell in cells]


SHORT = 120
"""Characters of a cell that may well come again."""


def _read_records(content: str, delimiter: str, records: list[Record]) -> Problem | None:
    """Read each record with its number; a quote never closed, or a cell of absurd length, ends the reading."""
    reader = csv.reader(_lines(content), delimiter=delimiter, strict=True)
    try:
        # One more than may be: enough to know that there are too many.
        records += islice(enumerate(map(_shared({}), reader), start=1), ROWS + 1)
    except csv.Error as error:
        return Problem("", len(records) + 1, "", "", _broken(str(error)))
    return None


def _broken(message: str) -> str:
    if "field larger" in message:
        return f"a cell here has more than {csv.field_size_limit():,} characters; perhaps a quote mark is never closed"
    if "end of data" in message:
        return "a quote mark opens a cell here and is never closed"
    return "a quote mark stands inside a cell here; double it or take it out"
