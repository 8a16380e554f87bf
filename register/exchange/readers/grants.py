"""Grants as 360Giving tells them, in its spreadsheet or its JSON: each grant an arrangement of funder and recipient."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from register.exchange.readers.arrangements import Arrangements, between
from register.exchange.readers.parties import Party
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.identifiers import is_no_number, split_id, trusted
from register.exchange.reading.names import fingerprint
from register.exchange.reading.rows import ArrangementRow, Identifier
from register.text import LINE

SCHEME = "360G"
"""The scheme under which an arrangement keeps its grant's identifier, which begins with its publisher's prefix."""
POUNDS = frozenset(("GBP", "£", "POUND", "POUNDS", "STERLING", "POUNDS STERLING", "UKP", "STG"))
OTHER_CURRENCY = "a value in this currency is not kept, since the register counts in pounds"
TO_ONESELF = "grant from a body to itself"
PUBLIC = frozenset({"GB-GOR", "GB-LAE", "GB-LAS", "GB-PLA", "GB-LANI", "GB-NHS", "GB-GSS"})
"""Registers of public bodies; other funders and all recipients are taken to be voluntary."""

@dataclass(frozen=True)
class Grant:
    """One grant as a file tells it."""

    id: str
    title: str
    purpose: str
    amount: Decimal | None
    """Pounds."""
    awarded_on: date | None
    starts_on: date | None
    ends_on: date | None
    funder: Party
    recipients: tuple[Party, ...]
    row: int
    is_numbered: bool = True
    """Whether its id is the funder's own; else it is put together from what the grant is."""


def party(name: str, party_id: str, numbers: Sequence[Identifier], row: int, *, is_funder: bool) -> Party | None:
    """Return a body as a grant names it, None when it names none.

    Of two numbers of one register the one in the body's identifier holds: the other columns are typed by hand.
    """
    party_id = "" if is_no_number(party_id) else party_id
    told = [one for pair in (split_id(party_id), *numbers) if (one := trusted(*pair))]
    identifiers = tuple({scheme: (scheme, value) for scheme, value in reversed(told)}.values())
    name = " ".join(name.split())[:LINE]
    if not name and not party_id:
        return None
    return Party(
        name=name or party_id,
        local_id=party_id,
        identifiers=identifiers,
        is_buyer=is_funder and any(scheme in PUBLIC for scheme, _ in identifiers),
        is_voluntary=True,
        row=row,
    )


def arranged(grants: Sequence[Grant], findings: Findings) -> Arrangements:
    """Return the bodies and arrangements of some grants."""
    named = [((grant.funder,), [_apart(one, grant, findings) for one in grant.recipients]) for grant in grants]
    rows, sides = between(named, ids_hold=True)
    if alone := sides.count(None):
        findings.skipped[TO_ONESELF] += alone
    arrangements = tuple(
        _arrangement(grant, *side) for grant, side in zip(grants, sides, strict=True) if side is not None
    )
    return Arrangements(rows, arrangements, findings)


def _apart(recipient: Party, grant: Grant, findings: Findings) -> Party:
    """Return a recipient without the funder's own number, which was typed where the recipient's belongs."""
    funder = grant.funder
    has_same_id = recipient.local_id and recipient.local_id == funder.local_id
    is_same_number = has_same_id or set(recipient.identifiers) & set(funder.identifiers)
    if not is_same_number or fingerprint(recipient.name) == fingerprint(funder.name):
        return recipient
    reason = f"its number {recipient.local_id} is that of the funder, {funder.name}, and was left out"
    findings.add_note(Problem(findings.sheet, grant.row, "", recipient.name, reason))
    return replace(recipient, local_id="", identifiers=())


def _arrangement(grant: Grant, funders: tuple[int, ...], recipients: tuple[int, ...]) -> ArrangementRow:
    pence = int(grant.amount * 100) if grant.amount else None
    is_in_order = not (grant.starts_on and grant.ends_on and grant.ends_on < grant.starts_on)
    return ArrangementRow(
        identifier=(SCHEME, grant.id),
        title=grant.title or f"Grant {grant.id if grant.is_numbered else f'to {grant.recipients[0].name}'}"[:LINE],
        purpose=grant.purpose or None,
        reference=grant.id if grant.is_numbered else None,
        commissioners=funders,
        providers=recipients,
        value_pence=pence,
        value_basis="total" if pence is not None else None,
        agreed_on=grant.awarded_on,
        starts_on=grant.starts_on,
        ends_on=grant.ends_on if is_in_order else None,
        row=grant.row,
        roles=("funder", "provider"),
        legal_form="grant",
    )
