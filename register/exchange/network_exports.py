"""The network in the formats of graph tools, as what an export holds."""

from functools import partial
from typing import IO

from register.exchange.formats.graphs import Drawn
from register.exchange.network_formats import NETWORK_FORMATS, NetworkFormat
from register.exchange.taking.scope import Scope
from register.network.facts import of_organisations
from register.network.facts_lookups import facts_where
from register.network.layout import positions
from register.network.layout_lookups import whole_places
from register.partnerships.kinds import ORGANISATION_KINDS, SECTORS, names

DRAWINGS = frozenset({"html", "svg"})
"""Formats to look at, which the network's own page offers for the part that it shows."""
GRAPHS = tuple(one for one in NETWORK_FORMATS if one.key not in DRAWINGS)


def write_graph(made: NetworkFormat, scope: Scope, target: IO[bytes]) -> int:
    """Write the network of a scope's partnerships; return how many organisations and ties there are."""
    facts = facts_where(scope.partnerships(), scope.clocks)
    network = of_organisations(facts)
    drawn = Drawn(
        network,
        positions(network, whole_places()),
        scope.clocks.on,
        {work.id: work.name for work in facts.works},
        (),
        names(SECTORS),
        names(ORGANISATION_KINDS),
    )
    target.write(made.write(drawn))
    return len(network.nodes) + len(network.ties)


def writer_of(made: NetworkFormat) -> "partial[int]":
    """Return what writes a format."""
    return partial(write_graph, made)
