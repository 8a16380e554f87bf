"""Keeping the places of the picture, so that it looks the same at the next visit."""

from register.clock import clocks_now
from register.database import db
from register.network.layout import positions
from register.network.lookups import is_any_without_a_place, open_network, stored_positions
from register.network.models import NodePosition
from register.network.narrowing import without_isolates


def keep_positions() -> int:
    """Give a place to every organisation of an open partnership that has none; return how many got one.

    Only open partnerships count: if a restricted one moved an organisation, the picture would tell of it. Whoever has
    no tie yet is given no place to keep, so that it comes beside its first partner when there is one.
    """
    if not is_any_without_a_place():
        return 0
    existing = stored_positions()
    placed = positions(without_isolates(open_network(clocks_now())), existing)
    fresh = {organisation_id: spot for organisation_id, spot in placed.items() if organisation_id not in existing}
    db.session.add_all(NodePosition(organisation_id=key, x=x, y=y) for key, (x, y) in fresh.items())
    db.session.flush()
    return len(fresh)
