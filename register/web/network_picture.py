"""The picture of the network as the page shows it: what is drawn, the list beside it, the card of what is chosen."""

from typing import Any

from flask import request, url_for

from register.exchange.network_formats import NETWORK_FORMATS
from register.network.columns import columns
from register.network.drawing import SHAPES, STROKES, UNIT_OF, draw, legend
from register.network.graph import Network, Node, Tie, only
from register.network.layout import positions
from register.network.lookups import stored_positions
from register.network.narrowing import without_isolates
from register.network.still import LARGEST, outline, still
from register.network.table import most_tied, standing_counts
from register.partnerships.kinds import ORGANISATION_KINDS, PARTNERSHIP_KINDS, names
from register.web.network_page import SECTOR_NAMES, Asked

LARGEST_DRAWN = 1500
"""Organisations that a picture can hold and still be read; beyond, the most tied ones are drawn, and it is said."""
ISOLATES_DRAWN = 40
LISTED = 100
"""Organisations in the list beside the picture; the others are a click, or a search, away."""
PNG = "png"
"""What the page's script makes of the picture on the screen; the server only keeps that it was taken."""
PLACEHOLDERS = (2_000_000_001, 2_000_000_002, 2_000_000_003)
KIND_NAMES = names(ORGANISATION_KINDS)
WORK_NAMES = names(PARTNERSHIP_KINDS)


def picture(asked: Asked, network: Network) -> dict[str, Any]:
    """Return what the template of the picture needs."""
    drawn = drawable(network)
    chosen = drawn.by_id.get(asked.chosen or 0)
    most = most_tied(drawn)
    listed = most if request.args.get("listed") == "all" or len(most) <= LISTED else most[:LISTED]
    return {
        "drawn": drawn,
        "data_url": asked.url().replace("/network", "/network/data", 1),
        "still": still(draw(drawn, positions(drawn, stored_positions()))) if len(drawn.nodes) <= LARGEST else None,
        "counts": dict(legend(drawn)),
        "strokes": STROKES,
        "unit_of": UNIT_OF,
        "shapes": {sector: outline(SHAPES[sector], 9, 9, 7) for sector in _sectors(drawn)},
        "left_out": len(network.nodes) - len(drawn.nodes),
        "listed": [(node, standing_counts(drawn, node.id)) for node in listed],
        "unlisted": len(most) - len(listed),
        "downloads": [(one, _download_url(asked, one.key)) for one in NETWORK_FORMATS],
        "png_url": _download_url(asked, PNG),
        "chosen": chosen,
        "chosen_about": about(chosen) if chosen else "",
        "chosen_ties": _ties_of(drawn, chosen) if chosen else [],
    }


def data_of(asked: Asked, network: Network) -> dict[str, Any]:
    """Return the data that the page's script draws, with the addresses that it leads to."""
    drawn = drawable(network)
    made = draw(drawn, positions(drawn, stored_positions()))
    return {**columns(drawn, made, about), "urls": _addresses(asked)}


def about(node: Node) -> str:
    """Return in words what a node is, such as "Public. Council"."""
    sector, kind = SECTOR_NAMES.get(node.sector, "Partnership"), {**WORK_NAMES, **KIND_NAMES}.get(node.kind, "")
    return f"{sector}. {kind}" if kind else sector


def drawable(network: Network) -> Network:
    """Return what a picture can hold: not hundreds without a tie, nor more than can be told apart."""
    tied = without_isolates(network)
    drawn = network if len(network.nodes) - len(tied.nodes) <= ISOLATES_DRAWN else tied
    if len(drawn.nodes) <= LARGEST_DRAWN:
        return drawn
    return only(drawn, [node.id for node in most_tied(drawn)[:LARGEST_DRAWN]])


def _download_url(asked: Asked, key: str) -> str:
    return url_for("network.download", key=key, **asked.kept())


def _addresses(asked: Asked) -> dict[str, list[str]]:
    """Return the addresses that the script puts numbers into, cut where the numbers go."""
    one, other, third = PLACEHOLDERS
    keep = asked.keep()
    return {
        "node": _cut(url_for("organisations.show", organisation_id=one, **keep)),
        "partnership": _cut(url_for("partnerships.show", partnership_id=one, **keep)),
        "evidence": _cut(url_for("relationships.show", rater_id=one, ratee_id=other, partnership=third, **keep)),
        "around": _cut(asked.url(around=one)),
        "chosen": _cut(asked.url(chosen=one)),
    }


def _cut(url: str) -> list[str]:
    for number in PLACEHOLDERS:
        url = url.replace(str(number), "\0")
    return url.split("\0")


def _sectors(network: Network) -> list[str]:
    """Return the sectors whose symbols need explaining: all four, and partnerships where they are drawn."""
    drawn = {node.sector for node in network.nodes}
    return [sector for sector in SHAPES if sector in SECTOR_NAMES or sector in drawn]


def _ties_of(network: Network, chosen: Node) -> list[tuple[Node, Tie]]:
    return [(network.by_id[tie.other(chosen.id)], tie) for tie in network.ties_of[chosen.id]]
