"""The picture of the network as the page shows it: what is drawn, the list beside it, the card of what is chosen."""

from typing import Any

from register.network.drawing import SHAPES, STROKES, UNIT_OF, draw, legend
from register.network.graph import Network, Node, only
from register.network.layout import positions
from register.network.lookups import stored_positions
from register.network.narrowing import without_isolates
from register.network.still import outline, still
from register.network.table import most_tied, standing_counts
from register.partnerships.kinds import ORGANISATION_KINDS, names
from register.web.network_page import SECTOR_NAMES, Asked, organisation_url, relationship_url

KIND_NAMES = names(ORGANISATION_KINDS)
LARGEST_DRAWN = 1500
"""Organisations that a picture can hold and still be read; beyond, the most tied ones are drawn, and it is said."""
ISOLATES_DRAWN = 40


def picture(asked: Asked, network: Network) -> dict[str, Any]:
    """Return what the template of the picture needs."""
    drawn = _drawable(network)
    made = draw(
        drawn,
        positions(drawn, stored_positions()),
        lambda organisation_id: organisation_url(asked, organisation_id),
        lambda relationship: relationship_url(asked, relationship),
    )
    for node in made["nodes"]:
        node["around"] = asked.url(around=node["id"])
        node["about"] = f"{SECTOR_NAMES.get(node['sector'], '')}. {KIND_NAMES.get(node['kind'], '')}"
    chosen = drawn.by_id.get(asked.chosen or 0)
    return {
        "picture": made,
        "still": still(made),
        "counts": dict(legend(drawn)),
        "strokes": STROKES,
        "unit_of": UNIT_OF,
        "shapes": {sector: outline(shape, 9, 9, 7) for sector, shape in SHAPES.items()},
        "left_out": len(network.nodes) - len(drawn.nodes),
        "listed": [(node, standing_counts(drawn, node.id)) for node in most_tied(drawn)],
        "chosen": chosen,
        "chosen_ties": _ties_of(drawn, chosen) if chosen else [],
    }


def _drawable(network: Network) -> Network:
    """Return what a picture can hold: not hundreds without a tie, nor more than can be told apart."""
    tied = without_isolates(network)
    drawn = network if len(network.nodes) - len(tied.nodes) <= ISOLATES_DRAWN else tied
    if len(drawn.nodes) <= LARGEST_DRAWN:
        return drawn
    return only(drawn, [node.id for node in most_tied(drawn)[:LARGEST_DRAWN]])


def _ties_of(network: Network, chosen: Node) -> list[tuple[Node, Any]]:
    return [(network.by_id[tie.other(chosen.id)], tie) for tie in network.ties_of[chosen.id]]
