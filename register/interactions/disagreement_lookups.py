"""What is asked about statements of disagreement: those beside the opinions of an interaction, or of a relationship."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from register.clock import Clocks, clocks_now
from register.database import db
from register.interactions.models import Disagreement, Interaction
from register.partnerships.lookups import Relationship


def disagreements_about(interaction: Interaction, clocks: Clocks) -> Sequence[Disagreement]:
    """Return the statements beside the opinions of an interaction, whichever of its versions is asked for."""
    return _asked(Disagreement.interaction_id == interaction.lasting_id, clocks)


def disagreements_in(interaction_ids: Iterable[int]) -> Mapping[int, Sequence[Disagreement]]:
    """Return the statements that stand now, by the first version of their interaction."""
    found: dict[int, list[Disagreement]] = defaultdict(list)
    for row in _asked(Disagreement.interaction_id.in_(list(interaction_ids)), clocks_now()):
        found[row.interaction_id].append(row)
    return found


def disagreements_with(relationship: Relationship, clocks: Clocks) -> Mapping[int, Sequence[Disagreement]]:
    """Return the statements beside the opinions that make up a relationship, by each version of their interaction."""
    partnership_id, rater_id, ratee_id = relationship
    own = (
        (Disagreement.partnership_id == partnership_id)
        & (Disagreement.rater_id == rater_id)
        & (Disagreement.ratee_id == ratee_id)
    )
    by_first: dict[int, list[Disagreement]] = defaultdict(list)
    for row in _asked(own, clocks):
        by_first[row.interaction_id].append(row)
    if not by_first:
        return {}
    versions = db.session.execute(
        select(Interaction.id, Interaction.first_version_id).where(
            or_(Interaction.id.in_(by_first), Interaction.first_version_id.in_(by_first)),
        ),
    )
    return {number: by_first[first or number] for number, first in versions}


def _asked(condition: ColumnElement[bool], clocks: Clocks) -> Sequence[Disagreement]:
    asked = select(Disagreement).where(condition, _as_known(clocks)).order_by(Disagreement.id)
    beside = (joinedload(Disagreement.ratee), joinedload(Disagreement.contact), joinedload(Disagreement.recorded_by))
    return db.session.scalars(asked.options(*beside)).all()


def _as_known(clocks: Clocks) -> ColumnElement[bool]:
    before = clocks.known_before
    if before is None:
        return Disagreement.withdrawn_at.is_(None)
    stood = or_(Disagreement.withdrawn_at.is_(None), Disagreement.withdrawn_at >= before)
    return (Disagreement.recorded_at < before) & stood
