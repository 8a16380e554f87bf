"""The kinds of import: one row each, from which pages, command line and guidance are made.

To add one: a function that reads a file (`Upload` and `Choices` to a `Reading`, whose `findings` name what is wrong by
sheet, row, column and value), a function that brings what was read into the register record by record (`Errand.one`),
and a row in `IMPORTS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from register.database import db
from register.database.engine import see_one_moment, set_reading
from register.exchange.arrivals.arrangements import bring_arrangements
from register.exchange.arrivals.calendars import bring_calendar
from register.exchange.arrivals.organisations import bring_councils
from register.exchange.arrivals.own_sheets import bring_sheets
from register.exchange.bringing.batch_changes import keep_batch
from register.exchange.bringing.batch_models import ImportBatch
from register.exchange.bringing.errands import Errand
from register.exchange.readers.calendars import ENDINGS as CALENDAR_FILES
from register.exchange.readers.calendars import read_calendar
from register.exchange.readers.contract_columns import COLUMNS as CONTRACT_COLUMNS
from register.exchange.readers.contract_register import read_contract_register
from register.exchange.readers.councils import COLUMNS as COUNCIL_COLUMNS
from register.exchange.readers.councils import read_councils
from register.exchange.readers.grant_columns import COLUMNS as GRANT_COLUMNS
from register.exchange.readers.grant_files import read_grants
from register.exchange.readers.network_files import ENDINGS as NETWORK_FILES
from register.exchange.readers.network_files import read_network
from register.exchange.readers.ocds import read_contracts
from register.exchange.reading.choices import Choices
from register.exchange.reading.columns import Column
from register.exchange.reading.findings import Findings
from register.exchange.reading.uploads import Upload
from register.exchange.sheets.asking import asked_columns
from register.exchange.sheets.columns import Sheet
from register.exchange.sheets.files import read_sheets
from register.exchange.sheets.layouts import SHEETS
from register.exchange.sheets.reading import SheetsRead, reader_of

TABLE_FILES = (".csv", ".xlsx", ".xls", ".ods")
JSON_FILES = (".json", ".jsonl")
TAKEN = frozenset({"organisations"})
"""Sheets whose name is a word of the command line already."""


class Reading(Protocol):
    """What was read of a file, for the function that brings it."""

    findings: Findings

    def __len__(self) -> int:
        """Return how many steps bringing it takes."""


@dataclass(frozen=True)
class ImportKind:
    """One kind of import."""

    key: str
    """Its word on the command line and in addresses."""
    name: str
    about: str
    """What it is for and what it makes, in a sentence or two."""
    endings: tuple[str, ...]
    read: Callable[[Upload, Choices], Any]
    """Returns a `Reading`, or raises Refusal in one sentence when the file cannot be read at all."""
    bring: Callable[[Errand, Any], None]
    """Takes what `read` returned."""
    columns: tuple[Column, ...] = ()
    """The columns of a table; empty for a file that is none, or that has its own shape."""
    asks: tuple[str, ...] = ()
    """What the import wants to know beside how the file is read: mode, leads, days, numbers, partnership, window."""
    also: tuple[str, ...] = ()
    """Former words of the command line."""

    @property
    def is_table(self) -> bool:
        """Whether the file is a table whose columns a person may map."""
        return bool(self.columns)

    def reads_table(self, upload: Upload) -> bool:
        """Whether this very file is such a table: some kinds come as JSON as well."""
        return self.is_table and not upload.is_json


def _own(sheet: Sheet) -> ImportKind:
    """Return the import of one of our own sheets alone."""
    return ImportKind(
        key=f"sheet-{sheet.key}",
        name=f"Our own sheet of {sheet.key}",
        about=sheet.about,
        endings=TABLE_FILES,
        read=reader_of(sheet),
        bring=bring_sheets,
        columns=asked_columns(sheet),
        asks=("mode", "leads", "days", "numbers"),
        also=() if sheet.key in TAKEN else (sheet.key,),
    )


IMPORTS = (
    ImportKind(
        key="sheets",
        name="Our own workbook",
        about="The template filled in, or an export brought back: our sheets in one workbook, or as CSV files in "
        "a ZIP. What is the same stays, what differs changes.",
        endings=(".xlsx", ".ods", ".xls", ".zip"),
        read=read_sheets,
        bring=bring_sheets,
        asks=("mode", "leads", "days", "numbers"),
    ),
    ImportKind(
        key="councils",
        name="Councils of the UK",
        about="Councils from the open register of UK local authorities, with those that have ended and who took over.",
        endings=TABLE_FILES,
        read=read_councils,
        bring=bring_councils,
        columns=COUNCIL_COLUMNS,
        asks=("mode", "days"),
        also=("organisations",),
    ),
    ImportKind(
        key="ocds",
        name="Contracts in open contracting data (OCDS)",
        about="Commissioning arrangements from an Open Contracting (OCDS 1.1) file, be it a package, a list, a single "
        "release or one a line: each process with an award becomes "
        "a partnership of its buyer and its suppliers.",
        endings=JSON_FILES,
        read=read_contracts,
        bring=bring_arrangements,
        asks=("mode", "leads"),
    ),
    ImportKind(
        key="grants",
        name="Grants (360Giving)",
        about="Grants from a 360Giving spreadsheet or JSON file: each becomes a partnership of its funder and its "
        "recipient, with the grant as its deal. Grants to a person are left out.",
        endings=(*TABLE_FILES, *JSON_FILES),
        read=read_grants,
        bring=bring_arrangements,
        columns=GRANT_COLUMNS,
        asks=("mode", "leads", "days"),
        also=("360giving",),
    ),
    ImportKind(
        key="contracts",
        name="A contracts register (Transparency Code)",
        about="The contracts register that a council publishes: each row becomes a commissioning arrangement of who "
        "buys and who supplies, with its deal. Columns that are called otherwise can be mapped.",
        endings=TABLE_FILES,
        read=read_contract_register,
        bring=bring_arrangements,
        columns=CONTRACT_COLUMNS,
        asks=("mode", "leads", "days"),
    ),
    ImportKind(
        key="network",
        name="A network drawn elsewhere",
        about="Kumu (its sheets of elements and connections, its blueprint, its export), edge lists, Gephi tables, "
        "GraphML, GEXF and GML: each node becomes an organisation, each tie a partnership of two. "
        "What a tie weighs is no reading of trust, and none is made of it.",
        endings=NETWORK_FILES,
        read=read_network,
        bring=bring_arrangements,
        asks=("mode", "leads"),
        also=("kumu",),
    ),
    ImportKind(
        key="calendar",
        name="Meetings of a calendar (iCalendar)",
        about="Meetings that were held, from a calendar file into the log of one partnership. Cancelled, private and "
        "coming events are left out; those that repeat are taken between two days that you choose. No reading is made.",
        endings=CALENDAR_FILES,
        read=read_calendar,
        bring=bring_calendar,
        asks=("partnership", "window", "leads"),
        also=("ical",),
    ),
    *map(_own, SHEETS),
)
IMPORT_BY_KEY = {kind.key: kind for kind in IMPORTS}


def import_kind(key: str) -> ImportKind | None:
    """Return a kind by its word or a former one."""
    former = {word: kind for kind in IMPORTS for word in kind.also}
    return IMPORT_BY_KEY.get(key) or former.get(key)


def read_upload(kind: ImportKind, upload: Upload, choices: Choices) -> Reading:
    """Read a file as a kind of import; raise Refusal when it cannot be read at all."""
    found: Reading = kind.read(upload, choices)
    return found


def keep(kind: ImportKind, reading: Reading, errand: Errand, upload: Upload) -> ImportBatch | None:
    """Bring what was read into the register, and keep it as a batch that can be undone; None when nothing changed."""
    bring(kind, reading, errand, upload.name)
    return keep_batch(errand, kind.key, upload, reading.findings.header)


def bring(kind: ImportKind, reading: Reading, errand: Errand, name: str) -> None:
    """Bring what was read into the register, and settle it: raise Refusal where it is all or nothing and not all.

    Flushes and never commits. What happened stands in `errand.summary`, also when it is refused.
    """
    kind.bring(errand, reading)
    if not errand.choices.row_by_row:
        errand.summary.settle(name)


def rehearse(kind: ImportKind, reading: Reading, errand: Errand) -> None:
    """Do all that an import would do, and undo it, so that its counts are true.

    What can be checked by reading alone writes nothing, and holds up nobody who writes.
    """
    errand.is_trial = isinstance(reading, SheetsRead) and reading.is_logged_alone
    if errand.is_trial:
        see_one_moment(db.session)
    try:
        kind.bring(errand, reading)
    finally:
        db.session.rollback()
        set_reading(only=False)
