"""The network drawn by pyvis, as data for vis-network in the page.

This is the only place that knows pyvis, and it imports pyvis when it draws: pyvis brings IPython with it. Nodes and
edges are given to pyvis as whole lists (its add methods look through everything that was added before), physics is off
and the places come from the server. Nothing here is HTML: a label is drawn on a canvas, letter for letter.

A standing speaks by pattern and width before it speaks by colour. vis-network knows solid and dashed lines only, so two
of the patterns are two lines, one on the other: sound is a white line on a green one (a double line), weak is a thin
red line with ticks across it. Both lie on the same tie, and a click on either finds it.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from register.network.graph import NOT_KNOWN, STANDINGS, Network, Node, Relationship, Tie, View

Url = str
Point = tuple[float, float]

INK, PAPER = "#14213d", "#ffffff"
SHAPES = {"public": "square", "voluntary": "dot", "private": "diamond", "community": "triangle"}
"""The symbol of each sector; another sector is a star, so that it is seen and not mistaken."""
LONGEST_LABEL = 28
APART = 0.12
"""How far two directions that differ are bent from each other, as a share of their length."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line: its colour, its width at strength 0 and at strength 1, and its dashes (drawn, left out; pixels)."""

    colour: str
    thinnest: float
    thickest: float
    dashes: tuple[float, ...] = ()


STROKES: Mapping[str, tuple[Stroke, ...]] = {
    "strong": (Stroke("#0b5b4b", 3, 6),),
    "sound": (Stroke("#3f8f78", 3.5, 5.5), Stroke(PAPER, 1.5, 2.5)),
    "mixed": (Stroke("#b06a00", 2, 4, (9, 5)),),
    "weak": (Stroke("#a8201a", 1.5, 2.5), Stroke("#a8201a", 8, 10, (1.5, 6))),
    NOT_KNOWN: (Stroke("#6b7280", 1, 1, (2, 4)),),
}
"""The lines of each standing, in the order in which they are laid on one another."""
UNIT_OF = Stroke("#d3d7dc", 10, 10)
ORDER = (NOT_KNOWN, "sound", "strong", "mixed", "weak")
"""Which ties are drawn first: what needs looking at lies on top."""

OPTIONS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": False, "multiselect": False, "keyboard": False, "selectConnectedEdges": False},
    "nodes": {
        "borderWidth": 2,
        "borderWidthSelected": 4,
        "color": {"border": INK, "background": PAPER, "highlight": {"border": INK, "background": "#ffdd00"}},
        "font": {"color": INK, "size": 17, "face": "Arial, sans-serif", "strokeWidth": 4, "strokeColor": PAPER},
    },
    "edges": {"smooth": False, "selectionWidth": 2, "hoverWidth": 0},
}


class Said(TypedDict):
    """What one side says of the other in the chosen card; figures are 0 to 100, None where there is none."""

    rater: int
    ratee: int
    word: str
    figure: int | None
    low: int | None
    high: int | None
    url: Url


