"""The watchlist: who is at risk, why, since when, what clears it and who acts."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from register.web.security import allow

blueprint = Blueprint("watchlist", __name__)


@blueprint.route("/watchlist")
@allow("partnership:see")
def index() -> ResponseReturnValue:
    """Show the flags that the person may see, worst first."""
    return render_template("watchlist/index.html")
