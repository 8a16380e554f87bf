"""Contracts registers as councils publish them under the Local Government Transparency Code: a row a contract.

The Code says what is told and not how the columns are called, so that every council calls them otherwise.
"""

import re

from register.exchange.readers.arrangements import Arrangements, between
from register.exchange.readers.parties import Party
from register.exchange.readers.plain_cells import day_in, pounds_in, text_in, unread_amount
from register.exchange.reading.asides import without_asides
from register.exchange.reading.choices import AS_IT_IS, Choices
from register.exchange.reading.columns import Column, always_read
from register.exchange.reading.findings import Findings
from register.exchange.reading.identifiers import split_id, trusted
from register.exchange.reading.names import fingerprint
from register.exchange.reading.rows import ArrangementRow, Identifier
from register.exchange.reading.tables import TableRow, read_table, refuse_cell
from register.exchange.reading.uploads import Upload
from register.text import LINE, PARAGRAPHS

SCHEME = "CONTRACT-REGISTER"
"""The scheme under which an arrangement keeps its reference in the register of who buys."""
ONE_BODY = "contract of a body with itself"
NO_SUPPLIER = "contract that names no supplier"
VOLUNTARY_COLUMN = "supplier-is-small,-medium,-voluntary-or-community"
NUMBERS = re.compile(r"[;,\s]+")
VOLUNTARY = re.compile(r"\b(yes|y|vcse|voluntary|community|charity)\b", re.IGNORECASE)

TITLES = {
    "reference-number": (
        "contract-reference reference contract-reference-number contract-number contract-id contractid ref "
        "unique-reference contract-ref agreement-reference"
    ),
    "title-of-agreement": "title contract-title contract-name title-of-contract agreement-title name-of-contract",
    "organisation": (
        "organisation-name organisationname buyer authority council contracting-authority publisher body-name"
    ),
    "department-responsible": (
        "department local-authority-department service-area directorate service responsible-department "
        "local-authority-department-responsible"
    ),
    "description": (
        "contract-description description-of-goods description-of-the-goods-and/or-services-being-provided"
    ),
    "supplier": "supplier-name supplier-name-and-details suppliername contractor provider vendor supplier(s)",
    "registration-number": (
        "company-number supplier-company-number suppliercompanynumber companies-house-number charity-number "
        "company-registration-number"
    ),
    "contract-sum": (
        "contract-value value value-of-contract total-value total-contract-value contract-value-(£) value-(£) "
        "lifetime-value annual-value annual-contract-value estimated-value amount"
    ),
    "sum-is": "value-basis value-type",
    "start-date": "contract-start-date start startdate commencement-date",
    "end-date": "contract-end-date end enddate expiry-date current-end-date",
    "review-date": "contract-review-date reviewdate review",
    VOLUNTARY_COLUMN: "sme-or-vcse vcse voluntary-sector is-vcse sme/vcse supplier-type",
}
"""How councils call the columns, by ours."""

ABOUT = {
    "reference-number": "What the contract is called in the register",
    "title-of-agreement": "What it is about, in a line",
    "organisation": "Who buys",
    "department-responsible": "Which part of it; who buys where no organisation is named",
    "description": "What is bought",
    "supplier": "Who supplies; several parted by semicolons",
    "registration-number": "The supplier’s number, such as GB-COH-01234567",
    "contract-sum": "Pounds",
    "sum-is": "Whether a year or in all",
    "start-date": "The first day",
    "end-date": "The last day",
    "review-date": "The day of the next review",
    VOLUNTARY_COLUMN: "Whether the supplier is voluntary",
}
REQUIRED = ("reference-number", "title-of-agreement", "supplier")
DAYS = ("start-date", "end-date", "review-date")
COLUMNS = tuple(
    Column(
        key,
        about,
        required=key in REQUIRED,
        also=tuple(TITLES[key].split()),
        is_day=key in DAYS,
        tells_apart=key == "reference-number",
        unread=unread_amount if key == "contract-sum" else always_read,
    )
    for key, about in ABOUT.items()
)


