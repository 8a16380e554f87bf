"""What takes long to work out of a network, as it is kept beside the network's fingerprint.

Betweenness, closeness and communities depend on who is tied to whom and on nothing else. So they are kept under what
they were worked out from: whoever sees the same network gets the same figures, and whoever sees another one cannot
meet them.
"""

import json
from dataclasses import dataclass

from register.network.centrality import centrality
from register.network.communities import Community, communities
from register.network.indexed import Indexed

SMALL = 500
"""Organisations up to which any page works it out itself, in a few hundredths of a second."""
AT_ONCE = 2500
"""Organisations up to which a page that is about nothing else does, in half a second."""


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """Betweenness and closeness (0 to 1) by organisation, and the communities, largest first."""

    betweenness: dict[int, float]
    closeness: dict[int, float]
    communities: tuple[Community, ...]


NOTHING = WorkedOut({}, {}, ())
"""What a page has of a large network that was never worked out."""


def work_out(network: Indexed) -> WorkedOut:
    """Return all that takes long: a second for 2,000 organisations, minutes for 20,000."""
    found = centrality(network)
    return WorkedOut(
        dict(zip(network.ids, found.betweenness, strict=True)),
        dict(zip(network.ids, found.closeness, strict=True)),
        communities(network),
    )


def as_text(found: WorkedOut) -> str:
    """Return it as it is kept: columns, not records, which are a third as long."""
    ids = sorted(found.betweenness)
    columns = {
        "ids": ids,
        "betweenness": [found.betweenness[one] for one in ids],
        "closeness": [found.closeness[one] for one in ids],
        "communities": found.communities,
    }
    return json.dumps(columns, separators=(",", ":"))


def from_text(text: str) -> WorkedOut:
    """Return what was kept, number for number."""
    columns = json.loads(text)
    ids = columns["ids"]
    return WorkedOut(
        dict(zip(ids, columns["betweenness"], strict=True)),
        dict(zip(ids, columns["closeness"], strict=True)),
        tuple(tuple(group) for group in columns["communities"]),
    )
