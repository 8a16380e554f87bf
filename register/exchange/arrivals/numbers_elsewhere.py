"""Our own sheets out of another register: the numbers in them tell rows of the file apart, and name nothing here."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from register.accounts.changes import find_person
from register.database import db
from register.exchange.bringing.errands import Errand
from register.exchange.sheets.cell_values import CLEAR, Key, Marked
from register.exchange.sheets.columns import ID, NAMES, Column, Sheet
from register.exchange.sheets.layouts import SHEET_BY_KEY
from register.exchange.sheets.reading import SheetRow, SheetsRead
from register.partnerships.organisation_models import Organisation

TAKEN_AS_KEYS = (
    "The numbers of this file are those of another register: they say which of its rows belong together, and its "
    "records get numbers of their own here."
)
NO_SUCH_LEADS = "Lead officers who have no account here were left out: "

Kept = dict[str, set[int]]
"""The numbers that rows of a file have, by sheet."""


def are_of_another(errand: Errand, read: SheetsRead) -> bool:
    """Say whether the numbers of a file are another register's: as was chosen, or when none can be of this one."""
    if errand.choices.numbers:
        return errand.choices.numbers == "theirs"
    numbered = any(isinstance(row.own_key, int) for rows in read.rows.values() for row in rows)
    return numbered and db.session.scalar(select(Organisation.id).limit(1)) is None


def take_as_keys(read: SheetsRead) -> None:
    """Turn the numbers of a file into keys of its own.

    What names a row that the file does not have is told by the name beside its number, where there is one.
    """
    kept = {key: {row.own_key for row in rows if isinstance(row.own_key, int)} for key, rows in read.rows.items()}
    for key, rows in read.rows.items():
        sheet = SHEET_BY_KEY[key]
        rekeyed = [SheetRow(row.number, dict(_rekeyed(sheet, row, kept))) for row in rows]
        read.rows[key] = _referred_first(sheet, rekeyed)
    read.findings.notices.append(TAKEN_AS_KEYS)
    _leave_out_strangers(read)


def _rekeyed(sheet: Sheet, row: SheetRow, kept: Kept) -> Iterator[tuple[str, Any]]:
    for name, value in row.values.items():
        column = sheet.by_key[name]
        if column.kind == NAMES and value is not CLEAR:
            yield name, tuple(_key(column, one, kept) for one in value)
        elif column.kind != ID or not isinstance(value, int):
            yield name, value
        elif not column.of or value in kept.get(column.of, ()) or name.removesuffix("_id") not in sheet.by_key:
            yield name, Key(value)


def _key(column: Column, one: Any, kept: Kept) -> Any:
    """Return by what one of several records is meant: its row in the file, or its name."""
    if not isinstance(one, Marked):
        return one
    return Key(one) if one in kept.get(column.of, ()) or not one.name else one.name


def _referred_first(sheet: Sheet, rows: Sequence[SheetRow]) -> list[SheetRow]:
    """Return rows in their order, but each after the rows of its own sheet that it names, such as the body it is of."""
    columns = [column.key for column in sheet.columns if column.of == sheet.key]
    by_key = {row.own_key: row for row in rows if row.own_key is not None}
    found: dict[int, SheetRow] = {}
    started: set[int] = set()
    waiting = [*reversed(rows)] if columns else []
    while waiting:
        row = waiting[-1]
        named = [] if row.number in started else [by_key[key] for key in _keys(row, columns) if key in by_key]
        started.add(row.number)
        ahead = [one for one in named if one.number not in started]
        if ahead:
            waiting.extend(ahead)
        else:
            found.setdefault(waiting.pop().number, row)
    return [*found.values()] if columns else [*rows]


def _keys(row: SheetRow, columns: Sequence[str]) -> Iterator[Key]:
    for name in columns:
        value = row.values.get(name)
        yield from (one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Key))


def _leave_out_strangers(read: SheetsRead) -> None:
    """Let no partnership fail for the account of its lead officer, which is of the other register."""
    rows = [row for row in read.rows.get("partnerships", ()) if isinstance(row.values.get("lead_officer"), str)]
    strangers = {one for one in {row.values["lead_officer"] for row in rows} if find_person(one) is None}
    for row in rows:
        if row.values["lead_officer"] in strangers:
            del row.values["lead_officer"]
    if strangers:
        read.findings.notices.append(f"{NO_SUCH_LEADS}{', '.join(sorted(strangers))}.")
