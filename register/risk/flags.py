"""What a flag is: an argument with its reasons, since when it holds, what would clear it, and who acts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Severity = Literal["high", "medium", "deal", "quiet", "not-known"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "deal", "quiet", "not-known")
"""Worst first. "quiet" and "not-known" say that evidence is missing: no bad news, and no risk of a dispute."""

ReasonKind = Literal["interaction", "commitment", "relationship", "deal", "organisation", "plain"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a flag: what is said, and which record it rests on.

    `target` holds the ids that lead to the record: of an interaction, a commitment or an organisation one, of a
    relationship the rater's and the ratee's, of a deal none but the flag's own partnership.
    """

    text: str
    kind: ReasonKind = "plain"
    target: tuple[int, ...] = ()
    note: str = ""
    """What follows the text and leads nowhere, such as the day."""

    def __str__(self) -> str:
        """Return the reason as plain text."""
        return f"{self.text} ({self.note})" if self.note else self.text


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found in the facts of one partnership."""

    words: str
    """The argument in one sentence."""
    reasons: tuple[Reason, ...]
    since: date
    clears: str
    """What would clear it, as a sentence."""
    severity: Severity | None = None
    """Where it is another than the rule's own."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A finding with the rule it came from and the person who acts."""

    rule: str
    name: str
    """The rule's name, such as "Recent breach"."""
    partnership_id: int
    words: str
    reasons: tuple[Reason, ...]
    since: date
    clears: str
    who_acts: str | None
    severity: Severity
    is_trouble: bool
    """Whether it speaks of harm to come, and not of what is missing."""
    rule_set: int = 1
    """The number of the set of thresholds that raised it."""


def listed(names: Iterable[str]) -> str:
    """Return names as a sentence lists them: "one, two and three"."""
    every = list(names)
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} and {every[-1]}" if every else ""


NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def counted(number: int, thing: str, things: str | None = None) -> str:
    """Return a number with its thing: "one promise", "two promises", "12 promises"."""
    said = NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"
    return f"{said} {thing if number == 1 else things or thing + 's'}"


def shortened(text: str, longest: int = 90) -> str:
    """Return the beginning of a text, on one line, cut between words."""
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    return flat[: longest - 1].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


def capital(sentence: str) -> str:
    """Return a sentence with its first letter in capitals, the others as they are."""
    return sentence[:1].upper() + sentence[1:]
