"""The filters at the left of the watchlist, and how many entries each choice would show."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from register.partnerships import kinds
from register.risk.entries import Entry
from register.risk.kinds import NAME_OF_STATE
from register.risk.rules import GROUPS, RULE_BY_KEY
from register.web.facets import Choice, Chosen, Facet, Filtering, Group

MINE: Final = {"1": "Only mine"}
FACETS: Final = (
    Facet("why", "Why", {str(place): group for place, group in enumerate(GROUPS, 1)}),
    Facet("state", "Answered", NAME_OF_STATE, whole=False),
    Facet("kind", "Kind", kinds.names(kinds.PARTNERSHIP_KINDS)),
    Facet("theme", "Theme", kinds.names(kinds.THEMES), whole=False),
    Facet("significance", "Significance", kinds.names(kinds.SIGNIFICANCES)),
    Facet("mine", "Who looks after it", MINE),
)
PLACE_OF_GROUP: Final = {group: str(place) for place, group in enumerate(GROUPS, 1)}
Mine = frozenset[int]
Keys = Mapping[str, frozenset[str]]


def keys_of(entry: Entry, mine: Mine) -> Keys:
    """Return the keys under which an entry is found, by facet; it may have several reasons."""
    facts = entry.facts
    return {
        "why": frozenset(PLACE_OF_GROUP[RULE_BY_KEY[flag.rule].group] for flag in entry.flags),
        "state": frozenset(entry.state_of(flag).key for flag in entry.flags),
        "kind": frozenset({facts.kind}),
        "theme": frozenset({facts.theme} if facts.theme else ()),
        "significance": frozenset({facts.significance}),
        "mine": frozenset({"1"} if entry.id in mine else ()),
    }


def meets(entry: Entry, chosen: Chosen, mine: Mine) -> bool:
    """Say whether an entry meets one choice of every group in which something is chosen."""
    return not any(chosen.values()) or _meets(keys_of(entry, mine), chosen)


def _meets(keys: Keys, chosen: Chosen, but: str = "") -> bool:
    return all(keys[name] & wanted for name, wanted in chosen.items() if wanted and name != but)


def groups_of(entries: Iterable[Entry], filtering: Filtering, mine: Mine) -> list[Group]:
    """Return the groups; each choice counts what it would show beside the choices of the other groups."""
    every = [keys_of(entry, mine) for entry in entries]
    return [_group(facet, every, filtering.chosen) for facet in FACETS]


def _group(facet: Facet, every: list[Keys], chosen: Chosen) -> Group:
    counts = Counter(key for keys in every if _meets(keys, chosen, facet.name) for key in keys[facet.name])
    return Group(facet.legend, facet.name, [
        Choice(key, label, counts[key], key in chosen[facet.name])
        for key, label in facet.words.items() if facet.whole or counts[key] or key in chosen[facet.name]
    ])
