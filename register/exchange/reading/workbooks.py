"""Spreadsheets as sheets of cells; what declares itself too large is refused before it is unpacked."""

import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass

from register.exchange.reading.uploads import MEGABYTE, OTHER_KINDS, SPREADSHEET, Upload, refuse_size
from register.refusals import Refusal

MEMBERS = 2_000
UNPACKED = 150 * MEGABYTE
RATIO = 200
"""How many times larger than packed a part may be: sheets of text come to twenty, and a bomb to a thousand."""
SMALL = MEGABYTE
"""A part of fewer bytes is no bomb, however well it packs."""
ROWS, COLUMNS = 200_000, 1_000
BOOKS = frozenset(("xl/workbook.xml", "xl/workbook.bin", "content.xml"))
"""The part that XLSX, XLSB and ODS files have, each its own."""
READ = ("xl/worksheets/", "xl/sharedStrings", "xl/styles", "xl/workbook", "content.xml")
PACKED = (
    ("word/", "a Word document"), ("ppt/", "a presentation"), ("Index/", "a file of Apple’s Numbers"),
    ("META-INF/", "a program or an e-book"),
)  # fmt: skip
"""What else is packed as a ZIP file, by how the names of its parts begin."""
SAVE = "Open it, save it as XLSX or CSV and bring that."
INSIDE = (".zip", ".xlsx", ".xlsm", ".ods", ".7z", ".gz")
HEAD = 4_096
"""Bytes from the start of a sheet in which it declares its size."""
DECLARED = re.compile(rb"""<(?:\w+:)?dimension\b[^>]*\bref\s*=\s*["'](?:[A-Z]+\d+:)?([A-Z]+)(\d+)["']""")
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError)
"""What the library raises at zip files that are none, or are broken."""
LONGEST = 60
"""Seconds after which reading is given up."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, and its rows of cells as text, from the first row of the spreadsheet."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def sheets_of(upload: Upload) -> tuple[Sheet, ...]:
    """Return the visible sheets of an XLSX, XLS or ODS file, or raise Refusal with why it cannot be read."""
    name = upload.name
    if not upload.content.strip():
        raise Refusal(f"{name} is empty: there is nothing in the file. Save the spreadsheet again and bring that.")
    refuse_size(upload, "spreadsheet")
    _refuse_others(upload)
    if upload.content.startswith(b"PK"):
        _refuse_declared(upload)
    found = _read(upload)
    for sheet in found:
        refuse_area(f"{name}, sheet {sheet.name}", len(sheet.rows), max(map(len, sheet.rows), default=0))
    return found


def _refuse_others(upload: Upload) -> None:
    """Say of a file that is called a spreadsheet what it is instead, where that can be seen."""
    if upload.content.startswith(SPREADSHEET):
        return
    start = upload.content[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    what = next((what for first, what in OTHER_KINDS if start.startswith(first)), "")
    if what:
        raise Refusal(f"{upload.name} is {what}, not a spreadsheet. {SAVE}")
    if start.startswith(b"<"):
        raise Refusal(f"{upload.name} is a web page or XML that is called a spreadsheet. {SAVE}")
    if b"\0" not in start and start.isascii():
        said = f"{upload.name} is no spreadsheet but plain text, such as CSV. Give it a name that ends in .csv"
        raise Refusal(f"{said}, and bring that.")


def _refuse_declared(upload: Upload) -> None:
    """Refuse by what the file's own table of contents says."""
    try:
        with zipfile.ZipFile(io.BytesIO(upload.content)) as packed:
            _refuse_parts(upload.name, packed.infolist())
            for part in packed.infolist():
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    _refuse_dimension(upload.name, packed, part)
            _refuse_no_book(upload.name, {part.filename for part in packed.infolist()})
            _refuse_damaged(packed)
    except BROKEN:
        raise _damaged(upload.name) from None


def _refuse_parts(name: str, parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MEMBERS:
        raise Refusal(f"{name} has {len(parts):,} parts, and a spreadsheet may have {MEMBERS:,}.")
    if any(part.flag_bits & 1 for part in parts):
        raise Refusal(f"{name} is protected by a password. Take the password off and bring it again.")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > UNPACKED:
        said = f"{name} would unpack to {unpacked / MEGABYTE:,.0f} MB, and {UNPACKED // MEGABYTE} MB are allowed."
        raise Refusal(f"{said} Split it and bring the parts.")
    for part in parts:
        if part.filename.casefold().endswith(INSIDE):
            raise Refusal(f"{name} has another packed file inside it ({part.filename[-60:]}). Take it out first.")
        if part.file_size > SMALL and part.file_size > RATIO * max(part.compress_size, 1):
            raise Refusal(f"{name} has a part that unpacks to over {RATIO} times its size, as no spreadsheet does.")


def _refuse_no_book(name: str, parts: set[str]) -> None:
    if not parts & BOOKS:
        what = next((what for start, what in PACKED if any(part.startswith(start) for part in parts)), "a packed file")
        raise Refusal(f"{name} is {what}, and no spreadsheet. {SAVE}")


def _refuse_damaged(packed: zipfile.ZipFile) -> None:
    """Raise one of `BROKEN` where a part that is read has other bytes than were packed: the library does not look."""
    for part in packed.infolist():
        if part.filename.endswith(".xml") and part.filename.startswith(READ):
            with packed.open(part) as opened:
                while opened.read(MEGABYTE):
                    pass


def _refuse_dimension(name: str, packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with packed.open(part) as opened:
        declared = DECLARED.search(opened.read(HEAD))
    if declared:
        refuse_area(name, int(declared[2]), _number(declared[1].decode()))


def refuse_area(name: str, rows: int, columns: int) -> None:
    """Refuse a sheet, or a CSV file, of more rows or columns than are read."""
    if rows > ROWS or columns > COLUMNS:
        many = f"more than {ROWS:,} rows" if rows == ROWS + 1 else f"{rows:,} rows"
        said = f"{name} has a sheet of {many} and {columns:,} columns. At most {ROWS:,} and {COLUMNS:,} are read"
        raise Refusal(f"{said}. Delete the empty rows and columns at its end, or split it.")


def _number(letters: str) -> int:
    """Return a column's number: A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _read(upload: Upload) -> tuple[Sheet, ...]:
    """Let a program of its own read the file, so that one that breaks the reader breaks nothing else."""
    command = [sys.executable, "-m", "register.exchange.reading.workbook_program"]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command, input=upload.content, capture_output=True, timeout=LONGEST, check=True
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise Refusal(f"{upload.name} takes too long to read. Save it as CSV and bring that.") from None
    except (subprocess.CalledProcessError, ValueError):
        raise Refusal(f"{upload.name} is too large or too broken to be read. Save it as CSV and bring that.") from None
    if reason := answer.get("refused"):
        raise Refusal(f"{upload.name} cannot be read: {reason}.")
    return tuple(Sheet(sheet["name"], tuple(map(tuple, sheet["rows"]))) for sheet in answer["sheets"])


def _damaged(name: str) -> Refusal:
    return Refusal(f"{name} is damaged, or is no spreadsheet. Open it, save it again as XLSX or CSV and bring that.")
