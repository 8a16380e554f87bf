"""How much of the network is known at all, and whose views are missing where they would matter most."""

from collections.abc import Iterable
from dataclasses import dataclass

from register.network.graph import Network

LEAST_RANKED = 10
"""Organisations with a tie below which nobody is ranked: in a handful everybody stands between somebody."""
LEAST_KNOWN = 0.5
"""Share of the relationships known from some side below which nobody is ranked: who is weak is then a matter of who was
asked."""
CENTRAL = 10
"""How many of the most central organisations are looked at for missing views."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many organisations have a tie, how many ties there are, and from how many sides they are known."""

    tied: int
    ties: int
    known: int
    """Ties of which at least one side's view is known."""
    both_ways: int
    """Ties of which both are."""

    @property
    def share(self) -> float:
        """Return the share of ties known from some side; 0 where there are none."""
        return self.known / self.ties if self.ties else 0.0

    @property
    def reciprocity(self) -> float | None:
        """Return the share of known ties that are known from both sides; None where nothing is known."""
        return self.both_ways / self.known if self.known else None

    @property
    def is_large_enough(self) -> bool:
        """Whether there are enough organisations to rank."""
        return self.tied >= LEAST_RANKED

    @property
    def is_known_enough(self) -> bool:
        """Whether enough is known to rank."""
        return self.share >= LEAST_KNOWN

    @property
    def may_rank(self) -> bool:
        """Whether organisations may be put in an order of importance."""
        return self.is_large_enough and self.is_known_enough


def coverage(network: Network) -> Coverage:
    """Return how much is known of a network."""
    sides = [tie.one_way_known for tie in network.ties]
    return Coverage(
        tied=sum(1 for ties in network.ties_of.values() if ties),
        ties=len(sides),
        known=sum(1 for side in sides if side is not None),
        both_ways=sum(1 for side in sides if side is False),
    )


def silent(network: Network, ranked: Iterable[int]) -> tuple[int, ...]:
    """Return those of the first ten of `ranked` whose view of nobody is known, although they have ties."""
    speaking = {
        rater
        for tie in network.ties
        for rater, view in ((tie.a, tie.a_of_b), (tie.b, tie.b_of_a))
        if view and view.is_known
    }
    first = [node_id for node_id, _ in zip(ranked, range(CENTRAL), strict=False)]
    return tuple(node_id for node_id in first if node_id not in speaking and network.ties_of[node_id])
