"""The organisations that take part in a partnership: add one, change its role or days, end its part."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field
from wtforms.validators import ValidationError

from register.database import db
from register.history.known import rows_as_known
from register.partnerships import changes
from register.partnerships.kinds import PARTICIPATION_ROLES
from register.partnerships.lookups import all_participations
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_lookups import organisations_to_choose
from register.partnerships.visibility import may
from register.refusals import Refusal
from register.web.choosing import labels_of, record_choices, record_select, word_select
from register.web.clocks import asked_clocks
from register.web.conflicts import conflict
from register.web.forms import CreateForm, DayField, EditForm
from register.web.security import allow, me, partnership_or_404

blueprint = Blueprint("participations", __name__)

ROLE_NEEDED = "Choose what part this organisation takes."


class JoinForm(CreateForm):
    """Add an organisation to a partnership."""

    organisation_id = record_select("Organisation", "Choose an organisation from the list.")
    role = word_select("Its role", PARTICIPATION_ROLES, ROLE_NEEDED, "Choose a role")
    joined_on = DayField("Joined on")


class PartForm(EditForm):
    """Change the role or the days of an organisation's part."""

    role = word_select("Its role", PARTICIPATION_ROLES, ROLE_NEEDED, "Choose a role")
    joined_on = DayField("Joined on")
    left_on = DayField("Left on")

    def validate_role(self, field: Field) -> None:
        """Ask for the role."""
        if field.data is None:
            raise ValidationError(ROLE_NEEDED)


@blueprint.route("/partnerships/<int:partnership_id>/partners", methods=["GET", "POST"])
@allow("partnership:see")
def add(partnership_id: int) -> ResponseReturnValue:
    """Show who takes part and who did, and add an organisation."""
    partnership = partnership_or_404(partnership_id)
    may_edit = may(me(), "partnership:edit", partnership.id)
    form = JoinForm()
    form.organisation_id.choices = record_choices(labels_of(organisations_to_choose()), "Choose an organisation")
    if form.is_submitted() and not may_edit:
        abort(403)
    if form.validate_on_submit():
        if again := form.made_before():
            return again
        try:
            part = changes.add_participation(
                me().actor,
                partnership,
                form.organisation_id.data,
                form.role.data or "",
                form.joined_on.data,
            )
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash(f"{part.organisation.name} takes part from now on.", "success")
            return form.made(url_for("participations.add", partnership_id=partnership.id))
    return render_template(
        "participations/partners.html",
        form=form,
        partnership=partnership,
        may_edit=may_edit,
        parts=_by_presence(partnership),
    ), 422 if form.is_submitted() else 200


def _by_presence(partnership: Partnership) -> tuple[list[Participation], list[Participation]]:
    """Return the parts that last, and those that have ended."""
    clocks = asked_clocks()
    parts = rows_as_known(all_participations(partnership.id), clocks)
    rows_as_known((part.organisation for part in parts), clocks)
    begun = [part for part in parts if clocks.is_now or part.joined_on is None or part.joined_on <= clocks.on]
    ended = [part for part in begun if part.left_on is not None and part.left_on <= clocks.on]
    return [part for part in begun if part not in ended], ended


@blueprint.route("/partnerships/<int:partnership_id>/partners/<int:participation_id>", methods=["GET", "POST"])
@allow("partnership:edit")
def edit(partnership_id: int, participation_id: int) -> ResponseReturnValue:
    """Change an organisation's part, or end it."""
    partnership = partnership_or_404(partnership_id, "partnership:edit")
    part = db.session.get(Participation, participation_id)
    if part is None or part.partnership_id != partnership.id:
        abort(404)
    form = PartForm(obj=part)
    back = url_for("participations.add", partnership_id=partnership.id)
    if form.validate_on_submit():
        if form.is_stale(part):
            return conflict(form, part, back)
        try:
            changes.edit_participation(
                me().actor,
                part,
                role=form.role.data or "",
                joined_on=form.joined_on.data,
                left_on=form.left_on.data,
            )
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash(f"The part of {part.organisation.name} was changed.", "success")
            return redirect(back)
    return render_template(
        "participations/edit.html",
        form=form,
        partnership=partnership,
        part=part,
    ), 422 if form.is_submitted() else 200
