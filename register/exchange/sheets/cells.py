"""What stands in a cell of our own sheets, from value to cell; `cell_values` goes the other way.

A text that a spreadsheet would take for a formula gets an apostrophe in front, which is taken off again when it comes
back; numbers and days are written as such.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from register.exchange.reading.formulas import neutral
from register.exchange.sheets.columns import (
    DAY,
    FLAG,
    ID,
    IDENTIFIERS,
    LIST,
    NAME,
    NAMES,
    NUMBER,
    PARAGRAPHS,
    PENCE,
    TEXT,
    WORD,
    WORDS,
    Column,
)

Cell = str | int | Decimal | date | None
"""A cell as a format writes it: days and numbers are told apart from text."""


ESCAPED = re.compile(r"\\([\\;])")
PARTED = re.compile(r"((?:[^\\;]|\\.)*?)\s*(?:;\s*|$)", re.DOTALL)


def joined(texts: Iterable[str]) -> str:
    r"""Return several texts as one cell.

    >>> joined(["a", "b;c"])
    'a; b\\;c'
    """
    return "; ".join(text.replace("\\", "\\\\").replace(";", "\\;") for text in texts)


def parted(text: str) -> tuple[str, ...]:
    """Return the texts of one cell."""
    found = (ESCAPED.sub(r"\1", part).strip() for part in PARTED.findall(text))
    return tuple(part for part in found if part)


def marked(key: int, name: str) -> str:
    """Return a record as a cell of several names it: `#12 Brook Care`."""
    return f"#{key} {name}"


def cell_of(column: Column, value: Any) -> Cell:
    """Return what a value is in a cell; nothing is an empty cell."""
    if value is None:
        return None
    written = WRITTEN[column.kind](column, value)
    return (neutral(written) or None) if isinstance(written, str) else written


def _pounds(_column: Column, pence: int) -> Decimal:
    return Decimal(pence).scaleb(-2).quantize(Decimal("0.01"))


def _word(column: Column, key: str) -> str:
    return next((kind.name for kind in column.words if kind.key == key), key)


def _as_it_is(_column: Column, value: Any) -> Any:
    return value


WRITTEN: Mapping[str, Callable[[Column, Any], Cell]] = {
    TEXT: _as_it_is,
    PARAGRAPHS: _as_it_is,
    NAME: _as_it_is,
    DAY: _as_it_is,
    NUMBER: _as_it_is,
    ID: _as_it_is,
    PENCE: _pounds,
    WORD: _word,
    WORDS: lambda column, keys: joined(_word(column, key) for key in keys),
    FLAG: lambda _, truth: "yes" if truth else "no",
    LIST: lambda _, texts: joined(texts),
    NAMES: lambda _, texts: joined(texts),
    IDENTIFIERS: lambda _, pairs: joined(f"{scheme} {value}" for scheme, value in pairs),
}


def written_row(columns: Sequence[Column], values: Iterable[Any]) -> list[Cell]:
    """Return a row of values as cells."""
    return [cell_of(column, value) for column, value in zip(columns, values, strict=True)]
