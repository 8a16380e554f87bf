"""A part of the network, by what the reader asks to see.

Example: `Filters(sector="voluntary", standing="weak")` shows the weak ties of charities, with who is at the other end.
"""

from dataclasses import dataclass, fields, replace

from register.network.facts import Facts, Work, is_partnership, of_both, of_organisations
from register.network.graph import Network, Node, Tie, around

NONE = "none"
"""What is asked for to see what has no theme, no lead officer or no place on record."""
OF_PARTNERSHIPS = ("kind", "theme", "tier", "lead")
OF_ORGANISATIONS = ("sector", "place")
NARROWING = (*OF_PARTNERSHIPS, *OF_ORGANISATIONS, "standing", "around")
"""The filters that leave something out, by their names in an address."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show; None shows all.

    `kind`, `theme`, `tier` (how significant) and `lead` (the officer's id as text) are of partnerships, `sector` and
    `place` of organisations, `around` is an organisation's id. `with_partnerships` draws partnerships as nodes too.
    """

    kind: str | None = None
    theme: str | None = None
    tier: str | None = None
    lead: str | None = None
    sector: str | None = None
    place: str | None = None
    standing: str | None = None
    around: int | None = None
    steps: int = 1
    with_partnerships: bool = False

    @property
    def is_narrowing(self) -> bool:
        """Whether anything is left out."""
        return any(getattr(self, name) is not None for name in NARROWING)

    @property
    def of_partnerships(self) -> "Filters":
        """Return what is asked of partnerships alone."""
        kept = {"with_partnerships", *OF_PARTNERSHIPS}
        return replace(Filters(), **{one.name: getattr(self, one.name) for one in fields(self) if one.name in kept})


def part_of(facts: Facts, filters: Filters) -> Network:
    """Return the part of the network that is asked for, of organisations or of organisations and partnerships."""
    return narrowed(built(facts, filters), filters)


def built(facts: Facts, filters: Filters) -> Network:
    """Return the network of the partnerships that are asked for, before anything is asked of organisations."""
    kept = facts.within(chosen(facts, filters))
    if filters.with_partnerships:
        return of_both(kept)
    return facts.network if kept is facts else of_organisations(kept)


def chosen(facts: Facts, filters: Filters) -> frozenset[int] | None:
    """Return the ids of the partnerships that are asked for; None: all of them."""
    if all(getattr(filters, name) is None for name in OF_PARTNERSHIPS):
        return None
    return frozenset(work.id for work in facts.works if _is_asked_for(work, filters))


def narrowed(network: Network, filters: Filters) -> Network:
    """Return what the filters leave of a network that already has only the partnerships asked for.

    A sector or place keeps its organisations with all their ties, so that it is seen who they work with; a standing
    keeps the ties of that word (or, of two days compared, that had it) and their ends. Nobody without a tie is shown in
    a narrowed network, but the sector's or place's own.
    """
    if filters.around is not None:
        network = around(network, filters.around, filters.steps * (2 if filters.with_partnerships else 1))
    if not filters.is_narrowing:
        return network
    ties = tuple(tie for tie in network.ties if _is_kept(network, tie, filters))
    kept = {end for tie in ties for end in (tie.a, tie.b)}
    if filters.around is not None:
        kept.add(filters.around)
    if filters.standing is None and any(getattr(filters, name) for name in OF_ORGANISATIONS):
        kept |= {node.id for node in network.nodes if _is_of(node, filters)}
    return Network(tuple(node for node in network.nodes if node.id in kept), ties)


def without_isolates(network: Network) -> Network:
    """Return the network without the organisations that have no tie."""
    return Network(tuple(node for node in network.nodes if network.ties_of[node.id]), network.ties)


def _is_asked_for(work: Work, filters: Filters) -> bool:
    has = {
        "kind": work.kind,
        "theme": work.theme or NONE,
        "tier": work.significance,
        "lead": NONE if work.lead is None else str(work.lead),
    }
    return all(getattr(filters, name) in (None, value) for name, value in has.items())


def _is_kept(network: Network, tie: Tie, filters: Filters) -> bool:
    ends = network.by_id[tie.a], network.by_id[tie.b]
    words = (tie.word, tie.was) if tie.was else (tie.word,)
    return (filters.standing is None or filters.standing in words) and any(_is_of(end, filters) for end in ends)


def _is_of(node: Node, filters: Filters) -> bool:
    """Say whether an organisation is of the sector and at the place asked for."""
    if is_partnership(node):
        return False
    is_there = filters.place is None or (node.place.casefold() or NONE) == filters.place.casefold()
    return filters.sector in (None, node.sector) and is_there
