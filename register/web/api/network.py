"""The network, for programs."""

from http import HTTPStatus
from typing import Any

import marshmallow as ma

from register.network.graph import Tie, View
from register.network.lookups import network_for
from register.network.narrowing import Filters
from register.partnerships.kinds import PARTNERSHIP_KINDS, THEMES
from register.web.api import shapes
from register.web.api.asked import ClocksQuery, clocks_of
from register.web.api.noun import OPTIONAL, Blueprint
from register.web.security import allow, me

blueprint = Blueprint(
    "api_network", __name__, url_prefix="/api/v1/network", description="Who works with whom, as far as you may see."
)


class Query(ClocksQuery):
    """Which part of the network."""

    kind = ma.fields.String(**OPTIONAL, validate=ma.validate.OneOf([kind.key for kind in PARTNERSHIP_KINDS]))
    theme = ma.fields.String(**OPTIONAL, validate=ma.validate.OneOf([theme.key for theme in THEMES]))


@blueprint.route("")
@blueprint.arguments(Query, location="query")
@blueprint.response(HTTPStatus.OK, shapes.Network)
@allow("partnership:see")
def whole(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the organisations and the ties between them."""
    clocks = clocks_of(asked)
    found = network_for(me(), clocks, Filters(kind=asked["kind"], theme=asked["theme"]))
    return {"on": clocks.on, "known": clocks.known, "nodes": found.nodes, "ties": [_tie(tie) for tie in found.ties]}


def _tie(tie: Tie) -> dict[str, Any]:
    return {
        "a": tie.a,
        "b": tie.b,
        "partnerships": list(tie.partnerships),
        "word": tie.word,
        "a_of_b": _word(tie.a_of_b),
        "b_of_a": _word(tie.b_of_a),
        "last_on": tie.last_on,
    }


def _word(view: View | None) -> str | None:
    return view.word if view else None
