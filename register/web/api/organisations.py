"""Organisations, for programs."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import marshmallow as ma
from flask import abort
from sqlalchemy import select

from register.database import db
from register.partnerships.kinds import SECTORS
from register.partnerships.organisation_models import Organisation, OrganisationIdentifier
from register.web.api import shapes
from register.web.api.noun import OPTIONAL, Blueprint
from register.web.api.portions import PortionQuery, portion, portion_of
from register.web.security import allow

blueprint = Blueprint(
    "api_organisations", __name__, url_prefix="/api/v1/organisations", description="Bodies, and units of them."
)


class Query(PortionQuery):
    """Which organisations."""

    sector = ma.fields.String(**OPTIONAL, validate=ma.validate.OneOf([sector.key for sector in SECTORS]))
    scheme = ma.fields.String(**OPTIONAL, metadata={"description": "With an identifier of this scheme"})
    value = ma.fields.String(**OPTIONAL, metadata={"description": "With this identifier"})


@blueprint.route("")
@blueprint.arguments(Query, location="query")
@blueprint.response(HTTPStatus.OK, portion_of(shapes.Organisation))
@allow("partnership:see")
def listing(asked: dict[str, Any]) -> dict[str, Any]:
    """List organisations, by rising number."""
    query = select(Organisation)
    if asked["sector"]:
        query = query.where(Organisation.sector == asked["sector"])
    for column in (OrganisationIdentifier.scheme, OrganisationIdentifier.value):
        if asked[column.key]:
            query = query.where(
                Organisation.id.in_(select(OrganisationIdentifier.organisation_id).where(column == asked[column.key]))
            )
    found = portion(query, Organisation.id, asked)
    return {"items": organisations_told(found.items), "next": found.next}


@blueprint.route("/<int:organisation_id>")
@blueprint.response(HTTPStatus.OK, shapes.Organisation)
@allow("partnership:see")
def one(organisation_id: int) -> dict[str, Any]:
    """Return one organisation."""
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return organisations_told([found])[0]


def organisations_told(rows: Iterable[Organisation]) -> list[dict[str, Any]]:
    """Return organisations with their identifiers, all of them asked for at once."""
    found = list(rows)
    numbers: dict[int, list[OrganisationIdentifier]] = {row.id: [] for row in found}
    for number in db.session.scalars(
        select(OrganisationIdentifier)
        .where(OrganisationIdentifier.organisation_id.in_(numbers))
        .order_by(OrganisationIdentifier.id)
    ):
        numbers[number.organisation_id].append(number)
    fields = [name for name in shapes.Organisation().fields if name != "identifiers"]
    return [{**{name: getattr(row, name) for name in fields}, "identifiers": numbers[row.id]} for row in found]
