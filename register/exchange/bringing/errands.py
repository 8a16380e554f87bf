"""What every import does alike: each record in a savepoint of its own, told by what the history noted of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, select, true

from register.accounts.models import Person
from register.clock import day_words
from register.database import db
from register.exchange.bringing.deal_lookups import changes_of_deal
from register.exchange.bringing.outcomes import CHANGED, NEW, SKIPPED, UNCHANGED, FieldChange, Line, Summary, refused_in
from register.exchange.reading.choices import AS_IT_IS, Choices
from register.exchange.reading.findings import Problem
from register.history.envelope import Plain
from register.history.ledger import ledger_of
from register.history.lookups import history_size
from register.history.recording import seal_recorded
from register.history.sealing import Draft
from register.history.sentences import label_of
from register.partnerships.models import Partnership
from register.partnerships.visibility import partnerships_where, visible_to
from register.refusals import Refusal

Step = Callable[[], object]
"""Called once for each row that is done, so that whoever waits sees it move."""

NOT_TOLD = frozenset({"version", "created_at", "recorded_at", "added_at"})
"""Columns that say nothing of what the file changed."""


def wait_for_nobody() -> None:
    """Tell nobody how far an import is."""


@dataclass
class Record:
    """What becomes of one record of a file, in one step or several."""

    noun: str
    """One of `outcomes.NOUNS`."""
    name: str
    sheet: str = ""
    row: int = 0
    is_new: bool = False
    skipped: str = ""
    """Why it was left out."""
    refused: Problem | None = None
    changes: list[FieldChange] = field(default_factory=list)
    about: str = ""
    """The field that a rule of the register refused, where it names one."""

    @property
    def place(self) -> tuple[str, int]:
        """The sheet and the row that it stands at."""
        return self.sheet, self.row

    @property
    def outcome(self) -> str:
        """What became of it, when it was not refused."""
        return SKIPPED if self.skipped else NEW if self.is_new else CHANGED if self.changes else UNCHANGED


@dataclass
class Errand:
    """One import under way: who brings it, what they chose, and what has become of its records so far.

    Example: `with errand.one("contacts", "Clerk", sheet, row) as record: record.is_new = True; add_contact(...)`. A
    Refusal inside undoes the record alone, and is told with its place; the others go on, so that a dry run finds all.
    Whoever keeps the whole or nothing calls `summary.settle` at the end.
    """

    actor: str
    choices: Choices = AS_IT_IS
    person: Person | None = None
    """Whose permissions hold; None on the command line, where whoever may run it may do everything."""
    step: Step = wait_for_nobody
    summary: Summary = field(default_factory=Summary)
    is_trial: bool = False
    """Whether nothing is written: a dry run of what can be checked by reading alone."""
    sealed: int = 0
    """Entries that the import sealed on its way; one that seals in between counts them here."""

    @contextmanager
    def one(self, noun: str, name: str, sheet: str = "", row: int = 0) -> Iterator[Record]:
        """Do all of one record inside the block, and tell what became of it."""
        record = Record(noun, name, sheet, row)
        with self.part(record):
            yield record
        self.tell(record)

    @contextmanager
    def part(self, record: Record) -> Iterator[None]:
        """Do a part of a record inside the block; a refusal undoes this part and refuses the record."""
        ledger = ledger_of(db.session())
        try:
            with db.session.begin_nested():
                done = len(ledger.done)
                yield
                db.session.flush()
                drafts = [draft for change in ledger.done[done:] for draft in change.drafts]
                record.changes += [change for draft in drafts for change in _told(draft)]
        except Refusal as refusal:
            record.refused = refused_in(refusal, record.place, record.name)
            record.about = refusal.field or ""

    def tell(self, record: Record) -> None:
        """Count a record, and keep its line."""
        if record.refused:
            self.summary.refuse(record.noun, record.name, record.refused)
        elif record.skipped:
            self.summary.skip(record.noun, record.name, record.skipped, record.place)
        else:
            outcome = record.outcome
            if self.summary.count(record.noun, outcome):
                fields = () if record.is_new else tuple(record.changes)
                self.summary.lines.append(Line(outcome, record.noun, record.name, *record.place, fields=fields))

    def seal(self) -> None:
        """Seal what was noted so far and count its entries, so that memory need not hold it till the end."""
        session = db.session()
        if not session.in_nested_transaction():
            before = history_size()
            seal_recorded(session)
            self.sealed += history_size() - before

    def seen(self) -> ColumnElement[bool]:
        """Return the condition for partnerships that exist for who brings the file: a hidden one is not there."""
        return visible_to(self.person) if self.person else true()

    def editable(self, action: str = "partnership:edit") -> ColumnElement[bool]:
        """Return the condition for partnerships that the import may touch."""
        return partnerships_where(self.person, action) if self.person else true()

    def may_touch(self, partnership_id: int, action: str = "partnership:edit") -> bool:
        """Say whether the import may touch a partnership; ask for many at once with `editable`."""
        asked = select(Partnership.id).where(Partnership.id == partnership_id, self.editable(action))
        return self.person is None or db.session.scalar(asked) is not None


def _told(draft: Draft) -> list[FieldChange]:
    """Return what the history noted of one row, as a reader of the import sees it; rows that hang on it say what."""
    if draft.entity == "deal_revision":
        return [] if draft.before else changes_of_deal(draft.entity_id)
    of = "" if draft.entity in SUBJECTS else f"{label_of(draft.entity)}: "
    told = {name: value for name, value in draft.values.items() if name not in NOT_TOLD and not name.endswith("_id")}
    changes = (
        FieldChange(of + label_of(name), _said(name, draft.before.get(name)), _said(name, value))
        for name, value in told.items()
        if value is not False or name in draft.before
    )
    return [change for change in changes if change.was != change.becomes]


SUBJECTS = frozenset({"organisation", "contact", "partnership", "interaction", "commitment"})
"""Tables whose columns are told by their own name; those of others are told with the table's."""


def _said(name: str, value: Plain) -> str:
    """Return what a column holds as pages say it: every column of a day ends in `_on`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and name.endswith("_on"):
        return day_words(date.fromisoformat(value))
    return "" if value is None else str(value)
