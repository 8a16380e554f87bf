"""Records under a header as rows of named cells, with what is wrong in their shape."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from register.exchange.reading.choices import Choices
from register.exchange.reading.columns import Column, column_key, placed
from register.exchange.reading.day_columns import day_orders
from register.exchange.reading.days import DayOrder
from register.exchange.reading.error_cells import ERRORS, NEEDED, TAKEN_FOR_BLANK
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.grids import Grid, grid_of
from register.exchange.reading.uploads import Upload
from register.exchange.reading.values import check_values
from register.text import CONTROL, LINE

Cells = tuple[str, ...]

TITLES_SHOWN = 6
"""Titles of a file's own header that are repeated when a column is missing: enough to see a wrong file by."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number as a spreadsheet shows it, and its cells by column, blanks at the edges taken off."""

    number: int
    values: tuple[str, ...]
    places: Mapping[str, int]
    """At which place of the values each column stands: one mapping that all rows share."""

    def cell(self, column: str) -> str:
        """Return what stands in a column, empty when the file has no such column."""
        place = self.places.get(column, len(self.values))
        return self.values[place] if place < len(self.values) else ""

    @property
    def cells(self) -> dict[str, str]:
        """What stands in each column."""
        return {column: self.cell(column) for column in self.places}


@dataclass(frozen=True)
class Table:
    """The rows of a file under its header."""

    columns: tuple[str, ...]
    """Those found, in the file's order; a column that the import does not know goes by its own title."""
    rows: tuple[TableRow, ...]
    unmapped: tuple[str, ...] = ()
    """Titles of columns that the import does not read."""


def read_table(upload: Upload, columns: Sequence[Column], choices: Choices, findings: Findings) -> Table:
    """Return the rows of a CSV file or of a sheet; whatever is wrong goes to the findings, by row and column.

    Raise Refusal when the file cannot be read at all.
    """
    return table_of(grid_of(upload, choices, columns=columns), columns, choices, findings)


def table_of(
    grid: Grid,
    columns: Sequence[Column],
    choices: Choices,
    findings: Findings,
    orders: Mapping[int, DayOrder] | None = None,
) -> Table:
    """Return the rows under a grid's header that have anything in them, their cells by the import's columns.

    Columns are matched whatever their case and whether their words are joined by blanks, `_` or `-`, unless a person
    chose others. `orders` says how the columns of days are written, where that was asked of more rows than these.
    """
    findings.sheet, findings.header = grid.sheet, grid.header
    if grid.broken:
        findings.add_problem(grid.broken)
    if grid.note:
        findings.notices.append(f"{grid.note}.")
    found = placed(columns, grid.titles, choices.columns)
    found = {key: place for key, place in found.items() if key not in choices.values}
    _check_header(grid, columns, found, choices, findings)
    check_values(columns, choices, findings)
    orders = day_orders(grid, columns, choices, findings) if orders is None else orders
    by_place = {place: key for key, place in found.items()}
    keys = tuple(by_place.get(place) or column_key(title) for place, title in enumerate(grid.titles))
    findings.titles = {key: grid.titles[place] for key, place in found.items()}
    read = {column.key: column for column in columns if column.key in found}
    shape = _Shape(keys, choices.values, orders, read)
    rows = () if findings.problems else tuple(_rows(shape, grid, findings))
    if not rows and not findings.problems:
        findings.add_problem(Problem(grid.sheet, 0, "", "", "the file has a header and no rows under it"))
    unmapped = tuple(title for place, title in enumerate(grid.titles) if title and place not in by_place)
    return Table((*(key for key in keys if key), *choices.values), rows, unmapped)


def _check_header(
    grid: Grid, columns: Sequence[Column], found: dict[str, int], choices: Choices, findings: Findings
) -> None:
    """Name each column that has to be there and is not, and each that is there more than once."""
    titles = Counter(column_key(title) for title in next((c for n, c in grid.records if n == grid.header_row), ()))
    first = first_titles(grid)
    begins = f"; the file begins with {first}" if first else ""
    for column in columns:
        wanted = choices.columns.get(column.key)
        if wanted and column.key not in found and column.key not in choices.values:
            reason = f"the file has no column {wanted}{begins}"
            findings.add_problem(Problem(grid.sheet, grid.header_row, column.key, "", reason))
            continue
        if titles[column.key] > 1 and column.key not in choices.columns and column.key not in choices.values:
            reason = f"{titles[column.key]} columns have this title; rename or drop all but one"
            findings.add_problem(Problem(grid.sheet, grid.header_row, column.key, "", reason))
        if column.required and column.key not in found and column.key not in choices.values:
            reason = f"this column is missing{begins}"
            findings.add_problem(Problem(grid.sheet, grid.header_row, column.key, "", reason))


