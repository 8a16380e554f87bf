"""The network as one set of facts: organisations, the ties between them, and what each side thinks of the other.

The sentences, the table, the matrix and the picture are four renderings of a `Network`; none of them asks for more.
A tie is undirected and says that two organisations take part in the same live partnership; its two views are directed.

Example: the Council and Riverside Advice share two partnerships. The Council's weakest known view of Riverside is
"sound", Riverside's of the Council is "weak": the tie is "weak", and the picture draws the two directions apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

NOT_KNOWN = "not known"
STANDINGS = ("strong", "sound", "mixed", "weak", NOT_KNOWN)
"""The words of a standing, best first; what is not known comes last because it is no grade at all."""

Relationship = tuple[int, int, int]
"""(partnership id, rater's organisation id, ratee's organisation id)."""


@dataclass(frozen=True, slots=True)
class Node:
    """One organisation; `parent` is the organisation of which it is a unit."""

    id: int
    name: str
    short_name: str
    sector: str
    kind: str
    parent: int | None = None
    place: str = ""

    @property
    def label(self) -> str:
        """Return the name to use where there is little room: the short one where there is one."""
        return self.short_name or self.name


@dataclass(frozen=True, slots=True)
class View:
    """What one organisation thinks of another in one partnership: a standing, on the scale 0 to 1.

    `figure` is None when nothing at all is known; `low` and `high` bound the 90 % band; `unknown` is u of the opinion;
    `last_on` is the day of the latest evidence.
    """

    word: str
    figure: float | None
    low: float | None
    high: float | None
    unknown: float
    relationship: Relationship
    last_on: date | None = None

    @property
    def is_known(self) -> bool:
        """Whether the word is a grade."""
        return self.word != NOT_KNOWN


@dataclass(frozen=True, slots=True)
class Tie:
    """Two organisations that share at least one live partnership; `last_on` is the last day they were logged together.

    `a` is the smaller id, so that a pair has one tie whoever is named first. Where two days are compared, `change` is a
    word of `difference.CHANGES` and `was` the tie's standing on the earlier day; else both are empty.
    """

    a: int
    b: int
    partnerships: tuple[int, ...]
    a_of_b: View | None
    b_of_a: View | None
    last_on: date | None = None
    change: str = ""
    was: str = ""

    @property
    def view(self) -> View | None:
        """Return the view the tie is named after: the weaker of the known directions, else the less unknown one."""
        return weakest(view for view in (self.a_of_b, self.b_of_a) if view is not None)

    @property
    def word(self) -> str:
        """Return the tie's own standing: a tie is as good as the side that sees it worse; not known if neither knows.

        Example: "sound" one way and "weak" the other is a weak tie; "sound" one way and "not known" the other is sound.
        """
        view = self.view
        return view.word if view else NOT_KNOWN

    @property
    def strength(self) -> float:
        """Return 0 to 1: the figure times what is known of it, so that more trust and more evidence both count."""
        view = self.view
        if view is None or view.figure is None:
            return 0.0
        return view.figure * (1 - view.unknown)

    @property
    def directions_differ(self) -> bool:
        """Whether both sides are known and do not use the same word of one another."""
        return bool(
            self.one_way_known is False and self.a_of_b and self.b_of_a and self.a_of_b.word != self.b_of_a.word
        )

    @property
    def one_way_known(self) -> bool | None:
        """Return True when only one side's view is known, False when both are, None when neither is."""
        known = sum(1 for view in (self.a_of_b, self.b_of_a) if view and view.is_known)
        return {0: None, 1: True, 2: False}[known]

    def other(self, node_id: int) -> int:
        """Return the organisation at the far end from `node_id`."""
        return self.b if node_id == self.a else self.a


@dataclass(frozen=True)
class Network:
    """Organisations and the ties between them, as one person may see them on one day."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]

    @cached_property
    def by_id(self) -> Mapping[int, Node]:
        """Return the organisations by id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def ties_of(self) -> Mapping[int, tuple[Tie, ...]]:
        """Return each organisation's ties, in the order of the network; an isolate has none."""
        found: dict[int, list[Tie]] = {node.id: [] for node in self.nodes}
        for tie in self.ties:
            found[tie.a].append(tie)
            found[tie.b].append(tie)
        return {node_id: tuple(ties) for node_id, ties in found.items()}

    @cached_property
    def neighbours(self) -> Mapping[int, frozenset[int]]:
        """Return the ids of the organisations that each organisation is tied to."""
        return {node_id: frozenset(tie.other(node_id) for tie in ties) for node_id, ties in self.ties_of.items()}


def weakest(views: Iterable[View]) -> View | None:
    """Return the weakest known view; among views not known, the one of which most is known; None when there is none.

    The word decides first and the figure second: the word also weighs how sure the figure is.
    """
    known: list[View] = []
    unknown: list[View] = []
    for view in views:
        (known if view.is_known else unknown).append(view)
    if known:
        return max(known, key=lambda view: (STANDINGS.index(view.word), -(view.figure or 0.0), view.relationship))
    return min(unknown, key=lambda view: (view.unknown, view.relationship), default=None)


def build(
    nodes: Iterable[Node],
    shared: Mapping[tuple[int, int], Iterable[int]],
    views: Iterable[View] = (),
    last_on: Mapping[tuple[int, int], date] | None = None,
) -> Network:
    """Return the network of organisations that share partnerships.

    `shared` says for each pair of organisations (in either order) which live partnerships they share; `views` are the
    standings of all directed relationships, of which a tie keeps the weakest each way; `last_on` is keyed like
    `shared`. An organisation's tie with itself is ignored, and so is a pair with an organisation outside `nodes`.
    """
    kept = tuple(nodes)
    ids = {node.id for node in kept}
    pairs: dict[tuple[int, int], set[int]] = defaultdict(set)
    for (one, other), partnerships in shared.items():
        if one != other and one in ids and other in ids:
            pairs[ordered(one, other)].update(partnerships)
    directed = _by_direction(views)
    days = {ordered(*pair): day for pair, day in (last_on or {}).items()}
    ties = tuple(
        Tie(a, b, tuple(sorted(found)), weakest(directed[a, b]), weakest(directed[b, a]), days.get((a, b)))
        for (a, b), found in sorted(pairs.items())
    )
    return Network(kept, ties)


def ordered(one: int, other: int) -> tuple[int, int]:
    """Return the pair with the smaller id first: the key of a tie."""
    return (one, other) if one < other else (other, one)


def around(network: Network, centre: int, steps: int = 1) -> Network:
    """Return the surroundings of one organisation: all within `steps` ties of it, and the ties among them."""
    reached = {centre} & set(network.by_id)
    for _ in range(steps):
        reached |= {near for node_id in reached for near in network.neighbours[node_id]}
    return only(network, reached)


def only(network: Network, ids: Iterable[int]) -> Network:
    """Return the part of the network made of these organisations and the ties among them."""
    kept = frozenset(ids)
    nodes = tuple(node for node in network.nodes if node.id in kept)
    return Network(nodes, tuple(tie for tie in network.ties if tie.a in kept and tie.b in kept))


def _by_direction(views: Iterable[View]) -> defaultdict[tuple[int, int], list[View]]:
    directed: defaultdict[tuple[int, int], list[View]] = defaultdict(list)
    for view in views:
        _, rater, ratee = view.relationship
        directed[rater, ratee].append(view)
    return directed
