"""What a spreadsheet shows where a formula came to nothing, such as #REF!, and what becomes of such cells.

The library that reads spreadsheets takes them for blank. A blank that nobody left is to be said, so that they are made
texts before it reads; CSV files have them as texts already.
"""

import io
import re
import zipfile
import zlib

ERRORS = frozenset(
    (
        "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
        "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#GETTING_DATA",
    )
)  # fmt: skip
TAKEN_FOR_BLANK = "this is an error that the spreadsheet shows, and was taken for blank"
NEEDED = "this is an error that the spreadsheet shows; mend the formula, or write what is meant"

OF_XLSX = re.compile(rb"""(<(?:\w+:)?c\b[^<>]*\st=)(["'])e\2""")
OF_ODS = re.compile(rb"""<table:(?:covered-)?table-cell\b[^<>]*\bcalcext:value-type=["']error["'][^<>]*>""")
EMPTY_TEXT = re.compile(rb"""\soffice:string-value=(?:"[^"]*"|'[^']*')""")
"""What a file of OpenDocument says of a cell beside the text that it shows."""
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError)


def with_errors_as_texts(content: bytes) -> bytes:
    """Return an XLSX or ODS file whose cells with errors hold these as texts; any other file as it is."""
    if not content.startswith(b"PK"):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            mended = {part.filename: told for part in packed.infolist() if (told := _told(packed, part)) is not None}
            return _repacked(packed, mended) if mended else content
    except BROKEN:
        return content  # whoever reads it says what is wrong with it


def _told(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes | None:
    """Return a sheet with its errors as texts, None for a part without any."""
    if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
        told, count = OF_XLSX.subn(rb"\1\2str\2", packed.read(part))
    elif part.filename == "content.xml":
        told, count = OF_ODS.subn(lambda cell: EMPTY_TEXT.sub(b"", cell[0]), packed.read(part))
    else:
        return None
    return told if count else None


def _repacked(packed: zipfile.ZipFile, mended: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in packed.namelist():
            archive.writestr(name, mended[name] if name in mended else packed.read(name))
    return made.getvalue()
