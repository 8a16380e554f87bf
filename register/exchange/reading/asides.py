"""Rows of a table that are no records: sums under it, and headings or notes between or under its rows."""

import re
from collections.abc import Iterable, Iterator

from register.exchange.reading.findings import Findings
from register.exchange.reading.tables import TableRow

TOTAL = re.compile(r"(?:grand |sub-?|overall )?totals?(?: \S+){0,2}:?", re.IGNORECASE)
FIGURE = re.compile(r"[-(£]*[\d.,\s]+\)?%?")
SUMS = "row of totals"
ALONE = "row with one cell filled, such as a heading or a note"
WIDE = 4
"""Columns from which on a row with one cell filled cannot be a record."""


def without_asides(rows: Iterable[TableRow], findings: Findings, alike: int = 0) -> Iterator[TableRow]:
    """Yield the rows that may be records; the others are counted as skipped.

    `alike` is how many cells, at the end of each, say the same in every row and so nothing of one.
    """
    for row in rows:
        if reason := aside(row, alike):
            findings.skipped[reason] += 1
        else:
            yield row


def aside(row: TableRow, alike: int = 0) -> str:
    """Return what a row is that is no record; empty for one that may be."""
    filled = [text for text in row.values[: len(row.values) - alike] if text]
    if len(filled) == 1 and len(row.places) - alike >= WIDE:
        return ALONE
    is_sum = any(TOTAL.fullmatch(text) for text in filled)
    return SUMS if is_sum and all(TOTAL.fullmatch(text) or FIGURE.fullmatch(text) for text in filled) else ""
