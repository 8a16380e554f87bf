"""Contracts registers as councils publish them under the Local Government Transparency Code: a row a contract.

The Code says what is told and not how the columns are called, so that every council calls them otherwise.
"""

import re
from datetime import date

from register.exchange.readers.arrangements import Arrangements, between
from register.exchange.readers.contract_columns import COLUMNS, DAYS, DESCRIPTION, REFERENCE, SUM, SUM_IS
from register.exchange.readers.contract_drafts import Draft, drafts_of, has_columns
from register.exchange.readers.plain_cells import day_in, text_in
from register.exchange.reading.asides import without_asides
from register.exchange.reading.choices import AS_IT_IS, Choices
from register.exchange.reading.findings import Findings
from register.exchange.reading.rows import ArrangementRow
from register.exchange.reading.tables import TableRow, read_table
from register.exchange.reading.uploads import Upload
from register.text import LINE, PARAGRAPHS

ONE_BODY = "contract of a body with itself"
A_YEAR = re.compile(r"\b(annual|annually|yearly|per annum|per year|a year|p\.?a\b)", re.IGNORECASE)
IN_ALL = re.compile(r"\b(total|length of the contract|lifetime|whole life)\b", re.IGNORECASE)


def read_contract_register(upload: Upload, choices: Choices = AS_IT_IS) -> Arrangements:
    """Read a contracts register; `findings.problems` names the rows that cannot be kept, beside those that can."""
    findings = Findings(upload.name)
    table = read_table(upload, COLUMNS, choices, findings)
    if not has_columns(table, findings):
        return Arrangements(findings=findings)
    drafts = drafts_of(without_asides(table.rows, findings, len(choices.values)), findings)
    told = [(draft, days) for draft in drafts if (days := _days(draft, findings)) is not None]
    rows, sides = between([((draft.buyer,), draft.suppliers) for draft, _ in told])
    if alone := sides.count(None):
        findings.skipped[ONE_BODY] += alone
    found = (
        _arrangement(draft, days, *side, findings)
        for (draft, days), side in zip(told, sides, strict=True)
        if side
    )
    return Arrangements(rows, tuple(found), findings)


Days = tuple[date | None, ...]
"""The start, the end and the review."""


def _days(draft: Draft, findings: Findings) -> Days | None:
    """Return the days of a contract, None where one cannot be read."""
    before = len(findings.problems)
    days = tuple(day_in(draft.row, column, findings) for column in DAYS)
    return days if len(findings.problems) == before else None


def _arrangement(
    draft: Draft, days: Days, commissioners: tuple[int, ...], providers: tuple[int, ...], findings: Findings
) -> ArrangementRow:
    row, amount = draft.row, draft.amount
    starts, ends, review = days
    is_in_order = not (starts and ends and ends < starts)
    return ArrangementRow(
        identifier=draft.identifier,
        title=draft.title,
        purpose=text_in(row, DESCRIPTION, PARAGRAPHS) or None,
        reference=text_in(row, REFERENCE, LINE) or None,
        commissioners=commissioners,
        providers=providers,
        value_pence=int(amount * 100) if amount else None,
        value_basis=_basis(row, findings) if amount else None,
        agreed_on=None,
        starts_on=starts,
        ends_on=ends if is_in_order else None,
        row=row.number,
        review_on=review,
    )


def _basis(row: TableRow, findings: Findings) -> str:
    """Return whether a sum is for a year or in all, as its cell, its own column or the title over it says."""
    said = f"{row.cell(SUM)} {row.cell(SUM_IS)}"
    told = said if A_YEAR.search(said) or IN_ALL.search(said) else findings.titles.get(SUM, "")
    return "annual" if A_YEAR.search(told) and not IN_ALL.search(told) else "total"
