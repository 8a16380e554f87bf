"""The home page, by role: what to do today, where we stand, or whether the history is whole."""

from collections.abc import Callable, Mapping

from flask import Blueprint, flash, url_for
from flask.typing import ResponseReturnValue

from register.accounts.changes import open_restricted
from register.refusals import Refusal
from register.web.home_leader import where_we_stand
from register.web.home_officer import what_to_do
from register.web.home_records import OpenForm, state_of_history, state_of_people, state_of_records
from register.web.security import allow, me

blueprint = Blueprint("home", __name__)

PAGES: Mapping[str, Callable[[], ResponseReturnValue]] = {
    "officer": what_to_do,
    "leader": where_we_stand,
    "auditor": state_of_history,
    "governance": state_of_records,
    "administrator": state_of_people,
}
"""One page for each role: what that person asks first."""


@blueprint.route("/")
@allow("register:see")
def home() -> ResponseReturnValue:
    """Show what the person's role asks first."""
    return PAGES[me().role]()


@blueprint.route("/restricted/open", methods=["POST"])
@allow("restricted:open")
def open_records() -> ResponseReturnValue:
    """Open the restricted records for some hours, once the person has said why; the history keeps both."""
    form = OpenForm()
    if form.validate_on_submit():
        if again := form.made_before():
            return again
        try:
            open_restricted(me(), form.reason.data)
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash("The restricted records are open to you for eight hours. The history says so, and why.", "success")
            return form.made(url_for("home.home"))
    return state_of_history(form) if me().role == "auditor" else state_of_records(form)
