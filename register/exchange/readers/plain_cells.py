"""Cells of tables that other people fill in: days, sums of money and texts, each as far as it can be kept."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from register.exchange.readers.days import NOT_A_DAY, day_of_cell
from register.exchange.reading.documents import LARGEST_AMOUNT
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.tables import TableRow, refuse_cell
from register.text import CONTROL, LINE

AMOUNT = re.compile(r"£?\s*([0-9][0-9,]*(?:\.[0-9]+)?)\s*([km]?)", re.IGNORECASE)
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
        amount = Decimal(number.replace(",", "")) * MULTIPLES[unit.lower()]
    except InvalidOperation:
        refuse_cell(findings, row, column, "this is not an amount; write it as 30000 or 30000.50")
        return None
    if not amount.is_finite() or not 0 <= amount <= LARGEST_AMOUNT:
        reason = "this cannot be a sum of money, and was left out"
        findings.add_note(Problem(findings.sheet, row.number, column, text, reason))
        return None
    return amount


def text_in(row: TableRow, column: str, limit: int) -> str:
    """Return a text that can be kept: without control characters, and cut where it is too long."""
    text = CONTROL.sub(" ", row.cell(column)).strip()
    if limit == LINE:
        text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
