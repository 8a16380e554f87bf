"""The people of the register: add, change, disable, give a new password."""

import secrets

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice

from register.accounts import changes
from register.accounts.kinds import ROLES
from register.accounts.lookups import people
from register.accounts.models import Person
from register.accounts.permissions import role_may
from register.database import db
from register.refusals import Refusal
from register.web.conflicts import conflict
from register.web.forms import CreateForm, DayField, EditForm, Form
from register.web.security import allow, me

blueprint = Blueprint("people", __name__)

ROLE_CHOICES = [SelectChoice(role.key, f"{role.name}: {role.duty}") for role in ROLES]


class PersonForm(CreateForm):
    """Somebody new."""

    email = StringField("Email address")
    name = StringField("Name")
    job_title = StringField("Job title (optional)")
    role = RadioField("What the person is here", choices=ROLE_CHOICES, validate_choice=False)
    last_day = DayField("Last day (optional)")


class DisableForm(Form):
    """Whether somebody may sign in; sent twice, it says the same."""

    wanted = HiddenField()


class PersonEditForm(EditForm):
    """What may be changed of somebody."""

    name = StringField("Name")
    job_title = StringField("Job title (optional)")
    role = RadioField("What the person is here", choices=ROLE_CHOICES, validate_choice=False)
    last_day = DayField("Last day (optional)")


@blueprint.route("/people")
@allow("people:see")
def index() -> ResponseReturnValue:
    """List everybody who has an account."""
    return render_template("people/index.html", people=people(), may_change=role_may(me().role, "people:change"))


@blueprint.route("/people/new", methods=["GET", "POST"])
@allow("people:change")
def new() -> ResponseReturnValue:
    """Add somebody; the password is made here and shown once."""
    form = PersonForm()
    if form.validate_on_submit():
        if again := form.made_before():
            return again
        password = secrets.token_urlsafe(12)
        try:
            person = changes.add_person(
                me().actor, email=form.email.data or "", name=form.name.data or "", role=form.role.data or "",
                job_title=form.job_title.data, last_day=form.last_day.data, password=password,
            )
        except Refusal as refusal:
            form.show(refusal)
        else:
            form.made(url_for("people.index"))
            return render_template("people/password.html", person=person, password=password)
    return render_template("people/new.html", form=form), 422 if form.is_submitted() else 200


@blueprint.route("/people/<int:person_id>/edit", methods=["GET", "POST"])
@allow("people:change")
def edit(person_id: int) -> ResponseReturnValue:
    """Change a name, a post or a role."""
    person = person_or_404(person_id)
    form = PersonEditForm(obj=person)
    if form.validate_on_submit():
        if form.is_stale(person):
            return conflict(form, person, url_for("people.edit", person_id=person.id))
        try:
            changes.change_person(
                me().actor, person, name=form.name.data or "", role=form.role.data or "", job_title=form.job_title.data,
                last_day=form.last_day.data,
            )
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash(f"{person.name} was changed.", "success")
            return redirect(url_for("people.index"))
    return render_template("people/edit.html", form=form, person=person), 422 if form.is_submitted() else 200


def person_or_404(person_id: int) -> Person:
    """Return somebody with an account, or answer 404."""
    person = db.session.get(Person, person_id)
    if person is None:
        abort(404)
    return person


@blueprint.route("/people/<int:person_id>/disable", methods=["GET", "POST"])
@allow("people:change")
def disable(person_id: int) -> ResponseReturnValue:
    """Ask, then stop somebody from signing in and end their sessions; or let them in again."""
    person = person_or_404(person_id)
    form = DisableForm(data={"wanted": "active" if person.is_disabled else "disabled"})
    if form.validate_on_submit():
        change = changes.disable_person if form.wanted.data == "disabled" else changes.enable_person
        try:
            change(me().actor, person)
        except Refusal as refusal:
            form.show(refusal)
        else:
            said = "can no longer sign in" if person.is_disabled else "can sign in again"
            flash(f"{person.name} {said}.", "success")
            return redirect(url_for("people.index"))
    return render_template("people/disable.html", form=form, person=person), 422 if form.is_submitted() else 200


@blueprint.route("/people/<int:person_id>/reset", methods=["GET", "POST"])
@allow("people:change")
def reset(person_id: int) -> ResponseReturnValue:
    """Ask, then give somebody a new password, shown once, and end their sessions."""
    person = person_or_404(person_id)
    form = Form()
    if form.validate_on_submit():
        password = secrets.token_urlsafe(12)
        changes.reset_password(me().actor, person, password)
        return render_template("people/password.html", person=person, password=password)
    return render_template("people/reset.html", form=form, person=person)
