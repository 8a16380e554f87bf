"""From a file somebody brings to its text, or one sentence why it cannot be read."""

import stat
from dataclasses import dataclass
from pathlib import Path

from register.exchange.reading.decoding import Text, decoded, decoded_as, line_of, wide_encoding
from register.refusals import Refusal

MEGABYTE = 1_000_000
LIMITS = {
    "CSV": 50 * MEGABYTE,
    "JSON": 20 * MEGABYTE,
    "spreadsheet": 20 * MEGABYTE,
    "network": 20 * MEGABYTE,
    "calendar": 10 * MEGABYTE,
}
"""Bytes by kind of file. JSON grows about tenfold in memory, a table read row by row does not."""
LARGEST = max(LIMITS.values())

LONGEST_START = 1_000
"""Bytes in which it is seen how a file begins."""
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
"""Endings of spreadsheets, which are read whole by a library."""

OTHER_KINDS = (
    (b"PK\x03\x04", "a spreadsheet or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3", "a database file"),
)
"""First bytes of files that people bring by mistake, whatever the file is called."""

SPREADSHEET = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
"""First bytes of XLSX and ODS, which are zip files, an empty one too, and of XLS."""

NAMED = {"calendar": "a calendar", "network": "a file of a network"}
ADVICE = {"calendar": "Bring the .ics file that the calendar exports."}
"""What to do where saving the same as another kind of file would help nobody."""

@dataclass(frozen=True)
class Upload:
    """A file that somebody brings: its name, and the bytes in it."""

    name: str
    content: bytes

    @property
    def ending(self) -> str:
        """The end of the name, such as `.xlsx`."""
        return Path(self.name).suffix.casefold()

    @property
    def is_workbook(self) -> bool:
        """Whether it is a spreadsheet: by its first bytes, and where it has none by its name."""
        return self.content.startswith(SPREADSHEET) or self.ending in WORKBOOKS


    @property
    def is_json(self) -> bool:
        """Whether it begins as a JSON object or list does."""
        return self.content[:LONGEST_START].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] in (b"{", b"[")


def upload_from(path: Path) -> Upload:
    """Return a file of this machine, its size asked first so that a huge one costs nothing; raise Refusal."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise Refusal(f"{path} is not a file.")
        _refuse_size(about.st_size, path.name, _kind_of(path.suffix.casefold()))
        return Upload(path.name, path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise Refusal(f"There is no file {path}.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror.lower() if isinstance(error, OSError) and error.strerror else "its name is not valid"
        raise Refusal(f"{path} cannot be read: {reason}.") from None


ENDINGS = {
    ".json": "JSON",
    ".jsonl": "JSON",
    **dict.fromkeys(WORKBOOKS, "spreadsheet"),
    **dict.fromkeys((".gml", ".graphml", ".gexf", ".xml"), "network"),
    ".ics": "calendar",
}
"""What a file is said to be by the end of its name; any other is taken for CSV."""


def _kind_of(ending: str) -> str:
    return ENDINGS.get(ending, "CSV")


def text_of(upload: Upload, kind: str, encoding: str | None = None) -> Text:
    """Return the text of a file that is said to be of a kind of `LIMITS`; raise Refusal with why it is none."""
    content, name = upload.content, upload.name
    if not content.strip():
        raise Refusal(f"{name} is empty.")
    _refuse_size(len(content), name, kind)
    if encoding:
        return decoded_as(content, name, encoding)
    _refuse_other_kinds(content, name, kind)
    return decoded(content, name)


def refuse_size(upload: Upload, kind: str) -> None:
    """Refuse a file that is larger than its kind may be."""
    _refuse_size(len(upload.content), upload.name, kind)


def _refuse_size(size: int, name: str, kind: str) -> None:
    if size > LIMITS[kind]:
        message = f"{name} is {size / MEGABYTE:,.0f} MB. A {kind} file may have {LIMITS[kind] // MEGABYTE} MB at most."
        raise Refusal(f"{message} Split it and bring the parts.")


def _saved_as(kind: str) -> str:
    return f"Save it as {kind} and bring that."


def _refuse_other_kinds(content: bytes, name: str, kind: str) -> None:
    for start, what in OTHER_KINDS:
        if content.startswith(start):
            raise Refusal(f"{name} is {what}, not {NAMED.get(kind, kind)}. {ADVICE.get(kind) or _saved_as(kind)}")
    if wide_encoding(content):
        return
    if (null := content.find(b"\0")) >= 0:
        raise Refusal(f"{name} is not a text file: line {line_of(content, null)} has a null character.")
    if kind in ("network", "calendar"):
        return
    first = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if first == b"<":
        raise Refusal(f"{name} is a web page or XML, not {kind}.")
    if (first in (b"{", b"[")) != (kind == "JSON"):
        raise Refusal(f"{name} is JSON, not CSV." if kind == "CSV" else f"{name} is not JSON.")
