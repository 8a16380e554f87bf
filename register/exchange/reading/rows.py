"""What a file says of organisations and arrangements, as plain values that know no database."""

from dataclasses import dataclass
from datetime import date, datetime

Identifier = tuple[str, str]
"""(scheme, value), such as ("GB-COH", "01234567"); schemes are named as on org-id.guide where it names them."""


@dataclass(frozen=True)
class OrganisationRow:
    """One body as a file tells it."""

    name: str
    sector: str
    """A key of `partnerships.kinds.SECTORS`."""
    kind: str
    """A key of `partnerships.kinds.ORGANISATION_KINDS`."""
    short_name: str | None = None
    aliases: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    opened_on: date | None = None
    closed_on: date | None = None
    successors: tuple[Identifier, ...] = ()
    memberships: tuple[Identifier, ...] = ()
    """The bodies it belongs to without being a unit of them: its county, its combined authority."""
    place: str | None = None
    row: int = 0
    """Where it stands in the file, to name it by when it cannot be kept."""


@dataclass(frozen=True)
class ArrangementRow:
    """One arrangement as a file tells it; organisations stand as places in the file's list of them."""

    identifier: Identifier
    title: str
    purpose: str | None
    reference: str | None
    commissioners: tuple[int, ...]
    providers: tuple[int, ...]
    value_pence: int | None
    value_basis: str | None
    """A key of `partnerships.kinds.VALUE_BASES`; None when the file states no value."""
    agreed_on: date | None
    starts_on: date | None
    ends_on: date | None
    row: int
    kind: str = "commissioning"
    """A key of `partnerships.kinds.PARTNERSHIP_KINDS`."""
    roles: tuple[str, str] = ("commissioner", "provider")
    """What the two sides are in it."""
    legal_form: str | None = "contract"
    """A key of `partnerships.kinds.LEGAL_FORMS`; None when the file tells of no deal."""
    review_on: date | None = None
    """The day of its next review."""
    told_at: datetime | None = None
    """When the notice was released that told these terms; None for a file without dated notices."""
    told_by: str = ""
    """That notice in words, as the reason of a revision."""
    earlier: tuple["ArrangementRow", ...] = ()
    """The same arrangement as earlier notices of the file told it, oldest first: each other terms than the next."""
    missing: str = ""
    """Why the file alone makes no arrangement of it, as a reason to skip it; empty for all that has both sides."""
