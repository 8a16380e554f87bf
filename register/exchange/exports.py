"""What can be taken out of the register: one row a format."""

from collections.abc import Callable
from functools import partial
from typing import IO, NamedTuple

from register.exchange.archive.lookups import write_archive
from register.exchange.formats.calendar_lookups import write_calendar
from register.exchange.formats.csv_files import write_csv, write_sheet
from register.exchange.formats.kumu import write_blueprint, write_workbook
from register.exchange.formats.publication_lookups import write_contracts, write_grants
from register.exchange.formats.vcard import write_vcards
from register.exchange.formats.workbooks import write_xlsx
from register.exchange.network_exports import GRAPHS, writer_of
from register.exchange.sheets.columns import Sheet
from register.exchange.sheets.layouts import SHEETS
from register.exchange.taking.scope import Scope

Writer = Callable[[Scope, IO[bytes]], int]
"""Writes what a scope holds, and returns how many rows or records that were."""

CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP, JSON = "application/zip", "application/json"

SPREADSHEETS, SINGLE, PUBLIC, NETWORK, PEOPLE, WHOLE = GROUPS = (
    "Spreadsheets", "One sheet alone", "For publication", "For network tools", "Calendars and address books",
    "The whole register",
)  # fmt: skip
EVERY_LIST = frozenset({"", "partnerships", "organisations", "interactions"})
OF_PARTNERSHIPS = frozenset({"", "partnerships"})
UNNARROWED = frozenset({""})


class Export(NamedTuple):
    """A format, and for whom it is good."""

    key: str
    name: str
    purpose: str
    group: str
    media_type: str
    ending: str
    write: Writer
    lists: frozenset[str] = OF_PARTNERSHIPS
    """The lists whose filters it honours; an empty one stands for all that a person may see."""
    is_whole: bool = False
    """Whether it holds everything, whoever asks, and so needs a permission of its own."""


def _sheet(sheet: Sheet) -> Export:
    lists = {"", "partnerships"} | ({sheet.key} & EVERY_LIST)
    lists |= {"organisations"} if sheet.key == "contacts" else {"interactions"} if sheet.key == "readings" else set()
    return Export(
        sheet.key, sheet.key.capitalize(), sheet.about, SINGLE, CSV, "csv",
        partial(_write_sheet, sheet), frozenset(lists),
    )  # fmt: skip


def _write_sheet(sheet: Sheet, scope: Scope, target: IO[bytes]) -> int:
    return write_sheet(target, sheet, scope)


EXPORTS = (
    Export(
        "xlsx", "Excel workbook", "Every sheet in one workbook: change cells, bring it back, and just these change.",
        SPREADSHEETS, XLSX, "xlsx", write_xlsx, EVERY_LIST,
    ),
    Export(
        "csv", "CSV files", "The same sheets as plain files in a ZIP, with W3C metadata that tell each column.",
        SPREADSHEETS, ZIP, "zip", write_csv, EVERY_LIST,
    ),
    *(_sheet(sheet) for sheet in SHEETS),
    Export(
        "contracts", "Contracts register",
        "What the Transparency Code asks of each contract. Restricted partnerships are left out.",
        PUBLIC, CSV, "csv", write_contracts,
    ),
    Export(
        "grants", "Grants list",
        "What the Code asks of grants to voluntary and community bodies. Restricted partnerships are left out.",
        PUBLIC, CSV, "csv", write_grants,
    ),
    Export(
        "kumu-xlsx", "Kumu workbook", "Elements and connections, as Kumu’s spreadsheet import takes them.",
        NETWORK, XLSX, "xlsx", write_workbook,
    ),
    Export(
        "kumu-json", "Kumu blueprint", "The same as JSON, which Kumu calls a blueprint.",
        NETWORK, JSON, "json", write_blueprint,
    ),
    *(
        Export(one.key, one.name, one.purpose, NETWORK, one.media_type, one.ending, writer_of(one))
        for one in GRAPHS
    ),
    Export(
        "calendar", "Calendar file", "Reviews, last days for notice, ends and next meetings, as they stand today.",
        PEOPLE, "text/calendar; charset=utf-8", "ics", write_calendar,
    ),
    Export(
        "vcard", "Address book", "Contacts who have not left, as vCard for phones and mail programs.",
        PEOPLE, "text/vcard; charset=utf-8", "vcf", write_vcards, frozenset({"", "partnerships", "organisations"}),
    ),
    Export(
        "archive", "Archive", "Every table as JSON lines with a schema, which restores into an empty register.",
        WHOLE, ZIP, "zip", write_archive, UNNARROWED, is_whole=True,
    ),
)  # fmt: skip
EXPORT_BY_KEY = {export.key: export for export in EXPORTS}
