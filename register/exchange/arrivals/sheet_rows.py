"""Rows of our own sheets into the register: found again, added, or changed in what they say otherwise."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, select

from register.database import db
from register.exchange.arrivals.organisations import NOT_ADDED
from register.exchange.arrivals.sheet_differences import Difference
from register.exchange.bringing.batch_lookups import last_act
from register.exchange.bringing.errands import Errand, Record
from register.exchange.bringing.lookups import in_portions
from register.exchange.bringing.outcomes import refused_in
from register.exchange.bringing.undo_changes import restored
from register.exchange.matching.lookups import kept_instead
from register.exchange.sheets.cell_values import CLEAR, Key, Ref, said_in
from register.exchange.sheets.columns import ID, Sheet
from register.exchange.sheets.reading import SheetRow
from register.exchange.taking.happening_sheet_lookups import ROWS
from register.exchange.taking.scope import Scope
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Organisation
from register.refusals import Refusal

NO_SUCH_NUMBER = (
    "There is no record with this number here. Leave it empty for a new one, or say that the numbers are those of "
    "another register."
)
NOUN = {key: key.removesuffix("s") for key in ("organisations", "partnerships", "contacts", "interactions")}


def folded(name: str) -> str:
    """Return a name in the form in which exact names are compared: blanks and case do not count."""
    return " ".join(name.split()).casefold()


class Book:
    """Which record a row means: by our number, by the file's own key, or by an exact name that one record has."""

    def __init__(self, errand: Errand) -> None:
        self.errand = errand
        self.keys: dict[tuple[str, Ref], int] = {}
        """The records of rows with a key of the file's own, by sheet and key."""

    @cached_property
    def names(self) -> dict[str, dict[int, str]]:
        """The names of organisations and of the partnerships that exist for who brings the file, by number."""
        bodies = db.session.execute(select(Organisation.id, Organisation.name))
        works = db.session.execute(select(Partnership.id, Partnership.name).where(self.errand.seen()))
        return {
            "organisations": {row.id: row.name for row in bodies},
            "partnerships": {row.id: row.name for row in works},
        }

    @cached_property
    def numbers(self) -> dict[str, dict[str, list[int]]]:
        """The same the other way round, by exact name."""
        found: dict[str, dict[str, list[int]]] = {sheet: defaultdict(list) for sheet in self.names}
        for sheet, names in self.names.items():
            for key, name in names.items():
                found[sheet][folded(name)].append(key)
        return found

    @cached_property
    def merged(self) -> dict[int, int]:
        """Which organisation each merged one went into: a sheet taken out before still has the old number."""
        return kept_instead()

    def add(self, sheet: str, row: SheetRow, key: int, name: str = "") -> None:
        """Remember the record of a row, so that later rows can mean it."""
        if row.own_key is not None:
            self.keys[sheet, row.own_key] = key
        if name and key not in self.names[sheet]:
            self.names[sheet][key] = name
            self.numbers[sheet][folded(name)].append(key)

    def meant(self, sheet: str, ref: Ref | None, name: str | None, field: str) -> int:
        """Return the number of the record that cells mean. Refuses, for `field`, what means none or several."""
        if ref is not None:
            return self._by_ref(sheet, ref, field)
        found = self.numbers[sheet].get(folded(name), []) if name else []
        if len(found) == 1:
            return self._kept(sheet, found[0])
        if not name:
            raise Refusal(f"Write the number of the {NOUN[sheet]}, or its exact name.", field)
        said = f"{len(found)} of them have" if found else f"No {NOUN[sheet]} has"
        raise Refusal(f"{said} the name {name}. Write the number.", field)

    def _by_ref(self, sheet: str, ref: Ref, field: str) -> int:
        if isinstance(ref, str):
            if (sheet, ref) not in self.keys:
                raise Refusal(f"No row of the sheet {sheet} that was kept has the key {ref}.", field)
            return self.keys[sheet, ref]
        if sheet in self.names and ref not in self.names[sheet]:
            raise Refusal(f"There is no {NOUN[sheet]} with the number {ref}.", field)
        return self._kept(sheet, ref)

    def _kept(self, sheet: str, key: int) -> int:
        """Return the number of an organisation, or of the one that it was found to be."""
        return self.merged.get(key, key) if sheet == "organisations" else key

    def of(self, sheet: str, row: SheetRow, key: str, name_key: str = "") -> int:
        """Return the number of the record that a row's columns refer to, such as `partnership_id` and `partnership`."""
        ref, name = (row.values.get(one) for one in (key, name_key or key.removesuffix("_id")))
        return self.meant(sheet, _stated(ref), _stated(name), key)

    def several(self, sheet: str, row: SheetRow, key: str) -> list[int] | None:
        """Return the numbers of the records that one cell means; None where it is empty."""
        given = row.values.get(key)
        if given is None:
            return None
        refs = () if given is CLEAR else given
        return [
            self.meant(sheet, ref, None, key) if isinstance(ref, int | Key) else self.meant(sheet, None, ref, key)
            for ref in refs
        ]


