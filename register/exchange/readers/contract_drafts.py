"""The rows of a contracts register, taken together where several tell of one contract."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from register.exchange.readers.contract_columns import (
    BUYER,
    DAYS,
    DEPARTMENT,
    DESCRIPTION,
    NUMBER,
    REFERENCE,
    SUM,
    SUPPLIER,
    TITLE,
    VOLUNTARY,
)
from register.exchange.readers.parties import Party
from register.exchange.readers.plain_cells import NOTHING, pounds_in, text_in
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.identifiers import split_id, trusted
from register.exchange.reading.names import fingerprint
from register.exchange.reading.rows import Identifier
from register.exchange.reading.tables import Table, TableRow, refuse_cell
from register.text import LINE

SCHEME = "CONTRACT-REGISTER"
"""The scheme under which an arrangement keeps its reference in the register of who buys."""
NO_SUPPLIER = "contract that names no supplier"
REPEATED = "row that repeats another"
ADDED = "an earlier row has this reference and title, and this supplier was added to its contract"
OTHER_SUM = "another row of this contract has another sum, so that none was kept"
BLANK = "this is blank and has to be filled"
EITHER = "this could be a company’s number or a charity’s, and was left out; write GB-COH-01234567 or GB-CHC-1234567"
NOBODY = re.compile(r"redacted\b.*|various\b.*|multiple\b.*|see (?:below|notes?|description)", re.IGNORECASE)
NAMES = re.compile(r"[;\n]")
NUMBERS = re.compile(r"[;,\s]+")
IS_VOLUNTARY = re.compile(r"\b(yes|y|vcse|voluntary|community|charity)\b", re.IGNORECASE)
WHOLE = 8
"""Characters of a company's number that has lost none: no charity's has as many."""


@dataclass
class Draft:
    """One contract: its row, what it is known by, who buys and who supplies."""

    row: TableRow
    identifier: Identifier
    title: str
    buyer: Party
    suppliers: list[Party]
    amount: Decimal | None


def has_columns(table: Table, findings: Findings) -> bool:
    """Whether a table has what a register needs; say what stands in for what it has in no column."""
    found = set(table.columns)
    if not table.rows:
        return False
    lacks = not found & {TITLE, DESCRIPTION}
    if lacks:
        findings.add_problem(Problem(findings.sheet, 0, TITLE, "", "this column is missing, and so is a description"))
    if not found & {BUYER, DEPARTMENT}:
        reason = "no column says who buys; say so for every row alike, or which column does"
        findings.add_problem(Problem(findings.sheet, 0, BUYER, "", reason))
        return False
    if BUYER not in found:
        said = "No column names an organisation, so that each department is taken for a body that buys. "
        findings.notices.append(said + "Give the organisation for every row where they are parts of one.")
    if REFERENCE not in found:
        said = "No column has references, so that each contract is known by its title, its supplier and its start."
        findings.notices.append(said)
    return not lacks


def drafts_of(rows: Iterable[TableRow], findings: Findings) -> list[Draft]:
    """Return the contracts of some rows; rows that have one reference and one title tell of one contract."""
    found: dict[Identifier, Draft] = {}
    for row in rows:
        draft = _draft(row, findings)
        if draft is None:
            continue
        first = found.setdefault(draft.identifier, draft)
        if first is not draft:
            _take_together(first, draft, findings)
    return list(found.values())


def _draft(row: TableRow, findings: Findings) -> Draft | None:
    before = len(findings.problems)
    suppliers = _suppliers(row, findings)
    if not suppliers:
        findings.skipped[NO_SUPPLIER] += 1
        return None
    buyer = _said(row, BUYER) or _said(row, DEPARTMENT)
    title = text_in(row, TITLE, LINE) or text_in(row, DESCRIPTION, LINE)
    for column, filled in ((BUYER, buyer), (TITLE, title)):
        if not filled:
            refuse_cell(findings, row, column, BLANK)
    if REFERENCE in row.places and not _said(row, REFERENCE):
        refuse_cell(findings, row, REFERENCE, BLANK)
    amount = pounds_in(row, SUM, findings)
    if len(findings.problems) > before:
        return None
    body = Party(buyer, "", (), is_buyer=True, is_voluntary=False, row=row.number)
    return Draft(row, _identifier(buyer, title, suppliers, row), title, body, suppliers, amount)


def _said(row: TableRow, column: str) -> str:
    """Return the line in a cell; words that say nothing are none."""
    text = text_in(row, column, LINE)
    return "" if text.casefold() in NOTHING else text


def _identifier(buyer: str, title: str, suppliers: Collection[Party], row: TableRow) -> Identifier:
    reference = " ".join(row.cell(REFERENCE).split())[:100]
    if not reference:
        names = "; ".join(fingerprint(one.name) for one in suppliers)
        reference = f"{fingerprint(title)[:60]}, {names[:30]}, {row.cell(DAYS[0])[:10]}"[:100]
    return SCHEME, f"{fingerprint(buyer)[:90]}: {reference}"


def _take_together(first: Draft, draft: Draft, findings: Findings) -> None:
    if fingerprint(first.title) != fingerprint(draft.title):
        refuse_cell(findings, draft.row, REFERENCE, f"row {first.row.number} has this reference already")
        return
    known = {fingerprint(one.name) for one in first.suppliers}
    others = [one for one in draft.suppliers if fingerprint(one.name) not in known]
    if first.amount != draft.amount and first.amount is not None:
        findings.remark(Problem(findings.sheet, draft.row.number, SUM, draft.row.cell(SUM), OTHER_SUM))
        first.amount = None
    if others:
        first.suppliers += others
        findings.remark(Problem(findings.sheet, draft.row.number, SUPPLIER, draft.row.cell(SUPPLIER), ADDED))
    else:
        findings.skipped[REPEATED] += 1


def _suppliers(row: TableRow, findings: Findings) -> list[Party]:
    """Return who supplies; a number is that of the only supplier, and where there are several it is nobody's."""
    names = [" ".join(name.split())[:LINE] for name in NAMES.split(row.cell(SUPPLIER)) if name.strip()]
    names = [name for name in names if name.casefold() not in NOTHING and not NOBODY.fullmatch(name)]
    numbers = [one for part in NUMBERS.split(row.cell(NUMBER)) if (one := _number(part, row, findings))]
    is_voluntary = bool(IS_VOLUNTARY.search(row.cell(VOLUNTARY)))
    is_voluntary = is_voluntary or any(scheme in ("GB-CHC", "GB-SC", "GB-NIC") for scheme, _ in numbers)
    known = tuple(numbers) if len(names) == 1 else ()
    return [Party(name, "", known, is_buyer=False, is_voluntary=is_voluntary, row=row.number) for name in names]


def _number(part: str, row: TableRow, findings: Findings) -> Identifier | None:
    """Return a supplier's number; one without its register is of the one that the title names, or is long enough."""
    scheme, value = split_id(part.upper())
    if scheme:
        return trusted(scheme, value)
    title = findings.titles.get(NUMBER, "").casefold()
    is_company, is_charity = "compan" in title, "charit" in title
    if is_charity and not is_company:
        return trusted("GB-CHC", value)
    if len(value) == WHOLE or (is_company and not is_charity):
        return trusted("GB-COH", value)
    if trusted("GB-COH", value):
        findings.remark(Problem(findings.sheet, row.number, NUMBER, part, EITHER))
    return None
