"""The network drawn by pyvis, as data for vis-network in the page.

This is the only place that knows pyvis, and it imports pyvis when it draws: pyvis brings IPython with it. Nodes and
edges are given to pyvis as whole lists (its add methods look through everything that was added before), physics is off
and the places come from the server. Nothing here is HTML: a label is drawn on a canvas, letter for letter.

A standing speaks by pattern and width before it speaks by colour: sound is a white line on a green one (a double line),
weak is a thin red line with ticks across it. vis-network knows solid and dashed lines only and draws each by itself,
which takes a second for six thousand; so an edge names its word, and the page paints all lines of a word in one pass,
on vis-network's own canvas, by the strokes given here. The still drawing lays the same strokes.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from register.network.graph import NOT_KNOWN, STANDINGS, Network, Node, View

Point = tuple[float, float]

INK, PAPER = "#14213d", "#ffffff"
SHAPES = {
    "public": "square",
    "voluntary": "dot",
    "private": "diamond",
    "community": "triangle",
    "partnership": "hexagon",
}
"""The symbol of each sector, and of a partnership; another sector is a star, so that it is seen and not mistaken."""
LONGEST_LABEL = 28
APART = 0.16
"""How far aside the middle of a bent line is pulled, as a share of its length."""


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
UNIT, BETWEEN = "unit", "between"
"""The words of edges that are no tie: a unit and what it is part of; all that lies between two groups."""
OTHERS: Mapping[str, tuple[Stroke, ...]] = {UNIT: (UNIT_OF,), BETWEEN: (Stroke("#5b6b80", 1.5, 10),)}
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
    },
}


class Picture(TypedDict):
    """What pyvis hands to vis-network; everything in it is plain JSON.

    An edge has `from`, `to`, `word` and `strength` (0 to 1); `tie` is the place of its tie in the network, and `bent`
    says that it is one of two directions that differ; `change` is what stands on a tie where two days are compared. An
    edge of the word "unit" joins a unit to its organisation.
    """

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    options: dict[str, Any]


def draw(network: Network, positions: Mapping[int, Point]) -> Picture:
    """Return the picture of the network; `positions` holds a place for every node."""
    nodes = [_node(node, network, positions[node.id]) for node in network.nodes]
    return picture_of(nodes, [*_units(network), *_edges(network)])


def picture_of(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> Picture:
    """Return what pyvis makes of nodes and edges."""
    found, lines, _heading, _height, _width, options = _canvas(nodes, edges).get_network_data()
    return Picture(nodes=found, edges=lines, options=json.loads(options))


def written_by_template(picture: Picture, folder: Path, template: str, values: Mapping[str, Any]) -> str:
    """Return the page that pyvis writes of a picture by a template of ours; `values` are there beside its own."""
    canvas = _canvas(picture["nodes"], picture["edges"])
    canvas.set_template_dir(str(folder), template)
    canvas.templateEnv.globals.update(values)
    return str(canvas.generate_html())


def _canvas(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> Any:
    from pyvis.network import Network as Canvas  # noqa: PLC0415 - brings IPython, see the module's docstring

    canvas = Canvas(directed=False, cdn_resources="local")
    canvas.nodes, canvas.edges, canvas.options = nodes, edges, dict(OPTIONS)
    return canvas


def legend(network: Network) -> list[tuple[str, int]]:
    """Return each standing with its number of ties, best first, for the legend below the picture."""
    words = [tie.word for tie in network.ties]
    return [(word, words.count(word)) for word in STANDINGS]


def short_label(node: Node) -> str:
    """Return the name to stand under a symbol, at most 28 characters."""
    label = node.label
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def strokes_of(word: str) -> tuple[Stroke, ...]:
    """Return the lines of a word, see `STROKES` and `OTHERS`."""
    return STROKES.get(word) or OTHERS[word]


def lines_of(edge: Mapping[str, Any]) -> Iterable[tuple[Stroke, float]]:
    """Yield the lines of an edge with their widths, in the order in which they are laid on one another."""
    for stroke in strokes_of(edge["word"]):
        yield stroke, round(stroke.thinnest + (stroke.thickest - stroke.thinnest) * edge["strength"], 1)


def _node(node: Node, network: Network, spot: Point) -> dict[str, Any]:
    ties = len(network.ties_of[node.id])
    return {
        "id": node.id,
        "label": short_label(node),
        "shape": SHAPES.get(node.sector, "star"),
        "size": round(min(9 + 1.5 * ties**0.5, 20), 1),
        "x": spot[0],
        "y": spot[1],
        "name": node.name,
        "sector": node.sector,
        "kind": node.kind,
    }


def _units(network: Network) -> Iterable[dict[str, Any]]:
    """Yield the broad ribbons that join a unit to the organisation it is part of; they lie beneath all ties."""
    for node in network.nodes:
        if node.parent is not None and node.parent in network.by_id:
            yield {"from": node.id, "to": node.parent, "word": UNIT, "strength": 0.0}


def _edges(network: Network) -> Iterable[dict[str, Any]]:
    """Yield the edges of all ties, one for each direction where the two differ."""
    numbered = sorted(enumerate(network.ties), key=lambda at: (ORDER.index(at[1].word), at[1].a, at[1].b))
    for at, tie in numbered:
        of_tie = {"tie": at, "change": tie.change}
        if tie.directions_differ and tie.a_of_b and tie.b_of_a:
            yield {**_edge(tie.a, tie.b, tie.a_of_b.word, _strength(tie.a_of_b)), "bent": True, **of_tie}
            # The word of what changed stands once on a tie.
            yield {**_edge(tie.b, tie.a, tie.b_of_a.word, _strength(tie.b_of_a)), "bent": True, "tie": at}
        else:
            yield {**_edge(tie.a, tie.b, tie.word, tie.strength), "bent": False, **of_tie}


def _edge(start: int, end: int, word: str, strength: float) -> dict[str, Any]:
    return {"from": start, "to": end, "word": word, "strength": round(strength, 2)}


def _strength(view: View) -> float:
    return (view.figure or 0.0) * (1 - view.unknown)
