"""The home page, by role: what to do today, where we stand, or whether the history is whole."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from register.web.security import allow

blueprint = Blueprint("home", __name__)


@blueprint.route("/")
@allow("register:see")
def home() -> ResponseReturnValue:
    """Show what the person's role asks first."""
    return render_template("home/home.html")
