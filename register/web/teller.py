"""An act with what its sentence is written from, and the sentence with what was before beside what is now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from register.history.envelope import Plain
from register.history.sentences import label_of
from register.history.story import ERASED, Act, RowChange
from register.web.names import NameBook

MOST_FIELDS = 8
SAID_AGAIN = frozenset({
    "person_id", "adopted_by", "proposed_by_id", "requested_by_id", "set_by_id", "judged_by_id", "reason", "why",
})  # fmt: skip
"""Fields that may hold who acted or why, which the story tells beside each sentence."""


class Shown(NamedTuple):
    """One field as it is shown: what it was (None for a new one) beside what it is."""

    label: str
    was: str | None
    now: str
    is_erased: bool = False


@dataclass(frozen=True)
class Telling:
    """An act in words."""

    lead: str
    """What was done, and by whom: set in bold."""
    rest: str = ""
    """What the lead goes on with."""
    fields: tuple[Shown, ...] = ()


@dataclass(frozen=True)
class Teller:
    """An act with all that its sentence needs."""

    act: Act
    actor: str
    book: NameBook
    old_readings: str = ""
    """The readings of the interaction that a correction took the place of, in words."""

    @property
    def earlier(self) -> Mapping[str, Plain]:
        """What the row held that this act took the place of; empty where it took that of none."""
        return self.act.superseded.before if self.act.superseded else {}

    def value(self, name: str, row: RowChange | None = None) -> Plain:
        """Return what a field of the act's subject, or of another row of it, became."""
        found = row or self.act.subject
        return next((change.now for change in found.fields if change.name == name), None)

    def said(self, name: str, row: RowChange | None = None) -> str:
        """Return the same in words, empty where there is none."""
        value = self.value(name, row)
        return "" if value in (None, "") else self.book.said(name, value)

    def held(self, name: str) -> str:
        """Return what a field of the act's subject is in words, also one that the act left as it was."""
        value = self.value(name)
        found = self.act.subject.before.get(name) if value is None else value
        return "" if found in (None, "") else self.book.said(name, found)

    def rows(self, entity: str) -> list[RowChange]:
        """Return the rows of one kind that the act made."""
        return [row for row in self.act.rows if row.entity == entity and row.is_new]

    def fields(self, *rows: RowChange, but: Sequence[str] = ()) -> tuple[Shown, ...]:
        """Return what changed in some rows."""
        shown = (
            self.shown(change.name, change.was, change.now)
            for row in rows for change in row.fields if not change.is_new and change.name not in but
            and (self.act.reason is None or change.now != self.act.reason)
        )
        return tuple(one for one in shown if one.was != one.now)[:MOST_FIELDS]

    def shown(self, name: str, was: Plain, now: Plain) -> Shown:
        """Return one field, old and new in words."""
        erased = ERASED in (was, now)
        return Shown(label_of(name), self.book.said(name, was), self.book.said(name, now), erased)

    def repeated(self, row: RowChange) -> frozenset[str]:
        """Return the fields of a new row that say again who acted or why."""
        said = {self.act.actor, self.act.actor.removeprefix("person:"), self.act.reason}
        return frozenset(change.name for change in row.fields if change.name in SAID_AGAIN and str(change.now) in said)

    def against_earlier(self, *names: str) -> tuple[Shown, ...]:
        """Return what differs from the row that this one took the place of."""
        return tuple(
            self.shown(name, self.earlier[name], self.value(name))
            for name in names if name in self.earlier and (self.earlier[name] or None) != (self.value(name) or None)
        )[:MOST_FIELDS]
