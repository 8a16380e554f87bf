"""The picture of the network as the page shows it: what is drawn, the list beside it, the card of what is chosen."""

from typing import Any

from flask import request, url_for

from register.exchange.network_formats import NETWORK_FORMATS
from register.network.columns import columns
from register.network.drawing import SHAPES, STROKES, UNIT_OF, draw, legend
from register.network.graph import Network, Node, Tie
from register.network.grouped_drawing import draw_groups, group_columns, links_in_order, said_of
from register.network.grouping import Grouped
from register.network.still import LARGEST, outline, still
from register.network.table import most_tied, standing_counts
from register.partnerships.kinds import ORGANISATION_KINDS, PARTNERSHIP_KINDS, names
from register.web.network_groups import Part, part_asked
from register.web.network_page import SECTOR_NAMES, Asked
from register.web.network_places import lay_out_afterwards, places_asked, places_of_groups

LISTED = 100
"""Organisations in the list beside the picture; the others are a click, or a search, away."""
LINKS_LISTED = 100
LONGEST_WANTED = 200
PNG = "png"
"""What the page's script makes of the picture on the screen; the server only keeps that it was taken."""
PLACEHOLDERS = (2_000_000_001, 2_000_000_002, 2_000_000_003)
KIND_NAMES = names(ORGANISATION_KINDS)
WORK_NAMES = names(PARTNERSHIP_KINDS)


def picture(asked: Asked, network: Network) -> dict[str, Any]:
    """Return what the template of the picture needs."""
    part = part_asked(asked, network)
    drawn = part.network
    lay_out_afterwards(asked, network)
    chosen = drawn.by_id.get(asked.chosen or 0)
    return {
        "part": part,
        "drawn": drawn,
        "data_url": url_for("network.data", **{**asked.kept(), **part.kept()}),
        "counts": dict(legend(drawn)),
        "strokes": STROKES,
        "unit_of": UNIT_OF,
        "shapes": {sector: outline(SHAPES[sector], 9, 9, 7) for sector in _sectors(drawn)},
        "downloads": [(one, _download_url(part, one.key)) for one in NETWORK_FORMATS],
        "png_url": _download_url(part, PNG),
        "chosen": chosen,
        "chosen_about": about(chosen) if chosen else "",
        "chosen_ties": _ties_of(drawn, chosen) if chosen else [],
        **(_groups(part, part.groups) if part.groups else _whole(part)),
    }


def _whole(part: Part) -> dict[str, Any]:
    """Return what is shown beside a network that is drawn whole."""
    drawn, most = part.network, most_tied(part.network)
    listed = most if request.args.get("listed") == "all" or len(most) <= LISTED else most[:LISTED]
    return {
        "still": still(draw(drawn, places_asked(part.asked, drawn))) if len(drawn.nodes) <= LARGEST else None,
        "listed": [(node, standing_counts(drawn, node.id)) for node in listed],
        "unlisted": len(most) - len(listed),
    }


def _groups(part: Part, groups: Grouped) -> dict[str, Any]:
    """Return what is shown beside the groups of a large network; `wanted` is whom the reader looks for in them."""
    wanted = request.args.get("find", "")[:LONGEST_WANTED]
    return {
        "still": still(draw_groups(groups, places_of_groups(part.asked))),
        "listed_groups": [(group, groups.words[at], part.into(group.key)) for at, group in enumerate(groups.groups)],
        "between": [
            (groups.groups[link.one], groups.groups[link.other], said_of(link.words))
            for link in links_in_order(groups)[:LINKS_LISTED]
        ],
        "between_left": max(0, len(groups.links) - LINKS_LISTED),
        "wanted": wanted,
        "found": part.find(wanted),
    }


def data_of(asked: Asked, network: Network) -> dict[str, Any]:
    """Return the data that the page's script draws, with the addresses that it leads to."""
    part = part_asked(asked, network)
    if part.groups:
        made = draw_groups(part.groups, places_of_groups(asked))
        return group_columns(part.groups, made, [part.into(group.key) for group in part.groups.groups])
    made = draw(part.network, places_asked(asked, part.network))
    return {**columns(part.network, made, about), "urls": _addresses(part)}


def about(node: Node) -> str:
    """Return in words what a node is, such as "Public. Council"."""
    sector, kind = SECTOR_NAMES.get(node.sector, "Partnership"), {**WORK_NAMES, **KIND_NAMES}.get(node.kind, "")
    return f"{sector}. {kind}" if kind else sector


def _download_url(part: Part, key: str) -> str:
    return url_for("network.download", key=key, **{**part.asked.kept(), **part.kept()})


def _addresses(part: Part) -> dict[str, list[str]]:
    """Return the addresses that the script puts numbers into, cut where the numbers go."""
    one, other, third = PLACEHOLDERS
    keep = part.asked.keep()
    return {
        "node": _cut(url_for("organisations.show", organisation_id=one, **keep)),
        "partnership": _cut(url_for("partnerships.show", partnership_id=one, **keep)),
        "evidence": _cut(url_for("relationships.show", rater_id=one, ratee_id=other, partnership=third, **keep)),
        "around": _cut(part.asked.url(around=one)),
        "chosen": _cut(part.url(chosen=one)),
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
