"""Grants from a 360Giving spreadsheet or CSV file."""

from datetime import date
from decimal import Decimal

from register.exchange.readers.grant_columns import COLUMNS
from register.exchange.readers.grants import OTHER_CURRENCY, POUNDS, Grant, party
from register.exchange.readers.parties import Party
from register.exchange.readers.plain_cells import day_in, pounds_in, text_in
from register.exchange.reading.asides import without_asides
from register.exchange.reading.choices import AS_IT_IS, Choices
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.identifiers import EATEN
from register.exchange.reading.names import fingerprint
from register.exchange.reading.tables import TITLES_SHOWN, Table, TableRow, read_table, refuse_cell
from register.exchange.reading.uploads import Upload
from register.text import LINE, PARAGRAPHS

CUT_SHORT = "a spreadsheet cut this number short, so that it names nobody; give its column the form of text there"
SIDES = {
    "funds": ("funding-org:name", "funding-org:identifier"),
    "receives": ("recipient-org:name", "recipient-org:identifier", "recipient-ind:identifier", "recipient-ind:name"),
}
"""By what each side does, the columns that may name it."""
UNNUMBERED = "No column has numbers of grants, so that each is known by its recipient, its day, its sum and its title."
IS_SAME = "is the same grant: recipient, day, sum and title"
TO_A_PERSON = "grant to a person"
NUMBERS = (("recipient-org:charity-number", "GB-CHC"), ("recipient-org:company-number", "GB-COH"))


def sheet_grants(upload: Upload, findings: Findings, choices: Choices = AS_IT_IS) -> list[Grant]:
    """Return the grants of a table; whatever is wrong goes to the findings, by row and column."""
    table = read_table(upload, COLUMNS, choices, findings)
    if not _has_columns(table, findings):
        return []
    seen: dict[str, int] = {}
    grants = []
    for row in without_asides(table.rows, findings, len(choices.values)):
        is_to_a_person = row.cell("recipient-ind:identifier") or row.cell("recipient-ind:name")
        if is_to_a_person and not row.cell("recipient-org:name"):
            findings.skipped[TO_A_PERSON] += 1
            continue
        grant = _grant(row, findings)
        earlier = seen.setdefault(grant.id, row.number) if grant else row.number
        if grant and earlier != row.number:
            cut = f", since {CUT_SHORT}" if EATEN.search(grant.id) else ""
            same = f"has this identifier already{cut}" if grant.is_numbered else IS_SAME
            refuse_cell(findings, row, "identifier", f"row {earlier} {same}")
        elif grant:
            grants.append(grant)
    return grants


def _has_columns(table: Table, findings: Findings) -> bool:
    """Whether a table has who gives and who receives; say what stands in for a column of numbers."""
    found = set(table.columns)
    lacking = [side for side, columns in SIDES.items() if not found & set(columns)] if table.rows else []
    for side in lacking:
        reason = f"no column says who {side}; say which column does, or say it for every row alike"
        reason += f"; the file begins with {', '.join(table.columns[:TITLES_SHOWN])}"
        findings.add_problem(Problem(findings.sheet, 0, SIDES[side][0], "", reason))
    if table.rows and "identifier" not in found:
        findings.notices.append(UNNUMBERED)
    return bool(table.rows) and not lacking


def _grant(row: TableRow, findings: Findings) -> Grant | None:
    before = len(findings.problems)
    number = row.cell("identifier")
    is_numbered = "identifier" in row.places
    if is_numbered and not 0 < len(number) <= LINE:
        refuse_cell(findings, row, "identifier", f"a grant needs an identifier, of {LINE} characters at most")
    funder, recipient = _funder(row, findings), _recipient(row, findings)
    awarded, starts, ends = (
        day_in(row, column, findings)
        for column in ("award-date", "planned-dates:start-date", "planned-dates:end-date")
    )
    amount = _amount(row, findings)
    if len(findings.problems) > before or funder is None or recipient is None:
        return None
    title = text_in(row, "title", LINE)
    return Grant(
        number if is_numbered else _put_together(funder, recipient, awarded, amount, title),
        title, text_in(row, "description", PARAGRAPHS), amount, awarded, starts, ends, funder, (recipient,), row.number,
        is_numbered,
    )  # fmt: skip


def _put_together(funder: Party, recipient: Party, day: date | None, amount: Decimal | None, title: str) -> str:
    """Return what a grant without a number is known by: who gave what to whom on which day, for what."""
    told = (fingerprint(recipient.name)[:70], day.isoformat() if day else "", f"{amount:f}" if amount else "")
    return f"{fingerprint(funder.name)[:60]}: {', '.join(told)}, {fingerprint(title)}"[:LINE]


def _funder(row: TableRow, findings: Findings) -> Party | None:
    name, number = row.cell("funding-org:name"), row.cell("funding-org:identifier")
    found = party(name, number, (), row.number, is_funder=True)
    if found is None:
        refuse_cell(findings, row, "funding-org:name", "this is blank: a grant needs its funder")
    return found


def _recipient(row: TableRow, findings: Findings) -> Party | None:
    numbers = [(scheme, row.cell(column)) for column, scheme in NUMBERS if row.cell(column)]
    name, number = row.cell("recipient-org:name"), row.cell("recipient-org:identifier")
    if EATEN.search(number):
        findings.remark(Problem(findings.sheet, row.number, "recipient-org:identifier", number, CUT_SHORT))
    found = party(name, number, numbers, row.number, is_funder=False)
    if found is None:
        refuse_cell(findings, row, "recipient-org:name", "this is blank: a grant needs its recipient")
    return found


def _amount(row: TableRow, findings: Findings) -> Decimal | None:
    """Return what was awarded in pounds; an amount in another currency is noted and left out."""
    amount, currency = pounds_in(row, "amount-awarded", findings), row.cell("currency").upper()
    if amount and currency and currency not in POUNDS:
        findings.remark(Problem(findings.sheet, row.number, "currency", row.cell("currency"), OTHER_CURRENCY))
        return None
    return amount
