"""The facts that rules argue from: plain frozen values, gathered once for all rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from register.risk.views import ViewFacts
from register.trust.figure import NOT_KNOWN


@dataclass(frozen=True, slots=True)
class BreachFacts:
    """A dispute, a broken promise or a reading of 1."""

    held_on: date
    kind: str
    words: str
    interaction_id: int | None = None
    commitment_id: int | None = None


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    """A promise that is open."""

    commitment_id: int
    what: str
    promisor: str
    promisee: str
    due_on: date


@dataclass(frozen=True, slots=True)
class DealFacts:
    """The terms in force."""

    completeness: float
    """The share of governing documents in place, 0 to 1."""
    missing: tuple[str, ...] = ()
    """The names of governing documents that are not."""
    annual_pence: int | None = None
    is_agreed: bool = True
    has_exit: bool = True
    agreed_on: date | None = None
    review_on: date | None = None
    notice_on: date | None = None
    ends_on: date | None = None
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Who carried one interaction."""

    held_on: date
    people: frozenset[int]
    """People of the register who were there; where none is named, whoever recorded it."""
    contacts: frozenset[tuple[int, int]] = frozenset()
    """(organisation, contact)."""
    organisations: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Carrier:
    """A person of the register or a contact who takes part in interactions."""

    name: str
    organisation: str = ""
    leaves_on: date | None = None
    """The last day, past or to come."""
    known_since: date | None = None
    """The day on which the register learned of it."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """An organisation of a partnership without which others of the network would lose the rest."""

    point_id: int
    point: str
    others: tuple[str, ...]
    since: date


@dataclass(frozen=True, slots=True)
class PartnershipFacts:
    """Everything about one live partnership on a day."""

    id: int
    name: str
    on: date
    began_on: date
    kind: str = "commissioning"
    theme: str | None = None
    significance: str = "significant"
    is_restricted: bool = False
    cadence_days: int | None = None
    ends_on: date | None = None
    officers: int = 1
    """People of the register who look after it."""
    own_id: int | None = None
    """The organisation that leads or commissions: the side from which "we" and "they" are said."""
    lead_officer: str | None = None
    """Who leads, unless the account is disabled."""
    senior_owner: str | None = None
    deal: DealFacts | None = None
    views: tuple[ViewFacts, ...] = ()
    """Each relationship as a whole, those of which nothing is known too."""
    determinants: tuple[ViewFacts, ...] = ()
    breaches: tuple[BreachFacts, ...] = ()
    """Newest first."""
    promises: tuple[PromiseFacts, ...] = ()
    """The open ones, the earliest due first."""
    last_held_on: date | None = None
    usual_gap: float | None = None
    """Days, the median between meetings."""
    meetings: tuple[Meeting, ...] = ()
    people: Mapping[int, Carrier] = field(default_factory=dict)
    contacts: Mapping[int, Carrier] = field(default_factory=dict)
    cut_off: tuple[CutOff, ...] = ()
    exposure_line: float | None = None
    """From which exposure on a relationship belongs to the most exposed tenth; None where there are too few."""

    @property
    def is_significant(self) -> bool:
        """Whether its failure would be more than routine."""
        return self.significance in ("key", "significant")

    @property
    def weakest(self) -> ViewFacts | None:
        """The lowest known view; None where nothing is known."""
        return _lowest(self.views)

    @property
    def we_of_them(self) -> ViewFacts | None:
        """The lowest known view that the leading organisation has of another."""
        return _lowest(view for view in self.views if view.rater_id == self.own_id)

    @property
    def they_of_us(self) -> ViewFacts | None:
        """The lowest known view that another has of the leading organisation."""
        return _lowest(view for view in self.views if view.ratee_id == self.own_id)

    @property
    def word(self) -> str:
        """The partnership's standing in one word: that of its lowest known view."""
        return self.weakest.word if self.weakest else NOT_KNOWN


def _lowest(views: Iterable[ViewFacts]) -> ViewFacts | None:
    return min((view for view in views if view.is_known), key=lambda view: view.figure, default=None)
