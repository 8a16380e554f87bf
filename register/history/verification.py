"""Verification: the chain link by link, each commitment, and every live value against the last recorded one.

What it proves: that what stands in the tables is what the history recorded, and that the history was not altered in its
middle. What it does not prove: that the last entries were not cut off together with the rows (only a checkpoint kept
elsewhere shows that), that an officer wrote the truth, or that something was entered at all.

The entries are read twice, by their numbers and by the rows that they are about, so that nothing has to be kept in
memory but a mark for each entry.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import Table
from sqlalchemy.exc import OperationalError

from register.history.chain import EVERY, Chain, Step, stray_values, walk
from register.history.commitments import Entry, check_entry, entities, entries_about
from register.history.coverage import covered_columns, recorded_tables
from register.history.envelope import Plain
from register.history.live import LiveRow, is_same, live_rows, reading_anything, what_is_missing

MOST = 1000
"""Problems that are told; of a register that was altered throughout, more would help nobody."""


@dataclass(frozen=True)
class Verdict:
    """What a verification found."""

    entries: int
    values: int
    """Live values compared."""
    last_hash: str
    problems: tuple[str, ...]
    erased: int = 0
    """Values that are gone and of which an entry says that they were erased."""
    untold: int = 0
    """Problems beyond those that are told."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.problems

    @property
    def found(self) -> int:
        """How many problems there are."""
        return len(self.problems) + self.untold


@dataclass
class Work:
    """A verification under way."""

    step: Step
    chain: Chain = field(default_factory=Chain)
    problems: list[str] = field(default_factory=list)
    untold: int = 0
    compared: int = 0
    seen: bytearray = field(default_factory=bytearray)
    """A mark for each entry that was found under the row which it is about."""
    done: int = 0

    def take(self, problems: Iterable[str]) -> None:
        """Take up what is wrong."""
        for problem in problems:
            if len(self.problems) < MOST:
                self.problems.append(problem)
            else:
                self.untold += 1

    def mark(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        """Yield entries, marking each."""
        for entry in entries:
            if isinstance(entry.sequence, int) and 0 < entry.sequence < len(self.seen):
                self.seen[entry.sequence] = 1
            self.done += 1
            if self.done % EVERY == 0:
                self.step(EVERY)
            yield entry

    def verdict(self) -> Verdict:
        """Return what was found."""
        erased = sum(map(len, self.chain.erased.values()))
        return Verdict(
            self.chain.size, self.compared, self.chain.last, tuple(self.problems), erased, self.untold,
        )


def tell_nobody(_more: int) -> None:
    """Tell nobody how far a verification is."""


def verify(step: Step = tell_nobody) -> Verdict:
    """Check the whole history and every live value; each problem is a sentence that names the record and the field.

    Every entry is counted twice by `step`.
    """
    try:
        return _verify(step)
    except OperationalError:
        with reading_anything():
            return _verify(step)


def _verify(step: Step) -> Verdict:
    work = Work(step)
    work.take(walk(work.chain, step))
    work.take(stray_values())
    work.seen = bytearray(work.chain.size + 1)
    tables = recorded_tables()
    missing = {name: absent for name, table in sorted(tables.items()) if (absent := what_is_missing(table))}
    work.take(missing.values())
    for name in sorted(tables.keys() | entities()):
        work.take(_check_table(work, name, None if name in missing else tables.get(name)))
    work.take(_unseen(work.seen))
    return work.verdict()


def _check_table(work: Work, name: str, table: Table | None) -> Iterator[str]:
    """Check the entries about the rows of a table, and each row against what they recorded last; both rise by id."""
    live = _counted(work, table) if table is not None else iter(())
    names = [column.name for column in covered_columns(table)] if table is not None else []
    row = next(live, None)
    for number, entries in groupby(work.mark(entries_about(name)), key=lambda entry: entry.entity_id):
        latest: dict[str, Plain] = {}
        for entry in entries:
            yield from check_entry(entry, latest, work.chain.erased)
        while row and isinstance(number, int) and row.id < number:
            yield _slipped_in(name, row)
            row = next(live, None)
        if row and row.id == number:
            yield from _compare(name, names, row, latest)
            row = next(live, None)
        elif table is not None:
            yield f"{name} {number} was deleted behind the history."
    while row:
        yield _slipped_in(name, row)
        row = next(live, None)


def _counted(work: Work, table: Table) -> Iterator[LiveRow]:
    for row in live_rows(table):
        work.compared += len(row.values)
        yield row


def _slipped_in(name: str, row: LiveRow) -> str:
    return f"{name} {row.id} was slipped in: no entry made it."


def _compare(name: str, columns: list[str], row: LiveRow, latest: dict[str, Plain]) -> Iterator[str]:
    recorded: list[Any] = [latest.get(column) for column in columns]
    if row.values == recorded and [*map(type, row.values)] == [*map(type, recorded)]:
        return
    for column, live, before in zip(columns, row.values, recorded, strict=True):
        if not is_same(live, before):
            yield f"{name} {row.id}: {column} was altered behind the history."


def _unseen(seen: bytearray) -> Iterator[str]:
    """Yield the entries that stand in the chain and not under the row which they are about."""
    place = seen.find(0, 1)
    while place > 0:
        yield f"Entry {place} is not found by the record that it is about: its column entity or an index was altered."
        place = seen.find(0, place + 1)
