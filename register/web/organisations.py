"""Organisations: add, edit, close and open again. List and page stand in files of their own."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from register.clock import clocks_now
from register.database import db
from register.partnerships import organisation_changes as changes
from register.partnerships.organisation_lookups import (
    aliases_of,
    counts_of_partnerships,
    identifiers_of,
    organisations_to_choose,
)
from register.partnerships.organisation_models import Organisation
from register.partnerships.visibility import visible_to
from register.refusals import Refusal
from register.web.choosing import labels_of
from register.web.clocks import show_as_known
from register.web.conflicts import conflict
from register.web.organisation_forms import (
    CloseOrganisationForm,
    OrganisationEditForm,
    OrganisationFacts,
    OrganisationForm,
    ReopenOrganisationForm,
)
from register.web.security import allow, me

blueprint = Blueprint("organisations", __name__)


def organisation_or_404(organisation_id: int) -> Organisation:
    """Return an organisation, or answer 404."""
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        abort(404)
    show_as_known(found)
    return found


@blueprint.route("/organisations/new", methods=["GET", "POST"])
@allow("organisation:add")
def new() -> ResponseReturnValue:
    """Add an organisation."""
    form = OrganisationForm()
    form.offer_parents(labels_of(organisations_to_choose()))
    if form.validate_on_submit():
        if again := form.made_before():
            return again
        try:
            added = changes.add_organisation(
                me().actor,
                **form.facts(),
                aliases=form.other_names(),
                identifiers=form.new_identifiers(),
            )
        except Refusal as refusal:
            _show(form, refusal)
        else:
            flash(f"{added.name} is in the register.", "success")
            return form.made(url_for("organisations.show", organisation_id=added.id))
    return render_template("organisations/new.html", form=form), 422 if form.is_submitted() else 200


def _show(form: OrganisationFacts, refusal: Refusal) -> None:
    """Put a refused identifier beside the row that holds it."""
    if refusal.field == "identifiers":
        for entry in form.identifiers:
            typed = (entry.form.value.data or "").strip().upper()
            if typed and typed in refusal.message:
                entry.form.value.errors = [refusal.message]
                form.identifiers.errors = [row.errors for row in form.identifiers]
                return
    form.show(refusal)


@blueprint.route("/organisations/<int:organisation_id>/edit", methods=["GET", "POST"])
@allow("organisation:add")
def edit(organisation_id: int) -> ResponseReturnValue:
    """Change what is known of an organisation."""
    organisation = organisation_or_404(organisation_id)
    form = OrganisationEditForm(obj=organisation, data={"aliases": "\n".join(aliases_of(organisation.id))})
    form.offer_parents(_possible_parents(organisation))
    here = url_for("organisations.show", organisation_id=organisation.id)
    if form.validate_on_submit():
        if form.is_stale(organisation):
            return conflict(form, organisation, here)
        try:
            changes.edit_organisation(
                me().actor,
                organisation,
                form.facts(),
                aliases=form.other_names(),
                identifiers=form.new_identifiers(),
            )
        except Refusal as refusal:
            _show(form, refusal)
        else:
            flash(f"{organisation.name} was changed.", "success")
            return redirect(here)
    return render_template(
        "organisations/edit.html",
        form=form,
        organisation=organisation,
        identifiers=identifiers_of(organisation.id),
    ), 422 if form.is_submitted() else 200


def _possible_parents(organisation: Organisation) -> list[tuple[int, str]]:
    """Return what the organisation can be part of: what has not ended, and what it is part of already."""
    rows = labels_of(organisations_to_choose(but=organisation.id))
    parent = organisation.parent
    return rows if parent is None or not parent.is_closed else [*rows, (parent.id, f"{parent.name} (ended)")]


@blueprint.route("/organisations/<int:organisation_id>/close", methods=["GET", "POST"])
@allow("organisation:add")
def close(organisation_id: int) -> ResponseReturnValue:
    """Say that an organisation has ended, and who took over."""
    organisation = organisation_or_404(organisation_id)
    form = CloseOrganisationForm(version=organisation.version)
    form.offer_successors(labels_of(organisations_to_choose(but=organisation.id)))
    here = url_for("organisations.show", organisation_id=organisation.id)
    if organisation.is_closed:
        return redirect(here)
    if form.validate_on_submit():
        if form.is_stale(organisation):
            return conflict(form, organisation, here)
        try:
            changes.close_organisation(me().actor, organisation, form.closed_on.data, form.successors())
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash(f"{organisation.name} has ended. It stays in the register.", "success")
            return redirect(here)
    counts = counts_of_partnerships([organisation.id], visible_to(me()), clocks_now())
    return render_template(
        "organisations/close.html",
        form=form,
        organisation=organisation,
        partnerships=counts.get(organisation.id, 0),
    ), 422 if form.is_submitted() else 200


@blueprint.route("/organisations/<int:organisation_id>/reopen", methods=["GET", "POST"])
@allow("organisation:add")
def reopen(organisation_id: int) -> ResponseReturnValue:
    """Undo the closing of an organisation, once the person has said why."""
    organisation = organisation_or_404(organisation_id)
    form = ReopenOrganisationForm(version=organisation.version)
    here = url_for("organisations.show", organisation_id=organisation.id)
    if not organisation.is_closed:
        return redirect(here)
    if form.validate_on_submit():
        if form.is_stale(organisation):
            return conflict(form, organisation, here)
        try:
            changes.reopen_organisation(me().actor, organisation, form.reason.data)
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash(f"{organisation.name} is open again.", "success")
            return redirect(here)
    return render_template(
        "organisations/reopen.html",
        form=form,
        organisation=organisation,
    ), 422 if form.is_submitted() else 200
