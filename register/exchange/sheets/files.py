"""Every sheet of ours in one file: a workbook, or a ZIP of CSV files."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence

from register.exchange.reading.choices import AS_IT_IS, Choices
from register.exchange.reading.day_columns import decided, orders_in
from register.exchange.reading.findings import Findings
from register.exchange.reading.grids import Grid, grid_of, header_of
from register.exchange.reading.uploads import LIMITS, Upload
from register.exchange.reading.workbooks import sheets_of
from register.exchange.sheets.asking import asked_columns
from register.exchange.sheets.layouts import SHEET_BY_KEY, SHEETS
from register.exchange.sheets.reading import SheetsRead, read_grid
from register.refusals import Refusal

WORD = re.compile(r"[a-z]+")


def read_sheets(upload: Upload, choices: Choices = AS_IT_IS) -> SheetsRead:
    """Read every sheet of ours that a workbook or a ZIP of CSV files has; others are left alone, and named.

    How days are written is decided from all of them: one programme saved them all.
    """
    read = SheetsRead(Findings(upload.name))
    chosen = Choices(days=choices.days)
    grids, others = _by_sheet(_grids(upload))
    if others:
        read.findings.notices.append(f"Sheets that this import does not know were left alone: {', '.join(others)}.")
    if not grids:
        raise Refusal(f"{upload.name} has none of our sheets, which are {', '.join(SHEET_BY_KEY)}.")
    found = {key: orders_in(grid, asked_columns(SHEET_BY_KEY[key]), chosen) for key, grid in grids.items()}
    flat = {(key, place): order for key, orders in found.items() for place, order in orders.items()}
    orders = decided(flat, chosen.days)
    for sheet in SHEETS:
        if sheet.key in grids:
            own = {place: order for (key, place), order in orders.items() if key == sheet.key}
            read_grid(read, sheet, grids[sheet.key], chosen, own)
    return read


def _by_sheet(grids: Iterable[tuple[str, Grid]]) -> tuple[dict[str, Grid], list[str]]:
    """Return the grids that are sheets of ours, by sheet, and the names of the others.

    A sheet may have been renamed: `Organisations (2)` and `organisations-2024.csv` are that of organisations, unless
    the file has one of just that name.
    """
    found: dict[str, Grid] = {}
    rest = []
    for name, grid in grids:
        key = name.casefold().removesuffix(".csv")
        if key in SHEET_BY_KEY:
            found[key] = grid
        else:
            rest.append((name, grid))
    others = []
    for name, grid in rest:
        keys = [key for key in WORD.findall(name.casefold()) if key in SHEET_BY_KEY]
        if len(keys) == 1 and keys[0] not in found:
            found[keys[0]] = grid
        else:
            others.append(name)
    return found, others


def _grids(upload: Upload) -> Iterator[tuple[str, Grid]]:
    names = _csv_members(upload)
    if names is not None:
        yield from _packed(upload, names)
        return
    if not upload.is_workbook:
        raise Refusal(f"{upload.name} is no workbook and no ZIP of CSV files. Bring one sheet alone as what is in it.")
    for sheet in sheets_of(upload):
        records: list[tuple[int, Sequence[str]]] = list(enumerate(sheet.rows, start=1))
        header = header_of(records)
        if any(any(cell.strip() for cell in cells) for _, cells in records[header:]):
            yield sheet.name, Grid(records, sheet.name, header_row=header)


def _csv_members(upload: Upload) -> list[zipfile.ZipInfo] | None:
    """Return the CSV files of a ZIP, None for what is no ZIP of such."""
    try:
        with zipfile.ZipFile(io.BytesIO(upload.content)) as packed:
            found = [one for one in packed.infolist() if one.filename.casefold().endswith(".csv")]
    except zipfile.BadZipFile:
        return None
    if not found:
        return None
    if sum(one.file_size for one in found) > LIMITS["CSV"]:
        raise Refusal(f"{upload.name} unpacks to more than {LIMITS['CSV'] // 10**6} MB. Bring its files one by one.")
    return found


def _packed(upload: Upload, members: Iterable[zipfile.ZipInfo]) -> Iterator[tuple[str, Grid]]:
    with zipfile.ZipFile(io.BytesIO(upload.content)) as packed:
        for member in members:
            try:
                content = packed.read(member)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
                raise Refusal(f"{upload.name} is damaged, or protected by a password.") from error
            name = member.filename.rpartition("/")[2]
            grid = grid_of(Upload(name, content), AS_IT_IS)
            if any(any(cell.strip() for cell in cells) for _, cells in grid.body):
                yield name, Grid(grid.records, name, header_row=grid.header_row, note=grid.note, broken=grid.broken)
