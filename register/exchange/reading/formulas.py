"""Texts that a spreadsheet would compute: written with an apostrophe in front, which comes off when they come back."""

import re

FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""How a text begins that some spreadsheet takes for a formula, behind any number of apostrophes."""
NUMBER = re.compile(r"[+-]?[0-9][0-9,. ]*")
REASON = "Why it was refused"
"""The title of the column that a file of refused rows has besides its own, by which it is known again."""


def neutral(text: str) -> str:
    """Return a text that no spreadsheet computes.

    >>> neutral("=1+1"), neutral("'=1"), neutral("a=1")
    ("'=1+1", "''=1", 'a=1')
    """
    return f"'{text}" if FORMULA.match(text) else text


def plain(text: str) -> str:
    """Return a text without the apostrophe that `neutral` put in front."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def neutral_cell(cell: str) -> str:
    """Return a cell of somebody's file that no spreadsheet computes; a number stays one.

    >>> neutral_cell("-5"), neutral_cell("-5+cmd")
    ('-5', "'-5+cmd")
    """
    return cell if NUMBER.fullmatch(cell) else neutral(cell)
