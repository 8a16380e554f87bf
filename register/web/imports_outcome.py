"""What a dry run found, as its page tells it."""

from dataclasses import dataclass
from typing import Any

from register.exchange.bringing.outcomes import (
    CHANGED,
    NEW,
    NOUNS,
    OUTCOMES,
    REFUSED,
    SKIPPED,
    UNCHANGED,
    FieldChange,
    Line,
)
from register.exchange.bringing.staging import Staged
from register.exchange.bringing.standing_lookups import standing_outcome
from register.exchange.reading.findings import Problem, in_order

SHOWN = 50
"""Lines of one outcome on the page."""
INTERRUPTED = "The work on this file was interrupted before its end, and nothing was kept. Start it again."
HEADS = {NEW: "New", CHANGED: "Changed", UNCHANGED: "Unchanged", SKIPPED: "Skipped", REFUSED: "Refused"}
COUNTS = ("created", "updated", "unchanged", "skipped", "refused")


@dataclass(frozen=True)
class Found:
    """An outcome for its page."""

    refusal: str
    """Why the step came to nothing at all; its first line, and what stood under it."""
    told: dict[str, Any]
    row_by_row: bool

    @property
    def first_line(self) -> str:
        """What is said of the whole."""
        return self.refusal.partition("\n")[0]

    @property
    def more_lines(self) -> list[str]:
        """What is said of single rows."""
        return self.refusal.split("\n")[1 : SHOWN + 1]

    @property
    def rows(self) -> list[tuple[str, list[int]]]:
        """The counts by sort of record, in the order of `HEADS`; sorts that the file has none of are left out."""
        counts = self.told.get("counts", {})
        found = [(noun, [counts[noun][name] for name in COUNTS]) for noun in NOUNS if noun in counts]
        return [(noun.capitalize(), numbers) for noun, numbers in found if any(numbers)]

    def total(self, outcome: str) -> int:
        """Return how many records came to an outcome."""
        place = OUTCOMES.index(outcome)
        return sum(numbers[place] for _, numbers in self.rows)

    def by_noun(self, outcome: str) -> list[tuple[str, list[Line]]]:
        """Return the first lines of an outcome by the sort of record, each with what the sort is called."""
        lines = self.lines(outcome)
        found = [(noun, [line for line in lines if line.noun == noun]) for noun in NOUNS]
        return [(noun.capitalize(), some) for noun, some in found if some]

    def lines(self, outcome: str) -> list[Line]:
        """Return the first lines of an outcome."""
        told = [line for line in self.told.get("lines", ()) if line["outcome"] == outcome]
        return [_line(line) for line in told[:SHOWN]]

    @property
    def problems(self) -> list[Problem]:
        """The first reasons for which something is refused."""
        return in_order(Problem(**one) for one in self.told.get("problems", ()))[:SHOWN]

    @property
    def problem_count(self) -> int:
        """How many reasons there are."""
        return len(self.told.get("problems", ()))

    @property
    def notes(self) -> list[str]:
        """What was borne."""
        notes: list[str] = self.told.get("notes", [])
        return notes[:SHOWN]

    @property
    def reasons(self) -> dict[str, int]:
        """Why records are skipped, and how many."""
        reasons: dict[str, int] = self.told.get("reasons", {})
        return reasons

    @property
    def is_writing(self) -> bool:
        """Whether the import would make or change anything."""
        return bool(self.told.get("is_writing"))

    @property
    def can_be_kept(self) -> bool:
        """Whether the file may be imported as it was checked."""
        return self.is_writing and not self.refusal and (self.row_by_row or not self.problem_count)


def _line(told: dict[str, Any]) -> Line:
    return Line(**{**told, "fields": tuple(FieldChange(**one) for one in told["fields"])})


def outcome_shown(staged: Staged) -> Found | None:
    """Return what the last step of a file came to; None when there was none since its choices."""
    told = standing_outcome(staged)
    if told is None:
        return Found(INTERRUPTED, {}, row_by_row=False) if staged.was_interrupted() else None
    return Found(told.get("refusal", ""), told, staged.choices().row_by_row)
