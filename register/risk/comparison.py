"""What changed between two days: who came on the watchlist, who came off, who stands better or worse."""

from collections.abc import Iterable
from dataclasses import dataclass

from register.risk.entries import Entry, Survey
from register.trust.figure import MIXED, NOT_KNOWN, SOUND, STRONG, WEAK

GRADES = (STRONG, SOUND, MIXED, WEAK)
CLEAR = 0.05
"""Five points of the figure: less is no change worth telling."""


@dataclass(frozen=True, slots=True)
class Change:
    """A partnership that was there on both days, as it was and as it is."""

    then: Entry
    now: Entry

    @property
    def became(self) -> str:
        """How its standing changed: "better", "worse", "known", "less known", or "" where it is the same or not clear.

        A word can change because a little evidence faded: that is told only where the figure moved as well.
        """
        before, after = self.then.word, self.now.word
        if before == after:
            return ""
        if NOT_KNOWN in (before, after):
            return "less known" if after == NOT_KNOWN else "known"
        is_worse = GRADES.index(after) > GRADES.index(before)
        return ("worse" if is_worse else "better") if self.fell * (1 if is_worse else -1) >= CLEAR else ""

    @property
    def fell(self) -> float:
        """By how much the figure of the lowest known view fell; nought where one is not known."""
        then, now = self.then.weakest, self.now.weakest
        return then.figure - now.figure if then and now else 0.0

    @property
    def new_names(self) -> tuple[str, ...]:
        """The names of rules that speak now and did not then."""
        before = {flag.rule for flag in self.then.flags}
        return tuple(flag.name for flag in self.now.flags if flag.rule not in before)

    @property
    def graver(self) -> tuple[str, ...]:
        """The names of rules that speak gravely now and did not then."""
        before = {flag.rule for flag in self.then.flags if flag.severity == "high"}
        return tuple(flag.name for flag in self.now.flags if flag.severity == "high" and flag.rule not in before)

    @property
    def gone_names(self) -> tuple[str, ...]:
        """The names of rules that spoke then and no longer do."""
        after = {flag.rule for flag in self.now.flags}
        return tuple(flag.name for flag in self.then.flags if flag.rule not in after)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two surveys of the same viewer, side by side."""

    came_on: tuple[Entry, ...]
    """On the watchlist now and not then, new partnerships too."""
    came_off: tuple[Change, ...]
    closed: tuple[Entry, ...]
    """On the watchlist then, and no longer at work."""
    graver: tuple[Change, ...]
    """On the list on both days, with a grave flag that is new."""
    changed: tuple[Change, ...]
    """Those that clearly stand otherwise: the worse first, then the less known, the better and the known."""


ORDER = ("worse", "less known", "better", "known")


def compare(then: Survey, now: Survey) -> Comparison:
    """Return what changed from one survey to the other."""
    before = {entry.id: entry for entry in then.entries}
    after = {entry.id for entry in now.entries}
    both = [Change(before[entry.id], entry) for entry in now.entries if entry.id in before]
    return Comparison(
        came_on=tuple(entry for entry in now.flagged if entry.id not in before or not before[entry.id].flags),
        came_off=tuple(change for change in both if change.then.flags and not change.now.flags),
        closed=tuple(entry for entry in then.flagged if entry.id not in after),
        graver=tuple(change for change in both if change.then.flags and change.graver),
        changed=_changed(both),
    )


def _changed(both: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted((change for change in both if change.became), key=lambda change: ORDER.index(change.became)))
