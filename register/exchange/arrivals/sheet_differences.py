"""What a row of our own sheets says otherwise than the register, column by column."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from register.clock import day_words
from register.exchange.bringing.outcomes import FieldChange
from register.exchange.sheets.cell_values import CLEAR
from register.exchange.sheets.cells import cell_of
from register.exchange.sheets.columns import ID, IDENTIFIERS, LIST, NAME, NAMES, PARAGRAPHS, TEXT, WORDS, Column, Sheet
from register.exchange.sheets.reading import SheetRow
from register.refusals import Refusal

NOT_COMPARED = frozenset({ID, NAME, NAMES})
"""Columns that refer to other records: whoever keeps the row compares what they lead to."""
NOTHING: tuple[Any, ...] = (None, (), [], "")


class Difference(NamedTuple):
    """One column that a row changes."""

    column: Column
    was: Any
    given: Any
    """None where the row empties what is there."""

    @property
    def told(self) -> FieldChange:
        """The same for people."""
        return FieldChange(self.column.title, _text(self.column, self.was), _text(self.column, self.given))


def _text(column: Column, value: Any) -> str:
    cell = cell_of(column, value)
    return "" if cell is None else day_words(cell) if isinstance(cell, date) else str(cell)


def differences(sheet: Sheet, row: SheetRow, current: Mapping[str, Any], but: Collection[str] = ()) -> list[Difference]:
    """Return what a row changes of a record; an empty cell changes nothing."""
    found = []
    for column in sheet.columns:
        given = row.values.get(column.key)
        if given is None or column.kind in NOT_COMPARED or column.is_told or column.key in but:
            continue
        was = current[column.key]
        if given is CLEAR:
            if was not in NOTHING:
                found.append(Difference(column, was, None))
        elif _differs(column, was, given):
            found.append(Difference(column, was, given))
    return found


def _differs(column: Column, was: Any, given: Any) -> bool:
    if column.kind in (TEXT, PARAGRAPHS):
        return kept_text(column, was or "") != kept_text(column, given)
    if column.kind == IDENTIFIERS:
        return not set(given) <= {tuple(pair) for pair in was or ()}
    if column.kind in (LIST, WORDS):
        return set(given) != set(was or ())
    return bool(was != given)


def kept_text(column: Column, text: str) -> str:
    """Return a text as the register would keep it, so that only what differs there counts as different."""
    composed = unicodedata.normalize("NFC", text)
    if column.kind == TEXT:
        return " ".join(composed.split())
    return composed.replace("\r\n", "\n").replace("\r", "\n").strip()


def given_facts(row: SheetRow, keys: Iterable[str]) -> dict[str, Any]:
    """Return what a new row says of some columns; what it leaves empty, or empties, is not there."""
    values = row.values
    return {key: values[key] for key in keys if values.get(key) is not None and values[key] is not CLEAR}


def changed_facts(found: Iterable[Difference], keys: Collection[str]) -> dict[str, Any]:
    """Return the new values of some columns that differ."""
    return {one.column.key: one.given for one in found if one.column.key in keys}


def settled(found: list[Difference], row: SheetRow, first: int, replaced: Collection[str]) -> list[Difference]:
    """Return what a row says otherwise, unless an earlier row about the record has settled it.

    Of two rows that replace the same the last would win, and again the next time. `first` is the row in which the
    record was met first; columns that are not among the replaced ones only add.
    """
    column = next((one.column for one in found if one.column.key in replaced), None)
    if first != row.number and column:
        raise Refusal(f"Row {first} is the same record and says otherwise. Let one row say it.", column.key)
    return found
