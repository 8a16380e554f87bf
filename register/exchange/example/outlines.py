"""How the tables of the example are written: with months and days counted from today, and money in pounds."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["strong", "sound", "mixed", "weak", "unrated"]
Matter = tuple[str, str, str]
"""What a partnership talks about: its name inside a sentence, a sentence when it goes well, one when it does not."""
Promise = tuple[str, str]
"""Who promises, and what."""


@dataclass(frozen=True)
class Terms:
    """A deal; `starts`, `agreed`, `review` and `ends` are months from now, `notice` months before the end."""

    reference: str | None = None
    form: str | None = None
    pounds: int | None = None
    basis: str = "annual"
    agreed: int | None = None
    starts: int | None = None
    review: int | None = None
    ends: int | None = None
    notice: int | None = None
    extension: str | None = None
    exit: str | None = None
    expected: str | None = None
    realised: str | None = None
    missing: tuple[str, ...] = ()
    """Governing documents that are not in place."""
    shares: tuple[tuple[str, int | None, str | None], ...] = ()
    """Organisation, pounds a year, what it gives besides money."""
    before: tuple[int, int, str] | None = None
    """Pounds a year before the revision, how many months ago it was made, and why."""


@dataclass(frozen=True)
class View:
    """How one organisation sees another, and how it saw it until `turned` days ago."""

    rater: str
    ratee: str
    level: Level
    was: Level | None = None
    turned: int = 0


@dataclass(frozen=True)
class Rhythm:
    """How often something is logged: every so many days from `first` to `last` days ago, but for the silences."""

    every: int
    first: int = 548
    last: int = 3
    silences: tuple[tuple[int, int], ...] = ()
    """(from, to) in days ago, the earlier first."""
    rated: float = 0.7
    """How many of the interactions carry readings."""


@dataclass(frozen=True)
class Telling:
    """A hand-written interaction. Readings are (rater, ratee, determinant, score, evidence)."""

    days: int
    kind: str
    present: tuple[str, ...]
    account: str
    readings: tuple[tuple[str, str, str, int, str], ...] = ()
    promises: tuple["Vow", ...] = ()
    recorded_after: int = 1
    """Days until it was logged."""
    corrected: tuple[int, str, str] | None = None
    """Days after it was logged, the account as it should read, and why."""


@dataclass(frozen=True)
class Vow:
    """A hand-written promise: who to whom, what, due after so many days, the outcome, the days until it was known."""

    promisor: str
    promisee: str
    what: str
    due: int
    outcome: str | None = None
    settled: int = 0
    note: str | None = None


@dataclass(frozen=True)
class Outline:
    """A partnership as the tables tell it; the first role is the council's side, which keeps the record."""

    key: str
    name: str
    kind: str
    theme: str
    purpose: str
    roles: tuple[tuple[str, str], ...]
    lead: str
    owner: str | None
    terms: Terms
    rhythm: Rhythm | None
    """None where all of it is told by hand."""
    matters: tuple[Matter, ...]
    promises: tuple[Promise, ...]
    level: Level = "sound"
    """How the first organisation and each other one see one another, unless `views` says otherwise."""
    across: Level = "unrated"
    """How the others see one another, unless `views` says otherwise."""
    views: tuple[View, ...] = ()
    tellings: tuple[Telling, ...] = ()
    significance: str = "significant"
    stage: str = "running"
    restricted: bool = False
    cadence: int | None = 90
    officers: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    closed: tuple[int, str] | None = None
    """Days ago, and why."""
    faces: tuple[str, ...] = ()
    """The only contacts who ever come, where a partnership rests on few people."""

CARE_THEMES = frozenset({"care", "health", "children", "housing"})
"""Themes whose partnerships the head of commissioning leads; the head of partnerships leads the others."""
COLLEAGUES = {"bethan": "imogen", "desmond": "callum"}
"""Who stands beside a lead who would otherwise be alone."""


def leader_of(outline: Outline) -> str:
    """Return who leads a partnership on the council's side."""
    return "bethan" if outline.theme in CARE_THEMES else "desmond"


def team_of(outline: Outline) -> tuple[str, ...]:
    """Return who looks after a partnership, the lead officer first; never one alone."""
    lead = leader_of(outline)
    others = sorted({lead, *outline.officers} - {outline.lead})
    return (outline.lead, *(others or [COLLEAGUES[outline.lead]]))
