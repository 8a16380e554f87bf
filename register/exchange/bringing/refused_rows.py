"""The refused rows of a file, as a file to mend and bring again: each with the reason in a column of its own."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from register.exchange.reading.choices import Choices
from register.exchange.reading.findings import Problem
from register.exchange.reading.formulas import REASON, neutral_cell
from register.exchange.reading.grids import grid_of
from register.exchange.reading.uploads import Upload

PLACES = ("Where", "Row", "Column", "Value", REASON)


def refused_rows(upload: Upload, choices: Choices, problems: Sequence[Problem], *, is_table: bool) -> str:
    """Return the refused rows as CSV: of a table its own rows, of another file where each refusal stands."""
    out = io.StringIO(newline="")
    rows = _rows_of_table(upload, choices, problems) if is_table else _places(problems)
    csv.writer(out).writerows(map(neutral_cell, row) for row in rows)
    return out.getvalue()


def _rows_of_table(upload: Upload, choices: Choices, problems: Sequence[Problem]) -> Iterator[Sequence[str]]:
    sheet = next((problem.sheet for problem in problems if problem.sheet), None)
    grid = grid_of(upload, choices, sheet)
    reasons: dict[int, list[str]] = {}
    for problem in problems:
        reasons.setdefault(problem.row, []).append(_said(problem))
    # A file that was mended once has the column already.
    kept = [place for place, title in enumerate(grid.titles) if title != REASON]
    yield [*(grid.titles[place] for place in kept), REASON]
    for number, cells in grid.body:
        if number in reasons:
            whole = [*cells, *[""] * (len(grid.titles) - len(cells))]
            yield [*(whole[place] for place in kept), " ".join(reasons[number])]


def _said(problem: Problem) -> str:
    """Return a refusal without the row's number, which is another one in the new file."""
    about = f"{problem.column}: " if problem.column else ""
    return f"{about}{problem.reason}."


def _places(problems: Iterable[Problem]) -> Iterator[Sequence[str]]:
    yield PLACES
    for problem in problems:
        yield (problem.sheet, str(problem.row or ""), problem.column, problem.value, problem.reason)
