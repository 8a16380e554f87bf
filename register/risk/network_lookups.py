"""Who would be cut off without whom in the network of open partnerships: restricted ones are no part of it."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from register.clock import Clocks
from register.database import db
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_models import Organisation
from register.partnerships.visibility import open_to_all
from register.risk.cut_offs import Evident, Family, Span, with_days
from register.risk.facts import CutOff


def cut_off_by_partnership(evident: Evident, clocks: Clocks) -> dict[int, list[CutOff]]:
    """Return, by open partnership, the organisations in it without which others would be cut off from the rest."""
    spans = _spans(clocks)
    labels, family = _bodies(spans)
    found: dict[int, list[CutOff]] = defaultdict(list)
    for (partnership_id, point), (others, since) in sorted(with_days(spans, evident, family, clocks.on).items()):
        names = tuple(sorted(labels[other] for other in others))
        found[partnership_id].append(CutOff(point, labels[point], names, since))
    return found


def _spans(clocks: Clocks) -> tuple[Span, ...]:
    asked = (
        select(
            Participation.partnership_id, Participation.organisation_id, Participation.role, Participation.joined_on,
            Partnership.started_on, Participation.left_on, Partnership.closed_on,
        )
        .join(Partnership, Partnership.id == Participation.partnership_id)
        .where(open_to_all()).order_by(Participation.id)
    )
    if clocks.known_before is not None:
        asked = asked.where(Partnership.created_at < clocks.known_before)
    return tuple(
        Span(partnership, organisation, role == "provider", max(filter(None, (joined, started)), default=None),
             min(filter(None, (left, closed)), default=None))
        for partnership, organisation, role, joined, started, left, closed in db.session.execute(asked)
    )


def _bodies(spans: Iterable[Span]) -> tuple[dict[int, str], Family]:
    """Return the name of each organisation, and for units the body that they are part of."""
    ids = {span.organisation_id for span in spans}
    rows = db.session.execute(
        select(Organisation.id, Organisation.name, Organisation.short_name, Organisation.parent_id)
        .where(Organisation.id.in_(ids)),
    ).all()
    return {row[0]: row[2] or row[1] for row in rows}, frozenset((row[0], row[3]) for row in rows if row[3])
