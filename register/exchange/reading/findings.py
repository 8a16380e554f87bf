"""What was found wrong, odd or of no use while a file was read, each with its place."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from register.refusals import Refusal

SHOWN = 60
"""Characters of a value that a sentence repeats: enough to find it by."""


@dataclass(frozen=True)
class Problem:
    """One thing about one place of a file.

    Example: `Problem("", 12, "end-date", "31/13/2020", "this is not a date").sentence()` says
    'Row 12, column end-date, "31/13/2020": this is not a date.'
    """

    sheet: str
    """The sheet of a workbook, or the list of a JSON file (`releases`); empty for a CSV file, which has one table."""
    row: int
    """As a spreadsheet numbers them: the header is row 1. In a JSON list the first is 1."""
    column: str
    value: str
    reason: str
    """A clause or two without the closing full stop."""

    def sentence(self) -> str:
        """Say where, what stands there, and what is wrong with it."""
        place = ", ".join(part for part in (self.sheet, self._row(), self._column(), self._value()) if part)
        said = f"{place}: {self.reason}." if place else f"{self.reason}."
        return said[0].upper() + said[1:]

    def _row(self) -> str:
        return f"row {self.row}" if self.row else ""

    def _column(self) -> str:
        return f"column {self.column}" if self.column else ""

    def _value(self) -> str:
        shown = " ".join(self.value.split())
        return f'"{shown[: SHOWN - 1]}…"' if len(shown) > SHOWN else f'"{shown}"' if shown else ""


@dataclass
class Findings:
    """Everything found in one file: problems refuse it, notes do not, and what was left out is counted by reason."""

    name: str = "The file"
    sheet: str = ""
    """The sheet or list that rows are counted in; see `Problem.sheet`."""
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    """What is to be said of the file as a whole, in sentences."""
    remarks: dict[tuple[str, str], tuple[Problem, int]] = field(default_factory=dict)
    """What was borne in many rows alike, by column and reason: the first of them, and how many there are."""
    skipped: Counter[str] = field(default_factory=Counter)
    header: str | None = None
    """The digest of a table's titles, by which its source is known again."""
    titles: dict[str, str] = field(default_factory=dict)
    """The file's own titles of columns that it calls otherwise than the import does."""
    _met: set[Problem] = field(default_factory=set)

    def add_problem(self, problem: Problem) -> None:
        """Keep a problem, once however often its place is looked at."""
        problem = self._as_titled(problem)
        if problem not in self._met:
            self._met.add(problem)
            self.problems.append(problem)

    def add_note(self, note: Problem) -> None:
        """Keep a note, once however often its place is looked at."""
        note = self._as_titled(note)
        if note not in self._met:
            self._met.add(note)
            self.notes.append(note)

    def remark(self, note: Problem) -> None:
        """Count what was borne, where many rows may be alike: it is said once."""
        note = self._as_titled(note)
        first, count = self.remarks.get((note.column, note.reason), (note, 0))
        self.remarks[note.column, note.reason] = first, count + 1

    def take_in(self, part: "Findings") -> None:
        """Keep what was found in a part of the file that was read by itself."""
        for problem in part.problems:
            self.add_problem(problem)
        for note in part.notes:
            self.add_note(note)
        self.skipped += part.skipped

    def borne(self) -> list[str]:
        """Return all that was borne, in sentences."""
        alike = [_said_once(first, count) for first, count in self.remarks.values()]
        return [*self.notices, *alike, *(note.sentence() for note in self.notes)]

    def refuse(self) -> None:
        """Raise Refusal with every problem, one a line, when there is one: nothing of such a file is kept."""
        if self.problems:
            count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
            lines = "\n".join(problem.sentence() for problem in in_order(self.problems))
            raise Refusal(f"{self.name} has {count}, and nothing of it was kept.\n{lines}")

    def _as_titled(self, problem: Problem) -> Problem:
        return replace(problem, column=self.titles[problem.column]) if problem.column in self.titles else problem


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in the order of their rows, those of one sheet together."""
    found = list(problems)
    sheets = {sheet: place for place, sheet in enumerate(dict.fromkeys(problem.sheet for problem in found))}
    return sorted(found, key=lambda problem: (sheets[problem.sheet], problem.row))


def _said_once(first: Problem, count: int) -> str:
    others = {1: "", 2: " So it is in 1 other row."}.get(count, f" So it is in {count - 1:,} other rows.")
    return first.sentence() + others
