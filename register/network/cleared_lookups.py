"""Who is tied to whom for each set of restricted partnerships that somebody sees: the open ones are read once for all.

What a restricted partnership adds is added to what is open. So the sets cost what they add, where each would be as
large as the register if it were read by itself.
"""

from collections.abc import Collection, Mapping

from register.clock import Clocks
from register.network.facts import Facts
from register.network.facts_lookups import facts_where
from register.network.graph import ordered
from register.network.indexed import Indexed, indexed
from register.partnerships.models import Partnership


def cleared_networks(opened: Facts, sets: Mapping[str, Collection[int]], clocks: Clocks) -> dict[str, Indexed]:
    """Return the network of each set, by its name: what is open on a day, and what the set adds to that."""
    whole = indexed(opened.network)
    if not any(sets.values()):
        return dict.fromkeys(sets, whole)
    hidden = facts_where(Partnership.is_restricted.is_(True), clocks)
    return {name: _with(whole, hidden, seen) if seen else whole for name, seen in sets.items()}


def _with(opened: Indexed, hidden: Facts, seen: Collection[int]) -> Indexed:
    """Return the open network with what some restricted partnerships add: ties, and who stands in no open one."""
    there = set(opened.ids)
    added = {part.organisation_id for part in hidden.parts if part.partnership_id in seen} - there
    ids = [*opened.ids, *sorted(added & {node.id for node in hidden.nodes})]
    at = {one: place for place, one in enumerate(ids)}
    pairs = {view.relationship[1:] for view in hidden.views if view.relationship[0] in seen}
    ties = sorted({ordered(*pair) for pair in pairs if pair[0] != pair[1] and at.keys() >= set(pair)})
    known = set(map(opened.pair_of_ids, opened.pairs))
    return Indexed(ids, [*opened.pairs, *((at[one], at[other]) for one, other in ties if (one, other) not in known)])
