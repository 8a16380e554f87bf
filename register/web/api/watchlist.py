"""The watchlist, for programs."""

from http import HTTPStatus
from typing import Any

from flask import Response

from register.risk.entries import Entry
from register.web.api import shapes
from register.web.api.asked import ClocksQuery, clocks_of
from register.web.api.noun import Blueprint
from register.web.api.problems import Problem, problem
from register.web.security import allow
from register.web.surveys import shown_survey

blueprint = Blueprint(
    "api_watchlist", __name__, url_prefix="/api/v1/watchlist", description="Which collaborations are at risk, and why."
)


BEING_MADE = "The list of that day weighs a large register and is being made. Ask again in a minute."


@blueprint.route("")
@blueprint.arguments(ClocksQuery, location="query")
@blueprint.response(HTTPStatus.OK, shapes.Watchlist)
@blueprint.alt_response(HTTPStatus.SERVICE_UNAVAILABLE, schema=Problem, description="It is being made")
@allow("partnership:see")
def listing(asked: dict[str, Any]) -> dict[str, Any] | Response:
    """Return the partnerships with flags that you may see, worst first."""
    clocks = clocks_of(asked)
    found = shown_survey(clocks)
    if found.is_missing:
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, BEING_MADE, headers={"Retry-After": "60"})
    return {
        "on": clocks.on,
        "known": clocks.known,
        "items": [
            {"rank": rank, "partnership_id": entry.id, "name": entry.name, "flags": _flags(entry)}
            for rank, entry in enumerate(found.flagged, 1)
        ],
    }


def _flags(entry: Entry) -> list[dict[str, Any]]:
    said = ("rule", "name", "words", "since", "clears", "who_acts", "severity", "rule_set")
    return [
        {
            **{name: getattr(flag, name) for name in said},
            "reasons": [str(reason) for reason in flag.reasons],
            "state": entry.state_of(flag).key,
        }
        for flag in entry.flags
    ]
