"""CSV as RFC 4180 has it, in UTF-8 with the mark by which Excel knows it; all sheets in one ZIP with their metadata."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import IO

from register.exchange.formats.csvw import metadata
from register.exchange.formats.zips import Zip
from register.exchange.sheets.cells import Cell, written_row
from register.exchange.sheets.columns import Sheet
from register.exchange.taking.happening_sheet_lookups import ROWS
from register.exchange.taking.scope import Scope

METADATA = "csv-metadata.json"
"""Where CSV on the Web says that the metadata of the files beside it are."""
MARK = b"\xef\xbb\xbf"


def write_table(target: IO[bytes], titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write rows of cells under their titles; return how many there were."""
    target.write(MARK)
    text = io.TextIOWrapper(target, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(titles)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    text.flush()
    text.detach()
    return count


def write_sheet(target: IO[bytes], sheet: Sheet, scope: Scope) -> int:
    """Write one sheet of the register; return how many rows it has."""
    rows = (written_row(sheet.columns, values) for values in ROWS[sheet.key](scope))
    return write_table(target, [column.title for column in sheet.columns], rows)


def write_csv(scope: Scope, target: IO[bytes]) -> int:
    """Write each sheet as a file of a ZIP, with the metadata that say what each column holds."""
    with Zip(target) as zipped:
        count = 0
        for sheet in scope.sheets:
            with zipped.member(f"{sheet.key}.csv") as member:
                count += write_sheet(member, sheet, scope)
        with zipped.member(METADATA) as member:
            member.write(json.dumps(metadata(scope.sheets), ensure_ascii=False, indent=2).encode())
    return count


def write_csv_templates(sheets: Iterable[Sheet], target: IO[bytes]) -> None:
    """Write the sheets without rows, to be filled."""
    with Zip(target) as zipped:
        for sheet in sheets:
            with zipped.member(f"{sheet.key}.csv") as member:
                write_table(member, [column.title for column in sheet.columns if not column.is_told], ())
