"""The difference of the network on two days: what is new, ended, stronger, weaker, newly known, newly not known.

A change of figure counts only when it is more than chance, by the rule of `trust.trend`: what was observed since the
earlier day, held against the figure of that day, which counts as much as two observations. With the figure then `m` and
`R` good and `B` bad observations since, trust is taken to be distributed as Beta(R + 2m, B + 2(1 - m)); it is weaker
only where the chance that it lies below m - 0.1 is over .9, and stronger likewise.

Example: Lanmark stood at 60 on 1 October and broke four promises since: Beta(1.2, 4.8) lies below 50 with a chance of
.95, so it is weaker. With one broken promise the chance is .66, which is no change, even if the word is another.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from register.network.graph import Network, Node, Relationship, Tie, View, ordered
from register.trust.trend import FALLING, RISING, trend

Observed = Mapping[Relationship, tuple[float, float]]
"""Good and bad observations between the two days, by relationship, without forgetting."""
Direction = tuple[int, int]
"""(id of who says it, id of whom it is said)."""


class Kind(NamedTuple):
    """A way in which something can differ: its word, what the word means, and the sign for it on the picture."""

    word: str
    meaning: str
    sign: str


WEAKER, STRONGER, NEW, ENDED = "weaker", "stronger", "new", "ended"
NEWLY_KNOWN, NEWLY_NOT_KNOWN = "newly known", "newly not known"
KINDS = (
    Kind(WEAKER, "lower trust", "▼"),
    Kind(NEWLY_NOT_KNOWN, "evidence has faded; not a fall", "?"),
    Kind(ENDED, "no longer in a live partnership", "×"),
    Kind(STRONGER, "higher trust", "▲"),
    Kind(NEWLY_KNOWN, "was not known, now has a figure", "i"),
    Kind(NEW, "was in no live partnership", "+"),
)
"""What needs looking at first; a tie whose two directions changed in two ways has the first of them."""
CHANGES = tuple(kind.word for kind in KINDS)
SIGNS = {kind.word: kind.sign for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: what one organisation says of another, or (new, ended) that two work together at all."""

    word: str
    rater: int
    ratee: int
    before: View | None
    after: View | None
    partnerships: tuple[int, ...] = ()
    """Those that make a new tie, or made one that ended."""
    why: str = ""

    @property
    def is_of_pair(self) -> bool:
        """Whether it is about the two working together, and about neither direction."""
        return self.word in (NEW, ENDED)

    @property
    def relationship(self) -> Relationship | None:
        """Return the relationship that explains it: the one of the later day where there is one."""
        view = self.after or self.before
        return view.relationship if view else None


@dataclass(frozen=True)
class Difference:
    """Two days compared: all that was there on either, and what differs; a tie that ended stands as it stood then."""

    network: Network
    changes: tuple[Change, ...]
    """In the order of `KINDS`, then of names."""

    @cached_property
    def by_direction(self) -> Mapping[Direction, Change]:
        """Return the changes by direction; of a new or ended tie, both directions have its change."""
        found = {(one.rater, one.ratee): one for one in self.changes}
        return {**{(one.ratee, one.rater): one for one in self.changes if one.is_of_pair}, **found}

    @cached_property
    def by_pair(self) -> Mapping[Direction, list[Change]]:
        """Return the changes by tie, smaller id first, in their order."""
        found: dict[Direction, list[Change]] = defaultdict(list)
        for one in self.changes:
            found[ordered(one.rater, one.ratee)].append(one)
        return found

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Return how many changes there are of each word that occurs, in the order of `KINDS`."""
        found = Counter(one.word for one in self.changes)
        return {word: found[word] for word in CHANGES if found[word]}

    @property
    def standings(self) -> int:
        """Return how many standings were compared: the directions of which either day has a view."""
        return sum(1 for tie in self.network.ties for view in (tie.a_of_b, tie.b_of_a) if view)

    def within(self, network: Network) -> "Difference":
        """Return the difference of a part of the network."""
        kept = {(tie.a, tie.b) for tie in network.ties}
        return Difference(network, tuple(one for one in self.changes if ordered(one.rater, one.ratee) in kept))

    def explained(self, reasons: Mapping[Direction, str]) -> "Difference":
        """Return the difference with the reasons of its changes, by direction."""
        return replace(
            self, changes=tuple(replace(one, why=reasons.get((one.rater, one.ratee), "")) for one in self.changes)
        )


def moved(before: Network, after: Network) -> Iterable[tuple[View, View]]:
    """Yield the views known on both days whose figure is another: those of which it is asked whether it was chance."""
    earlier = {(tie.a, tie.b): tie for tie in before.ties}
    for tie in after.ties:
        then = earlier.get((tie.a, tie.b))
        if then is not None:
            for was, now in ((then.a_of_b, tie.a_of_b), (then.b_of_a, tie.b_of_a)):
                if was and now and was.is_known and now.is_known and was.figure != now.figure:
                    yield was, now


def compared(before: Network, after: Network, observed: Observed) -> Difference:
    """Return the difference of the network on an earlier and a later day; `observed` is what happened between them."""
    earlier, later = ({(tie.a, tie.b): tie for tie in network.ties} for network in (before, after))
    nodes = {node.id: node for node in (*before.nodes, *after.nodes)}
    changes: list[Change] = []
    ties: list[Tie] = []
    for pair in sorted(earlier.keys() | later.keys()):
        then, now = earlier.get(pair), later.get(pair)
        found = _changes(then, now, observed)
        tie = now or then
        if tie is not None:
            word = min((one.word for one in found), key=CHANGES.index, default="")
            ties.append(replace(tie, change=word, was=then.word if then else ""))
        changes += found
    in_order = sorted(changes, key=lambda one: (CHANGES.index(one.word), _names(nodes, one)))
    return Difference(Network(tuple(sorted(nodes.values(), key=_name)), tuple(ties)), tuple(in_order))


def _changes(then: Tie | None, now: Tie | None, observed: Observed) -> list[Change]:
    if then is None or now is None:
        word, tie = (NEW, now) if then is None else (ENDED, then)
        if tie is None:
            return []
        view = tie.view
        before, after = (None, view) if word == NEW else (view, None)
        return [Change(word, tie.a, tie.b, before, after, tie.partnerships)]
    directions = (
        (now.a, now.b, then.a_of_b, now.a_of_b),
        (now.b, now.a, then.b_of_a, now.b_of_a),
    )
    return [
        Change(word, rater, ratee, was, is_)
        for rater, ratee, was, is_ in directions
        if (word := _word(was, is_, observed))
    ]


def _word(was: View | None, now: View | None, observed: Observed) -> str:
    """Return how a view differs; empty where it does not, or not by more than chance."""
    had, has = was is not None and was.is_known, now is not None and now.is_known
    if had != has:
        return NEWLY_KNOWN if has else NEWLY_NOT_KNOWN
    if not (had and was and now) or was.figure is None or now.figure is None:
        return ""
    found = trend(was.figure, *observed.get(now.relationship, (0.0, 0.0))).word
    if found == FALLING and now.figure < was.figure:
        return WEAKER
    return STRONGER if found == RISING and now.figure > was.figure else ""


def _name(node: Node) -> tuple[str, int]:
    return node.name.casefold(), node.id


def _names(nodes: Mapping[int, Node], change: Change) -> tuple[tuple[str, int], tuple[str, int]]:
    return _name(nodes[change.rater]), _name(nodes[change.ratee])
