"""Contacts at organisations: add one, edit one, say which day is the last."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from register.database import db
from register.partnerships.contact_changes import add_contact, edit_contact
from register.partnerships.organisation_models import Contact
from register.refusals import Refusal
from register.web.conflicts import conflict
from register.web.organisation_forms import ContactEditForm, ContactForm
from register.web.organisations import organisation_or_404
from register.web.security import allow, me

blueprint = Blueprint("contacts", __name__)


@blueprint.route("/organisations/<int:organisation_id>/contacts/new", methods=["GET", "POST"])
@allow("organisation:add")
def new(organisation_id: int) -> ResponseReturnValue:
    """Add somebody at an organisation."""
    organisation = organisation_or_404(organisation_id)
    form = ContactForm()
    here = url_for("organisations.show", organisation_id=organisation.id)
    if form.validate_on_submit():
        if again := form.made_before():
            return again
        try:
            contact = add_contact(
                me().actor,
                organisation_id=organisation.id,
                role=form.role.data,
                name=form.name.data,
                email=form.email.data,
                phone=form.phone.data,
            )
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash(f"{contact.label} is a contact at {organisation.name}.", "success")
            return form.made(f"{here}#contacts")
    status = 422 if form.is_submitted() else 200
    return render_template("contacts/new.html", form=form, organisation=organisation), status


@blueprint.route("/contacts/<int:contact_id>/edit", methods=["GET", "POST"])
@allow("organisation:add")
def edit(contact_id: int) -> ResponseReturnValue:
    """Change a contact's details, or the last day."""
    contact = db.session.get(Contact, contact_id)
    if contact is None:
        abort(404)
    form = ContactEditForm(obj=contact)
    here = url_for("organisations.show", organisation_id=contact.organisation_id)
    if form.validate_on_submit():
        if form.is_stale(contact):
            return conflict(form, contact, here)
        try:
            edit_contact(
                me().actor,
                contact,
                role=form.role.data,
                name=form.name.data,
                email=form.email.data,
                phone=form.phone.data,
                left_on=form.left_on.data,
            )
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash(f"{contact.label} was changed.", "success")
            return redirect(f"{here}#contacts")
    status = 422 if form.is_submitted() else 200
    return render_template("contacts/edit.html", form=form, contact=contact, organisation=contact.organisation), status
