"""Legal holds: see which there are, set one, lift one."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from register.accounts.permissions import role_may
from register.erasures.changes import lift_hold, set_hold
from register.erasures.field_lookups import row_of
from register.erasures.kinds import HELD_KINDS
from register.erasures.lookups import holds, visible_hold
from register.refusals import Refusal
from register.web.erasure_words import found_records, record_asked, title_of, words_asked
from register.web.forms import CreateForm, Form
from register.web.security import allow, me, partnership_or_404

blueprint = Blueprint("holds", __name__)


class HoldForm(CreateForm):
    """Why it is held."""

    reason = StringField("Why is it held?")


class LiftForm(Form):
    """Why the hold ends."""

    reason = StringField("Why is the hold lifted?")


@blueprint.route("/holds")
@allow("erasure:see")
def index() -> ResponseReturnValue:
    """List the holds, and find a record to hold."""
    asked = words_asked()
    return render_template(
        "holds/index.html", lasting=holds(me(), lasting=True), lifted=holds(me(), lasting=False), title_of=title_of,
        asked=asked, found=found_records(me(), asked), may_set=role_may(me().role, "erasure:ask"),
    )


@blueprint.route("/holds/new", methods=["GET", "POST"])
@allow("erasure:ask")
def new() -> ResponseReturnValue:
    """Hold a partnership, an organisation or a contact, with the reason."""
    entity, entity_id = record_asked()
    if entity == "partnership":
        partnership_or_404(entity_id)
    if entity not in HELD_KINDS or row_of(entity, entity_id) is None:
        abort(404)
    form = HoldForm()
    if form.validate_on_submit():
        if again := form.made_before():
            return again
        try:
            set_hold(me(), entity, entity_id, form.reason.data)
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash(f"Nothing of it can be erased now: {title_of(entity, entity_id)}.", "success")
            return form.made(url_for("holds.index"))
    page = render_template("holds/new.html", form=form, title=title_of(entity, entity_id), entity=entity)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/holds/<int:hold_id>/lift", methods=["GET", "POST"])
@allow("erasure:ask")
def lift(hold_id: int) -> ResponseReturnValue:
    """Ask why, then lift a hold."""
    hold = visible_hold(me(), hold_id)
    if hold is None:
        abort(404)
    if hold.partnership_id is not None:
        partnership_or_404(hold.partnership_id)
    if hold.lifted_at is not None:
        return redirect(url_for("holds.index"))
    form = LiftForm()
    if form.validate_on_submit():
        try:
            lift_hold(me(), hold, form.reason.data)
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash("The hold is lifted.", "success")
            return redirect(url_for("holds.index"))
    page = render_template("holds/lift.html", form=form, hold=hold, title=title_of(*hold.held))
    return page, 422 if form.is_submitted() else 200
