"""The picture of a network too large to draw: each group one circle, each link one line, with counts in words."""

import math
from collections.abc import Mapping
from typing import Any

from register.network.columns import WORDS, node_columns, whole
from register.network.drawing import BETWEEN, LONGEST_LABEL, Picture, picture_of
from register.network.graph import Network, Node, Tie
from register.network.grouping import Grouped, Link
from register.network.layout import HEIGHT, SPACING, WIDTH, positions
from register.network.spacing import Point, spread_out, stretched

APART = 1.6
"""How many times the least distance of two organisations two groups are kept apart."""


def draw_groups(grouped: Grouped, places: Mapping[int, Point]) -> Picture:
    """Return the picture; a group stands in the middle of those of its organisations that have a place."""
    spots = _spots(grouped, places)
    most = max((link.ties for link in grouped.links), default=1)
    nodes = [
        {
            "id": at,
            "label": _short(group.name),
            "name": group.name,
            "shape": "dot",
            "size": round(min(10 + 1.1 * math.sqrt(len(group.members)), 38), 1),
            "x": spots[at][0],
            "y": spots[at][1],
        }
        for at, group in enumerate(grouped.groups)
    ]
    edges = [
        {
            "from": link.one,
            "to": link.other,
            "word": BETWEEN,
            "strength": round(math.log1p(link.ties) / math.log1p(most), 2),
            "tie": at,
        }
        for at, link in enumerate(grouped.links)
    ]
    return picture_of(nodes, edges)


def group_columns(grouped: Grouped, picture: Picture, urls: list[str] | None = None) -> dict[str, Any]:
    """Return the data of the picture for the page's script, `urls` those that look into each group."""
    about = [said_of(words) for words in grouped.words]
    nodes = {**node_columns(picture["nodes"], about), **({"url": urls} if urls else {})}
    ties = {
        "a": [link.one for link in grouped.links],
        "b": [link.other for link in grouped.links],
        "word": [WORDS.index(BETWEEN)] * len(grouped.links),
        "named": [0] * len(grouped.links),
        "partnerships": [0] * len(grouped.links),
        "told": [said_of(link.words) for link in grouped.links],
    }
    return whole(picture, nodes, ties, {at: at for at in range(len(grouped.groups))})


def said_of(words: Mapping[str, int]) -> str:
    """Return how many relationships there are, and how they stand.

    >>> said_of({"strong": 2, "weak": 1})
    '3 relationships: 2 strong, 1 weak'
    """
    number = sum(words.values())
    if not number:
        return "No relationship"
    each = ", ".join(f"{count:,} {word}" for word, count in words.items())
    return f"{number:,} relationship{'s' if number > 1 else ''}: {each}"


def links_in_order(grouped: Grouped) -> list[Link]:
    """Return the links, those of most ties first."""
    return sorted(grouped.links, key=lambda link: (-link.ties, link.one, link.other))


def _spots(grouped: Grouped, places: Mapping[int, Point]) -> dict[int, Point]:
    middles = {
        at: (sum(x for x, _ in found) / len(found), sum(y for _, y in found) / len(found))
        for at, group in enumerate(grouped.groups)
        if (found := [places[one] for one in group.members if one in places])
    }
    if len(middles) < len(grouped.groups):
        return positions(_as_network(grouped))
    return spread_out(stretched(middles, WIDTH, HEIGHT), APART * SPACING)


def _as_network(grouped: Grouped) -> Network:
    nodes = tuple(Node(at, group.name, "", "", "") for at, group in enumerate(grouped.groups))
    return Network(nodes, tuple(Tie(link.one, link.other, (), None, None) for link in grouped.links))


def _short(name: str) -> str:
    """Return a group's name to stand under its circle: of a long leader's name the beginning, and the number whole."""
    leader, joint, others = name.rpartition(" and ")
    if len(name) <= LONGEST_LABEL or not joint:
        return name
    return f"{leader[:LONGEST_LABEL - 10].rstrip()}… + {others.split()[0]}"


