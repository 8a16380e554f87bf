"""The picture's data column by column, as small as they go: what the page's script reads to draw.

A column holds one fact of all nodes, ties or edges in their order; a node is named by its place, and a word by its
place in `words`. Example: the third tie joins node `ties["a"][2]` with node `ties["b"][2]`.
"""

from collections.abc import Callable, Sequence
from typing import Any

from register.network.difference import SIGNS
from register.network.drawing import APART, BETWEEN, ORDER, UNIT, Picture, Stroke, strokes_of
from register.network.graph import Network, Node, Tie, View

WORDS = (UNIT, BETWEEN, *ORDER)
"""The words of edges in the order in which they are painted."""
NONE = -1
"""What stands in a column where there is no such thing."""


def columns(network: Network, picture: Picture, about: Callable[[Node], str]) -> dict[str, Any]:
    """Return all that the script needs but addresses; `about` says in words what a node is."""
    place = {node.id: at for at, node in enumerate(network.nodes)}
    nodes = node_columns(picture["nodes"], [about(node) for node in network.nodes])
    return whole(picture, nodes, _ties(network.ties, place), place)


def whole(picture: Picture, nodes: Any, ties: Any, place: dict[int, int]) -> dict[str, Any]:
    """Return the data of a picture whose nodes and ties are columns; `place` says where each node stands in them."""
    return {
        "words": WORDS,
        "strokes": [[_stroke(one) for one in strokes_of(word)] for word in WORDS],
        "apart": APART,
        "signs": SIGNS,
        "options": picture["options"],
        "nodes": nodes,
        "ties": ties,
        "edges": _edges(picture["edges"], place),
    }


def _stroke(one: Stroke) -> dict[str, Any]:
    return {"colour": one.colour, "thinnest": one.thinnest, "thickest": one.thickest, "dashes": one.dashes}


def node_columns(nodes: Sequence[dict[str, Any]], about: Sequence[str]) -> dict[str, Any]:
    """Return the nodes' columns; a name is 0 where the label is all of it."""
    said = list(dict.fromkeys(about))
    shapes = list(dict.fromkeys(node["shape"] for node in nodes))
    of = {text: at for at, text in enumerate(said)}
    shape_of = {shape: at for at, shape in enumerate(shapes)}
    return {
        "id": [node["id"] for node in nodes],
        "label": [node["label"] for node in nodes],
        "name": [0 if node["name"] == node["label"] else node["name"] for node in nodes],
        "x": [round(node["x"]) for node in nodes],
        "y": [round(node["y"]) for node in nodes],
        "size": [node["size"] for node in nodes],
        "shapes": shapes,
        "shape": [shape_of[node["shape"]] for node in nodes],
        "abouts": said,
        "about": [of[text] for text in about],
    }


def _ties(ties: Sequence[Tie], place: dict[int, int]) -> dict[str, list[int]]:
    """Return the ties' columns; `named` says after which view a tie is called: 0 none, 1 a of b, 2 b of a."""
    return {
        "a": [place[tie.a] for tie in ties],
        "b": [place[tie.b] for tie in ties],
        "word": [WORDS.index(tie.word) for tie in ties],
        "partnerships": [len(tie.partnerships) for tie in ties],
        "named": [0 if (view := tie.view) is None else 1 if view is tie.a_of_b else 2 for tie in ties],
        **_views("a", [tie.a_of_b for tie in ties]),
        **_views("b", [tie.b_of_a for tie in ties]),
    }


def _views(side: str, views: Sequence[View | None]) -> dict[str, list[int]]:
    return {
        f"{side}_word": [WORDS.index(view.word) if view else NONE for view in views],
        f"{side}_in": [view.relationship[0] if view else NONE for view in views],
        f"{side}_rater": [view.relationship[1] if view else NONE for view in views],
        f"{side}_ratee": [view.relationship[2] if view else NONE for view in views],
        f"{side}_figure": [_percent(view, view.figure) if view else NONE for view in views],
        f"{side}_low": [_percent(view, view.low) if view else NONE for view in views],
        f"{side}_high": [_percent(view, view.high) if view else NONE for view in views],
    }


def _percent(view: View, share: float | None) -> int:
    """Return a share as a figure out of 100; what is not known has none."""
    return NONE if share is None or not view.is_known else round(share * 100)


def _edges(edges: Sequence[dict[str, Any]], place: dict[int, int]) -> dict[str, list[Any]]:
    return {
        "from": [place[edge["from"]] for edge in edges],
        "to": [place[edge["to"]] for edge in edges],
        "word": [WORDS.index(edge["word"]) for edge in edges],
        "tie": [edge.get("tie", NONE) for edge in edges],
        "change": [edge.get("change", "") for edge in edges] if any(edge.get("change") for edge in edges) else [],
        "strength": [round(edge["strength"] * 100) for edge in edges],
        "bent": [int(edge.get("bent", False)) for edge in edges],
    }
