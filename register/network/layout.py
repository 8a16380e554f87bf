"""Where each organisation stands in the picture: reckoned on the server, the same for everybody, and stable.

An organisation that has a place keeps it. A new one is put beside those it is tied to, so that a reader who knows the
picture finds everything where it was. Only organisations without any placed neighbour are laid out afresh, each group
by itself, and the groups are packed side by side. Nothing is left to chance: the same network gives the same picture.

networkx, rustworkx and numpy are imported when used: they take a fifth of a second, and most workers never draw.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from register.network.graph import Network, Tie, only, ordered
from register.network.parting import communities, parts
from register.network.spacing import Point, Taken, packed, spread_out, stretched

if TYPE_CHECKING:
    import networkx as nx

WIDTH, HEIGHT = 1000.0, 800.0
COMFORTABLE = 60
"""Organisations that the box takes with room for their names; a larger network has a box larger by the same share."""
FEW = 20
"""Organisations below which the box is smaller: drawn to the size of the page, their names are then larger."""
SPACING = 70.0
"""The least distance of two organisations laid out together: a symbol and a short name below it."""
ROWS = 6.0
"""How many times as wide as high the sheet of what is set below an older picture is: rows, not a second picture."""
CAREFUL = 150
"""Organisations up to which a group is laid out by Kamada and Kawai, which reads best but grows with the cube."""

LARGEST_TOGETHER = 3000
"""Organisations up to which a group is laid out as one; a larger one by its communities, each by itself."""


def positions(network: Network, existing: Mapping[int, Point] | None = None, seed: int = 1) -> dict[int, Point]:
    """Return a place (x, y) for every organisation of the network; those in `existing` keep theirs.

    Places that are not finite numbers are treated as not there. The first layout fills a box of 1000 by 800, grown
    with the number of organisations beyond 60, and smaller for fewer than 20.
    """
    network = _with_units(network)
    ids = set(network.by_id)
    placed = {node_id: spot for node_id, spot in (existing or {}).items() if node_id in ids and _is_finite(spot)}
    _place_beside_neighbours(network, placed)
    waiting = [node_id for node_id in sorted(ids) if node_id not in placed]
    if waiting:
        fresh = only(network, waiting)
        width, height = _frame(len(waiting))
        if placed:
            placed.update(_below(_sheet(fresh, ROWS, seed), placed.values()))
        else:
            placed.update(stretched(_sheet(fresh, width / height, seed), width, height))
    return {node.id: placed[node.id] for node in network.nodes}


def box(number: int) -> tuple[float, float]:
    """Return the width and height that this many organisations need."""
    growth = math.sqrt(max(1.0, number / COMFORTABLE))
    return WIDTH * growth, HEIGHT * growth


def _frame(number: int) -> tuple[float, float]:
    """Return the width and height of a whole picture."""
    width, height = box(number)
    share = math.sqrt(min(1.0, number / FEW))
    return width * share, height * share


def _with_units(network: Network) -> Network:
    """Return the network with each unit tied to the organisation it is part of, so that the two stand together."""
    tied = {(tie.a, tie.b) for tie in network.ties}
    units = {
        ordered(node.id, node.parent)
        for node in network.nodes
        if node.parent is not None and node.parent != node.id and node.parent in network.by_id
    }
    added = (Tie(a, b, (), None, None) for a, b in sorted(units - tied))
    return Network(network.nodes, (*network.ties, *added))


def _place_beside_neighbours(network: Network, placed: dict[int, Point]) -> None:
    """Give a place to every organisation that can be reached from a placed one, nearest first."""
    taken = Taken(placed.values(), SPACING)
    border = _oldest_first({near for node_id in placed for near in network.neighbours[node_id] if near not in placed})
    while border:
        reached: set[int] = set()
        for node_id in border:
            near = network.neighbours[node_id]
            around = [placed[other] for other in sorted(near) if other in placed]
            placed[node_id] = taken.take_near(_middle(around))
            reached |= near
        border = _oldest_first(reached - placed.keys())


def _oldest_first(ids: Iterable[int]) -> list[int]:
    """Return ids with what was there first at the head: what is new, also a partnership, takes nobody's place."""
    return sorted(ids, key=lambda node_id: (abs(node_id), node_id))