def first_titles(grid: Grid) -> str:
    """Return what a header begins with, for somebody who has to see that it is the wrong one."""
    return ", ".join(title for title in grid.titles[:TITLES_SHOWN] if title)


@dataclass(frozen=True)
class _Shape:
    """How the cells of a record become those of a row."""

    keys: tuple[str, ...]
    """By place, what the import calls each column."""
    values: Mapping[str, str]
    """What stands in every row alike, by column."""
    orders: Mapping[int, DayOrder]
    """By place, how days are written that are not day first throughout."""
    read: Mapping[str, Column]
    """The columns of the file that the import reads."""

    @property
    def places(self) -> dict[str, int]:
        """At which place of a row each column stands: values for all rows stand behind its own cells."""
        keys = [key if key not in self.values else "" for key in self.keys]
        return {key: place for place, key in reversed(list(enumerate([*keys, *self.values]))) if key}

    def cells(self, cells: Cells) -> Cells:
        """Return the cells of a row, each day so that it can be read in one way alone."""
        if self.orders:
            orders = self.orders
            cells = tuple(orders[at].plain(cell) if at in orders else cell for at, cell in enumerate(cells))
        if not self.values:
            return cells
        width = len(self.keys)
        return (*cells[:width], *[""] * (width - len(cells)), *self.values.values())


def _rows(shape: _Shape, grid: Grid, findings: Findings) -> Iterator[TableRow]:
    places, width = shape.places, len(shape.keys)
    is_plain = not (shape.values or shape.orders)
    for number, record in grid.body:
        cells = tuple(map(str.strip, record))
        if not ERRORS.isdisjoint(cells):
            found = _without_errors(shape, cells, number, findings)
            if found is None:
                continue
            cells = found
        if not any(cells):
            continue
        if len(cells) > width and any(cells[width:]):
            reason = f"the row has {len(cells)} cells and the header {width}"
            reason += "; perhaps a text with a comma lacks its quote marks"
            findings.add_problem(Problem(grid.sheet, number, "", "", reason))
            continue
        unclear = [(at, reason) for at, order in shape.orders.items() if (reason := order.unclear(_at(cells, at)))]
        for at, reason in unclear:
            findings.add_problem(Problem(grid.sheet, number, shape.keys[at], cells[at], reason))
        if not unclear:
            yield TableRow(number, cells if is_plain else shape.cells(cells), places)


def _without_errors(shape: _Shape, cells: Cells, number: int, findings: Findings) -> Cells | None:
    """Return a row whose errors are blank, which is said; None, refused, where it needs what stands there instead."""
    told = [(key, cell) for key, cell in zip(shape.keys, cells, strict=False) if key in shape.read and cell in ERRORS]
    errors = [(shape.read[key], cell) for key, cell in told]
    refused = [(column, cell) for column, cell in errors if column.required or column.is_needed]
    for column, cell in refused:
        findings.add_problem(Problem(findings.sheet, number, column.key, cell, NEEDED))
    if refused:
        return None
    for column, cell in errors:
        findings.remark(Problem(findings.sheet, number, column.key, cell, TAKEN_FOR_BLANK))
    return tuple("" if cell in ERRORS else cell for cell in cells)


def _at(cells: Cells, place: int) -> str:
    return cells[place] if place < len(cells) else ""


def refuse_cell(findings: Findings, row: TableRow, column: str, reason: str) -> None:
    """Name a cell that refuses its row, with what is wrong and what to do."""
    findings.add_problem(Problem(findings.sheet, row.number, column, row.cell(column), reason))


def refuse_controls(row: TableRow, columns: Sequence[str], findings: Findings) -> bool:
    """Name every cell of some columns with control characters or too long; return whether there was one."""
    before = len(findings.problems)
    for column in columns:
        value = row.cell(column)
        if CONTROL.search(value):
            reason = "this has characters that cannot be kept, such as a null or a control character"
            findings.add_problem(Problem(findings.sheet, row.number, column, CONTROL.sub("?", value), reason))
        elif len(value) > LINE:
            reason = f"this has {len(value)} characters and may have {LINE}"
            findings.add_problem(Problem(findings.sheet, row.number, column, value, reason))
    return len(findings.problems) > before
