"""The lists that councils publish under the Local Government Transparency Code 2015: contracts, and grants.

They are for everybody to read, so restricted partnerships are left out, whoever asks. What the Code asks for and the
register does not know is an empty cell, to be filled in before the list is published.
"""

from collections.abc import Iterator, Sequence
from typing import IO, Any, NamedTuple

from sqlalchemy import select

from register.database import db
from register.exchange.formats.csv_files import write_table
from register.exchange.sheets.cells import Cell, cell_of
from register.exchange.sheets.columns import PENCE, TEXT, Column
from register.exchange.taking.portion_lookups import grouped, portions
from register.exchange.taking.scope import Scope
from register.partnerships.deal_models import DealRevision
from register.partnerships.kinds import VALUE_BASES, names
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_models import Organisation, OrganisationIdentifier
from register.partnerships.visibility import open_to_all

SECTION_32 = (
    "Reference number", "Title of agreement", "Department responsible", "Description", "Supplier",
    "Supplier details", "Contract sum", "Sum is", "VAT that cannot be recovered", "Start date", "End date",
    "Review date", "Invitation to quote or tender", "Supplier is small, medium, voluntary or community",
    "Registration number",
)  # fmt: skip
"""What the Code asks of each contract: part 2.1, procurement information."""
SECTION_42 = (
    "Date awarded", "From", "To", "Department", "Beneficiary", "Registration number", "Purpose", "Amount", "Amount is",
)  # fmt: skip
"""What the Code asks of each grant to a voluntary, community or social enterprise organisation."""
CONTRACTS = frozenset({"contract", "section_75"})
GRANTS = frozenset({"grant"})
SUPPLIERS = frozenset({"provider", "codesigner"})
PAYERS = frozenset({"commissioner", "lead", "funder"})
VOLUNTARY = frozenset({"voluntary", "community"})
WORDS = names(VALUE_BASES)
POUNDS = Column("", "", PENCE)
PLAIN = Column("", "", TEXT)


class Side(NamedTuple):
    """An organisation that takes part, and what it is known by."""

    id: int
    name: str
    sector: str
    place: str | None
    role: str


class Agreement(NamedTuple):
    """A deal in force with who pays and who is paid."""

    partnership: Any
    payers: list[Side]
    paid: list[Side]
    numbers: dict[int, list[str]]


def write_contracts(scope: Scope, target: IO[bytes]) -> int:
    """Write the contracts register, one row a contract so that no sum counts twice; return how many rows it has."""
    rows = (_contract(one) for one in _agreements(scope, CONTRACTS) if one.paid)
    return write_table(target, SECTION_32, (_cells(row) for row in rows))


def write_grants(scope: Scope, target: IO[bytes]) -> int:
    """Write the grants to voluntary and community organisations, one row a grant; return how many rows it has."""
    rows = (_grant(one) for one in _agreements(scope, GRANTS) if any(side.sector in VOLUNTARY for side in one.paid))
    return write_table(target, SECTION_42, (_cells(row) for row in rows))


def _cells(row: Sequence[Cell]) -> list[Cell]:
    return [cell_of(PLAIN, cell) if isinstance(cell, str) else cell for cell in row]


def _contract(one: Agreement) -> list[Cell]:
    deal = one.partnership
    is_voluntary = any(side.sector in VOLUNTARY for side in one.paid)
    return [
        deal.reference, deal.name, _names(one.payers), deal.purpose, _names(one.paid), _places(one.paid),
        cell_of(POUNDS, deal.value_pence), WORDS.get(deal.value_basis), None, deal.starts_on, deal.ends_on,
        deal.review_on, None, "yes" if is_voluntary else None, _registered(one),
    ]  # fmt: skip


def _grant(one: Agreement) -> list[Cell]:
    deal = one.partnership
    return [
        deal.agreed_on, deal.starts_on, deal.ends_on, _names(one.payers), _names(one.paid), _registered(one),
        deal.purpose, cell_of(POUNDS, deal.value_pence), WORDS.get(deal.value_basis),
    ]  # fmt: skip


def _registered(one: Agreement) -> str:
    return "; ".join(number for side in one.paid for number in one.numbers.get(side.id, ()))


def _places(sides: Sequence[Side]) -> str:
    return "; ".join(dict.fromkeys(side.place for side in sides if side.place))


def _names(sides: Sequence[Side]) -> str:
    return "; ".join(side.name for side in sides)


def _agreements(scope: Scope, forms: frozenset[str]) -> Iterator[Agreement]:
    """Yield the open agreements of some legal forms that are not restricted; a deal without a form is no contract."""
    terms = DealRevision
    asked = (
        select(
            Partnership.id, Partnership.name, Partnership.purpose, terms.reference, terms.agreed_on, terms.value_pence,
            terms.value_basis, terms.starts_on, terms.review_on, terms.ends_on,
        )
        .join(terms, terms.partnership_id == Partnership.id)
        .where(scope.partnerships(), open_to_all(), terms.superseded_at.is_(None), terms.legal_form.in_(forms))
        .where(Partnership.closed_on.is_(None))
    )  # fmt: skip
    for rows in portions(asked, Partnership.id):
        sides = _sides([row.id for row in rows])
        numbers = _numbers([side.id for some in sides.values() for side in some])
        for row in rows:
            some = sides.get(row.id, [])
            payers = [side for side in some if side.role in PAYERS]
            yield Agreement(row, payers, [side for side in some if side.role in SUPPLIERS], numbers)


def _sides(ids: Sequence[int]) -> dict[int, list[Side]]:
    asked = (
        select(
            Participation.partnership_id, Organisation.id, Organisation.name, Organisation.sector, Organisation.place,
            Participation.role,
        )
        .join(Organisation, Organisation.id == Participation.organisation_id)
        .where(Participation.partnership_id.in_(ids), Participation.left_on.is_(None))
        .order_by(Participation.id)
    )  # fmt: skip
    return {key: [Side(*row) for row in rows] for key, rows in grouped(asked).items()}


def _numbers(ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the company and charity numbers of organisations."""
    registers = ("GB-COH", "GB-CHC", "GB-SC", "GB-NIC")
    numbers = OrganisationIdentifier
    rows = db.session.execute(
        select(numbers.organisation_id, numbers.scheme, numbers.value)
        .where(numbers.organisation_id.in_(ids), numbers.scheme.in_(registers))
        .order_by(numbers.scheme, numbers.value)
    )
    found: dict[int, list[str]] = {}
    for key, scheme, value in rows:
        found.setdefault(key, []).append(f"{scheme} {value}")
    return found
