"""The page on which the two clocks are set."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from register.clock import today
from register.refusals import Refusal
from register.web.days import read_day
from register.web.security import allow
from register.web.sign_in import safe_target

blueprint = Blueprint("clocks", __name__)


@blueprint.route("/clocks")
@allow("register:see")
def choose() -> ResponseReturnValue:
    """Ask for the days, or go back to the page that asked with them in its address."""
    back = safe_target(request.args.get("back"))
    if "on" not in request.args:
        return render_template("clocks/choose.html", back=back, problem=None, today=today())
    try:
        on, known = read_day(request.args.get("on"), "on"), read_day(request.args.get("known"), "known")
    except Refusal as refusal:
        return render_template("clocks/choose.html", back=back, problem=refusal.message, today=today()), 422
    path, _, query = back.partition("?")
    kept = [part for part in query.split("&") if part and not part.startswith(("on=", "known="))]
    asked = [f"{name}={day.isoformat()}" for name, day in (("on", on), ("known", known)) if day]
    return redirect("?".join(filter(None, [path, "&".join([*kept, *asked])])))
