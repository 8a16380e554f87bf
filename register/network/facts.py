"""What the network is made of, read once: any part of it is then built in memory, and never reckoned twice.

Two networks are built from the same facts. One joins organisations that share a partnership; the other has partnerships
as nodes too and joins each to the organisations that take part in it. In that one, what the partners there say of an
organisation and what it says of them are the two directions of the tie, so that every rendering and measure fits both.

Example: of the Council, Riverside and the College in "Home to school", the first network has three ties, the second
three ties as well: each of the three with "Home to school", whose id is the partnership's with a minus before it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from register.network.graph import Network, Node, Tie, View, build, ordered, weakest

PARTNERSHIP = "partnership"
"""What stands in the place of a sector for a node that is a partnership."""

Shared = tuple[int, int, int]
"""(partnership id, smaller organisation's id, larger one's)."""


class Work(NamedTuple):
    """A live partnership; `lead` is the id of the officer who leads it."""

    id: int
    name: str
    kind: str
    theme: str | None
    significance: str
    lead: int | None
    started_on: date | None = None
    closed_on: date | None = None


class Part(NamedTuple):
    """One organisation's part in one live partnership."""

    partnership_id: int
    organisation_id: int
    role: str
    joined_on: date | None = None
    left_on: date | None = None


@dataclass(frozen=True)
class Facts:
    """All that one person may see of the network on one day."""

    nodes: tuple[Node, ...]
    works: tuple[Work, ...]
    parts: tuple[Part, ...]
    views: tuple[View, ...]
    """The standing of every live relationship."""
    last_on: Mapping[Shared, date]
    """The last day on which two organisations were logged together in a partnership."""

    @cached_property
    def work_by_id(self) -> Mapping[int, Work]:
        """Return the partnerships by id."""
        return {work.id: work for work in self.works}

    @cached_property
    def network(self) -> Network:
        """Return the network of all organisations."""
        return of_organisations(self)

    @cached_property
    def partners(self) -> list[tuple[Work, list[tuple[Node, str]]]]:
        """Return the partnerships with who takes part in them and as what."""
        nodes = {node.id: node for node in self.nodes}
        by_work: dict[int, list[tuple[Node, str]]] = {work.id: [] for work in self.works}
        for part in self.parts:
            if part.organisation_id in nodes:
                by_work[part.partnership_id].append((nodes[part.organisation_id], part.role))
        return [(work, by_work[work.id]) for work in self.works]

    def within(self, kept: Collection[int] | None) -> "Facts":
        """Return the facts of some partnerships only; None keeps all."""
        if kept is None:
            return self
        return Facts(
            self.nodes,
            tuple(work for work in self.works if work.id in kept),
            tuple(part for part in self.parts if part.partnership_id in kept),
            tuple(view for view in self.views if view.relationship[0] in kept),
            {shared: day for shared, day in self.last_on.items() if shared[0] in kept},
        )


def of_organisations(facts: Facts) -> Network:
    """Return the network in which organisations are tied that stand in a live relationship."""
    shared: dict[tuple[int, int], set[int]] = defaultdict(set)
    days: dict[tuple[int, int], date] = {}
    for view in facts.views:
        partnership, rater, ratee = view.relationship
        shared[ordered(rater, ratee)].add(partnership)
    for (_, one, other), day in _days(facts):
        days[one, other] = max(days.get((one, other), day), day)
    return build(facts.nodes, shared, facts.views, days)


def of_both(facts: Facts) -> Network:
    """Return the network of organisations and partnerships, tied where an organisation takes part in a partnership."""
    said: dict[tuple[int, int], list[View]] = defaultdict(list)
    heard: dict[tuple[int, int], list[View]] = defaultdict(list)
    for view in facts.views:
        partnership, rater, ratee = view.relationship
        said[partnership, rater].append(view)
        heard[partnership, ratee].append(view)
    days: dict[tuple[int, int], date] = {}
    for (partnership, one, other), day in _days(facts):
        for place in ((partnership, one), (partnership, other)):
            days[place] = max(days.get(place, day), day)
    ids = {node.id for node in facts.nodes}
    places = sorted({part[:2] for part in facts.parts if part.organisation_id in ids})
    ties = tuple(
        Tie(-place[0], place[1], (place[0],), weakest(heard[place]), weakest(said[place]), days.get(place))
        for place in places
    )
    return Network((*facts.nodes, *map(as_node, facts.works)), ties)


def as_node(work: Work) -> Node:
    """Return a partnership as a node: its id has a minus before it, so that it is no organisation's."""
    return Node(-work.id, work.name, "", PARTNERSHIP, work.kind)


def is_partnership(node: Node) -> bool:
    """Say whether a node is a partnership."""
    return node.id < 0


def _days(facts: Facts) -> Iterable[tuple[Shared, date]]:
    """Yield the days on which two organisations were logged together, or one of them judged the other."""
    yield from facts.last_on.items()
    for view in facts.views:
        if view.last_on is not None:
            partnership, rater, ratee = view.relationship
            yield (partnership, *ordered(rater, ratee)), view.last_on
