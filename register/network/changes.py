"""Keeping the places of the picture, so that it looks the same at the next visit, and what takes long to work out."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from sqlalchemy import delete, or_, update
from sqlalchemy.exc import IntegrityError

from register.clock import clocks_now, now
from register.database import db
from register.network.carriers import Carriers
from register.network.carriers import as_text as carriers_as_text
from register.network.indexed import Indexed
from register.network.kept_models import KeptMeasures, RefreshTurn
from register.network.layout import positions
from register.network.lookups import is_any_without_a_place, open_network, stored_positions
from register.network.models import NodePosition
from register.network.narrowing import without_isolates
from register.network.spacing import Point
from register.network.worked_out import WorkedOut, as_text

THE_TURN = 1
LONGEST_TURN = timedelta(hours=2)
"""A turn taken longer ago was left by a process that died."""


def keep_positions() -> int:
    """Give a place to every organisation of an open partnership that has none; return how many got one.

    Only open partnerships count: if a restricted one moved an organisation, the picture would tell of it. Whoever has
    no tie yet is given no place to keep, so that it comes beside its first partner when there is one.
    """
    if not is_any_without_a_place():
        return 0
    existing = stored_positions()
    placed = positions(without_isolates(open_network(clocks_now())), existing)
    return add_positions({key: spot for key, spot in placed.items() if key not in existing})


def add_positions(places: Mapping[int, Point]) -> int:
    """Keep the places of organisations that have none; return how many those were: none is ever moved."""
    existing = stored_positions()
    fresh = {organisation_id: spot for organisation_id, spot in places.items() if organisation_id not in existing}
    db.session.add_all(NodePosition(organisation_id=key, x=x, y=y) for key, (x, y) in fresh.items())
    db.session.flush()
    return len(fresh)


def keep_measures(clearance: str, network: Indexed, found: WorkedOut) -> None:
    """Keep what was worked out for a clearance, in the place of what was kept before."""
    kept = db.session.get(KeptMeasures, clearance) or KeptMeasures(clearance=clearance)
    kept.fingerprint, kept.worked_out_at, kept.found = network.fingerprint, now(), as_text(found)
    db.session.add(kept)
    db.session.flush()


def keep_carriers(clearance: str, carriers: Carriers) -> None:
    """Keep who carries the ties, beside the measures of a clearance."""
    kept = db.session.get(KeptMeasures, clearance)
    if kept is not None:
        kept.carriers, kept.carriers_read_at = carriers_as_text(carriers), now()
        db.session.flush()


def forget_measures_but(clearances: Collection[str]) -> None:
    """Forget what was kept for clearances that nobody has any more."""
    db.session.execute(delete(KeptMeasures).where(KeptMeasures.clearance.not_in(clearances)))


def take_turn_to_refresh() -> bool:
    """Take the turn to work out the measures; False when it is somebody else's."""
    if db.session.get(RefreshTurn, THE_TURN) is None:
        try:
            with db.session.begin_nested():
                db.session.add(RefreshTurn(id=THE_TURN, taken_at=None))
        except IntegrityError:
            return False
    free = or_(RefreshTurn.taken_at.is_(None), RefreshTurn.taken_at < now() - LONGEST_TURN)
    take = update(RefreshTurn).where(RefreshTurn.id == THE_TURN, free).values(taken_at=now()).returning(RefreshTurn.id)
    return db.session.scalar(take) is not None


def give_turn_back() -> None:
    """Leave the turn to whoever comes next."""
    db.session.execute(update(RefreshTurn).where(RefreshTurn.id == THE_TURN).values(taken_at=None))
