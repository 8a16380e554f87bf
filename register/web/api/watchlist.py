"""The watchlist, for programs."""

from http import HTTPStatus
from typing import Any

from register.risk.watchlist import Entry, visible_watchlist
from register.web.api import shapes
from register.web.api.asked import ClocksQuery, clocks_of
from register.web.api.noun import Blueprint
from register.web.security import allow, me

blueprint = Blueprint(
    "api_watchlist", __name__, url_prefix="/api/v1/watchlist", description="Which collaborations are at risk, and why."
)


@blueprint.route("")
@blueprint.arguments(ClocksQuery, location="query")
@blueprint.response(HTTPStatus.OK, shapes.Watchlist)
@allow("partnership:see")
def listing(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the partnerships with flags that you may see, worst first."""
    clocks = clocks_of(asked)
    flagged = [entry for entry in visible_watchlist(me(), clocks) if entry.flags]
    return {
        "on": clocks.on,
        "known": clocks.known,
        "items": [
            {"rank": rank, "partnership_id": entry.id, "name": entry.name, "flags": _flags(entry)}
            for rank, entry in enumerate(flagged, 1)
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
