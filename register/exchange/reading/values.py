"""One value that a column says in every row of a file, where the file has no such column."""

from collections.abc import Sequence

from register.exchange.reading.choices import Choices
from register.exchange.reading.columns import Column
from register.exchange.reading.days import NOT_A_DAY, day_of_cell
from register.exchange.reading.findings import Findings, Problem
from register.text import CONTROL, LINE


def check_values(columns: Sequence[Column], choices: Choices, findings: Findings) -> None:
    """Name each value for all rows that cannot stand in its column, and say of the others that they do."""
    for column in columns:
        value = choices.values.get(column.key)
        if value is None:
            continue
        if reason := unread_value(column, value):
            findings.add_problem(Problem("", 0, column.title, value, reason))
        elif (notice := f"Column {column.title}: “{value}” in every row, as was chosen.") not in findings.notices:
            findings.notices.append(notice)


def unread_value(column: Column, value: str) -> str:
    """Return why a value cannot stand in a column of every row, as a clause; empty when it can."""
    if column.tells_apart:
        return "this column tells one row from another, so that it cannot say the same in every row"
    if CONTROL.search(value) or len(value) > LINE:
        return f"this is longer than {LINE} characters, or has some that cannot be kept"
    if column.is_day:
        return _unread_day(value)
    if column.words and value.casefold() not in map(str.casefold, column.words):
        return f"this word is not known; use one of {', '.join(column.words)}"
    return column.unread(value)


def _unread_day(value: str) -> str:
    try:
        day_of_cell(value)
    except (ValueError, OverflowError):
        return NOT_A_DAY
    return ""
