"""Views of the picture: what is asked of the network, each with places of its own.

A view is the question and never the day: on a past day everybody stands where the same question has them today, so that
who moves through time finds them again. Two views are the whole network, as organisations and with partnerships; each
theme is one, of either kind; so is every view that somebody saved. Any other question, such as one organisation's
surroundings, is a view from when somebody first opens its picture, as long as it is among the latest.

Example: the surroundings of organisation 17 at two steps are the view "around=17&steps=2".
"""

import hashlib
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from register.network.facts import Facts
from register.network.graph import Network
from register.network.grouping import LARGEST_DRAWN
from register.network.layout import positions
from register.network.narrowing import NARROWING, NONE, Filters, part_of, without_isolates
from register.network.spacing import Point
from register.partnerships.kinds import THEMES

WHOLE, BOTH = Filters(), Filters(with_partnerships=True)
STANDING = (
    WHOLE,
    BOTH,
    *(
        Filters(theme=theme, with_partnerships=both)
        for theme in (*(one.key for one in THEMES), NONE)
        for both in (False, True)
    ),
)
"""The views that are laid out before anybody asks for them."""
MOST_OTHERS = 200
"""Other views that are kept: of more, the ones laid out longest ago are forgotten."""
LONGEST_ID = 10
STILL_KNOWN = 1 / 3
"""The least share of a view's places that are in use: a picture of which more has gone is laid out afresh."""


def as_query(filters: Filters) -> str:
    """Return a view as it stands in an address, always the same for the same question."""
    asked = {name: getattr(filters, name) for name in NARROWING}
    if filters.place is not None:
        asked["place"] = filters.place.casefold()
    if filters.around is not None and filters.steps > 1:
        asked["steps"] = filters.steps
    if filters.with_partnerships:
        asked["nodes"] = "both"
    return urlencode(sorted((name, value) for name, value in asked.items() if value is not None))


def from_query(query: str) -> Filters:
    """Return the view of an address; what there is not among organisations and partnerships leaves nothing to see."""
    asked = dict(parse_qsl(query))
    number = asked.get("around", "")
    around = int(number) if number.isascii() and number.isdigit() and len(number) < LONGEST_ID else None
    return Filters(
        kind=asked.get("kind"),
        theme=asked.get("theme"),
        tier=asked.get("tier"),
        lead=asked.get("lead"),
        sector=asked.get("sector"),
        place=asked.get("place"),
        standing=asked.get("standing"),
        around=around,
        steps=2 if around is not None and asked.get("steps") == "2" else 1,
        with_partnerships=asked.get("nodes") == "both",
    )


def name_of(query: str) -> str:
    """Return the name under which something of a question is kept: as long for any question."""
    return hashlib.blake2b(query.encode(), digest_size=16).hexdigest()


def to_lay_out(facts: Facts, filters: Filters) -> Network:
    """Return whom a view has a place for: those tied in it. Nobody, where it is so large that the whole's places serve.

    A large part is opened on its groups, and those stand as they do in the whole.
    """
    found = without_isolates(part_of(facts, filters))
    return found if is_by_itself(found, filters) else Network((), ())


def is_by_itself(network: Network, filters: Filters) -> bool:
    """Say whether a view has places of its own."""
    return not filters.is_narrowing or len(network.nodes) <= LARGEST_DRAWN


def laid_out(network: Network, kept: Mapping[int, Point]) -> dict[int, Point]:
    """Return the places of a view: those kept, with whoever is new beside a neighbour.

    Whoever is not there now keeps a place, to come back to. Only a picture that hardly anybody is left of is laid out
    afresh, because nobody would know it again.
    """
    left = sum(node.id in kept for node in network.nodes)
    if left < STILL_KNOWN * len(kept):
        kept = {}
    return {**kept, **positions(network, kept)}
