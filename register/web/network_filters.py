"""The filter bar of the network's page: what can be chosen, and what is chosen, in words."""

from typing import NamedTuple

from register.network.facts import Facts
from register.network.graph import Network
from register.network.table import most_tied
from register.partnerships.lookups import organisations
from register.web.network_page import NODES, ORDERS, SIZES, STEPS, Asked, Offered

LABELS = (
    ("kind", "Kind", "All kinds"),
    ("theme", "Theme", "All themes"),
    ("tier", "Tier", "All tiers"),
    ("lead", "Lead officer", "Anybody"),
    ("sector", "Sector", "All sectors"),
    ("place", "Place", "All places"),
    ("standing", "Standing", "Any"),
)
"""The filters in their order: name in the address, label, and what stands for all."""
MOST_AROUND = 300
"""Organisations offered to look around; a page must not carry twenty thousand choices."""


class Choice(NamedTuple):
    """One option of a list to choose from."""

    value: str
    label: str
    is_chosen: bool


class Select(NamedTuple):
    """A list of the filter bar."""

    name: str
    label: str
    choices: list[Choice]


def selects(asked: Asked, offered: Offered, network: Network) -> list[Select]:
    """Return the lists of the filter bar; `network` has the organisations to look around."""
    filters = asked.filters
    of = offered.names()
    return [
        *(matrix_selects(asked) if asked.view == "matrix" else ()),
        _select("nodes", "Show", "Organisations", NODES, "both" if filters.with_partnerships else None),
        *(_select(name, label, whole, of[name], getattr(filters, name)) for name, label, whole in LABELS),
        _select("around", "Around", "Whole network", _to_look_around(asked, network), str(filters.around or "")),
        Select("steps", "As far as", [Choice(key, name, key == str(filters.steps)) for key, name in STEPS.items()]),
    ]


def matrix_selects(asked: Asked) -> list[Select]:
    """Return the lists that the matrix has besides."""
    sizes = {str(size): f"{size} most tied" for size in SIZES}
    return [
        Select("size", "Organisations", [Choice(key, name, key == str(asked.size)) for key, name in sizes.items()]),
        Select("order", "Order", [Choice(key, name, key == asked.order) for key, name in ORDERS.items()]),
    ]


def told(asked: Asked, offered: Offered, centre: str) -> list[tuple[str, str]]:
    """Return what is chosen in words, (label, choice), for print and for a saved view; `centre` names `around`."""
    filters, of = asked.filters, offered.names()
    chosen = [(label, of[name][getattr(filters, name)]) for name, label, _ in LABELS if getattr(filters, name)]
    if filters.with_partnerships:
        chosen.insert(0, ("Shown", NODES["both"]))
    if filters.around is not None:
        chosen.append(("Around", f"{centre}, {STEPS[str(filters.steps)]}"))
    return chosen


def centre_of(asked: Asked, facts: Facts) -> str:
    """Return the name of the organisation to look around, as it was known; what was not there then has today's."""
    around = asked.filters.around or 0
    if around in facts.network.by_id:
        return facts.network.by_id[around].name
    found = organisations([around]).get(around)
    return found.name if found else ""


def _to_look_around(asked: Asked, network: Network) -> dict[str, str]:
    """Return the organisations to look around by id, ordered by name: the most tied where there are many."""
    tied = [node for node in most_tied(network) if network.ties_of[node.id]]
    offered = {node.id for node in tied[:MOST_AROUND]} | {asked.filters.around}
    return {str(node.id): node.name for node in network.nodes if node.id in offered}


def _select(name: str, label: str, all_of_them: str, names: dict[str, str], chosen: str | None) -> Select:
    options = [Choice(key, text, key == chosen) for key, text in names.items()]
    return Select(name, label, [Choice("", all_of_them, not chosen), *options])
