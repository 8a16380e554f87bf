"""What of the network is drawn: all of it, the groups of a large one, or the inside of a group, by the address.

`within=17` looks into the group of organisation 17; `draw=all` draws a large network whole all the same.
"""

from dataclasses import dataclass

from flask import request

from register.network.graph import Network, Node
from register.network.grouping import LARGEST_DRAWN, Grouped, grouped, within
from register.network.kept_lookups import open_communities
from register.network.narrowing import without_isolates
from register.network.table import most_tied
from register.web.network_page import Asked

ISOLATES_DRAWN = 40
"""Organisations without a tie that are drawn; more of them would leave no room for the others."""
MOST_AT_ONCE = 5000
"""Nodes that a browser draws at once where that is asked for."""
MOST_FOUND = 20
LONGEST_PATH = 60


@dataclass(frozen=True)
class Part:
    """What is drawn: `network` whole where `groups` is None, else its groups; `path` names the group looked into."""

    asked: Asked
    network: Network
    groups: Grouped | None
    path: tuple[str, ...]
    is_all: bool
    left_out: int
    is_unknown: bool

    @property
    def may_draw_all(self) -> bool:
        """Whether a browser can draw what is drawn as groups."""
        return len(self.network.nodes) <= MOST_AT_ONCE

    def kept(self) -> dict[str, str]:
        """Return what the address says of it."""
        path = {"within": "-".join(self.path)} if self.path else {}
        return {**path, **({"draw": "all"} if self.is_all else {})}

    def url(self, **changes: str | int | None) -> str:
        """Return the page's address with some of it changed."""
        return self.asked.url(**{**self.kept(), **changes})

    def into(self, key: str) -> str:
        """Return the address that looks into one of the groups."""
        return self.asked.url(within="-".join((*self.path, key)))

    @property
    def out_url(self) -> str | None:
        """Return the address one step out of the group that is looked into; None at the top."""
        return self.asked.url(within="-".join(self.path[:-1]) or None) if self.path else None

    def find(self, wanted: str) -> list[tuple[Node, str]]:
        """Return those whose name has the words, each with the address that shows it in its group."""
        words = wanted.strip().casefold()
        if not words or self.groups is None:
            return []
        keys = {one: group.key for group in self.groups.groups for one in group.members}
        found = [one for one in most_tied(self.network) if words in f"{one.name}\n{one.label}".casefold()]
        return [
            (one, self.asked.url(within="-".join((*self.path, keys[one.id])), chosen=one.id))
            for one in found[:MOST_FOUND]
        ]


def part_asked(asked: Asked, network: Network) -> Part:
    """Return what of the network the address asks to be drawn."""
    tied = without_isolates(network)
    drawn = network if len(network.nodes) - len(tied.nodes) <= ISOLATES_DRAWN else tied
    left_out = len(network.nodes) - len(drawn.nodes)
    path = tuple(key for key in request.args.get("within", "")[:LONGEST_PATH].split("-") if key)
    is_large = len(drawn.nodes) > LARGEST_DRAWN
    known = open_communities() if is_large else {}
    inside = within(drawn, path, known) if path and is_large else None
    if path and inside is None:
        return Part(asked, drawn, grouped(drawn, known) if is_large else None, (), is_all=False, left_out=left_out,
                    is_unknown=is_large)  # fmt: skip
    shown = drawn if inside is None else inside
    is_all = request.args.get("draw") == "all" and LARGEST_DRAWN < len(shown.nodes) <= MOST_AT_ONCE
    known = known if all(key == "rest" for key in path) else {}
    groups = grouped(shown, known) if len(shown.nodes) > LARGEST_DRAWN and not is_all else None
    return Part(asked, shown, groups, path if inside else (), is_all, left_out, is_unknown=False)
