"""The sets of thresholds as the database has them: the one in force, those before it, and those proposed."""

from collections.abc import Sequence

from sqlalchemy import select

from register.clock import Clocks
from register.database import db
from register.risk.models import RuleSet
from register.risk.thresholds import RULES_AS_PUBLISHED, Thresholds, read


def thresholds_in_force(clocks: Clocks) -> Thresholds:
    """Return the set by which flags are raised: the last that was confirmed, as far as the register knew.

    A past day, asked as it is known now, is read by today's rules: so two days differ by what happened alone.
    """
    asked = select(RuleSet).where(RuleSet.number.is_not(None))
    if clocks.known_before is not None:
        asked = asked.where(RuleSet.decided_at < clocks.known_before)
    row = db.session.scalars(asked.order_by(RuleSet.number.desc()).limit(1)).first()
    return as_thresholds(row) if row else RULES_AS_PUBLISHED


def set_numbered(number: int) -> Thresholds:
    """Return a set that is or was in force. Raises KeyError where there never was one of the number."""
    row = db.session.scalar(select(RuleSet).where(RuleSet.number == number))
    if row is None and number != RULES_AS_PUBLISHED.number:
        raise KeyError(number)
    return as_thresholds(row) if row else RULES_AS_PUBLISHED


def as_thresholds(row: RuleSet) -> Thresholds:
    """Return a kept set as plain values; a proposal has the number 0."""
    return read(row.number or 0, row.thresholds)


def rule_sets() -> Sequence[RuleSet]:
    """Return the sets that were ever in force, the newest first; the first of all has no row."""
    return db.session.scalars(select(RuleSet).where(RuleSet.number.is_not(None)).order_by(RuleSet.number.desc())).all()


def proposals() -> Sequence[RuleSet]:
    """Return the sets that wait for somebody to confirm them, the oldest first."""
    return db.session.scalars(select(RuleSet).where(RuleSet.decided_at.is_(None)).order_by(RuleSet.id)).all()
