"""The sheets of deals and contributions, into the register: together they make one revision of a partnership's deal."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from register.database import db
from register.exchange.arrivals.arrangements import NOT_YOURS
from register.exchange.arrivals.organisations import NOT_ADDED
from register.exchange.arrivals.sheet_differences import Difference, differences, given_facts
from register.exchange.arrivals.sheet_rows import Book
from register.exchange.bringing.errands import Errand, Record
from register.exchange.bringing.lookups import in_portions
from register.exchange.reading.columns import column_key
from register.exchange.reading.findings import Problem
from register.exchange.sheets.columns import Sheet
from register.exchange.sheets.layouts import CONTRIBUTIONS, DEALS
from register.exchange.sheets.reading import SheetRow
from register.exchange.taking.happening_sheet_lookups import ROWS
from register.exchange.taking.scope import Scope
from register.partnerships.deal_changes import Share, revise_deal
from register.partnerships.models import Partnership
from register.refusals import Refusal

TERMS_OF_SHEET = {"value": "value_pence"}
"""Columns that the deal calls otherwise."""
WHY = "Brought in from a file"
ONCE = "the sheet has this partnership, or this organisation of it, twice"


@dataclass
class Asked:
    """What a file says of one partnership's deal: its row of terms, and a row for each side."""

    terms: tuple[SheetRow, Record] | None = None
    sides: dict[int, tuple[SheetRow, Record]] = field(default_factory=dict)


class DealKeeper:
    """Keeps deals: only a partnership whose terms or contributions differ gets a revision."""

    def __init__(self, errand: Errand, book: Book) -> None:
        self.errand, self.book = errand, book
        self.asked: dict[int, Asked] = defaultdict(Asked)

    def keep(self, deals: Sequence[SheetRow], contributions: Sequence[SheetRow], titles: tuple[str, str]) -> None:
        """Keep the rows of both sheets."""
        for row in deals:
            self._file(row, DEALS, titles[0])
        for row in contributions:
            self._file(row, CONTRIBUTIONS, titles[1])
        for keys in in_portions(self.asked):
            self._keep(keys)

    def _file(self, row: SheetRow, sheet: Sheet, title: str) -> None:
        """Put a row with its partnership; one that means none is refused by itself."""
        name = " in ".join(str(one) for one in given_facts(row, ("organisation", "partnership")).values())
        record = Record(sheet.key, name or f"row {row.number}", title, row.number)
        self.errand.step()
        try:
            partnership = self.book.of("partnerships", row, "partnership_id")
            asked = self.asked[partnership]
            if sheet is DEALS:
                if asked.terms:
                    raise Refusal(ONCE, "partnership_id")
                asked.terms = row, record
            else:
                side = self.book.of("organisations", row, "organisation_id")
                if side in asked.sides:
                    raise Refusal(ONCE, "organisation_id")
                asked.sides[side] = row, record
        except Refusal as refusal:
            self._refuse([(row, record)], sheet, refusal)

    def _refuse(self, rows: Iterable[tuple[SheetRow, Record]], sheet: Sheet, refusal: Refusal) -> None:
        field_name = {"value_pence": "value"}.get(refusal.field or "", refusal.field or "")
        column = sheet.by_key.get(field_name)
        for row, record in rows:
            value = str(row.values.get(field_name, "")) if column else record.name
            title = column_key(column.title) if column else ""
            record.refused = Problem(record.sheet, row.number, title, value, refusal.message.rstrip("."))
            self.errand.tell(record)

    def _keep(self, keys: Sequence[int]) -> None:
        scope = Scope(self.errand.seen(), self.errand.person, "partnerships", (Partnership.id.in_(keys),))
        terms = {row[0]: _named(DEALS, row) for row in ROWS["deals"](scope)}
        shares: dict[int, dict[int, dict[str, Any]]] = defaultdict(dict)
        for row in ROWS["contributions"](scope):
            shares[row[0]][row[2]] = _named(CONTRIBUTIONS, row)
        asked = select(Partnership.id).where(self.errand.editable(), Partnership.id.in_(keys))
        editable = set(db.session.scalars(asked))
        for key in keys:
            self._revise(key, self.asked[key], terms.get(key), shares.get(key, {}), is_mine=key in editable)

    def _revise(
        self, key: int, asked: Asked, terms: dict[str, Any] | None, shares: dict[int, dict[str, Any]], *, is_mine: bool
    ) -> None:
        told: dict[int, list[Difference]] = {}
        told[0] = differences(DEALS, asked.terms[0], terms or _nothing(DEALS)) if asked.terms else []
        for side, (row, _) in asked.sides.items():
            told[side] = differences(CONTRIBUTIONS, row, shares.get(side) or _nothing(CONTRIBUTIONS))
        rows = [*([(0, *asked.terms)] if asked.terms else []), *((side, *pair) for side, pair in asked.sides.items())]
        is_allowed = self.errand.choices.creates if terms is None else self.errand.choices.updates
        is_changed = any(told.values()) and is_allowed
        if is_changed and not self._is_revised(key, terms, shares, told, rows, is_mine=is_mine):
            return
        for side, _, record in rows:
            record.is_new = bool(told[side]) and (terms is None if not side else side not in shares) and is_allowed
            record.changes = [one.told for one in told[side]] if is_allowed else []
            record.skipped = NOT_ADDED if terms is None and not is_allowed else ""
            self.errand.tell(record)

    def _is_revised(
        self,
        key: int,
        terms: dict[str, Any] | None,
        shares: dict[int, dict[str, Any]],
        told: dict[int, list[Difference]],
        rows: Sequence[tuple[int, SheetRow, Record]],
        *,
        is_mine: bool,
    ) -> bool:
        """Make the revision; return whether no rule refused it."""
        probe = Record("deals", "")
        with self.errand.part(probe):
            if not is_mine:
                raise Refusal(f"{NOT_YOURS[0].upper()}{NOT_YOURS[1:]}.", "partnership_id")
            sides = _sides(shares, told)
            facts = {**(terms or {}), **{one.column.key: one.given for one in told[0]}}
            wanted = {TERMS_OF_SHEET.get(name, name): value for name, value in facts.items() if name not in NOT_TERMS}
            partnership = db.session.get_one(Partnership, key)
            revise_deal(self.errand.actor, partnership, wanted, sides, WHY if terms else None)
        if probe.refused:
            refusal = Refusal(probe.refused.reason, probe.about)
            for side, row, record in rows:
                self._refuse([(row, record)], CONTRIBUTIONS if side else DEALS, refusal)
        return probe.refused is None


NOT_TERMS = frozenset({"partnership_id", "partnership", "revision"})


def _named(sheet: Sheet, row: Sequence[Any]) -> dict[str, Any]:
    return dict(zip((column.key for column in sheet.columns), row, strict=True))


def _nothing(sheet: Sheet) -> dict[str, Any]:
    return dict.fromkeys(column.key for column in sheet.columns)


def _sides(shares: dict[int, dict[str, Any]], told: dict[int, list[Difference]]) -> tuple[Share, ...]:
    """Return what each side puts in from now on; one that puts in nothing any more is left out."""
    sides = []
    for side in dict.fromkeys((*shares, *(one for one in told if one))):
        values = {**shares.get(side, {}), **{one.column.key: one.given for one in told.get(side, ())}}
        money, in_kind = values.get("money"), values.get("in_kind")
        if money is not None or in_kind:
            sides.append(Share(side, money, in_kind))
    return tuple(sides)
