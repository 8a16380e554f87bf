"""The network as networkx has it, from which the formats of graph tools are written.

Each relationship is an arrow from who says it to whom it is said of, so that a tie has two: nothing of either is lost,
and a tool that wants ties can read the arrows as undirected. A figure is there only where it is known. Example: the
arrow from "organisation-3" to "organisation-7" has `standing` "weak", `figure` 31 and `partnerships` 2.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from register.network.drawing import Picture, draw
from register.network.facts import is_partnership
from register.network.graph import NOT_KNOWN, Network, Node, Tie, View
from register.network.grouped_drawing import draw_groups
from register.network.grouping import Grouped
from register.network.spacing import Point

if TYPE_CHECKING:
    import networkx as nx

NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML file can hold; they are left out of all formats alike."""


@dataclass(frozen=True)
class Drawn:
    """What is taken away: the network as one person sees it on a day, where it stands, and what to call things."""

    network: Network
    places: Mapping[int, Point]
    on: date
    partnerships: Mapping[int, str] = field(default_factory=dict)
    """The names of the partnerships, by id."""
    told: tuple[tuple[str, str], ...] = ()
    """What is shown, as (label, words), for the head of a drawing."""
    sectors: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    groups: Grouped | None = None
    """The groups that a drawing shows in place of a network too large to be drawn."""

    def picture(self) -> Picture:
        """Return what a drawing shows."""
        return draw_groups(self.groups, self.places) if self.groups else draw(self.network, self.places)


def graph_of(drawn: Drawn) -> "nx.DiGraph":
    """Return the graph; every attribute is a text or a number, so that every format can hold it."""
    import networkx as nx  # noqa: PLC0415 - a fifth of a second, and most workers never write a graph

    graph = nx.DiGraph(name=f"Network of partnerships on {drawn.on.isoformat()}")
    for node in drawn.network.nodes:
        graph.add_node(key_of(node.id), **node_facts(drawn, node))
    for tie in drawn.network.ties:
        for rater, ratee, view in ((tie.a, tie.b, tie.a_of_b), (tie.b, tie.a, tie.b_of_a)):
            graph.add_edge(key_of(rater), key_of(ratee), **arrow_facts(drawn, tie, view))
    return graph


def key_of(node_id: int) -> str:
    """Return what a node is called in a file: `organisation-3`, or `partnership-5`."""
    return f"partnership-{-node_id}" if node_id < 0 else f"organisation-{node_id}"


def node_facts(drawn: Drawn, node: Node) -> dict[str, Any]:
    """Return what a file says of a node; what there is not is left out."""
    x, y = drawn.places[node.id]
    facts = {
        "label": NOT_IN_XML.sub("", node.name) or key_of(node.id),
        "short_name": node.short_name,
        "type": "partnership" if is_partnership(node) else "organisation",
        "sector": "" if is_partnership(node) else drawn.sectors.get(node.sector, node.sector),
        "kind": drawn.kinds.get(node.kind, node.kind),
        "part_of": key_of(node.parent) if node.parent and node.parent in drawn.network.by_id else "",
        "x": round(float(x), 1),
        "y": round(float(y), 1),
    }
    return dict(_written(facts))


def arrow_facts(drawn: Drawn, tie: Tie, view: View | None) -> dict[str, Any]:
    """Return what a file says of one direction of a tie; what there is not is left out."""
    known = view if view and view.is_known else None
    facts = {
        "standing": view.word if view else NOT_KNOWN,
        "figure": _percent(known.figure if known else None),
        "low": _percent(known.low if known else None),
        "high": _percent(known.high if known else None),
        "not_known": round(view.unknown, 3) if view else 1.0,
        "partnerships": len(tie.partnerships),
        "partnership_names": "; ".join(drawn.partnerships.get(key, "") for key in tie.partnerships),
        "last_on": tie.last_on.isoformat() if tie.last_on else "",
        "change": tie.change,
    }
    return dict(_written(facts))


def _written(facts: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in facts.items():
        shown = NOT_IN_XML.sub("", value) if isinstance(value, str) else value
        if shown not in (None, ""):
            yield name, shown


def _percent(share: float | None) -> int | None:
    return None if share is None else round(share * 100)
