"""Who would be cut off without whom, from who takes part in which partnership, and since when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from register.network.pieces import cut_off_among

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
Members = dict[int, bool]
"""The organisations in a partnership, each with whether it is there as a provider."""
Found = dict[Place, frozenset[int]]
"""Those others."""


@lru_cache(maxsize=8)
def with_days(
    spans: tuple[Span, ...], evident: Evident, family: Family, on: date,
) -> dict[Place, tuple[frozenset[int], date]]:
    """Return who is cut off without whom, with the first day of the unbroken time up to `on` in which it was so.

    Who takes part changes rarely: the answer is kept for as long as it stays the same.
    """
    days = sorted({day for span in spans for day in (span.since, span.until) if day is not None and day <= on})
    roster = Roster(spans, evident, family, on)
    present = roster.cut_offs()
    since = dict.fromkeys(present, days[-1] if days else on)
    holding = set(present)
    # Between two days on the list nothing changes: on the last of them all was as it is on the day of asking.
    for earlier, later in reversed(list(pairwise(days[-WALKED_BACK:]))):
        if not holding:
            break
        roster.turn_back(later, to=earlier)
        holding &= roster.cut_offs().keys()
        since.update(dict.fromkeys(holding, earlier))
    return {key: (others, since[key]) for key, others in present.items()}


def cut_offs(spans: Iterable[Span], evident: Evident, family: Family, day: date) -> Found:
    """Return who would be cut off without whom on a day, in the partnership through which they hang on it."""
    return Roster(spans, evident, family, day).cut_offs()


class Roster:
    """Who takes part in what on a day, and who is tied to whom; turned back a change at a time."""

    def __init__(self, spans: Iterable[Span], evident: Evident, family: Family, day: date) -> None:
        self._evident, self._parents = evident, dict(family)
        self._spans: dict[int, list[Span]] = defaultdict(list)
        self._changing: dict[date, set[int]] = defaultdict(set)
        for span in spans:
            self._spans[span.partnership_id].append(span)
            for changed in (span.since, span.until):
                if changed is not None:
                    self._changing[changed].add(span.partnership_id)
        self._members: dict[int, Members] = {}
        self._ties: dict[int, dict[int, int]] = {}
        """Of each organisation those that it is tied to, with the number of partnerships that tie them."""
        for partnership_id in self._spans:
            self._read(partnership_id, day)

    def turn_back(self, day: date, *, to: date) -> None:
        """Take back what changed on a day, so that all stands as it did on the change before."""
        for partnership_id in self._changing[day]:
            for pair in _tied(partnership_id, self._members.pop(partnership_id, {}), self._evident):
                self._untie(*pair)
            self._read(partnership_id, to)

    def cut_offs(self) -> Found:
        """Return who would be cut off without whom, in the partnership through which they hang on it."""
        places: dict[int, list[int]] = defaultdict(list)
        for partnership_id, bodies in self._members.items():
            for body in bodies:
                places[body].append(partnership_id)
        hubs = _hubs(self._members, self._parents)
        found: Found = {}
        for point, groups in cut_off_among(self._ties).items():
            group_of = {body: place for place, group in enumerate(groups) for body in group}
            for partnership_id in places[point] if point not in hubs else ():
                met = {group_of[body] for body in self._members[partnership_id] if body in group_of}
                if met:
                    found[partnership_id, point] = frozenset().union(*(groups[place] for place in met))
        return found

    def _read(self, partnership_id: int, day: date) -> None:
        live = {span.organisation_id: span.is_provider for span in self._spans[partnership_id] if span.is_live(day)}
        if live:
            self._members[partnership_id] = live
        for one, other in _tied(partnership_id, live, self._evident):
            for here, there in ((one, other), (other, one)):
                near = self._ties.setdefault(here, {})
                near[there] = near.get(there, 0) + 1

    def _untie(self, one: int, other: int) -> None:
        for here, there in ((one, other), (other, one)):
            near = self._ties[here]
            near[there] -= 1
            if not near[there]:
                del near[there]


def _tied(partnership_id: int, bodies: Members, evident: Evident) -> Iterator[tuple[int, int]]:
    for one, other in combinations(sorted(bodies), 2):
        is_recorded = (partnership_id, one, other) in evident or (partnership_id, other, one) in evident
        if is_recorded or not (bodies[one] and bodies[other]):
            yield one, other


def _hubs(members: dict[int, Members], parents: dict[int, int]) -> set[int]:
    """Return the organisations that, with the units of one body counted as one, are in a third of all partnerships."""
    if len(members) < LEAST_FOR_A_HUB:
        return set()
    counts: dict[int, int] = defaultdict(int)
    for bodies in members.values():
        for whole in {parents.get(body, body) for body in bodies}:
            counts[whole] += 1
    wholes = {whole for whole, number in counts.items() if number >= HUB_SHARE * len(members)}
    return wholes | {body for bodies in members.values() for body in bodies if parents.get(body) in wholes}
