"""Keeping what takes long to work out of the network, and taking turns at it."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from register.clock import now
from register.database import db
from register.network.carriers import Carriers
from register.network.carriers import as_text as carriers_as_text
from register.network.indexed import Indexed
from register.network.kept_lookups import ALL_NOW
from register.network.kept_models import KeptMeasures, RefreshTurn
from register.network.worked_out import WorkedOut, as_text

THE_TURN = 1
PARTS_KEPT = timedelta(days=1)
MOST_PARTS = 60
"""Parts and past days of large networks whose measures are kept: a megabyte each at the most."""
LONGEST_TURN = timedelta(hours=2)
"""A turn taken longer ago was left by a process that died."""


def keep_measures(clearance: str, network: Indexed, found: WorkedOut, part: str = ALL_NOW) -> None:
    """Keep what was worked out of a part for a clearance, in the place of what was kept before."""
    kept = db.session.get(KeptMeasures, (clearance, part)) or KeptMeasures(clearance=clearance, part=part)
    kept.fingerprint, kept.worked_out_at, kept.found = network.fingerprint, now(), as_text(found)
    db.session.add(kept)
    db.session.flush()


def keep_carriers(clearance: str, carriers: Carriers, part: str = ALL_NOW) -> None:
    """Keep who carries the ties, beside the measures of a part for a clearance."""
    kept = db.session.get(KeptMeasures, (clearance, part))
    if kept is not None:
        kept.carriers, kept.carriers_read_at = carriers_as_text(carriers), now()
        db.session.flush()


def forget_measures_but(clearances: Collection[str]) -> None:
    """Forget what was kept for clearances that nobody has any more, and the parts that were asked for a while ago."""
    is_old = KeptMeasures.worked_out_at < now() - PARTS_KEPT
    is_part = KeptMeasures.part != ALL_NOW
    db.session.execute(
        delete(KeptMeasures).where(or_(KeptMeasures.clearance.not_in(clearances), and_(is_part, is_old)))
    )
    parts = select(KeptMeasures.clearance, KeptMeasures.part).where(is_part)
    for clearance, part in db.session.execute(parts.order_by(KeptMeasures.worked_out_at.desc()).offset(MOST_PARTS)):
        db.session.delete(db.session.get_one(KeptMeasures, (clearance, part)))
    db.session.flush()


def forget_measures() -> None:
    """Forget everything that was kept: it was worked out from a partnership that fewer see from now on."""
    db.session.execute(delete(KeptMeasures))


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


def hold_turn() -> None:
    """Keep the turn for longer: something was done in it, so it was not left by a process that died."""
    db.session.execute(update(RefreshTurn).where(RefreshTurn.id == THE_TURN).values(taken_at=now()))


def give_turn_back() -> None:
    """Leave the turn to whoever comes next."""
    db.session.execute(update(RefreshTurn).where(RefreshTurn.id == THE_TURN).values(taken_at=None))