class Picture(TypedDict):
    """All that the page needs to draw: everything in it is plain JSON."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    options: dict[str, Any]
    ties: list[dict[str, Any]]


def draw(
    network: Network,
    positions: Mapping[int, Point],
    organisation_url: Callable[[int], Url],
    relationship_url: Callable[[Relationship], Url],
) -> Picture:
    """Return the picture of the network: `nodes`, `edges` and `options` for vis-network, and `ties` for the card.

    `positions` holds a place for every organisation; the two functions give the address of an organisation's page
    and of the evidence behind a relationship's figure.
    """
    from pyvis.network import Network as Canvas  # noqa: PLC0415 - brings IPython, see the module's docstring

    canvas = Canvas(directed=False, cdn_resources="local")
    canvas.nodes = [_node(node, network, positions[node.id], organisation_url(node.id)) for node in network.nodes]
    canvas.edges = [*_units(network), *_edges(network)]
    canvas.options = dict(OPTIONS)
    nodes, edges, _heading, _height, _width, options = canvas.get_network_data()
    ties = [_tie(tie, relationship_url) for tie in network.ties]
    return Picture(nodes=nodes, edges=edges, options=json.loads(options), ties=ties)


def legend(network: Network) -> list[tuple[str, int]]:
    """Return each standing with its number of ties, best first, for the legend below the picture."""
    words = [tie.word for tie in network.ties]
    return [(word, words.count(word)) for word in STANDINGS]


def short_label(node: Node) -> str:
    """Return the name to stand under a symbol, at most 28 characters."""
    label = node.label
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def _node(node: Node, network: Network, spot: Point, url: Url) -> dict[str, Any]:
    ties = len(network.ties_of[node.id])
    return {
        "id": node.id,
        "label": short_label(node),
        "shape": SHAPES.get(node.sector, "star"),
        "size": round(min(9 + 1.5 * ties**0.5, 20), 1),
        "x": spot[0],
        "y": spot[1],
        "url": url,
        "name": node.name,
        "sector": node.sector,
        "kind": node.kind,
    }


def _units(network: Network) -> Iterable[dict[str, Any]]:
    """Yield the broad ribbons that join a unit to the organisation it is part of; they lie beneath all ties."""
    for node in network.nodes:
        if node.parent is not None and node.parent in network.by_id:
            yield {"id": f"unit-{node.id}", "from": node.id, "to": node.parent, **_stroke(UNIT_OF, 0)}


def _edges(network: Network) -> Iterable[dict[str, Any]]:
    for tie in sorted(network.ties, key=lambda tie: (ORDER.index(tie.word), tie.a, tie.b)):
        if tie.directions_differ and tie.a_of_b and tie.b_of_a:
            yield from _lines(tie, tie.a_of_b.word, _strength(tie.a_of_b), (tie.a, tie.b))
            yield from _lines(tie, tie.b_of_a.word, _strength(tie.b_of_a), (tie.b, tie.a))
        else:
            yield from _lines(tie, tie.word, tie.strength)


def _lines(tie: Tie, word: str, strength: float, way: tuple[int, int] | None = None) -> Iterable[dict[str, Any]]:
    """Yield the lines of one tie; with `way`, of the view that the first has of the second, bent and with an arrow."""
    start, end = way or (tie.a, tie.b)
    for layer, stroke in enumerate(STROKES[word]):
        line = {"id": f"tie-{tie.a}-{tie.b}-{start}-{layer}", "tie": f"{tie.a}-{tie.b}", "from": start, "to": end}
        if way:
            line["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": APART}
            line["arrows"] = {"to": {"enabled": layer == 0, "scaleFactor": 0.6}}
        yield {**line, "word": word, **_stroke(stroke, strength)}


def _stroke(stroke: Stroke, strength: float) -> dict[str, Any]:
    width = stroke.thinnest + (stroke.thickest - stroke.thinnest) * strength
    return {
        "color": {"color": stroke.colour, "highlight": stroke.colour},
        "width": round(width, 1),
        "dashes": list(stroke.dashes) or False,
    }


def _tie(tie: Tie, relationship_url: Callable[[Relationship], Url]) -> dict[str, Any]:
    """Return the facts of a tie for the chosen card; `url` opens the evidence behind the word it is named after."""
    says = [_said(view, relationship_url) for view in (tie.a_of_b, tie.b_of_a) if view]
    view = tie.view
    return {
        "id": f"{tie.a}-{tie.b}",
        "a": tie.a,
        "b": tie.b,
        "word": tie.word,
        "partnerships": len(tie.partnerships),
        "says": says,
        "url": relationship_url(view.relationship) if view else None,
    }


def _said(view: View, relationship_url: Callable[[Relationship], Url]) -> Said:
    _, rater, ratee = view.relationship
    shown = view.is_known
    return Said(
        rater=rater,
        ratee=ratee,
        word=view.word,
        figure=_percent(view.figure) if shown else None,
        low=_percent(view.low) if shown else None,
        high=_percent(view.high) if shown else None,
        url=relationship_url(view.relationship),
    )


def _percent(share: float | None) -> int | None:
    return None if share is None else round(share * 100)


def _strength(view: View) -> float:
    return (view.figure or 0.0) * (1 - view.unknown)
