"""The card of the deal on a partnership's page, and the days to come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from register.clock import Clocks
from register.interactions.commitment_lookups import CommitmentState
from register.interactions.lookups import last_held
from register.partnerships.deal_models import DealRevision, DealShare
from register.partnerships.kinds import DOCUMENTS
from register.partnerships.models import Partnership

SOON = 6
"""Dates to come that the page shows."""


class Dated(NamedTuple):
    """A day to come, and what falls on it."""

    day: date
    words: str


@dataclass(frozen=True)
class Deal:
    """The deal card."""

    revision: DealRevision | None
    shares: Sequence[DealShare]
    elapsed: float | None
    """Share of the term that has gone by, 0 to 1."""
    parts: int = len(DOCUMENTS)


def elapsed(deal: DealRevision | None, on: date) -> float | None:
    """Return how much of the term has gone by; None without a start and an end.

    Example: on 1 July, of a year from 1 January, 181 of 365 days: about a half.
    """
    if deal is None or deal.starts_on is None or deal.ends_on is None:
        return None
    term = (deal.ends_on - deal.starts_on).days + 1
    return min(max((on - deal.starts_on).days / term, 0.0), 1.0) if term > 0 else None


def next_dates(
    partnership: Partnership, deal: DealRevision | None, promises: Iterable[CommitmentState], clocks: Clocks,
) -> list[Dated]:
    """Return what falls on the days to come, the nearest first."""
    dates = [
        Dated(state.commitment.due_on, f"{state.commitment.what} ({state.commitment.promisor.label})")
        for state in promises if state.is_open
    ]
    if deal is not None:
        named = ((deal.review_on, "Deal to be reviewed"), (deal.notice_on, "Last day to give notice"),
                 (deal.ends_on, "Deal ends"))
        dates += [Dated(day, words) for day, words in named if day]
    if partnership.ends_on and (deal is None or partnership.ends_on != deal.ends_on):
        dates.append(Dated(partnership.ends_on, "Partnership ends"))
    last = last_held([partnership.id], clocks).get(partnership.id)
    if partnership.cadence_days and last and not partnership.is_closed:
        meeting = Dated(last + timedelta(days=partnership.cadence_days), _rhythm(partnership.cadence_days))
        dates.append(meeting)
    return sorted(dated for dated in dates if dated.day >= clocks.on)[:SOON]


def _rhythm(days: int) -> str:
    return f"Next meeting is due, by the agreed rhythm of {days} days"
