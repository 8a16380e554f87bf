"""The standings that rules argue from, with the names of both sides."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import permutations
from typing import Any, NamedTuple

from sqlalchemy import Row

from register.clock import Clocks
from register.risk.views import ViewFacts
from register.trust.lookups import View, partnership_views
from register.trust.schemes import determinant_of

AnyRow = Row[*tuple[Any, ...]]
"""A row of some columns, read by their names."""


class Part(NamedTuple):
    """An organisation that takes part."""

    organisation_id: int
    role: str
    label: str
    joined_on: date | None


def views_of(parts: Mapping[int, Sequence[Part]], clocks: Clocks) -> Iterator[tuple[int, ViewFacts]]:
    """Yield (partnership, view) for each relationship of live partners and each determinant rated in it.

    Every ordered pair of partners has a view, but not provider with provider: competitors on one framework have none
    until somebody records one.
    """
    found = {tuple(key): view for key, view in partnership_views(parts, clocks).items()}
    rated: dict[tuple[int, ...], list[View]] = {}
    for view in found.values():
        if view.determinant:
            rated.setdefault(tuple(view.relationship), []).append(view)
    for partnership_id, partners in parts.items():
        for one, other in permutations(partners, 2):
            whole = found.get((partnership_id, one.organisation_id, other.organisation_id, ""))
            if whole is None and not one.role == other.role == "provider":
                yield partnership_id, ViewFacts(one.organisation_id, other.organisation_id, one.label, other.label)
            elif whole is not None:
                of_both = (partnership_id, one.organisation_id, other.organisation_id)
                for view in (whole, *rated.get(of_both, ())):
                    yield partnership_id, facts_of(view, one.label, other.label)


def facts_of(view: View, rater: str, ratee: str) -> ViewFacts:
    """Return a view with the names of both sides."""
    standing = view.standing
    return ViewFacts(
        rater_id=view.relationship.rater_id, ratee_id=view.relationship.ratee_id, rater=rater, ratee=ratee,
        word=standing.word, good=standing.good, bad=standing.bad, lent=standing.lent, figure=standing.figure,
        low=standing.low, high=standing.high, unknown=standing.unknown, figure_90=view.figure_90,
        count_365=view.count_365, rows=view.rows, first_held_on=view.first_held_on, last_held_on=view.last_held_on,
        determinant=determinant_of(view.determinant).name if view.determinant else "",
    )
