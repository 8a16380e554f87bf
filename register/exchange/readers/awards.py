"""What the awards of one process say: who buys, who supplies, for how much, from when until when."""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from register.exchange.readers.parties import Party
from register.exchange.reading.documents import LARGEST_AMOUNT, Branch
from register.exchange.reading.identifiers import portal_id, split_id, trusted
from register.exchange.reading.rows import Identifier

NOT_BINDING = ("pending", "cancelled", "unsuccessful")
"""States of an award, or of a contract under it, that binds nobody."""

NO_BINDING_AWARD = "process whose awards are pending, cancelled or unsuccessful"
NO_SUPPLIER = "process whose award names no supplier"
NO_BUYER = "process that names no buyer"

PENNY = Decimal("0.01")


@dataclass(frozen=True)
class Release:
    """One release, its parties read once however many awards point to them."""

    branch: Branch

    @cached_property
    def parties(self) -> list[Branch]:
        """Everybody the release names, in whatever role."""
        return self.branch.branches("parties")

    @cached_property
    def by_id(self) -> dict[str, Branch]:
        """The parties by the ids that buyer and suppliers point to them with; the first of an id counts."""
        return {party.line("id"): party for party in reversed(self.parties)}

    def in_role(self, role: str) -> list[Branch]:
        """Return the parties in a role."""
        return [party for party in self.parties if role in party.words("roles")]


@dataclass(frozen=True)
class Award:
    """An award, with the release that tells it last."""

    branch: Branch
    release: Release
    contracts: list[Branch] = field(default_factory=list)
    """The contracts signed under it; many portals publish none."""


@dataclass(frozen=True)
class Draft:
    """An arrangement whose bodies are not yet known apart."""

    ocid: str
    title: str
    purpose: str | None
    reference: str | None
    buyers: list[Party]
    suppliers: list[Party]
    value_pence: int | None
    agreed_on: date | None
    starts_on: date | None
    ends_on: date | None
    row: int


def drafted(awards: list[Award]) -> Draft | None:
    """Return what a process's awards come to, latest first; None, counted as skipped, when they bind nobody."""
    release, latest = awards[0].release, awards[0].release.branch
    binding = [award for award in awards if award.branch.line("status") not in NOT_BINDING]
    suppliers = [party for award in binding for party in _suppliers(award)]
    buyers = _buyers(release)
    for missing, reason in ((binding, NO_BINDING_AWARD), (suppliers, NO_SUPPLIER), (buyers, NO_BUYER)):
        if not missing:
            latest.findings.skipped[reason] += 1
            return None
    starts_on, ends_on = _term(binding)
    tender = latest.branch("tender")
    return Draft(
        ocid=latest.line("ocid"),
        title=tender.line("title") or binding[0].branch.line("title") or f"Contract {latest.line('ocid')}",
        purpose=tender.text("description") or binding[0].branch.text("description") or None,
        reference=tender.line("id") or None,
        buyers=buyers,
        suppliers=suppliers,
        value_pence=_pence(binding),
        agreed_on=min((day for award in binding if (day := _agreed(award))), default=None),
        starts_on=starts_on,
        ends_on=ends_on,
        row=latest.row,
    )


def _buyers(release: Release) -> list[Party]:
    """Return who buys: the release's buyer, or else every party in that role. No other role makes a partner."""
    named = release.branch.branch("buyer")
    parties = [named] if named.values else release.in_role("buyer")
    return [party for one in parties if (party := _party(one, release, is_buyer=True)) is not None]


def _suppliers(award: Award) -> list[Party]:
    named = award.branch.branches("suppliers") or award.release.in_role("supplier")
    return [party for one in named if (party := _party(one, award.release, is_buyer=False)) is not None]


def _party(named: Branch, release: Release, *, is_buyer: bool) -> Party | None:
    """Return the party that a release's buyer or an award's supplier points to; None, noted, without any name."""
    party_id = named.line("id")
    full = release.by_id.get(party_id, named) if party_id else named
    legal = full.branch("identifier")
    name = full.line("name") or named.line("name") or legal.line("legalName")
    if not name:
        named.note("name", party_id, "this body has no name, and was left out")
        return None
    return Party(
        name=name,
        local_id=portal_id(party_id, f"{release.branch.row}") if party_id else "",
        identifiers=_identifiers(party_id, legal, full),
        is_buyer=is_buyer,
        is_voluntary=full.branch("details").values.get("vcse") is True,
        row=named.row,
    )


def _identifiers(party_id: str, legal: Branch, full: Branch) -> tuple[Identifier, ...]:
    """Return a party's identifiers that hold everywhere; a party's own id may carry one, as in `GB-COH-01234567`."""
    stated = [(one.line("scheme"), one.line("id")) for one in (legal, *full.branches("additionalIdentifiers"))]
    found = (trusted(scheme, value) for scheme, value in (*stated, split_id(party_id)))
    return tuple(dict.fromkeys(one for one in found if one))


def _agreed(award: Award) -> date | None:
    signed = [day for contract in award.contracts if (day := contract.day("dateSigned"))]
    return min(signed, default=None) or award.branch.day("date")


def _term(awards: list[Award]) -> tuple[date | None, date | None]:
    """Return the first day and the last; an end before the start is noted and left out."""
    periods = [period for award in awards for period in _periods(award) if period.values]
    starts = min((day for period in periods if (day := period.day("startDate"))), default=None)
    ends = max((day for period in periods if (day := period.day("endDate"))), default=None)
    if starts and ends and ends < starts:
        periods[0].note("endDate", ends.isoformat(), f"this is before the start, {starts}, and was left out")
        return starts, None
    return starts, ends


def _periods(award: Award) -> list[Branch]:
    signed = [period for contract in award.contracts if (period := contract.branch("period")).values]
    return signed or [award.branch.branch("contractPeriod")]


def _pence(awards: list[Award]) -> int | None:
    """Return what the awards come to in pence; None when no value is stated, or not in pounds."""
    total = Decimal(0)
    for value in (value for award in awards for value in _values(award)):
        amount = value.amount("amount")
        currency = value.line("currency") or "GBP"
        if amount and currency != "GBP":
            value.note(
                "currency", currency, "a value in this currency is not kept, since the register counts in pounds"
            )
            return None
        total += amount or 0
    if not 0 < total <= LARGEST_AMOUNT:
        awards[0].branch.note("value", "", "no value above 0 is stated, so the arrangement has none")
        return None
    return int(total.quantize(PENNY, ROUND_HALF_UP) * 100)


def _values(award: Award) -> list[Branch]:
    signed = [value for contract in award.contracts if (value := contract.branch("value")).values]
    return signed or [award.branch.branch("value")]
