"""What would fall apart if an organisation, a partnership or a person were gone, or a deal ended.

Two networks are laid on one another, as it is and as it would be; whatever stands in the first and not in the second is
said by name. A person takes no tie along, but the ties that rest on that person alone may lapse: who would be cut off
is said as if they did.

Example: without the River Authority its residents' group has no tie left, and nobody leads flood protection.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from register.network.facts import Facts, Work
from register.network.graph import Network, Tie
from register.network.measures import components
from register.network.pieces import Piece

Pair = tuple[int, int]
Roles = Mapping[int, Mapping[int, str]]
"""The role of each organisation, by partnership."""
LEADING = ("lead", "commissioner")
"""Roles of an organisation that leads a partnership."""
LEAST_PARTNERS = 2


@dataclass(frozen=True, slots=True)
class Gone:
    """What is taken away: an organisation, a partnership, or an officer; and the ties that rest on that alone."""

    organisation_id: int | None = None
    partnership_id: int | None = None
    officer_id: int | None = None
    lapsing: frozenset[Pair] = frozenset()

    def leaves(self, facts: Facts) -> Facts:
        """Return what would be left of the facts."""
        gone = self.organisation_id
        return Facts(
            tuple(node for node in facts.nodes if node.id != gone),
            tuple(work for work in facts.works if work.id != self.partnership_id),
            tuple(
                part
                for part in facts.parts
                if part.organisation_id != gone and part.partnership_id != self.partnership_id
            ),
            tuple(
                view
                for view in facts.views
                if gone not in view.relationship[1:] and view.relationship[0] != self.partnership_id
            ),
            {
                shared: day
                for shared, day in facts.last_on.items()
                if gone not in shared[1:] and shared[0] != self.partnership_id
            },
        )


@dataclass(frozen=True)
class WhatIf:
    """What is, and what would be left; everything that differs follows from the two."""

    facts: Facts
    gone: Gone

    @cached_property
    def before(self) -> Network:
        """Return the network as it is."""
        return self.facts.network

    @cached_property
    def left(self) -> Facts:
        """Return the facts that would be left."""
        return self.gone.leaves(self.facts)

    @cached_property
    def holding(self) -> Network:
        """Return the network that would be left if the ties that rest on nobody lapsed.

        Without a partnership they do not: the two sides still share another one.
        """
        after = self.left.network
        if self.gone.partnership_id is not None:
            return after
        return Network(after.nodes, tuple(tie for tie in after.ties if (tie.a, tie.b) not in self.gone.lapsing))

    @cached_property
    def cut_off(self) -> tuple[Piece, ...]:
        """Return the groups that would lose the rest, largest first."""
        return pieces_lost(self.before, self.holding)

    @cached_property
    def ended(self) -> tuple[Tie, ...]:
        """Return the ties that would be no more."""
        return tuple(tie for tie in self.before.ties if (tie.a, tie.b) not in self._then)

    @cached_property
    def lapsing(self) -> tuple[Tie, ...]:
        """Return the ties that would rest on nobody."""
        return tuple(tie for pair, tie in self._then.items() if pair in self.gone.lapsing)

    @cached_property
    def unknown(self) -> tuple[Tie, ...]:
        """Return the ties that are known now and then would not be."""
        then = self._then
        return tuple(
            tie
            for tie in self.before.ties
            if tie.one_way_known is not None and (tie.a, tie.b) in then and then[tie.a, tie.b].one_way_known is None
        )

    @cached_property
    def alone(self) -> tuple[Work, ...]:
        """Return the partnerships that would be left with a single partner, or with none."""
        now, then = roles_of(self.facts), roles_of(self.left)
        return tuple(
            work for work in self.left.works if len(then.get(work.id, ())) < LEAST_PARTNERS <= len(now.get(work.id, ()))
        )

    @cached_property
    def leaderless(self) -> tuple[Work, ...]:
        """Return the partnerships that would go on and have nobody to lead them."""
        led, then = self._led(self.facts), self._led(self.left)
        left = {work.id for work in self.left.works}
        return tuple(work for work in self.facts.works if work.id in left and work.id in led - then)

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """Return the themes in which no partnership would have a lead, though one has now."""
        before, after = self._themes_led(self.facts), self._themes_led(self.left)
        return tuple(sorted(before - after))

    @property
    def is_nothing(self) -> bool:
        """Whether nothing would be different but for what is gone itself."""
        return not (self.cut_off or self.ended or self.lapsing or self.unknown or self.alone or self.leaderless)

    @property
    def touched(self) -> frozenset[int]:
        """Return the organisations that would notice, without the one that is gone."""
        ends = {end for tie in (*self.ended, *self.lapsing, *self.unknown) for end in (tie.a, tie.b)}
        return frozenset(ends | {one for piece in self.cut_off for one in piece}) - {self.gone.organisation_id or 0}

    @cached_property
    def _then(self) -> dict[Pair, Tie]:
        return {(tie.a, tie.b): tie for tie in self.left.network.ties}

    def _led(self, facts: Facts) -> frozenset[int]:
        """Return the partnerships that somebody leads: of an officer who goes that is its officer, else its body."""
        if self.gone.officer_id is not None:
            gone = self.gone.officer_id if facts is self.left else None
            return frozenset(work.id for work in facts.works if work.lead not in (None, gone))
        return frozenset(part.partnership_id for part in facts.parts if part.role in LEADING)

    def _themes_led(self, facts: Facts) -> set[str]:
        led = self._led(facts)
        return {work.theme for work in facts.works if work.theme and work.id in led}


def roles_of(facts: Facts) -> Roles:
    """Return who takes part in each partnership as what."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for part in facts.parts:
        found[part.partnership_id][part.organisation_id] = part.role
    return found


def pieces_lost(before: Network, after: Network) -> tuple[Piece, ...]:
    """Return the groups that hung together with the rest before and would not after, largest first.

    Of the pieces of what hung together the largest is the rest (of equals, the one with the smallest id).
    """
    whole = {node_id: at for at, part in enumerate(components(before)) for node_id in part}
    by_whole: dict[int, list[Piece]] = defaultdict(list)
    for part in components(after):
        by_whole[whole[part[0]]].append(part)
    lost = (piece for pieces in by_whole.values() for piece in pieces[1:])
    return tuple(sorted(lost, key=lambda piece: (-len(piece), piece)))
