"""The plain records of the example register: what `example` returns and the loader writes."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Person:
    """Somebody who signs in."""

    key: str
    name: str
    email: str
    role: str
    post: str


@dataclass(frozen=True)
class Organisation:
    """A body, or with a parent a unit of one."""

    key: str
    name: str
    short_name: str | None
    sector: str
    kind: str
    place: str
    parent: str | None
    aliases: tuple[str, ...]
    identifiers: tuple[tuple[str, str], ...]
    closed_on: date | None
    successor: str | None


@dataclass(frozen=True)
class Contact:
    """A person at an organisation: the role first, the name only where it is needed."""

    key: str
    organisation: str
    role: str
    name: str | None
    email: str | None
    left_on: date | None


@dataclass(frozen=True)
class Share:
    """What one side puts into a deal; money in pence a year."""

    organisation: str
    money_pence: int | None
    in_kind: str | None


@dataclass(frozen=True)
class Deal:
    """One revision of the terms, as they stood from `recorded_at`."""

    reference: str | None
    legal_form: str | None
    agreed_on: date | None
    value_pence: int | None
    value_basis: str | None
    starts_on: date | None
    review_on: date | None
    notice_on: date | None
    ends_on: date | None
    extension: str | None
    exit_arrangement: str | None
    benefits_expected: str | None
    benefits_realised: str | None
    documents: tuple[str, ...]
    shares: tuple[Share, ...]
    reason: str | None
    recorded_at: datetime


@dataclass(frozen=True)
class Partnership:
    """An arrangement with its participants (organisation, role) and the revisions of its deal, oldest first."""

    key: str
    name: str
    kind: str
    purpose: str
    theme: str
    significance: str
    stage: str
    scheme: str
    is_restricted: bool
    cadence_days: int | None
    lead: str
    lead_officer: str
    officers: tuple[str, ...]
    named_leaders: tuple[str, ...]
    senior_owner: str | None
    started_on: date
    participants: tuple[tuple[str, str], ...]
    deals: tuple[Deal, ...]
    closed_on: date | None
    close_reason: str | None


@dataclass(frozen=True)
class Reading:
    """One score, 1 to 5, of one determinant ("ilm:openness"): an opinion with its evidence."""

    rater: str
    ratee: str
    voice: str
    determinant: str
    score: int
    evidence: str


@dataclass(frozen=True)
class Commitment:
    """A promise made in an interaction, and what became of it; `outcome` is None while it is open."""

    promisor: str
    promisee: str
    what: str
    due_on: date
    outcome: str | None = None
    settled_on: date | None = None
    settled_at: datetime | None = None
    note: str | None = None
    new_due_on: date | None = None
    """The date it was renegotiated to."""


@dataclass(frozen=True)
class Correction:
    """What a later version of an interaction says instead; the readings stand as they were."""

    account: str
    reason: str
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class Interaction:
    """Something that happened, as it was logged."""

    key: str
    partnership: str
    kind: str
    held_on: date
    account: str
    organisations: tuple[str, ...]
    contacts: tuple[str, ...]
    recorded_by: str
    recorded_at: datetime
    readings: tuple[Reading, ...]
    commitments: tuple[Commitment, ...]
    correction: Correction | None = None


@dataclass(frozen=True)
class ExampleRegister:
    """Everything the example holds; every `str` key refers to a record of its own."""

    council: str
    people: tuple[Person, ...]
    organisations: tuple[Organisation, ...]
    contacts: tuple[Contact, ...]
    partnerships: tuple[Partnership, ...]
    interactions: tuple[Interaction, ...]
    """Ordered by the instant at which they were recorded."""
