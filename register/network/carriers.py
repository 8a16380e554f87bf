"""Who carries the ties: the officers and contacts who met, and what rests on one of them.

A tie is carried by each pair of an officer of the register and a contact of one of its two organisations who met in the
last two years where both organisations were present. One pair alone is a risk: when either leaves, nobody is left who
knows the other side.

Example: Ada met the director and the head of finance of Brook Care: two pairs carry the tie, and it rests on Ada.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from register.network.graph import Network, ordered

Pair = tuple[int, int]
"""Two organisations, smaller id first."""


class Carrier(NamedTuple):
    """An officer and a contact who met, by id."""

    officer_id: int
    contact_id: int


class Met(NamedTuple):
    """An officer met a contact of one organisation while another one was present."""

    organisation_id: int
    other_id: int
    officer_id: int
    contact_id: int


@dataclass(frozen=True, slots=True)
class Resting:
    """One person on whom a tie rests: an officer or a contact, whichever is the only one on their side."""

    officer_id: int | None
    contact_id: int | None


Carriers = Mapping[Pair, frozenset[Carrier]]
"""Who carries each tie; a tie that is missing is carried by nobody who was named."""


def carriers_of(meetings: Iterable[Met]) -> Carriers:
    """Return who carries each pair of organisations."""
    found: dict[Pair, set[Carrier]] = defaultdict(set)
    for met in meetings:
        found[ordered(met.organisation_id, met.other_id)].add(Carrier(met.officer_id, met.contact_id))
    return {pair: frozenset(carriers) for pair, carriers in found.items()}


def joined(some: Carriers, others: Carriers) -> Carriers:
    """Return who carries each tie in two sets of partnerships together.

    >>> sorted(joined({(1, 2): frozenset({Carrier(7, 8)})}, {(1, 2): frozenset({Carrier(9, 8)})})[1, 2])
    [Carrier(officer_id=7, contact_id=8), Carrier(officer_id=9, contact_id=8)]
    """
    return {**some, **{pair: found | some.get(pair, frozenset()) for pair, found in others.items()}}


def numbers(network: Network, carriers: Carriers) -> dict[Pair, int]:
    """Return for each tie how many pairs of people carry it; 0 where nobody was named."""
    return {(tie.a, tie.b): len(carriers.get((tie.a, tie.b), ())) for tie in network.ties}


def resting_on(found: frozenset[Carrier]) -> Resting:
    """Return the officer and the contact without whom nobody would carry a tie; None for a side that has several."""
    officers = {carrier.officer_id for carrier in found}
    contacts = {carrier.contact_id for carrier in found}
    return Resting(
        officers.pop() if len(officers) == 1 else None,
        contacts.pop() if len(contacts) == 1 else None,
    )


def carried_alone_by(carriers: Carriers, *, officer_id: int | None = None, contact_id: int | None = None) -> set[Pair]:
    """Return the pairs of organisations that nobody would carry without an officer, or without a contact."""
    return {
        pair
        for pair, found in carriers.items()
        if (officer_id is not None and resting_on(found).officer_id == officer_id)
        or (contact_id is not None and resting_on(found).contact_id == contact_id)
    }


def lost_without(before: Carriers, after: Carriers) -> set[Pair]:
    """Return the pairs of organisations that somebody carried before and nobody does after."""
    return {pair for pair in before if pair not in after}


def as_text(carriers: Carriers) -> str:
    """Return who carries what as it is kept."""
    return json.dumps([[*pair, sorted(found)] for pair, found in carriers.items()], separators=(",", ":"))


def from_text(text: str) -> Carriers:
    """Return who carries what, as it was kept."""
    return {(one, other): frozenset(Carrier(*both) for both in found) for one, other, found in json.loads(text)}
