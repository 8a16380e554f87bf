"""What became of each record of a file: new, changed, unchanged, skipped or refused, counted, and told line by line."""

from collections import Counter
from dataclasses import dataclass, field

from register.exchange.reading.findings import Findings, Problem
from register.refusals import Refusal

NOUNS = (
    "organisations", "contacts", "partnerships", "participations", "deals", "contributions", "interactions", "readings",
    "commitments",
)  # fmt: skip
"""The sorts of records that an import counts, in the order in which it tells them."""

NEW, CHANGED, UNCHANGED, SKIPPED, REFUSED = OUTCOMES = ("new", "changed", "unchanged", "skipped", "refused")

KEPT = 500
"""Lines of one outcome that are kept to be shown; all are counted, and all refusals are kept."""


@dataclass
class Tally:
    """How many records of one sort an import made, changed, found the same, left out and refused."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    refused: int = 0

    def count(self, outcome: str, times: int = 1) -> None:
        """Count records that came to an outcome."""
        name = COUNTED[outcome]
        setattr(self, name, getattr(self, name) + times)

    @property
    def total(self) -> int:
        """How many records the file had something to say about."""
        return self.created + self.updated + self.unchanged + self.skipped + self.refused


COUNTED = dict(zip(OUTCOMES, ("created", "updated", "unchanged", "skipped", "refused"), strict=True))
"""The count in `Tally` of each outcome."""


@dataclass(frozen=True)
class FieldChange:
    """One field that an import changes: what it is called, what it was, what it becomes; empty is nothing."""

    name: str
    was: str
    becomes: str


@dataclass(frozen=True)
class Line:
    """What became of one record: which sort it is, its name, and where the file has it."""

    outcome: str
    noun: str
    name: str
    sheet: str = ""
    row: int = 0
    fields: tuple[FieldChange, ...] = ()
    """Field by field, for a changed record."""
    reason: str = ""
    """Why it was skipped or refused, as a clause."""


@dataclass
class Summary:
    """What an import did, or would do, to say to a person."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {noun: Tally() for noun in NOUNS})
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """Every reason to refuse something, with its sheet, row, column and value."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why something was skipped, and how often."""
    notes: list[str] = field(default_factory=list)
    """What was borne, one sentence each."""
    unled: int = 0
    """Partnerships of the file that nobody looks after, so that nobody can log against them."""
    _told: Counter[str] = field(default_factory=Counter)

    @property
    def organisations(self) -> Tally:
        """What became of organisations."""
        return self.tallies["organisations"]

    @property
    def partnerships(self) -> Tally:
        """What became of partnerships."""
        return self.tallies["partnerships"]

    def count(self, noun: str, outcome: str) -> bool:
        """Count one record; return whether its line is one of the few of its outcome that are kept."""
        self.tallies[noun].count(outcome)
        self._told[outcome] += 1
        return self._told[outcome] <= KEPT

    def tell(self, line: Line) -> None:
        """Count one record, and keep its line while there are few of its outcome."""
        if self.count(line.noun, line.outcome):
            self.lines.append(line)

    def refuse(self, noun: str, name: str, problem: Problem) -> None:
        """Count one record that a rule of the register refused, with the reason."""
        self.tell(Line(REFUSED, noun, name, problem.sheet, problem.row, reason=problem.reason))
        self.problems.append(problem)

    def skip(self, noun: str, name: str, reason: str, place: tuple[str, int] = ("", 0)) -> None:
        """Count one record that was left out, with the reason."""
        self.tell(Line(SKIPPED, noun, name, *place, reason=reason))
        self.reasons[reason] += 1

    def of(self, outcome: str) -> list[Line]:
        """Return the lines that were kept of an outcome."""
        return [line for line in self.lines if line.outcome == outcome]

    @property
    def is_writing(self) -> bool:
        """Whether anything is made or changed."""
        return any(tally.created or tally.updated for tally in self.tallies.values())

    def counts(self) -> dict[str, dict[str, int]]:
        """Return the counts as plain values: always of organisations and partnerships, of others where there are."""
        told = {"organisations", "partnerships"}
        return {noun: vars(tally).copy() for noun, tally in self.tallies.items() if noun in told or tally.total}

    def take_over(self, findings: Findings, noun: str) -> None:
        """Carry over what the reading of the file left out, bore and refused; `noun` is the sort its rows are of."""
        self.reasons += findings.skipped
        self.tallies[noun].count(SKIPPED, findings.skipped.total())
        self.notes += findings.borne()
        self.problems += findings.problems
        places = {(problem.sheet, problem.row): problem for problem in reversed(findings.problems)}
        for (sheet, row), problem in sorted(places.items(), key=lambda place: place[0]):
            self.tell(Line(REFUSED, noun, problem.value, sheet, row, reason=problem.reason))

    def settle(self, name: str) -> None:
        """Raise Refusal with every reason when there is one: for an import that keeps all of a file or nothing."""
        findings = Findings(name, problems=self.problems)
        findings.refuse()


def refused_in(error: Refusal, place: tuple[str, int], value: str) -> Problem:
    """Return a refusal of the register's own rules as a problem of a place of the file."""
    sheet, row = place
    return Problem(sheet, row, "", value, error.message.rstrip("."))
