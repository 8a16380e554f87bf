"""Statements of disagreement: what those who were rated say against it, beside the opinion wherever it is shown."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import StringField, TextAreaField

from register.database import db
from register.interactions.disagreement_changes import LONGEST, state_disagreement, withdraw_disagreement
from register.interactions.kinds import MANNERS
from register.interactions.models import Disagreement, Interaction, Reading
from register.partnerships.organisation_models import Contact, Organisation
from register.refusals import Refusal
from register.web.choosing import record_choices, record_select, word_radios
from register.web.forms import CreateForm, Form
from register.web.security import allow, me, partnership_or_404
from register.web.texts import SomeLines

blueprint = Blueprint("disagreements", __name__)


class StatementForm(CreateForm):
    """Who disagrees, in what words, and how that came."""

    contact_id = record_select("Who says it?", "Choose somebody of the organisation that was rated.")
    statement = TextAreaField("What do they say?", [SomeLines("The statement", LONGEST)])
    manner = word_radios("How did it come?", MANNERS, "Choose how the statement came.")


class WithdrawForm(Form):
    """Why a statement is taken back."""

    reason = StringField("Why is it taken back?")


@blueprint.route(
    "/interactions/<int:interaction_id>/opinions/<int:rater_id>/of/<int:ratee_id>/disagreement",
    methods=["GET", "POST"],
)
@allow("disagreement:state")
def new(interaction_id: int, rater_id: int, ratee_id: int) -> ResponseReturnValue:
    """Put a statement beside an opinion."""
    interaction = db.session.get(Interaction, interaction_id)
    if interaction is None:
        abort(404)
    partnership_or_404(interaction.partnership_id, "disagreement:state")
    rated = select(Reading).where(
        Reading.interaction_id == interaction.id, Reading.rater_id == rater_id, Reading.ratee_id == ratee_id,
    )
    opinion = db.session.scalars(rated.order_by(Reading.id)).all()
    if not opinion:
        abort(404)
    rater, ratee = db.session.get_one(Organisation, rater_id), db.session.get_one(Organisation, ratee_id)
    form = StatementForm()
    people = db.session.scalars(select(Contact).where(Contact.organisation_id == ratee_id).order_by(Contact.id))
    form.contact_id.choices = record_choices(
        ((contact.id, contact.label) for contact in people), f"{ratee.label} itself",
    )
    back = url_for("interactions.show", interaction_id=interaction.id)
    if form.validate_on_submit():
        if again := form.made_before():
            return again
        try:
            state_disagreement(
                me(), interaction, rater_id, ratee_id, statement=form.statement.data, manner=form.manner.data,
                contact_id=form.contact_id.data,
            )
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash("It stands beside the opinion now, wherever that is shown.", "success")
            return form.made(back)
    page = render_template(
        "disagreements/new.html", form=form, interaction=interaction, rater=rater, ratee=ratee, opinion=opinion,
        back=back,
    )
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/disagreements/<int:disagreement_id>/withdraw", methods=["GET", "POST"])
@allow("disagreement:state")
def withdraw(disagreement_id: int) -> ResponseReturnValue:
    """Ask why, then take a statement back."""
    row = db.session.get(Disagreement, disagreement_id)
    if row is None:
        abort(404)
    partnership_or_404(row.partnership_id, "disagreement:state")
    back = url_for("interactions.show", interaction_id=row.interaction_id)
    if row.withdrawn_at is not None:
        return redirect(back)
    form = WithdrawForm()
    if form.validate_on_submit():
        try:
            withdraw_disagreement(me(), row, form.reason.data)
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash("The statement was taken back. The history keeps it.", "success")
            return redirect(back)
    page = render_template("disagreements/withdraw.html", form=form, row=row, back=back)
    return page, 422 if form.is_submitted() else 200
