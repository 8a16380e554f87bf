"""Reads a stream of past judgements of one party by another, for the back-test: a CSV file with one row an interaction.

Wanted columns: `rater`, `ratee`, `held_on` (when it happened), `forecast_on` (the last day on which nothing of it was
known), `recorded_on` (when its outcome was known) and `good` (1 or 0). Others may stand beside them. Dates are written
2026-11-23. What tests the flags also wants `severe` (1 for a strongly bad event, else 0).
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from register.refusals import Refusal

COLUMNS: Final = ("rater", "ratee", "held_on", "forecast_on", "recorded_on", "good")
SEVERE: Final = "severe"
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2099, 12, 31)
"""Beyond these, running sums would not fit their scale at the shortest half-life in use; such a date is a slip."""

LONGEST_QUOTE: Final = 40


class Row(NamedTuple):
    """One judgement of a stream."""

    rater: str
    ratee: str
    held_on: date
    forecast_on: date
    recorded_on: date
    good: int
    severe: int = 0
    """1 for a strongly bad event; 0 where the stream was not asked for it."""


def read_stream(path: Path, *, with_severe: bool = False) -> list[Row]:
    """Return the file's rows in its own order; a Refusal says what is wrong with it, with line, column and reason.

    The column `severe` is read, and then wanted, only where it is asked for.
    """
    columns = (*COLUMNS, SEVERE) if with_severe else COLUMNS
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(_rows(lines, str(path), columns))
    except OSError as problem:
        raise Refusal(f"{path} cannot be read: {problem.strerror or 'no reason given'}.") from problem
    except UnicodeDecodeError as problem:
        raise Refusal(f"{path} is not a text file in UTF-8; save it as CSV UTF-8.") from problem
    if not rows:
        raise Refusal(f"{path} has a heading but no rows under it.")
    return rows


def _rows(lines: Iterable[str], name: str, columns: tuple[str, ...]) -> Iterator[Row]:
    numbered = _numbered(lines, name)
    _, header = next(numbered, (1, []))
    places = _places(header, name, columns)
    for number, cells in numbered:
        where = f"{name}, line {number}"
        if len(cells) != len(header):
            raise Refusal(f"{where}: the row has {len(cells)} cells where the heading has {len(header)}.")
        yield _row([cells[place] for place in places], where)


def _numbered(lines: Iterable[str], name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each line's number and its trimmed cells, blank lines left out."""
    reader = csv.reader(lines, strict=True)
    try:
        for cells in reader:
            if any(trimmed := [cell.strip() for cell in cells]):
                yield reader.line_num, trimmed
    except csv.Error as problem:
        raise Refusal(f"{name}, line {reader.line_num}: this is not CSV ({problem}).") from problem


def _places(header: list[str], name: str, columns: tuple[str, ...]) -> list[int]:
    """Return where each wanted column stands in the heading."""
    if not header:
        raise Refusal(f"{name} is empty: its first line has to name the columns {', '.join(columns)}.")
    for column in columns:
        if header.count(column) != 1:
            problem = "is missing" if column not in header else "stands there twice"
            raise Refusal(f"{name}, line 1: the column “{column}” {problem}.")
    return [header.index(column) for column in columns]


def _row(cells: list[str], where: str) -> Row:
    rater, ratee, *days = cells[: len(COLUMNS) - 1]
    for column, party in (("rater", rater), ("ratee", ratee)):
        if not party:
            raise Refusal(f"{where}, column {column}: nobody is named.")
    held_on, forecast_on, recorded_on = (
        _day(text, f"{where}, column {column}") for column, text in zip(COLUMNS[2:5], days, strict=True)
    )
    marks = [
        _mark(text, f"{where}, column {column}")
        for column, text in zip(("good", SEVERE), cells[len(COLUMNS) - 1 :], strict=False)
    ]
    return Row(sys.intern(rater), sys.intern(ratee), held_on, forecast_on, recorded_on, *marks)


def _mark(text: str, where: str) -> int:
    if text not in {"0", "1"}:
        raise Refusal(f"{where}: {_quoted(text)} is neither 0 nor 1.")
    return int(text)


def _day(text: str, where: str) -> date:
    day = _date(text)
    if day is None:
        raise Refusal(f"{where}: {_quoted(text)} is not a date such as 2026-11-23.")
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Refusal(f"{where}: {_quoted(text)} lies outside {FIRST_DAY.year} to {LAST_DAY.year}.")
    return day


@lru_cache(maxsize=65536)
def _date(text: str) -> date | None:
    """Return the date, once for each spelling: a stream names the same days over and over, and shares them so."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _quoted(text: str) -> str:
    """Return a cell as it may be printed: short, and without characters that would move the cursor."""
    plain = "".join(character if character.isprintable() else "�" for character in text[:LONGEST_QUOTE])
    return f"“{plain}…”" if len(text) > LONGEST_QUOTE else f"“{plain}”"
