"""Metadata of CSV files as CSV on the Web (a W3C recommendation) has them: what each column of each file holds."""

from collections.abc import Iterable, Mapping
from typing import Any

from register.exchange.sheets.columns import (
    DAY,
    FLAG,
    FORMS,
    ID,
    IDENTIFIERS,
    LIST,
    NAMES,
    NUMBER,
    PENCE,
    WORDS,
    Column,
    Sheet,
)

DATATYPES: Mapping[str, Any] = {
    DAY: {"base": "date", "format": "yyyy-MM-dd"},
    PENCE: {"base": "decimal", "format": "0.00"},
    NUMBER: "integer",
    ID: "integer",
    FLAG: {"base": "boolean", "format": "yes|no"},
}
"""What stands in cells that are no text."""
SEVERAL = frozenset({LIST, WORDS, NAMES, IDENTIFIERS})


def metadata(sheets: Iterable[Sheet]) -> dict[str, Any]:
    """Return the metadata of some sheets that lie beside them as files."""
    shown = tuple(sheets)
    return {"@context": "http://www.w3.org/ns/csvw", "tables": [_table(sheet, shown) for sheet in shown]}


def _table(sheet: Sheet, beside: tuple[Sheet, ...]) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(column) for column in sheet.columns]}
    if "id" in sheet.by_key:
        schema["primaryKey"] = "id"
    keys = [_reference(column) for column in sheet.columns if column.kind == ID and column.of in _keyed(beside)]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "url": f"{sheet.key}.csv",
        "dc:description": sheet.about,
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
        "tableSchema": schema,
    }


def _keyed(sheets: tuple[Sheet, ...]) -> set[str]:
    return {sheet.key for sheet in sheets if "id" in sheet.by_key}


def _reference(column: Column) -> dict[str, Any]:
    return {"columnReference": column.key, "reference": {"resource": f"{column.of}.csv", "columnReference": "id"}}


def _column(column: Column) -> dict[str, Any]:
    said = " ".join(part for part in (column.help, f"{FORMS[column.kind].capitalize()}.") if part)
    about: dict[str, Any] = {
        "name": column.key,
        "titles": column.title,
        "dc:description": said,
        "datatype": DATATYPES.get(column.kind, "string"),
    }
    if column.kind in SEVERAL:
        about["separator"] = "; "
    return about
