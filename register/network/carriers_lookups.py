"""Who met whom in the last two years: the officers and contacts that carry the ties."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import aliased

from register.clock import Clocks
from register.database import db
from register.interactions.lookups import as_known
from register.interactions.models import Attendance, Interaction
from register.network.carriers import Carriers, Met, carriers_of
from register.partnerships.models import Partnership

LOOKED_BACK = timedelta(days=730)
"""Whoever has not met for two years carries nothing any more: as long as the rule "rests on one person" looks back."""

AT_A_TIME = 5000
"""Rows that are in memory together: there are hundreds of thousands in a large register."""


def carriers_where(condition: ColumnElement[bool], clocks: Clocks, among: Collection[int] | None = None) -> Carriers:
    """Return who carries each tie in the partnerships that meet a condition, such as `visible_to(person)`.

    Whoever logged an interaction was there, where no officer is named. `among`: only contacts of these organisations.
    """
    theirs, beside, ours = aliased(Attendance), aliased(Attendance), aliased(Attendance)
    rows = db.session.execute(
        select(
            theirs.organisation_id,
            beside.organisation_id,
            func.coalesce(ours.person_id, Interaction.recorded_by_id),
            theirs.contact_id,
        )
        .select_from(Interaction)
        .join(Partnership, Partnership.id == Interaction.partnership_id)
        .join(theirs, and_(theirs.interaction_id == Interaction.id, theirs.contact_id.is_not(None)))
        .join(
            beside,
            and_(beside.interaction_id == Interaction.id, beside.organisation_id != theirs.organisation_id),
        )
        .outerjoin(ours, and_(ours.interaction_id == Interaction.id, ours.person_id.is_not(None)))
        .where(condition, as_known(clocks), Interaction.held_on > clocks.on - LOOKED_BACK)
        .where(true() if among is None else theirs.organisation_id.in_(among))
        .distinct(),
        execution_options={"yield_per": AT_A_TIME},
    )
    return carriers_of(Met(one, other, officer, contact) for one, other, officer, contact in rows if contact)
