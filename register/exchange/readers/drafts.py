"""What the awards of one process come to: for how much, from when until when, between whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from register.clock import day_words
from register.exchange.readers.awards import Award, Release, binding
from register.exchange.readers.parties import Party
from register.exchange.readers.sides import buyers_of, suppliers_of
from register.exchange.reading.documents import LARGEST_AMOUNT, Branch
from register.exchange.reading.markup import without_markup

NO_BINDING_AWARD = "process whose awards are pending, cancelled or unsuccessful"
NO_SUPPLIER = "process whose award names no supplier"
NO_BUYER = "process that names no buyer"

PENNY = Decimal("0.01")

Terms = tuple[str | None, int | None, date | None, date | None, date | None]


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
    latest: Branch
    """The newest of its releases."""
    told_at: datetime | None = None
    told_by: str = ""
    """The release that told these terms first, in words."""
    earlier: tuple["Draft", ...] = ()
    """What earlier releases told instead, oldest first."""
    missing: str = ""
    """Why it is no arrangement by itself: it names nobody on one side, as later releases of a process may."""

    @property
    def terms(self) -> Terms:
        """What a deal would keep of it."""
        return (self.reference, self.value_pence, self.agreed_on, self.starts_on, self.ends_on)


def drafted(releases: list[Release], awards: list[Award], contracts: list[Award]) -> Draft | None:
    """Return what a process comes to, each list newest first; None when it binds nobody.

    A process that binds nobody or names nobody on a side is counted as skipped.
    """
    latest = releases[0].branch
    bound = binding(awards, contracts)
    suppliers = [party for award in bound for party in suppliers_of(award, releases)]
    buyers = buyers_of(releases, bound)
    wanted = ((bound, NO_BINDING_AWARD), (suppliers, NO_SUPPLIER), (buyers, NO_BUYER))
    missing = next((reason for found, reason in wanted if not found), "")
    if missing:
        latest.findings.skipped[missing] += 1
    if not bound:
        return None
    starts_on, ends_on = _term(bound)
    value_pence, elsewhere = _value(bound)
    tenders = [release.branch.branch("tender") for release in releases]
    told = [*tenders, *(award.branch for award in bound)]
    return Draft(
        ocid=latest.line("ocid"),
        title=_first(_title(one) for one in told) or f"Contract {latest.line('ocid')}",
        purpose="\n\n".join(part for part in (_purpose(told), elsewhere) if part) or None,
        reference=_first(tender.line("id") for tender in tenders) or None,
        buyers=buyers,
        suppliers=suppliers,
        value_pence=value_pence,
        agreed_on=min((day for award in bound if (day := _agreed(award))), default=None),
        starts_on=starts_on,
        ends_on=ends_on,
        latest=latest,
        missing=missing,
    )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _title(told: Branch) -> str:
    return " ".join(without_markup(told.line("title")).split())


def _purpose(told: Iterable[Branch]) -> str:
    return _first(without_markup(one.text("description")) for one in told)


def _agreed(award: Award) -> date | None:
    signed = [day for contract in award.contracts if (day := contract.day("dateSigned"))]
    return min(signed, default=None) or award.branch.day("date")


def _term(awards: list[Award]) -> tuple[date | None, date | None]:
    """Return the first day and the last; an end before the start is noted and left out."""
    periods = [period for award in awards for period in _periods(award) if period.values]
    starts = min((day for period in periods if (day := period.day("startDate"))), default=None)
    ends = max((day for period in periods if (day := period.day("endDate"))), default=None)
    if starts and ends and ends < starts:
        periods[0].note("endDate", ends.isoformat(), f"this is before the start, {day_words(starts)}, and was left out")
        return starts, None
    return starts, ends


def _periods(award: Award) -> list[Branch]:
    signed = [period for contract in award.contracts if (period := contract.branch("period")).values]
    return signed or [award.branch.branch("contractPeriod")]


def _value(awards: list[Award]) -> tuple[int | None, str]:
    """Return what the awards come to in pence, None when no value is stated or not in pounds; and then what is."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    others = []
    for value in (value for award in awards for value in _values(award)):
        amount = value.amount("amount")
        currency = value.line("currency").upper() or "GBP"
        sums[currency] += amount or 0
        others += [value] if amount and currency != "GBP" else []
    if others:
        told = " and ".join(f"{currency} {amount:,.2f}" for currency, amount in sums.items() if amount)
        reason = f"the register counts in pounds, so the value is kept in the purpose, as {told}"
        others[0].note("currency", others[0].line("currency"), reason)
        return None, f"Value as published: {told}."
    total = sums["GBP"]
    if not 0 < total <= LARGEST_AMOUNT:
        awards[0].branch.note("value", "", "no value above 0 is stated, so the arrangement has none")
        return None, ""
    return int(total.quantize(PENNY, ROUND_HALF_UP) * 100), ""


def _values(award: Award) -> list[Branch]:
    signed = [value for contract in award.contracts if (value := contract.branch("value")).values]
    return signed or [award.branch.branch("value")]
