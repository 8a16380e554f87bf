"""The sheets of interactions and readings, into the register: new ones logged many at once, changed ones corrected."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import select

from register.accounts.models import Person
from register.database import db
from register.database.rows import uncollected
from register.exchange.arrivals.interactions_had import Had, Same
from register.exchange.arrivals.organisations import NOT_ADDED
from register.exchange.arrivals.sheet_differences import given_facts, kept_text
from register.exchange.arrivals.sheet_rows import Book, needed
from register.exchange.bringing.errands import Errand, Record
from register.exchange.bringing.lookups import in_portions
from register.exchange.reading.columns import column_key
from register.exchange.reading.findings import Problem
from register.exchange.sheets.cell_values import CLEAR, Ref
from register.exchange.sheets.columns import PARAGRAPHS, Column
from register.exchange.sheets.happening_layouts import INTERACTIONS, READINGS
from register.exchange.sheets.reading import SheetRow
from register.history.lookups import history_size
from register.history.recording import seal_recorded
from register.interactions.checks import Happening, NewReading, Present
from register.interactions.logbook import Entry, log_checked
from register.interactions.logbook_lookups import Rules
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Contact
from register.refusals import Refusal

NOT_THEIRS = "Only an officer of the partnership logs interactions in it."
NOBODY = "Interactions and readings are somebody’s: name the officer with --lead EMAIL."
ACCOUNT = Column("account", "", PARAGRAPHS)


class Drafted(NamedTuple):
    """A new interaction, with the rows that it comes from."""

    row: SheetRow
    record: Record
    entry: Entry
    readings: Sequence[SheetRow]

    @property
    def same(self) -> Same:
        """By what it is found again."""
        what = self.entry.happening
        return Same(self.entry.partnership_id, what.held_on, what.kind, kept_text(ACCOUNT, what.account or ""))

    @property
    def mark(self) -> int:
        """By what it is known to be told once more by the same file: with the same readings, too."""
        return hash((self.same, *self.entry.happening.readings))


def by_whom(errand: Errand) -> Person:
    """Return whose interactions and opinions an import brings."""
    if errand.person is not None:
        return errand.person
    found = db.session.get(Person, errand.choices.leads[0]) if errand.choices.leads else None
    if found is None:
        raise Refusal(NOBODY)
    return found


class InteractionLogger:
    """Logs the new interactions of a file, portion by portion."""

    def __init__(self, errand: Errand, book: Book, titles: tuple[str, str]) -> None:
        self.errand, self.book, self.titles = errand, book, titles
        self.rules, self.had = Rules(), Had()
        self.brought: dict[int, int] = {}
        """In which place the file brings each interaction, by its mark: one that it tells twice is logged once."""
        self.twins: list[tuple[Ref, int]] = []
        """The keys of rows that tell once more what stands in a place."""
        self.loggable = set(db.session.scalars(select(Partnership.id).where(errand.editable("interaction:log"))))
        people = db.session.execute(select(Contact.id, Contact.organisation_id))
        self.employers = {row.id: row.organisation_id for row in people}

    def log(self, rows: deque[SheetRow], readings: dict[Ref, list[SheetRow]]) -> None:
        """Log what can be logged; what cannot is told with its place. Rows are let go of as they are logged."""
        keys: list[Ref | None] = []
        if self.errand.is_trial:
            with uncollected():
                deque(self._entries(rows, readings, keys), maxlen=0)
            return
        before = history_size()
        made = log_checked(by_whom(self.errand), self._entries(rows, readings, keys), self.rules.restricted)
        for number, key in zip(made, keys, strict=True):
            if key is not None:
                self.book.keys["interactions", key] = number
        for key, place in self.twins:
            self.book.keys["interactions", key] = made[place]
        if made:
            seal_recorded(db.session())
            self.errand.sealed += history_size() - before

    def _entries(
        self, rows: deque[SheetRow], readings: dict[Ref, list[SheetRow]], keys: list[Ref | None]
    ) -> Iterator[Entry]:
        """Yield the entries that the rules let pass, and note the key of each."""
        for portion in in_portions(_taken(rows)):
            drafted = [one for row in portion if (one := self._drafted(row, readings))]
            had = self.had.of(one.same for one in drafted)
            self.rules.read_about([one.entry for one in drafted])
            for one in drafted:
                key = one.row.own_key
                if (same := had.get(one.same)) is not None:
                    self._tell(one, is_new=False)
                    if key is not None:
                        self.book.keys["interactions", key] = same
                elif (twin := self.brought.get(one.mark)) is not None:
                    self._tell(one, is_new=False)
                    if key is not None:
                        self.twins.append((key, twin))
                elif (passed := self._passed(one)) is not None:
                    self._tell(one, is_new=True)
                    self.brought[one.mark] = len(keys)
                    keys.append(key)
                    yield passed

    def _drafted(self, row: SheetRow, readings: dict[Ref, list[SheetRow]]) -> Drafted | None:
        """Return the entry that a row stands for; one whose cells mean nothing here is told and left out."""
        self.errand.step()
        record = Record("interactions", _named(row), self.titles[0], row.number, is_new=True)
        mine = readings.pop(row.own_key, []) if row.own_key is not None else []
        try:
            if not self.errand.choices.creates:
                record.skipped = NOT_ADDED
                self.errand.tell(record)
                return None
            needed(INTERACTIONS, row)
            partnership = self.book.of("partnerships", row, "partnership_id")
            if partnership not in self.loggable and not self.errand.may_touch(partnership, "interaction:log"):
                raise Refusal(NOT_THEIRS, "partnership_id")
            given = given_facts(row, ("kind", "held_on", "account"))
            present = self.present(row)
        except Refusal as refusal:
            self._refuse(record, row, refusal)
            return None
        try:
            scored = [self.reading(one) for one in mine]
        except Refusal as refusal:
            self._refuse(record, row, Refusal(f"One of its readings cannot be kept: {refusal.message}", "id"))
            return None
        return Drafted(row, record, Entry(partnership, Happening(**given, present=present, readings=scored)), mine)

    def present(self, row: SheetRow) -> list[Present]:
        """Return who was there, as the cells say."""
        people = self.book.several("contacts", row, "contacts") or []
        for one in people:
            if one not in self.employers:
                raise Refusal(f"There is no contact with the number {one}.", "contacts")
        there = [Present(self.employers[one], one) for one in people]
        bodies = dict.fromkeys(self.book.several("organisations", row, "present") or [])
        known = {one.organisation_id for one in there}
        return [*(Present(one) for one in bodies if one not in known), *there]

    def reading(self, row: SheetRow) -> NewReading:
        """Return the reading that a row stands for."""
        needed(READINGS, row)
        given = given_facts(row, ("determinant", "score", "evidence", "voice"))
        rater, ratee = (self.book.of("organisations", row, key) for key in ("rater_id", "ratee_id"))
        return NewReading(rater, ratee, **given)

    def _passed(self, one: Drafted) -> Entry | None:
        """Return an entry as the rules let it pass; one that they refuse is told."""
        try:
            return self.rules.check(one.entry)
        except Refusal as refusal:
            self._refuse_entry(one, refusal)
            return None

    def _tell(self, one: Drafted, *, is_new: bool) -> None:
        one.record.is_new = is_new
        self.errand.tell(one.record)
        for row in one.readings:
            self.errand.step()
            self.errand.tell(Record("readings", one.record.name, self.titles[1], row.number, is_new))

    def _refuse(self, record: Record, row: SheetRow, refusal: Refusal) -> None:
        column = INTERACTIONS.by_key.get(refusal.field or "")
        title = column_key(column.title) if column else ""
        value = str(row.values.get(refusal.field or "", "")) if column else record.name
        record.refused = Problem(record.sheet, row.number, title, value, refusal.message.rstrip("."))
        self.errand.tell(record)

    def _refuse_entry(self, one: Drafted, refusal: Refusal) -> None:
        """Tell a refused interaction; a rule about a reading names the row of that reading."""
        for row, reading in zip(one.readings, one.entry.happening.readings, strict=True):
            inputs = f"-{reading.rater_id}-{reading.ratee_id}-{reading.determinant}"
            if (refusal.field or "").endswith(inputs):
                column = "score" if (refusal.field or "").startswith("reading") else "evidence"
                reason = refusal.message.rstrip(".")
                one.record.refused = Problem(
                    self.titles[1], row.number, column, str(row.values.get(column, "")), reason
                )
                self.errand.tell(one.record)
                return
        self._refuse(one.record, one.row, refusal)


def _taken(rows: deque[SheetRow]) -> Iterator[SheetRow]:
    while rows:
        yield rows.popleft()


def _named(row: SheetRow) -> str:
    told = given_facts(row, ("held_on", "partnership"))
    return " ".join(str(one) for one in told.values()) or f"row {row.number}"


def readings_by_interaction(rows: Iterable[SheetRow]) -> dict[Ref, list[SheetRow]]:
    """Return rows of readings by the interaction that they name; those that name none stand under nothing."""
    found: dict[Ref, list[SheetRow]] = defaultdict(list)
    for row in rows:
        ref = row.values.get("interaction_id")
        found["" if ref is None or ref is CLEAR else ref].append(row)
    return found
