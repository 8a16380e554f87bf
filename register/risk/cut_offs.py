"""Who would be cut off without whom, from who takes part in which partnership, and since when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from register.network.graph import Network, Node, build
from register.network.pieces import cut_off

WALKED_BACK = 60
"""Changes of who takes part that are walked back to say since when; one before them reads as old as they are."""
LEAST_FOR_A_HUB = 10
HUB_SHARE = 1 / 3
"""From ten partnerships on, an organisation in a third of them is the one that keeps them together, such as the council
whose register it is: all its partners hang on it, and a flag on each would say nothing."""


class Span(NamedTuple):
    """An organisation's part in an open partnership, from a day to a day; None: without end."""

    partnership_id: int
    organisation_id: int
    is_provider: bool
    since: date | None
    until: date | None

    def is_live(self, day: date) -> bool:
        """Say whether it was at work on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or self.until > day)


Family = frozenset[tuple[int, int]]
"""(unit, the body it is part of)."""
Evident = frozenset[tuple[int, int, int]]
"""(partnership, rater, ratee) of which somebody recorded something: competing providers are tied only by that."""
Place = tuple[int, int]
"""(partnership, the organisation in it without which others are cut off)."""
Found = dict[Place, frozenset[int]]
"""Those others."""


@lru_cache(maxsize=8)
def with_days(
    spans: tuple[Span, ...], evident: Evident, family: Family, on: date,
) -> dict[Place, tuple[frozenset[int], date]]:
    """Return who is cut off without whom, with the first day of the unbroken time up to `on` in which it was so.

    Who takes part changes rarely: the answer is kept for as long as it stays the same.
    """
    present = cut_offs(spans, evident, family, on)
    days = sorted({day for span in spans for day in (span.since, span.until) if day is not None and day <= on})
    since = dict.fromkeys(present, days[-1] if days else on)
    holding = set(present)
    for day in reversed(days[-WALKED_BACK:]):
        holding &= cut_offs(spans, evident, family, day).keys() if holding else set()
        since.update(dict.fromkeys(holding, day))
    return {key: (others, since[key]) for key, others in present.items()}


def cut_offs(spans: Iterable[Span], evident: Evident, family: Family, day: date) -> Found:
    """Return who would be cut off without whom on a day, in the partnership through which they hang on it."""
    live = [span for span in spans if span.is_live(day)]
    members: dict[int, dict[int, bool]] = defaultdict(dict)
    for span in live:
        members[span.partnership_id][span.organisation_id] = span.is_provider
    hubs = _hubs(members, dict(family))
    found: Found = {}
    for point, groups in cut_off(_network(members, evident)).items():
        for partnership_id, bodies in members.items():
            others = frozenset().union(*(group for group in groups if bodies.keys() & set(group)))
            if point in bodies and others and point not in hubs:
                found[partnership_id, point] = others
    return found


def _network(members: dict[int, dict[int, bool]], evident: Evident) -> Network:
    shared: dict[tuple[int, int], set[int]] = defaultdict(set)
    for partnership_id, bodies in members.items():
        for pair in _tied(partnership_id, bodies, evident):
            shared[pair].add(partnership_id)
    nodes = sorted({end for pair in shared for end in pair})
    return build([Node(number, "", "", "", "") for number in nodes], shared)


def _tied(partnership_id: int, bodies: dict[int, bool], evident: Evident) -> Iterator[tuple[int, int]]:
    for one, other in combinations(sorted(bodies), 2):
        is_recorded = (partnership_id, one, other) in evident or (partnership_id, other, one) in evident
        if is_recorded or not (bodies[one] and bodies[other]):
            yield one, other


def _hubs(members: dict[int, dict[int, bool]], parents: dict[int, int]) -> set[int]:
    """Return the organisations that, with the units of one body counted as one, are in a third of all partnerships."""
    if len(members) < LEAST_FOR_A_HUB:
        return set()
    counts: dict[int, int] = defaultdict(int)
    for bodies in members.values():
        for whole in {parents.get(body, body) for body in bodies}:
            counts[whole] += 1
    wholes = {whole for whole, number in counts.items() if number >= HUB_SHARE * len(members)}
    return wholes | {body for bodies in members.values() for body in bodies if parents.get(body) in wholes}
