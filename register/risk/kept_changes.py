"""Keeping the surveys of a large register, which are made off the request, and forgetting them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select

from register.clock import Clocks, clocks_now, now
from register.database import db
from register.risk.entries import Survey
from register.risk.kept_lookups import history_size, kept
from register.risk.kept_models import KeptSurvey
from register.risk.kept_text import as_text, cuts_as_text

LOOKED_BACK: Final = timedelta(days=90)
"""What pages compare today with, unasked."""
MOST_ASKED: Final = 8
"""Lists of other days that are kept, those made last."""
REST: Final = timedelta(minutes=5)
"""How long a list stands although something was recorded since: pages argue anew what was touched."""
REST_OF_A_PAST_DAY: Final = timedelta(hours=1)
"""Of a past day only what was recorded late can change."""


def always_kept() -> tuple[Clocks, Clocks]:
    """Return the days of which a list is always kept: today, and the day that pages compare it with."""
    today = clocks_now()
    return today, Clocks(today.on - LOOKED_BACK)


def is_due(clocks: Clocks) -> bool:
    """Say whether the list of a day has to be made, for the first time or again."""
    found = kept(clocks)
    if found is None or found.clocks != clocks:
        return True
    rest = REST if clocks.is_now else REST_OF_A_PAST_DAY
    return found.sequence != history_size() and now() - found.made_at > rest


def keep_survey(found: Survey, sequence: int) -> None:
    """Keep a list made of everything up to an entry of the history, in the place of what was kept of its day."""
    clocks = found.clocks
    same = KeptSurvey.known.is_(None) if clocks.known is None else KeptSurvey.known == clocks.known
    db.session.execute(delete(KeptSurvey).where(KeptSurvey.day == clocks.on, same))
    db.session.add(KeptSurvey(
        day=clocks.on, known=clocks.known, sequence=sequence, made_at=now(), rule_set=found.rule_set,
        exposure_line=next((entry.facts.exposure_line for entry in found.entries), None),
        cut_offs=cuts_as_text({entry.id: entry.facts.cut_off for entry in found.entries}),
        entries=as_text(found.entries),
    ))
    db.session.flush()
    _forget_the_oldest(always_kept())


def _forget_the_oldest(but: Iterable[Clocks]) -> None:
    days = [clocks.on for clocks in but]
    asked = KeptSurvey.known.is_not(None) | KeptSurvey.day.not_in(days)
    newest = select(KeptSurvey.id).where(asked).order_by(KeptSurvey.made_at.desc(), KeptSurvey.id.desc())
    left = db.session.scalars(newest.limit(MOST_ASKED)).all()
    db.session.execute(delete(KeptSurvey).where(asked, KeptSurvey.id.not_in(left)))


def forget_surveys() -> None:
    """Forget every list: they quote what was recorded, and some of it was erased."""
    db.session.execute(delete(KeptSurvey))