def _stated(value: Any) -> Any:
    return None if value is CLEAR else value


class Keeper:
    """Keeps the rows of one sheet; each sheet's own file says how a row is found, made and changed."""

    sheet: Sheet
    noun: str
    ended = ""
    """The column that says when a record ended, on sheets whose records come back after their import was undone."""

    def __init__(self, errand: Errand, book: Book, title: str) -> None:
        self.errand, self.book, self.title = errand, book, title
        self.current: dict[int, dict[str, Any]] = {}
        self.came_back: dict[int, int] = {}
        """The records that rows brought back, by the number of the row."""
        self.met: dict[int, int] = {}
        """In which row of the file a record was met first, by number; kept by sheets where that matters."""

    def keep(self, rows: Sequence[SheetRow]) -> None:
        """Keep the rows, portion by portion."""
        for portion in in_portions(rows):
            self.prepare(portion)
            for row in portion:
                self._keep(row)
                self.errand.step()

    def prepare(self, portion: Sequence[SheetRow]) -> None:
        """Ask for what the register has of some rows at once."""
        self.current = self.rows_of({row.own_key for row in portion if isinstance(row.own_key, int)})

    def rows_of(self, keys: set[int]) -> dict[int, dict[str, Any]]:
        """Return the sheet's rows as the register has them, by number."""
        if not keys:
            return {}
        names = [column.key for column in self.sheet.columns]
        scope = Scope(self.errand.seen(), self.errand.person, *self.within(keys))
        return {row[0]: dict(zip(names, row, strict=True)) for row in ROWS[self.sheet.key](scope) if row[0] in keys}

    def within(self, keys: set[int]) -> tuple[str, tuple[ColumnElement[bool], ...]]:
        """Return what an export is narrowed to that holds the records with some numbers."""
        raise NotImplementedError

    def name_of(self, row: SheetRow) -> str:
        """Return what a row is called where it is told of."""
        return str(row.values.get("name") or row.own_key or f"row {row.number}")

    def found(self, row: SheetRow) -> int | None:
        """Return the number of the row's record, None when it is new. Refuses a number that no record has."""
        if isinstance(row.own_key, int):
            if row.own_key not in self.current:
                raise Refusal(NO_SUCH_NUMBER, "id")
            return row.own_key
        return self.came_back.get(row.number) or self.alike(row)

    def alike(self, row: SheetRow) -> int | None:
        """Return the record that a row without a number is all the same; None where there is none."""
        raise NotImplementedError

    def namesake(self, row: SheetRow) -> int | None:
        """Return the one record that has the name of a row without an identifier, by which alone it is not found."""
        if self.sheet.key not in self.book.names or row.values.get("identifiers"):
            return None
        found = self.book.numbers[self.sheet.key].get(folded(str(row.values.get("name", ""))), [])
        return found[0] if len(found) == 1 else None

    def left_out(self, row: SheetRow, key: int | None) -> str:  # noqa: ARG002 - what others decide by
        """Return why a row is left out, empty when it is not."""
        return ""

    def make(self, row: SheetRow) -> int:
        """Add the row's record; return its number."""
        raise NotImplementedError

    def compare(self, row: SheetRow, key: int) -> list[Difference]:
        """Return what the row says otherwise."""
        raise NotImplementedError

    def change(self, row: SheetRow, key: int, found: list[Difference]) -> None:
        """Change what the row says otherwise."""
        raise NotImplementedError

    def _keep(self, row: SheetRow) -> None:
        """Keep one row; only what writes is done at a savepoint: most rows of a file that comes back are the same."""
        record = Record(self.noun, self.name_of(row), self.title, row.number)
        try:
            self._bring_back(record, row)
            key, told = self._compared(record, row)
        except Refusal as refusal:
            record.refused = refused_in(refusal, record.place, record.name)
            record.about = refusal.field or ""
        else:
            back = [*record.changes]
            with self.errand.part(record) if record.is_new or told else nullcontext():
                if record.is_new:
                    key = self.make(row)
                elif told and key is not None:
                    self.change(row, key, told)
            record.changes = [*back, *(one.told for one in told)]
            if key is not None and not record.refused:
                self.book.add(self.sheet.key, row, key)
        self._place(record, row)
        self.errand.tell(record)

    def _bring_back(self, record: Record, row: SheetRow) -> None:
        """Give back to a row's record what the undoing of an import took; from then on it is one like any other."""
        if not self.ended or isinstance(row.own_key, int) or not self.errand.choices.creates:
            return
        key = self.alike(row) or self.namesake(row)
        if key is None or not self.current.get(key, {}).get(self.ended):
            return
        entity = self.noun.removesuffix("s")
        act = last_act((entity, key))
        if act is None or not act.action.endswith(":undone") or not self.may_return(key, act.actor):
            return
        with self.errand.part(record):
            restored(self.errand.actor, entity, key)
        self.current |= self.rows_of({key})
        self.came_back[row.number] = key

    def may_return(self, key: int, actor: str) -> bool:  # noqa: ARG002 - what others decide by
        """Say whether the import may bring back a record whose import somebody undid."""
        return True

    def _compared(self, record: Record, row: SheetRow) -> tuple[int | None, list[Difference]]:
        """Return which record a row is and what it says otherwise; note on the record what else becomes of it."""
        key = self.found(row)
        if key is None and not self.errand.choices.creates:
            record.skipped = NOT_ADDED
        elif reason := self.left_out(row, key):
            record.skipped = reason
        elif key is None:
            record.is_new = True
        elif self.errand.choices.updates:
            return key, self.compare(row, key)
        return key, []

    def _place(self, record: Record, row: SheetRow) -> None:
        """Tell a refused record with the column and the cell that have to change."""
        column = self.sheet.by_key.get(record.about) if record.refused else None
        if record.refused and column:
            said = said_in(column, row.values.get(column.key))
            record.refused = replace(record.refused, column=column.title, value=said)


def needed(sheet: Sheet, row: SheetRow) -> None:
    """Refuse a new row that lacks what its record has to have; references are refused where they are looked up."""
    for column in sheet.columns:
        if column.is_needed and column.kind != ID and row.values.get(column.key) in (None, CLEAR):
            such = f", such as {column.words[0].name}" if column.words else ""
            raise Refusal(f"A new row needs {column.title}{such}.", column.key)


def told_between(
    sheet: Sheet, key: str, was: Iterable[int], given: Iterable[int], names: Mapping[int, str]
) -> list[Difference]:
    """Return the difference that a column of several records makes, if it makes one."""
    before, after = sorted(was), sorted(given)
    if set(before) == set(after):
        return []
    column = sheet.by_key[key]
    return [Difference(column, [names.get(one, "") for one in before], [names.get(one, "") for one in after])]
