"""Proofs that entries stand under a checkpoint: the audit paths of RFC 6962, for entries taken away by themselves."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from register.history.merkle import EMPTY, leaf, node


class Step(NamedTuple):
    """One node beside the way from an entry up to the root."""

    side: str
    """"left" or "right": where the node stands."""
    digest: str


def audit_paths(entry_hashes: Sequence[str], wanted: Iterable[int]) -> tuple[str, dict[int, list[Step]]]:
    """Return the root over some entries, in hexadecimal, and the way from each wanted place (from 0) up to it.

    A node without a sibling goes up as it is, which gives the same root as RFC 6962 has it.
    """
    level = [leaf(entry_hash) for entry_hash in entry_hashes]
    places = {place: place for place in wanted}
    paths: dict[int, list[Step]] = {place: [] for place in places}
    while len(level) > 1:
        for entry, place in places.items():
            sibling = place ^ 1
            if sibling < len(level):
                paths[entry].append(Step("left" if sibling < place else "right", level[sibling].hex()))
            places[entry] = place // 2
        level = [
            node(*level[place : place + 2]) if place + 1 < len(level) else level[place]
            for place in range(0, len(level), 2)
        ]
    return (level[0] if level else EMPTY).hex(), paths
