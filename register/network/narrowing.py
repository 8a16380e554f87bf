"""A part of the network, by what the reader asks to see.

Example: `Filters(sector="voluntary", standing="weak")` shows the weak ties of charities, with who is at the other end.
"""

from dataclasses import dataclass

from register.network.graph import Network, Tie, around


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show; None shows all. `kind` and `theme` are of partnerships, `around` is an organisation's id."""

    kind: str | None = None
    theme: str | None = None
    sector: str | None = None
    standing: str | None = None
    around: int | None = None
    steps: int = 1

    @property
    def is_narrowing(self) -> bool:
        """Whether anything is left out."""
        return any(value is not None for value in (self.kind, self.theme, self.sector, self.standing, self.around))


def narrowed(network: Network, filters: Filters) -> Network:
    """Return what the filters leave of a network that was already read by kind and theme.

    A sector keeps its organisations with all their ties, so that it is seen who they work with; a standing keeps the
    ties of that word and their ends. Nobody without a tie is shown in a narrowed network, but the sector's own.
    """
    if filters.around is not None:
        network = around(network, filters.around, filters.steps)
    ties = tuple(tie for tie in network.ties if _is_kept(network, tie, filters))
    kept = {end for tie in ties for end in (tie.a, tie.b)}
    if filters.around is not None:
        kept.add(filters.around)
    if not filters.is_narrowing:
        kept = set(network.by_id)
    elif filters.sector and not filters.standing:
        kept |= {node.id for node in network.nodes if node.sector == filters.sector}
    return Network(tuple(node for node in network.nodes if node.id in kept), ties)


def without_isolates(network: Network) -> Network:
    """Return the network without the organisations that have no tie."""
    return Network(tuple(node for node in network.nodes if network.ties_of[node.id]), network.ties)


def _is_kept(network: Network, tie: Tie, filters: Filters) -> bool:
    sectors = {network.by_id[tie.a].sector, network.by_id[tie.b].sector}
    return (filters.standing is None or tie.word == filters.standing) and (
        filters.sector is None or filters.sector in sectors
    )
