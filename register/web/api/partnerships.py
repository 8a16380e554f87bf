"""Partnerships with who takes part and their terms, for programs."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import marshmallow as ma
from sqlalchemy import and_, not_, select

from register.clock import Clocks
from register.partnerships.kinds import PARTNERSHIP_KINDS, THEMES
from register.partnerships.lookups import deals_in_force, participations
from register.partnerships.models import Participation, Partnership
from register.partnerships.visibility import visible_to
from register.web.api import shapes
from register.web.api.asked import ClocksQuery, PortionOnDay, clocks_of
from register.web.api.noun import OPTIONAL, Blueprint, Whole
from register.web.api.portions import portion, portion_of
from register.web.partnership_list import existing_on
from register.web.security import allow, me, partnership_or_404

blueprint = Blueprint(
    "api_partnerships",
    __name__,
    url_prefix="/api/v1/partnerships",
    description="Arrangements between organisations: those that you may know of.",
)


class Query(PortionOnDay):
    """Which partnerships."""

    kind = ma.fields.String(**OPTIONAL, validate=ma.validate.OneOf([kind.key for kind in PARTNERSHIP_KINDS]))
    theme = ma.fields.String(**OPTIONAL, validate=ma.validate.OneOf([theme.key for theme in THEMES]))
    state = ma.fields.String(**OPTIONAL, validate=ma.validate.OneOf(["open", "closed"]))
    organisation = Whole(
        **OPTIONAL, metadata={"description": "In which this one takes or took part"}
    )


@blueprint.route("")
@blueprint.arguments(Query, location="query")
@blueprint.response(HTTPStatus.OK, portion_of(shapes.Partnership))
@allow("partnership:see")
def listing(asked: dict[str, Any]) -> dict[str, Any]:
    """List partnerships, by rising number."""
    clocks = clocks_of(asked)
    query = select(Partnership).where(visible_to(me()), existing_on(clocks))
    for name in ("kind", "theme"):
        if asked[name]:
            query = query.where(getattr(Partnership, name) == asked[name])
    if asked["state"]:
        is_closed = and_(Partnership.closed_on.is_not(None), Partnership.closed_on <= clocks.on)
        query = query.where(is_closed if asked["state"] == "closed" else not_(is_closed))
    if asked["organisation"]:
        taking_part = select(Participation.partnership_id).where(Participation.organisation_id == asked["organisation"])
        query = query.where(Partnership.id.in_(taking_part))
    found = portion(query, Partnership.id, asked)
    return {"items": _told(found.items, clocks), "next": found.next}


@blueprint.route("/<int:partnership_id>")
@blueprint.arguments(ClocksQuery, location="query")
@blueprint.response(HTTPStatus.OK, shapes.Partnership)
@allow("partnership:see")
def one(asked: dict[str, Any], partnership_id: int) -> dict[str, Any]:
    """Return one partnership."""
    return _told([partnership_or_404(partnership_id)], clocks_of(asked))[0]


def _told(rows: Iterable[Partnership], clocks: Clocks) -> list[dict[str, Any]]:
    """Return partnerships with their parts and terms, all of them asked for at once."""
    found = list(rows)
    parts: dict[int, list[Participation]] = {row.id: [] for row in found}
    for part in participations(parts, clocks):
        parts[part.partnership_id].append(part)
    deals = deals_in_force(parts, clocks)
    fields = [name for name in shapes.Partnership().fields if name not in ("parts", "deal")]
    return [
        {**{name: getattr(row, name) for name in fields}, "parts": parts[row.id], "deal": deals.get(row.id)}
        for row in found
    ]
