"""Cells of tables that other people fill in: days, sums of money and texts, each as far as it can be kept."""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

from register.exchange.reading.days import COUNTED, NOT_A_DAY, day_of_cell
from register.exchange.reading.documents import LARGEST_AMOUNT
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.tables import TableRow, refuse_cell
from register.text import CONTROL, LINE

AMOUNT = re.compile(
    r"'?(?P<minus>[-(]?)\s*(?:£|GBP)?\s*(?P<minus_too>-?)(?P<number>[0-9][0-9.,\s]*)"
    r"(?P<unit>k|thousand|m|mn|million|bn|billion)?\s*(?:GBP|pounds)?\s*\)?"
    r"\s*(?:p\.?\s?a\.?|per annum|per year|a year|annually|in total|total)?",
    re.IGNORECASE,
)
APART = re.compile(r"(?<=[0-9])\s(?=[0-9]{3}(?![0-9]))")
"""A blank that sets thousands apart, as in 1 234 567.50."""
OURS = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3})(?:\.[0-9]*)?")
"""1200.50, 1,200.50 and 12,00,000."""
THEIRS = re.compile(r"(?:[0-9]+,[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{3}){2,})")
"""1200,50, 1.200,50 and 1.200.000, as much of Europe writes them: nothing that `OURS` could mean."""
EITHER = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
"""One pound twenty here and twelve hundred there."""
NOT_AN_AMOUNT = "this is not an amount; write it as 30000 or 30000.50"
MULTIPLES = {
    "": 1, "k": 1_000, "thousand": 1_000, "m": 10**6, "mn": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9,
}  # fmt: skip
NOTHING = frozenset(
    (
        "n/a", "na", "n.a.", "#n/a", "none", "nil", "null", "unknown", "not known", "not applicable", "not available",
        "not stated", "not specified", "tbc", "tba", "tbd", "to be confirmed", "-", "–", "—", ".", "?", "£-", "£ -",
        "various", "varies", "variable",
    )
)  # fmt: skip
"""What people write where there is nothing to write."""
ENDLESS = frozenset(
    (
        "ongoing", "on-going", "on going", "rolling", "open", "open ended", "open-ended", "continuous", "perpetual",
        "indefinite", "permanent", "no end date", "until terminated", "annual rolling",
    )
)  # fmt: skip
"""What people write for the day on which something ends that goes on."""
SAYS_NOTHING = "this says nothing, and was taken for blank"
COUNTS = "this number was read as the day for which a spreadsheet has it"
GOES_ON = "this names no day, and was taken for blank"


def told_in(row: TableRow, column: str, findings: Findings, *, also: frozenset[str] = frozenset()) -> str:
    """Return what a cell says; words that say nothing are taken for blank, and remarked on."""
    text = row.cell(column)
    word = text.casefold()
    if word in NOTHING or word in also:
        reason = SAYS_NOTHING if word in NOTHING else GOES_ON
        findings.remark(Problem(findings.sheet, row.number, column, text, reason))
        return ""
    return text


def day_in(row: TableRow, column: str, findings: Findings) -> date | None:
    """Return the day in a cell, None for an empty one; what is no day is a problem."""
    text = told_in(row, column, findings, also=ENDLESS)
    if not text:
        return None
    try:
        day = day_of_cell(text, is_end="end" in column)
    except (ValueError, OverflowError):
        refuse_cell(findings, row, column, NOT_A_DAY)
        return None
    if COUNTED.fullmatch(text):
        findings.remark(Problem(findings.sheet, row.number, column, text, COUNTS))
    return day


def pounds_in(row: TableRow, column: str, findings: Findings) -> Decimal | None:
    """Return the sum in a cell, None for an empty one; what cannot be a sum is noted, what is no number a problem."""
    text = told_in(row, column, findings)
    if not text:
        return None
    try:
        amount, number = amount_of(text)
    except InvalidOperation:
        refuse_cell(findings, row, column, NOT_AN_AMOUNT)
        return None
    if not amount.is_finite() or not 0 <= amount <= LARGEST_AMOUNT:
        reason = "this cannot be a sum of money, and was left out"
        findings.add_note(Problem(findings.sheet, row.number, column, text, reason))
        return None
    if EITHER.fullmatch(number):
        reason = f"this was read as £{amount:,.2f}; write {number.replace('.', '')} if thousands are meant"
        findings.add_note(Problem(findings.sheet, row.number, column, text, reason))
    return amount


def amount_of(text: str) -> tuple[Decimal, str]:
    """Return the pounds that a text names, and its number as it stands there; raise InvalidOperation for none.

    >>> [str(amount_of(text)[0]) for text in ("£1,234.50", "1.5m", "(500)", "GBP 1 234")]
    ['1234.50', '1500000.0', '-500', '1234']
    """
    found = AMOUNT.fullmatch(unicodedata.normalize("NFKC", text))
    if not found:
        return Decimal(text), text
    number = APART.sub("", found["number"].strip())
    unit = (found["unit"] or "").lower()
    amount = Decimal(_written_plainly(number)) * MULTIPLES[unit]
    return -amount if found["minus"] or found["minus_too"] else amount, number if not unit else ""


def unread_amount(text: str) -> str:
    """Return why a text is no sum, as a clause that says what to do; empty when it is one."""
    try:
        amount_of(text)
    except InvalidOperation:
        return NOT_AN_AMOUNT
    return ""


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
