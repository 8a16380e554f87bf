"""The life of a flag: in which state the last answer leaves it, as the flag and the days go on.

| last answer | while | state |
|---|---|---|
| none, or one given before the flag began anew | | open |
| acknowledged | | acknowledged |
| planned | its day to look again has not gone by | planned |
| planned | it has | overdue |
| deferred | its last day has not gone by | deferred |
| deferred | it has | open again |
| closed | the reasons are those it was closed with | closed |
| closed | a reason was added, or it became graver | open again |

A plan and a deferral hold until their day, also where the flag begins anew meanwhile: what was agreed is not forgotten.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from register.clock import day_words
from register.risk.flags import SEVERITIES, Flag, Reason
from register.risk.kinds import NAME_OF_STATE, SETTLED

Key = tuple[int, str]
"""(partnership, rule)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered to a flag; a later answer takes its place."""

    kind: str
    answered_on: date
    severity: str
    """The flag's gravity when it was answered."""
    reasons: frozenset[str]
    """What it rested on then, as `reason_keys` names it."""
    by: str = ""
    action: str | None = None
    owner: str | None = None
    until: date | None = None
    """Of a plan the day to look again, of a deferral its last day."""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Where a flag stands."""

    key: str = "open"
    answer: Answer | None = None

    @property
    def is_settled(self) -> bool:
        """Whether nothing is to be done now."""
        return self.key in SETTLED

    @property
    def is_overdue(self) -> bool:
        """Whether a plan's day to look again went by."""
        return self.key == "overdue"

    @property
    def plan(self) -> Answer | None:
        """The plan that is in hand or overdue."""
        return self.answer if self.key in ("planned", "overdue") else None

    @property
    def words(self) -> str:
        """The state in a few words, such as "Plan in hand, back 2 December 2026"."""
        day = day_words(self.answer.until) if self.answer and self.answer.until else ""
        return {
            "planned": f"Plan in hand, back {day}",
            "overdue": f"Plan overdue since {day}",
            "deferred": f"Deferred to {day}",
        }.get(self.key, NAME_OF_STATE[self.key])


OPEN: Final = State()


def state_of(flag: Flag, answer: Answer | None, on: date) -> State:
    """Return the state in which the last answer leaves a flag on a day.

    Example: a plan to be back on 2 December is "planned" up to that day and "overdue" from the 3rd.
    """
    if answer is None:
        return OPEN
    if answer.kind == "planned":
        return State("planned" if _holds(answer, on) else "overdue", answer)
    if answer.kind == "deferred":
        return State("deferred" if _holds(answer, on) else "again", answer)
    if flag.since > answer.answered_on:
        return OPEN
    if answer.kind == "closed":
        return State("again" if has_changed(flag, answer) else "closed", answer)
    return State(answer.kind, answer)


def states_of(flags: Iterable[Flag], answers: Mapping[Key, Answer], on: date) -> dict[str, State]:
    """Return the state of each flag of one partnership, by rule; what nobody answered is left out."""
    found = {flag.rule: state_of(flag, answers.get((flag.partnership_id, flag.rule)), on) for flag in flags}
    return {rule: state for rule, state in found.items() if state != OPEN}


def _holds(answer: Answer, on: date) -> bool:
    return answer.until is not None and on <= answer.until


def has_changed(flag: Flag, answer: Answer) -> bool:
    """Say whether a flag rests on a reason it did not have when it was answered, or became graver."""
    is_graver = SEVERITIES.index(flag.severity) < _gravity(answer.severity)
    return is_graver or not reason_keys(flag.reasons) <= answer.reasons


def _gravity(severity: str) -> int:
    return next((place for place, known in enumerate(SEVERITIES) if known == severity), 0)


def reason_keys(reasons: tuple[Reason, ...]) -> frozenset[str]:
    """Return what a flag rests on: the records, and of a deal its terms; counts and spans of days change by themselves.

    Example: an interaction is "interaction:7", a relationship "relationship:1:2", a date "deal:ends 3 March 2027".
    """
    return frozenset(
        f"deal:{reason.note}" if reason.kind == "deal" else ":".join([reason.kind, *map(str, reason.target)])
        for reason in reasons if reason.kind != "plain"
    )
