"""The stored inputs of published figures: evidence as it is kept, whose and of which day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from register.clock import Clocks
from register.database import db
from register.partnerships.lookups import Relationship
from register.partnerships.models import Partnership
from register.reports.recomputation import Input, Sum, added_up, is_equal, worked_out
from register.trust.lookups import WHOLE, View, evidence_as_of, views
from register.trust.model_lookups import model_in_force
from register.trust.models import Evidence, TrustState


@dataclass(frozen=True)
class Redone:
    """A published figure beside the one that its inputs give."""

    relationship: Relationship
    published: View
    worked: Sum

    @property
    def is_equal(self) -> bool:
        """Whether both are the same: the figure, and the sums it rests on."""
        standing = self.published.standing
        return all((
            is_equal(standing.figure, self.worked.figure), is_equal(standing.good, self.worked.good),
            is_equal(standing.bad, self.worked.bad), is_equal(standing.lent, self.worked.lent),
        ))


def recomputed(relationships: Sequence[Relationship], clocks: Clocks) -> list[Redone]:
    """Work published figures out again from every stored piece of evidence; reads the whole log once for all."""
    inputs, restricted = _inputs(clocks), _restricted()
    lending = {key: some for key, some in inputs.items() if key.partnership_id not in restricted}
    by_ratee: dict[int, list[Relationship]] = defaultdict(list)
    for key in lending:
        by_ratee[key.ratee_id].append(key)
    published, constants = views(relationships, clocks), model_in_force().fixed
    network = added_up(lending.values(), clocks.on, constants["prior_half_life_days"])
    return [
        Redone(key, published[key], worked_out(
            inputs.get(key, ()), [lending[other] for other in by_ratee[key.ratee_id] if other != key], network,
            clocks.on, constants,
        ))
        for key in relationships
    ]


def _inputs(clocks: Clocks) -> Mapping[Relationship, Sequence[Input]]:
    asked = evidence_as_of(clocks).where(Evidence.determinant == WHOLE).with_only_columns(
        Evidence.partnership_id, Evidence.rater_id, Evidence.ratee_id, Evidence.held_on, Evidence.good, Evidence.bad,
        Evidence.rater_key, Evidence.source,
    ).order_by(Evidence.held_on, Evidence.id)
    found: dict[Relationship, list[Input]] = defaultdict(list)
    for row in db.session.execute(asked):
        key = Relationship(row.partnership_id, row.rater_id, row.ratee_id)
        found[key].append(Input(row.held_on, row.good, row.bad, row.rater_key, row.source))
    return found


def _restricted() -> frozenset[int]:
    return frozenset(db.session.scalars(select(Partnership.id).where(Partnership.is_restricted.is_(True))))


def relationships_with_evidence(visible: ColumnElement[bool]) -> list[Relationship]:
    """Return the relationships with evidence of today, of the partnerships that somebody may see."""
    rows = db.session.execute(
        select(TrustState.partnership_id, TrustState.rater_id, TrustState.ratee_id)
        .join(Partnership, Partnership.id == TrustState.partnership_id)
        .where(TrustState.determinant == WHOLE, TrustState.rows > 0, visible)
        .order_by(TrustState.partnership_id, TrustState.rater_id, TrustState.ratee_id),
    )
    return [Relationship(row.partnership_id, row.rater_id, row.ratee_id) for row in rows]
