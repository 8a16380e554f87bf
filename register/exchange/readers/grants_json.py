"""Grants from 360Giving's JSON."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from register.exchange.readers.grants import OTHER_CURRENCY, POUNDS, Grant, party
from register.exchange.readers.grants_json_forms import in_lists, plain_days
from register.exchange.readers.grants_sheet import TO_A_PERSON
from register.exchange.readers.parties import Party
from register.exchange.readers.plain_cells import amount_of
from register.exchange.reading.choices import AS_IT_IS, Choices
from register.exchange.reading.documents import Branch
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.json_texts import read_documents
from register.exchange.reading.uploads import Upload, text_of
from register.refusals import Refusal
from register.text import LINE

AWARDED = "amountAwarded"
NUMBERS = (("charityNumber", "GB-CHC"), ("companyNumber", "GB-COH"))


def json_grants(upload: Upload, findings: Findings, choices: Choices = AS_IT_IS) -> list[Grant]:
    """Return the grants of a document; whatever is wrong goes to the findings, by place and path."""
    text = text_of(upload, "JSON", choices.encoding)
    findings.sheet = "grants"
    findings.notices += [f"{text.note}."] if text.note else []
    values = _grants_in(read_documents(text.content, upload.name), upload.name)
    plain_days([value for value in values if isinstance(value, dict)], findings, choices.days)
    seen: dict[str, int] = {}
    found = []
    for row, value in enumerate(values, start=1):
        branch = Branch(findings, row, values=in_lists(value) if isinstance(value, dict) else {})
        if not isinstance(value, dict):
            branch.refuse("", value, "this should be an object in braces")
        elif grant := _grant(branch, findings):
            if seen.setdefault(grant.id, row) != row:
                branch.refuse("id", grant.id, f"row {seen[grant.id]} has this identifier already")
            else:
                found.append(grant)
    return found


def _grants_in(documents: list[object], name: str) -> list[object]:
    """Return the grants of documents: of packages, of lists, or one by one; raise Refusal where there are none."""
    found: list[object] = []
    for document in documents:
        alone = [document] if isinstance(document, dict) and "id" in document else None
        values = document.get("grants", alone) if isinstance(document, dict) else document
        if not isinstance(values, list):
            raise Refusal(f"{name} is not 360Giving data: it has no list called grants.")
        found += values
    return found


def _grant(branch: Branch, findings: Findings) -> Grant | None:
    recipients = _parties(branch, "recipientOrganization", is_funder=False)
    if not recipients and branch.values.get("recipientIndividual"):
        findings.skipped[TO_A_PERSON] += 1
        return None
    funders = _parties(branch, "fundingOrganization", is_funder=True)
    number = branch.line("id")
    for key, there, what in (
        ("id", number, "its identifier"),
        ("fundingOrganization", funders, "its funder"),
        ("recipientOrganization", recipients, "its recipient"),
    ):
        if not there:
            branch.refuse(key, "", f"this is missing: a grant needs {what}")
    if not (number and funders and recipients):
        return None
    if len(funders) > 1:
        branch.note("fundingOrganization", "", f"of the {len(funders)} funders, {funders[0].name} alone was kept")
    planned = next(iter(branch.branches("plannedDates")), Branch(findings, branch.row))
    return Grant(
        id=number[:LINE],
        title=branch.line("title"),
        purpose=branch.text("description"),
        amount=_amount(branch),
        awarded_on=branch.day("awardDate"),
        starts_on=planned.day("startDate"),
        ends_on=planned.day("endDate"),
        funder=funders[0],
        recipients=tuple(recipients),
        row=branch.row,
    )


def _amount(branch: Branch) -> Decimal | None:
    currency, amount = branch.line("currency").upper(), _awarded(branch)
    if amount and currency and currency not in POUNDS:
        branch.findings.remark(Problem(branch.findings.sheet, branch.row, "currency", currency, OTHER_CURRENCY))
        return None
    return amount


def _awarded(branch: Branch) -> Decimal | None:
    """Return the sum that was awarded; one that was written as a text is read as a cell of a table is."""
    written = branch.values.get(AWARDED)
    if not isinstance(written, str):
        return branch.amount(AWARDED)
    try:
        amount = amount_of(written.strip())[0] if written.strip() else None
    except InvalidOperation:
        branch.refuse(AWARDED, written, "this should be a number")
        return None
    return replace(branch, values={AWARDED: amount}).amount(AWARDED)


def _parties(branch: Branch, key: str, *, is_funder: bool) -> list[Party]:
    found = []
    for one in branch.branches(key):
        numbers = [(scheme, one.line(name)) for name, scheme in NUMBERS if one.line(name)]
        named = party(one.line("name"), one.line("id"), numbers, branch.row, is_funder=is_funder)
        if named:
            found.append(named)
    return found
