"""Where several voices on one relationship differ, asked for all relationships of a partnership at once."""

from collections import defaultdict

from register.clock import Clocks
from register.database import db
from register.partnerships.lookups import Relationship
from register.trust.evidence import Item
from register.trust.lookups import WHOLE, evidence_as_of
from register.trust.models import Evidence
from register.trust.voices import HEARD_IN, Spread, spreads


def disagreements(partnership_id: int, clocks: Clocks) -> dict[Relationship, list[Spread]]:
    """Return the determinants on which voices lie two points apart or more, the widest first, by relationship."""
    rows = db.session.scalars(
        evidence_as_of(clocks).where(
            Evidence.partnership_id == partnership_id, Evidence.determinant != WHOLE, Evidence.rater_key != "",
            Evidence.held_on > clocks.on - HEARD_IN,
        ),
    )
    items: dict[Relationship, list[Item]] = defaultdict(list)
    for row in rows:
        relationship = Relationship(row.partnership_id, row.rater_id, row.ratee_id)
        items[relationship].append(Item(row.determinant, row.held_on, row.good, row.bad, row.rater_key))
    found = {
        relationship: [spread for spread in spreads(some, clocks.on) if spread.is_disagreement]
        for relationship, some in items.items()
    }
    return {relationship: some for relationship, some in found.items() if some}
