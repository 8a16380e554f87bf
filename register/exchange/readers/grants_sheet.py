"""Grants from a 360Giving spreadsheet or CSV file."""

from decimal import Decimal

from register.exchange.readers.grants import COLUMNS, OTHER_CURRENCY, POUNDS, Grant, party
from register.exchange.readers.parties import Party
from register.exchange.readers.plain_cells import day_in, pounds_in, text_in
from register.exchange.reading.asides import without_asides
from register.exchange.reading.choices import AS_IT_IS, Choices
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.identifiers import EATEN
from register.exchange.reading.tables import TableRow, read_table, refuse_cell
from register.exchange.reading.uploads import Upload
from register.text import LINE, PARAGRAPHS

CUT_SHORT = "a spreadsheet cut this number short, so that it names nobody; give its column the form of text there"
TO_A_PERSON = "grant to a person"
NUMBERS = (("recipient-org:charity-number", "GB-CHC"), ("recipient-org:company-number", "GB-COH"))


def sheet_grants(upload: Upload, findings: Findings, choices: Choices = AS_IT_IS) -> list[Grant]:
    """Return the grants of a table; whatever is wrong goes to the findings, by row and column."""
    table = read_table(upload, COLUMNS, choices, findings)
    seen: dict[str, int] = {}
    grants = []
    for row in without_asides(table.rows, findings, len(choices.values)):
        if row.cell("recipient-ind:identifier") and not row.cell("recipient-org:name"):
            findings.skipped[TO_A_PERSON] += 1
            continue
        grant = _grant(row, findings)
        earlier = seen.setdefault(grant.id, row.number) if grant else row.number
        if grant and earlier != row.number:
            cut = f", since {CUT_SHORT}" if EATEN.search(grant.id) else ""
            refuse_cell(findings, row, "identifier", f"row {earlier} has this identifier already{cut}")
        elif grant:
            grants.append(grant)
    return grants


def _grant(row: TableRow, findings: Findings) -> Grant | None:
    before = len(findings.problems)
    number = row.cell("identifier")
    if not number or len(number) > LINE:
        refuse_cell(findings, row, "identifier", f"a grant needs an identifier, of {LINE} characters at most")
    funder, recipient = _funder(row, findings), _recipient(row, findings)
    awarded, starts, ends = (
        day_in(row, column, findings)
        for column in ("award-date", "planned-dates:start-date", "planned-dates:end-date")
    )
    amount = _amount(row, findings)
    if len(findings.problems) > before or funder is None or recipient is None:
        return None
    return Grant(
        number, text_in(row, "title", LINE), text_in(row, "description", PARAGRAPHS), amount, awarded, starts, ends,
        funder, (recipient,), row.number,
    )  # fmt: skip


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
