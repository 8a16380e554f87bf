"""What a cell of our own sheets says, from cell to value; `cells` goes the other way.

An empty cell leaves alone what is there, and `-` empties it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import Any, Final

from register.exchange.reading.days import day_of_cell
from register.exchange.reading.formulas import plain
from register.exchange.reading.identifiers import company_number
from register.exchange.sheets.cells import WRITTEN, joined, parted
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


class Marked(int):
    """A number of several in one cell, such as `#12 Riverside Advice`, and the name that stands behind it."""

    name = ""


class Key(str):
    """A key by which rows of one file refer to one another."""

    __slots__ = ()


Ref = int | str
"""Another record: our id, or the name or key by which the file calls it."""


class Mark(Enum):
    """What a cell says besides a value."""

    CLEAR = "-"
    """Empty what is there."""


CLEAR: Final = Mark.CLEAR
EMPTIED: Final = CLEAR.value
MONEY = re.compile(r"£?\s*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,18})(?:\.([0-9]{1,2})0*)?")
WHOLE = re.compile(r"#?\s*([0-9]{1,10})(?:\.0+)?")
MARKED = re.compile(r"#([0-9]{1,10})(?:\s+(.*))?", re.DOTALL)
LARGEST_ID = 2**31 - 1
COMPANIES = "GB-COH"
TRUTHS = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


class UnreadableError(ValueError):
    """A cell cannot be read; the message says as a clause what to do about it."""


def value_of(column: Column, text: str) -> Any:
    """Return what a cell says: None when it is empty, `CLEAR` to empty what is there, else the value.

    Raises UnreadableError with what to do.
    """
    if not text:
        return None
    return CLEAR if text == EMPTIED else READ[column.kind](column, plain(text))


def _day(_column: Column, text: str) -> date:
    try:
        return day_of_cell(text)
    except (ValueError, OverflowError):
        raise UnreadableError("this is not a day; write it as 2026-04-01 or 01/04/2026") from None


def _pence(_column: Column, text: str) -> int:
    found = MONEY.fullmatch(text)
    if found is None:
        raise UnreadableError("this is not an amount in pounds; write it as 4200000.00")
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))


def _number(_column: Column, text: str) -> int:
    found = WHOLE.fullmatch(text)
    if found is None:
        raise UnreadableError("this is not a whole number")
    return int(found[1])


def _id(_column: Column, text: str) -> Ref:
    found = WHOLE.fullmatch(text)
    if found is None:
        return text
    if not 0 < int(found[1]) <= LARGEST_ID:
        raise UnreadableError("no record has this number")
    return int(found[1])


def key_of_word(column: Column, text: str) -> str:
    """Return the key of a word, given by its name or its key in any case."""
    wanted = text.casefold()
    for kind in column.words:
        if wanted in (kind.name.casefold(), kind.key.casefold()):
            return kind.key
    raise UnreadableError(f"this word is not known; use one of {', '.join(kind.name for kind in column.words)}")


def _flag(_column: Column, text: str) -> bool:
    found = TRUTHS.get(text.casefold())
    if found is None:
        raise UnreadableError("this is neither yes nor no")
    return found


def _identifiers(_column: Column, text: str) -> tuple[tuple[str, str], ...]:
    pairs = [(scheme, value.strip()) for scheme, _, value in (part.partition(" ") for part in parted(text))]
    if not all(value for _, value in pairs):
        raise UnreadableError("this is not a scheme and a number; write it as GB-COH 01234567")
    return tuple((scheme, _number_in(scheme, value)) for scheme, value in pairs)


def _number_in(scheme: str, value: str) -> str:
    """Return a number as the register keeps it: spreadsheets take the noughts off a company's."""
    return (company_number(value) or value) if scheme == COMPANIES else value


def _names(_column: Column, text: str) -> tuple[Ref, ...]:
    return tuple(_marked(found) if (found := MARKED.fullmatch(part)) else part for part in parted(text))


def _marked(found: re.Match[str]) -> Marked:
    number = Marked(found[1])
    number.name = found[2] or ""
    return number


READ: Mapping[str, Callable[[Column, str], Any]] = {
    TEXT: lambda _, text: text,
    PARAGRAPHS: lambda _, text: text,
    NAME: lambda _, text: text,
    DAY: _day,
    NUMBER: _number,
    ID: _id,
    PENCE: _pence,
    WORD: key_of_word,
    WORDS: lambda column, text: tuple(key_of_word(column, part) for part in parted(text)),
    FLAG: _flag,
    LIST: lambda _, text: parted(text),
    NAMES: _names,
    IDENTIFIERS: _identifiers,
}


def said_in(column: Column, value: Any) -> str:
    """Return a value as its cell says it, for a sentence about the cell."""
    if value is None or value is CLEAR:
        return "" if value is None else CLEAR.value
    if column.kind == NAMES:
        return joined(f"#{one}" if isinstance(one, int) else one for one in value)
    return str(WRITTEN[column.kind](column, value))