def _sheet(network: Network, shape: float, seed: int) -> dict[int, Point]:
    """Lay out a network afresh: each group by itself, all packed on a sheet `shape` times as wide as high."""
    groups = [_group(only(network, ids), seed) for ids in _groups(network)]
    alone = sorted(node_id for node_id, near in network.neighbours.items() if not near)
    return packed([*groups, *({node_id: (0.0, 0.0)} for node_id in alone)], shape, SPACING)


def _group(network: Network, seed: int) -> dict[int, Point]:
    """Lay out one connected group on its own sheet, no two organisations closer than the spacing."""
    number = len(network.nodes)
    inside = communities(network) if number > LARGEST_TOGETHER else []
    if len(inside) > 1:
        return packed([_sheet(part, WIDTH / HEIGHT, seed) for part in parts(network, inside)], WIDTH / HEIGHT, SPACING)
    rough = _kamada_kawai(network) if number <= CAREFUL else _spring(network, seed)
    width, height = box(number)
    share = math.sqrt(min(1.0, number / COMFORTABLE))
    sheet = stretched(_whole_numbers(rough), width * share, height * share)
    return spread_out(sheet, SPACING)


def _kamada_kawai(network: Network) -> dict[int, Point]:
    import networkx as nx  # noqa: PLC0415 - loaded when used, see the module's docstring

    graph = _as_networkx(network)
    found = nx.kamada_kawai_layout(graph, pos=nx.circular_layout(graph), weight=None)
    return {node_id: (float(x), float(y)) for node_id, (x, y) in found.items()}


def _as_networkx(network: Network) -> "nx.Graph":
    import networkx as nx  # noqa: PLC0415 - loaded when used, see the module's docstring

    graph = nx.Graph()
    graph.add_nodes_from(sorted(node.id for node in network.nodes))
    graph.add_edges_from((tie.a, tie.b) for tie in network.ties)
    return graph


def _spring(network: Network, seed: int) -> dict[int, Point]:
    """Lay out by Fruchterman and Reingold in rustworkx: 2,000 organisations in about a second."""
    import rustworkx  # noqa: PLC0415 - loaded when used, see the module's docstring

    ids = sorted(node.id for node in network.nodes)
    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    index = dict(zip(ids, graph.add_nodes_from(ids), strict=True))
    graph.add_edges_from_no_data([(index[tie.a], index[tie.b]) for tie in network.ties])
    found = rustworkx.spring_layout(graph, seed=seed, num_iter=100)
    return {ids[at]: (float(x), float(y)) for at, (x, y) in found.items()}


def _groups(network: Network) -> list[list[int]]:
    """Return the connected groups of two and more, largest first."""
    met: set[int] = set()
    groups: list[list[int]] = []
    for node in network.nodes:
        if node.id not in met and network.neighbours[node.id]:
            group = _reachable(network, node.id)
            met |= group
            groups.append(sorted(group))
    return sorted(groups, key=lambda group: (-len(group), group))


def _reachable(network: Network, start: int) -> set[int]:
    found, border = {start}, [start]
    while border:
        fresh = network.neighbours[border.pop()] - found
        found |= fresh
        border.extend(fresh)
    return found


def _below(fresh: Mapping[int, Point], taken: Iterable[Point]) -> dict[int, Point]:
    """Move a fresh layout beneath everything that has a place, left edges in line."""
    spots = list(taken)
    right = min(x for x, _ in spots) - min(x for x, _ in fresh.values())
    down = max(y for _, y in spots) + SPACING - min(y for _, y in fresh.values())
    return {node_id: (round(x + right, 1), round(y + down, 1)) for node_id, (x, y) in fresh.items()}


def _whole_numbers(rough: dict[int, Point]) -> dict[int, Point]:
    """Replace what a layout could not place: a place on a small circle, by turn."""
    return {
        node_id: spot if _is_finite(spot) else (math.cos(turn), math.sin(turn))
        for turn, (node_id, spot) in enumerate(sorted(rough.items()))
    }


def _middle(spots: Sequence[Point]) -> Point:
    return sum(x for x, _ in spots) / len(spots), sum(y for _, y in spots) / len(spots)


def _is_finite(spot: Point) -> bool:
    return all(math.isfinite(value) for value in spot)
