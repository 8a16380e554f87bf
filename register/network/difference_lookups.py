"""What is asked of the log when two days are compared: what was observed between them, and what explains it."""

import math
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from register.clock import Clocks
from register.database import db
from register.interactions.commitment_lookups import commitment_states
from register.interactions.lookups import breaches
from register.network.difference import NEWLY_KNOWN, STRONGER, WEAKER, Difference, compared, moved
from register.network.graph import Network, Relationship
from register.network.reasons import Event, Observation, Span, reasons
from register.trust.evidence import Item, summed
from register.trust.lookups import WHOLE, evidence_as_of
from register.trust.models import Evidence


def difference_of(before: Network, after: Network, span: Span, clocks: Clocks) -> Difference:
    """Return the difference of the network on two days with its reasons; `clocks` are those of the later day."""
    wanted = {now.relationship[0] for _, now in moved(before, after)}
    observed = _observed(wanted, span.since, clocks)
    found = compared(before, after, {key: one[:2] for key, one in observed.items()})
    more = {one.relationship[0] for one in found.changes if one.word == NEWLY_KNOWN and one.relationship} - wanted
    observed |= _observed(more, span.since, clocks)
    return found.explained(reasons(found, span, _events(found, span.since, clocks), observed))


def _observed(partnership_ids: Iterable[int], since: date, clocks: Clocks) -> dict[Relationship, Observation]:
    """Return what was observed in some partnerships after a day, by relationship."""
    ids = list(partnership_ids)
    if not ids:
        return {}
    rows = db.session.execute(
        evidence_as_of(clocks)
        .where(Evidence.held_on > since, Evidence.determinant == WHOLE, Evidence.partnership_id.in_(ids))
        .with_only_columns(
            Evidence.partnership_id,
            Evidence.rater_id,
            Evidence.ratee_id,
            Evidence.held_on,
            Evidence.good,
            Evidence.bad,
            Evidence.rater_key,
        )
    )
    items: dict[Relationship, list[Item]] = defaultdict(list)
    for partnership, rater, ratee, held_on, good, bad, rater_key in rows:
        items[partnership, rater, ratee].append(Item(WHOLE, held_on, good, bad, rater_key))
    return {key: Observation(*summed(found, clocks.on, math.inf), len(found)) for key, found in items.items()}


def _events(found: Difference, since: date, clocks: Clocks) -> list[Event]:
    """Return what was logged after a day that may explain why a figure changed."""
    weaker, stronger = ({one.relationship[0] for one in found.changes if one.word == word and one.relationship}
                        for word in (WEAKER, STRONGER))  # fmt: skip
    bad = [
        Event(one.partnership_id, one.held_on, one.kind, one.words, one.organisation_ids)
        for one in (breaches(weaker, clocks) if weaker else ())
        if one.held_on > since
    ]
    kept = [
        Event(one.commitment.partnership_id, one.settled_on, "kept promise", one.commitment.what,
              (one.commitment.promisee_id, one.commitment.promisor_id))
        for one in (commitment_states(stronger, clocks) if stronger else ())
        if one.outcome == "kept" and one.settled_on and one.settled_on > since
    ]  # fmt: skip
    return bad + kept
