"""Relationships with their standings, for programs."""

from collections.abc import Iterable
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from flask import abort
from sqlalchemy import select

from register.clock import Clocks
from register.partnerships.lookups import Relationship, participations, relationships_between
from register.partnerships.models import Partnership
from register.partnerships.visibility import visible_to
from register.trust.lookups import View, determinant_views, partnership_views
from register.trust.lookups import views as views_of
from register.trust.model_lookups import model_in_force
from register.web.api import shapes
from register.web.api.asked import ClocksQuery, PortionOnDay, clocks_of
from register.web.api.noun import OPTIONAL, Blueprint, Whole
from register.web.api.portions import portion, portion_of
from register.web.security import allow, me, partnership_or_404

blueprint = Blueprint(
    "api_relationships",
    __name__,
    url_prefix="/api/v1/relationships",
    description="How one organisation sees another inside a partnership: the figure, and how sure it is.",
)


class Query(PortionOnDay):
    """Which relationships."""

    partnership = Whole(**OPTIONAL, metadata={"description": "Only of this partnership"})


class OneQuery(ClocksQuery):
    """Which of the relationships between two organisations."""

    partnership = Whole(required=True, metadata={"description": "Inside which partnership"})


@blueprint.route("")
@blueprint.arguments(Query, location="query")
@blueprint.response(HTTPStatus.OK, portion_of(shapes.Relationship))
@allow("partnership:see")
def listing(asked: dict[str, Any]) -> dict[str, Any]:
    """List relationships with their standings. `limit` counts partnerships: a portion ends with a whole one."""
    clocks = clocks_of(asked)
    query = select(Partnership.id).where(visible_to(me()))
    if asked["partnership"]:
        query = query.where(Partnership.id == partnership_or_404(asked["partnership"]).id)
    found = portion(query, Partnership.id, asked)
    return {"items": _told(_standing(found.items, clocks)), "next": found.next}


@blueprint.route("/<int:rater_id>/to/<int:ratee_id>")
@blueprint.arguments(OneQuery, location="query")
@blueprint.response(HTTPStatus.OK, shapes.RelationshipInFull)
@allow("partnership:see")
def one(asked: dict[str, Any], rater_id: int, ratee_id: int) -> dict[str, Any]:
    """Return one relationship, with each determinant by itself."""
    clocks = clocks_of(asked)
    wanted = Relationship(partnership_or_404(asked["partnership"]).id, rater_id, ratee_id)
    view = next((view for view in _standing([wanted.partnership_id], clocks) if view.relationship == wanted), None)
    if view is None:
        abort(HTTPStatus.NOT_FOUND)
    determinants = [
        {**asdict(part.standing), "determinant": part.determinant} for part in determinant_views(wanted, clocks)
    ]
    return {**_told([view])[0], "determinants": determinants}


def _standing(partnership_ids: Iterable[int], clocks: Clocks) -> list[View]:
    """Return the standing of each relationship of some partnerships: of partners, and of whoever was rated."""
    ids = list(partnership_ids)
    partners = views_of(relationships_between(participations(ids, clocks)), clocks)
    rated = {
        view.relationship: view for key, view in partnership_views(ids, clocks).items() if not key.determinant
    }
    found = {**partners, **rated}
    return [found[relationship] for relationship in sorted(found)]


def _told(views: Iterable[View]) -> list[dict[str, Any]]:
    model = model_in_force().number
    return [
        {
            **view.relationship._asdict(),
            "evidence": view.rows,
            "first_held_on": view.first_held_on,
            "last_held_on": view.last_held_on,
            "standing": view.standing,
            "model_version": model,
        }
        for view in views
    ]
