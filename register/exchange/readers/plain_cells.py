"""Cells of tables that other people fill in: days, sums of money and texts, each as far as it can be kept."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from register.exchange.readers.days import NOT_A_DAY, day_of_cell
from register.exchange.reading.documents import LARGEST_AMOUNT
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.tables import TableRow, refuse_cell
from register.text import CONTROL, LINE

AMOUNT = re.compile(r"£?\s*([0-9][0-9.,]*)\s*([km]?)", re.IGNORECASE)
OURS = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3})(?:\.[0-9]*)?")
"""1200.50, 1,200.50 and 12,00,000."""
THEIRS = re.compile(r"(?:[0-9]+,[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{3}){2,})")
"""1200,50, 1.200,50 and 1.200.000, as much of Europe writes them: nothing that `OURS` could mean."""
EITHER = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
"""One pound twenty here and twelve hundred there."""
MULTIPLES = {"": 1, "k": 1_000, "m": 1_000_000}


def day_in(row: TableRow, column: str, findings: Findings) -> date | None:
    """Return the day in a cell, None for an empty one; what is no day is a problem."""
    text = row.cell(column)
    if not text:
        return None
    try:
        return day_of_cell(text)
    except (ValueError, OverflowError):
        refuse_cell(findings, row, column, NOT_A_DAY)
        return None


def pounds_in(row: TableRow, column: str, findings: Findings) -> Decimal | None:
    """Return the sum in a cell, None for an empty one; what cannot be a sum is noted, what is no number a problem."""
    text = row.cell(column)
    if not text:
        return None
    try:
        number, unit = found.groups() if (found := AMOUNT.fullmatch(text)) else (text, "")
        amount = Decimal(_written_plainly(number)) * MULTIPLES[unit.lower()]
    except InvalidOperation:
        refuse_cell(findings, row, column, "this is not an amount; write it as 30000 or 30000.50")
        return None
    if not amount.is_finite() or not 0 <= amount <= LARGEST_AMOUNT:
        reason = "this cannot be a sum of money, and was left out"
        findings.add_note(Problem(findings.sheet, row.number, column, text, reason))
        return None
    if EITHER.fullmatch(number) and not unit:
        reason = f"this was read as £{amount:,.2f}; write {number.replace('.', '')} if thousands are meant"
        findings.add_note(Problem(findings.sheet, row.number, column, text, reason))
    return amount


def _written_plainly(number: str) -> str:
    """Return a number without what sets thousands apart, and with a point before its pennies.

    >>> _written_plainly("1,200.50"), _written_plainly("1.200,50"), _written_plainly("12,5,0")
    ('1200.50', '1200.50', '12,5,0')
    """
    if OURS.fullmatch(number):
        return number.replace(",", "")
    return number.replace(".", "").replace(",", ".") if THEIRS.fullmatch(number) else number


def text_in(row: TableRow, column: str, limit: int) -> str:
    """Return a text that can be kept: without control characters, and cut where it is too long."""
    text = CONTROL.sub(" ", row.cell(column)).strip()
    if limit == LINE:
        text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
