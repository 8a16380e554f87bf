"""Interactions: find them, read one with all its versions, log one, correct one."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from register.database import db
from register.interactions.changes import correct_interaction, log_interaction
from register.interactions.commitment_changes import settle_commitment
from register.interactions.disagreement_lookups import disagreements_about
from register.interactions.models import Interaction
from register.partnerships.models import Partnership
from register.refusals import Refusal
from register.web.clocks import asked_clocks
from register.web.correct_form import CorrectForm, correct_form, logged_as
from register.web.interaction_list import interaction_list
from register.web.interaction_story import first_recorder, stamp, story_of, version_known
from register.web.log_aside import aside_of
from register.web.log_form import LogForm, log_form
from register.web.promise_fields import given_promise
from register.web.security import allow, may_now, me, partnership_or_404
from register.web.sides import number_of, says_more

blueprint = Blueprint("interactions", __name__)


@blueprint.route("/interactions")
@allow("interaction:see")
def index() -> ResponseReturnValue:
    """List what happened, newest first, with filters."""
    return render_template("interactions/index.html", **interaction_list(me()))


@blueprint.route("/interactions/new", methods=["GET", "POST"])
@allow("interaction:log")
def new() -> ResponseReturnValue:
    """Log what happened: two lines are enough."""
    form = log_form(me(), asked_partnership())
    if form.is_saving:
        if again := form.made_before():
            return again
        logged = _log(form)
        if logged is not None:
            flash("Saved. Here is what it leaves for the next meeting.", "success")
            return form.made(url_for("interactions.show", interaction_id=logged.id))
    page = render_template("interactions/new.html", form=form, aside=aside_of(form))
    return page, 422 if form.is_saving else 200


def asked_partnership() -> Partnership | None:
    """Return the partnership that the form is for; None while none is chosen.

    What was typed about one partnership is not saved for another: then the form stays with the one it was drawn for.
    """
    if request.method == "GET":
        number = number_of(request.args.get("partnership"))
        asked = "partnership" in request.args
    else:
        number = number_of(request.form.get("drawn_for") if is_elsewhere() else request.form.get("partnership"))
        asked = bool(request.form.get("partnership"))
    return partnership_or_404(number, "interaction:log") if asked else None


def is_elsewhere() -> bool:
    """Say whether another partnership was chosen after something was typed that only means this one."""
    drawn, chosen = request.form.get("drawn_for"), request.form.get("partnership")
    return request.form.get("step", "save") == "save" and bool(drawn) and drawn != chosen and says_more()


def _log(form: LogForm) -> Interaction | None:
    """Keep what the form says, or show what stands in the way and return None."""
    if form.sides is None or is_elsewhere():
        _show_elsewhere(form)
        return None
    happening = form.checked(me().actor)
    if happening is None:
        return None
    partnership = form.sides.partnership
    try:
        logged = log_interaction(me(), partnership, happening, [given_promise(row) for row in form.promised])
        for state in form.kept_promises:
            outcome = "late" if logged.held_on > state.commitment.due_on else "kept"
            settle_commitment(me(), partnership, state.commitment, outcome, settled_on=logged.held_on)
    except Refusal as refusal:
        form.show(refusal)
        return None
    return logged


def _show_elsewhere(form: LogForm) -> None:
    form.validate()
    if form.sides is None and form.partnership.data:
        form.show(Refusal("Nobody takes part in this partnership yet. Add its organisations first.", "partnership"))
    elif form.sides is None:
        form.show(Refusal("Choose the partnership.", "partnership"))
    else:
        name = form.sides.partnership.name
        message = f"What you rated and promised below is about {name}. Press “Choose” to leave it out and go on."
        form.show(Refusal(message, "partnership"))
        form.partnership.data = request.form.get("partnership")


def interaction_or_404(interaction_id: int, action: str = "interaction:see") -> Interaction:
    """Return an interaction on whose partnership the person may do something: 404 when hidden or unknown, else 403."""
    found = db.session.get(Interaction, interaction_id) if interaction_id < 2**31 else None
    if found is None:
        abort(404)
    partnership_or_404(found.partnership_id, action, is_own=me().id in (found.recorded_by_id, first_recorder(found)))
    return found


@blueprint.route("/interactions/<int:interaction_id>")
@allow("interaction:see")
def show(interaction_id: int) -> ResponseReturnValue:
    """Show what happened, who was there, what was seen and promised, and every version of it."""
    found = interaction_or_404(interaction_id)
    own, clocks = me().id in (found.recorded_by_id, first_recorder(found)), asked_clocks()
    return render_template(
        "interactions/show.html", story=story_of(found, clocks),
        known=found if clocks.is_now else version_known(found, clocks),
        interaction=found, recorded=stamp(found.recorded_at),
        may_correct=may_now("interaction:correct", found.partnership_id, is_own=own) and not found.is_superseded,
        may_log=may_now("interaction:log", found.partnership_id),
        may_state=may_now("disagreement:state", found.partnership_id),
        disagreements=disagreements_about(found, clocks),
    )


@blueprint.route("/interactions/<int:interaction_id>/correct", methods=["GET", "POST"])
@allow("interaction:correct")
def correct(interaction_id: int) -> ResponseReturnValue:
    """Put a corrected version in the place of an interaction, with the reason."""
    mistaken = interaction_or_404(interaction_id, "interaction:correct")
    if mistaken.superseded_by_id and request.method == "GET":
        return redirect(url_for("interactions.correct", interaction_id=mistaken.superseded_by_id))
    form = correct_form(me(), mistaken.partnership, logged_as(mistaken, mistaken.partnership))
    saving = form.is_submitted() and request.form.get("step", "save") == "save"
    if saving:
        if again := form.made_before():
            return again
        corrected = _correct(form, mistaken)
        if corrected is not None:
            flash("Corrected. The earlier version stays below.", "success")
            return form.made(url_for("interactions.show", interaction_id=corrected.id))
    return render_template("interactions/correct.html", form=form, interaction=mistaken), 422 if saving else 200


def _correct(form: CorrectForm, mistaken: Interaction) -> Interaction | None:
    happening = form.checked(me().actor)
    if happening is None:
        return None
    try:
        return correct_interaction(me(), mistaken.partnership, mistaken, happening, form.reason.data)
    except Refusal as refusal:
        form.show(refusal)
        return None