def read_contract_register(upload: Upload, choices: Choices = AS_IT_IS) -> Arrangements:
    """Read a contracts register; `findings.problems` is empty when all of it can be kept."""
    findings = Findings(upload.name)
    table = read_table(upload, COLUMNS, choices, findings)
    drafts = [draft for row in without_asides(table.rows, findings) if (draft := _draft(row, findings))]
    _refuse_repeated(drafts, findings)
    if findings.problems:
        return Arrangements(findings=findings)
    rows, sides = between([(buyers, suppliers) for _, _, buyers, suppliers in drafts])
    if alone := sides.count(None):
        findings.skipped[ONE_BODY] += alone
    found = (
        _arrangement(row, buyers[0], *side, findings)
        for (row, _, buyers, _), side in zip(drafts, sides, strict=True)
        if side
    )
    arrangements = tuple(found)
    if findings.problems:
        return Arrangements(findings=findings)
    return Arrangements(rows, arrangements, findings)


Draft = tuple[TableRow, Identifier, list[Party], list[Party]]
"""A row, what its contract is known by, who buys and who supplies."""


def _draft(row: TableRow, findings: Findings) -> Draft | None:
    buyer = text_in(row, "organisation", LINE) or text_in(row, "department-responsible", LINE)
    if not text_in(row, "supplier", LINE):
        findings.skipped[NO_SUPPLIER] += 1
        return None
    for column, filled in (("reference-number", row.cell("reference-number")), ("organisation", buyer)):
        if not filled:
            refuse_cell(findings, row, column, "this is blank and has to be filled")
    if not row.cell("title-of-agreement"):
        refuse_cell(findings, row, "title-of-agreement", "this is blank and has to be filled")
    buyers = [Party(buyer, "", (), is_buyer=True, is_voluntary=False, row=row.number)]
    return row, _identifier(buyer, row), buyers, _suppliers(row)


def _identifier(buyer: str, row: TableRow) -> Identifier:
    return SCHEME, f"{fingerprint(buyer)[:90]}: {' '.join(row.cell('reference-number').split())[:100]}"


def _suppliers(row: TableRow) -> list[Party]:
    """Return who supplies; a number is that of the only supplier, and where there are several it is nobody's."""
    names = [" ".join(name.split())[:LINE] for name in row.cell("supplier").split(";") if name.strip()]
    numbers = [one for part in NUMBERS.split(row.cell("registration-number")) if (one := _number(part))]
    is_voluntary = bool(VOLUNTARY.search(row.cell(VOLUNTARY_COLUMN)))
    is_voluntary = is_voluntary or any(scheme in ("GB-CHC", "GB-SC", "GB-NIC") for scheme, _ in numbers)
    known = tuple(numbers) if len(names) == 1 else ()
    return [Party(name, "", known, is_buyer=False, is_voluntary=is_voluntary, row=row.number) for name in names]


def _number(part: str) -> Identifier | None:
    scheme, value = split_id(part.upper())
    return trusted(scheme, value) if scheme else trusted("GB-COH", value)


def _refuse_repeated(drafts: list[Draft], findings: Findings) -> None:
    first: dict[Identifier, int] = {}
    for row, identifier, _, _ in drafts:
        earlier = first.setdefault(identifier, row.number)
        if earlier != row.number:
            refuse_cell(findings, row, "reference-number", f"row {earlier} has this reference already")


def _arrangement(
    row: TableRow, buyer: Party, commissioners: tuple[int, ...], providers: tuple[int, ...], findings: Findings
) -> ArrangementRow:
    amount = pounds_in(row, "contract-sum", findings)
    starts, ends, review = (day_in(row, column, findings) for column in ("start-date", "end-date", "review-date"))
    is_in_order = not (starts and ends and ends < starts)
    return ArrangementRow(
        identifier=_identifier(buyer.name, row),
        title=text_in(row, "title-of-agreement", LINE),
        purpose=text_in(row, "description", PARAGRAPHS) or None,
        reference=text_in(row, "reference-number", LINE),
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
    """Return whether a sum is for a year or in all, as its own column or the title over it says."""
    told = f"{row.cell('sum-is')} {findings.titles.get('contract-sum', '')}".casefold()
    return "annual" if "year" in told or "annual" in told else "total"
