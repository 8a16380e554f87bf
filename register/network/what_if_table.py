"""What would be different, as rows: organisations, relationships, partnerships."""

from typing import NamedTuple

from register.network.facts import Work
from register.network.graph import Node, Tie
from register.network.what_if import WhatIf
from register.network.what_if_sentences import no_lead


class ChangedOrganisation(NamedTuple):
    """An organisation that would notice: how many it works with now and then, and whether it would be cut off."""

    node: Node
    now: int
    then: int
    is_cut_off: bool


class ChangedTie(NamedTuple):
    """A relationship that would be different, and how: "ends", "rests on nobody" or "no longer known"."""

    one: Node
    other: Node
    tie: Tie
    then: str


class ChangedPartnership(NamedTuple):
    """A partnership that would be different, and how."""

    work: Work
    then: str


def changed_organisations(found: WhatIf) -> list[ChangedOrganisation]:
    """Return the organisations that would notice: those cut off first, then those that lose most."""
    lost = {one for piece in found.cut_off for one in piece}
    rows = [
        ChangedOrganisation(
            found.before.by_id[one], len(found.before.neighbours[one]), len(found.holding.neighbours[one]), one in lost
        )
        for one in found.touched
    ]
    return sorted(rows, key=lambda row: (not row.is_cut_off, row.then - row.now, row.node.name.casefold(), row.node.id))


def changed_ties(found: WhatIf) -> list[ChangedTie]:
    """Return the relationships that would be different."""
    by_id = found.before.by_id
    groups = ((found.ended, "ends"), (found.lapsing, "rests on nobody"), (found.unknown, "no longer known"))
    return [ChangedTie(by_id[tie.a], by_id[tie.b], tie, then) for ties, then in groups for tie in ties]


def changed_partnerships(found: WhatIf) -> list[ChangedPartnership]:
    """Return the partnerships that would be different."""
    ended = [work for work in found.facts.works if work.id == found.gone.partnership_id]
    groups = ((ended, "ends"), (found.alone, "left with one partner"), (found.leaderless, no_lead(found)))
    return [ChangedPartnership(work, then) for works, then in groups for work in works]
