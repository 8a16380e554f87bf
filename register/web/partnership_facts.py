"""What the page of a partnership tells: the deal beside the relationship, gathered once for its parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import NamedTuple

from register.accounts.lookups import names_of_actors
from register.clock import Clocks
from register.interactions.lookups import carriers
from register.partnerships.deal_models import DealRevision
from register.partnerships.lookups import (
    Relationship,
    all_participations,
    organisations,
    participations,
    relationships_between,
)
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_models import Organisation
from register.trust.figure import MIXED, NOT_KNOWN, SOUND, STRONG, WEAK
from register.trust.lookups import View, partnership_views, views
from register.trust.schemes import determinant_of
from register.web.chart_words import listed

GOOD_ORDER, GAPS = 0.8, 0.5
"""Shares of governing documents from which a deal is in good order, or merely has gaps."""


class Weakest(NamedTuple):
    """The determinant that stands lowest among those known."""

    view: View
    name: str


class Told(NamedTuple):
    """The sentences on top: how the deal is, how the relationship is, and which one stands lowest."""

    deal: str
    relationship: str
    view: View | None
    """The relationship that `relationship` leads to; None where the sentence stands alone."""


@dataclass(frozen=True)
class Standings:
    """Who takes part, and how each stands towards each."""

    participants: Sequence[Participation]
    names: Mapping[int, Organisation]
    views: Mapping[Relationship, View]
    """In the order of the participants."""
    determinants: Sequence[View]

    @property
    def ids(self) -> list[int]:
        """The organisations, in order of joining, each once."""
        return list(dict.fromkeys(row.organisation_id for row in self.participants))

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Two organisations each, of which one at least may have a view of the other."""
        there = {frozenset(key[1:]) for key in self.views}
        return [pair for pair in combinations(self.ids, 2) if frozenset(pair) in there]

    @property
    def known(self) -> list[View]:
        """The relationships of which more is known than not, the lowest first."""
        some = [view for view in self.views.values() if view.standing.word != NOT_KNOWN]
        return sorted(some, key=lambda view: view.standing.figure)

    @property
    def weakest_part(self) -> Weakest | None:
        """The lowest determinant that is known."""
        some = [view for view in self.determinants if view.standing.word != NOT_KNOWN]
        lowest = min(some, key=lambda view: view.standing.figure, default=None)
        return Weakest(lowest, determinant_of(lowest.determinant).name) if lowest else None

    def chosen_pair(self, asked: str | None) -> tuple[int, int] | None:
        """Return the pair that an address names as "3-7"; else that of the lowest known figure, else the first."""
        wanted = frozenset(part for part in (asked or "").split("-"))
        for pair in self.pairs:
            if wanted == {str(pair[0]), str(pair[1])}:
                return pair
        low = next(iter(self.known), None)
        first = {low.relationship.rater_id, low.relationship.ratee_id} if low else set()
        return next((pair for pair in self.pairs if set(pair) == first), next(iter(self.pairs), None))


def standings_of(partnership: Partnership, clocks: Clocks) -> Standings:
    """Return how the partners stand; of a partnership in which nobody takes part any more, those who did."""
    live = participations([partnership.id], clocks)
    shown = live or [row for row in all_participations(partnership.id) if (row.joined_on or clocks.on) <= clocks.on]
    ids = {row.organisation_id for row in shown}
    with_evidence = partnership_views([partnership.id], clocks)
    keys = [key for key in with_evidence if {key.rater_id, key.ratee_id} <= ids]
    recorded = {Relationship(*key[:3]) for key in keys}
    found = views(_in_order(shown, {*relationships_between(shown), *recorded}), clocks)
    determinants = [with_evidence[key] for key in keys if key.determinant]
    return Standings(shown, organisations(ids, clocks), found, determinants)


def _in_order(rows: Sequence[Participation], relationships: Iterable[Relationship]) -> list[Relationship]:
    """Return relationships by pair, "A of B" before "B of A", in the order of joining."""
    place = {row.organisation_id: number for number, row in reversed(list(enumerate(rows)))}
    return sorted(
        relationships, key=lambda one: (*sorted((place[one.rater_id], place[one.ratee_id])), place[one.rater_id]),
    )


def told(deal: DealRevision | None, standings: Standings, on: date) -> Told:
    """Return the sentences that the page opens with."""
    return Told(_deal_words(deal, on), *_relationship_words(deal, standings))


def _deal_words(deal: DealRevision | None, on: date) -> str:
    if deal is None:
        return "No deal is on record."
    if deal.ends_on and deal.ends_on < on:
        return f"The deal ended on {deal.ends_on:%-d %B %Y}."
    if deal.completeness >= GOOD_ORDER:
        return "The deal is in good order."
    missing = len(deal.missing_documents)
    return f"The deal {'has gaps' if deal.completeness >= GAPS else 'is thin'}: {missing} of its parts are missing."


def _relationship_words(deal: DealRevision | None, standings: Standings) -> tuple[str, View | None]:
    """Return how the relationship is, and the view that the sentence ends with."""
    if not standings.views:
        return "There is no relationship yet: it takes two partners.", None
    if not standings.known:
        return "How the partners stand is not known: too little was logged to say.", None
    low, unknown = standings.known[0], len(standings.views) - len(standings.known)
    if low.standing.word != WEAK and unknown > len(standings.known):
        return f"How most partners stand is not known ({unknown} of {len(standings.views)}). The lowest that is:", low
    if low.standing.word in (STRONG, SOUND):
        rest = f", as far as it is known ({unknown} of {len(standings.views)} are not)" if unknown else ""
        return f"The relationship is {low.standing.word}{rest}. The lowest:", low
    if low.standing.word == MIXED:
        return "The relationship is uneven:", low
    is_good = deal is not None and deal.completeness >= GOOD_ORDER
    return "The relationship is not:" if is_good else "The relationship needs care:", low




def rests_on(partnership: Partnership, names: Mapping[int, Organisation], clocks: Clocks) -> list[str]:
    """Return sentences about who carried the interactions of the last year, most first."""
    carried = carriers([partnership.id], clocks).get(partnership.id)
    if carried is None or not carried.interactions:
        return []
    said = []
    if carried.people:
        person, number = max(carried.people.items(), key=lambda item: item[1])
        name = names_of_actors([f"person:{person}"])[f"person:{person}"]
        said.append(f"{name}, in {number} of {carried.interactions} interactions of the last year.")
    contacts: dict[int, int] = {}
    for contact in carried.contacts:
        body = carried.contacts_of[contact]
        contacts[body] = contacts.get(body, 0) + 1
    counted = [
        f"{number} {'contact' if number == 1 else 'contacts'} at {names[body].label}"
        for body, number in contacts.items() if body in names
    ]
    return [*said, f"Met: {listed(counted)}."] if counted else said
