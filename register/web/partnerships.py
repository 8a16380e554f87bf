"""Partnerships: start, edit, close and open again. Their list stands in `partnership_list.py`."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from register.accounts.lookups import people
from register.partnerships import changes
from register.partnerships.member_changes import set_member
from register.partnerships.models import Partnership
from register.partnerships.organisation_lookups import organisations_to_choose
from register.refusals import Refusal
from register.trust.schemes import scheme_for_kind
from register.web.choosing import labels_of
from register.web.conflicts import conflict
from register.web.partnership_forms import CloseForm, PartnershipEditForm, ReopenForm, StartForm
from register.web.security import allow, me, partnership_or_404
from register.web.sides import number_of

blueprint = Blueprint("partnerships", __name__)


@blueprint.route("/partnerships/new", methods=["GET", "POST"])
@allow("partnership:start")
def new() -> ResponseReturnValue:
    """Start a partnership; whoever starts it leads it, so that the first meeting can be logged at once."""
    asked = number_of(request.args.get("partner")) or None
    form = StartForm(data={"lead_officer_id": me().id, "significance": "significant", "second_id": asked})
    form.offer_officers(people("officer", active_only=True))
    form.offer_organisations(labels_of(organisations_to_choose()))
    if form.validate_on_submit():
        if again := form.made_before():
            return again
        try:
            partnership = _start(form)
        except Refusal as refusal:
            form.show(refusal)
        else:
            _say_started(partnership)
            return form.made(url_for("partnerships.show", partnership_id=partnership.id))
    return render_template("partnerships/new.html", form=form), 422 if form.is_submitted() else 200


def _start(form: StartForm) -> Partnership:
    """Start what the form says, with its partners and its leads. Raises Refusal with the form's own field names."""
    actor = me().actor
    partnership = changes.start_partnership(
        actor,
        form.facts(),
        default_scheme=scheme_for_kind(form.kind.data or "").key,
    )
    for prefix, organisation_id, role in form.partners():
        try:
            changes.add_participation(actor, partnership, organisation_id, role or "", form.started_on.data)
        except Refusal as refusal:
            field = "role" if refusal.field == "role" else "id"
            raise Refusal(refusal.message, f"{prefix}_{field}") from refusal
    for person_id in dict.fromkeys((me().id, partnership.lead_officer_id)):
        if person_id is not None:
            set_member(actor, partnership, person_id, "lead")
    return partnership


def _say_started(partnership: Partnership) -> None:
    log = url_for("interactions.new", partnership=partnership.id)
    flash(Markup('Partnership started. Next: <a href="{}">log the first interaction</a>.').format(log), "success")


@blueprint.route("/partnerships/<int:partnership_id>/edit", methods=["GET", "POST"])
@allow("partnership:edit")
def edit(partnership_id: int) -> ResponseReturnValue:
    """Change the facts of a partnership."""
    partnership = partnership_or_404(partnership_id, "partnership:edit")
    form = PartnershipEditForm(obj=partnership)
    officers = people("officer", active_only=True)
    named = partnership.lead_officer
    form.offer_officers([*officers, *([named] if named is not None and named not in officers else [])])
    form.offer_stages(is_closed=partnership.is_closed)
    here = url_for("partnerships.show", partnership_id=partnership.id)
    if form.validate_on_submit():
        if form.is_stale(partnership):
            return conflict(form, partnership, here)
        try:
            changes.edit_partnership(me().actor, partnership, _edited(form), form.reason.data)
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash("Partnership changed.", "success")
            return redirect(here)
    status = 422 if form.is_submitted() else 200
    return render_template("partnerships/edit.html", form=form, partnership=partnership), status


def _edited(form: PartnershipEditForm) -> dict[str, Any]:
    """Return the facts with the scheme that was chosen, or that of the kind where the usual one was."""
    return {**form.facts(), "scheme": form.scheme.data or scheme_for_kind(form.kind.data or "").key}


@blueprint.route("/partnerships/<int:partnership_id>/close", methods=["GET", "POST"])
@allow("partnership:edit")
def close(partnership_id: int) -> ResponseReturnValue:
    """Close a partnership, once the person has said when and why."""
    partnership = partnership_or_404(partnership_id, "partnership:edit")
    form = CloseForm(version=partnership.version)
    here = url_for("partnerships.show", partnership_id=partnership.id)
    if partnership.is_closed:
        return redirect(here)
    if form.validate_on_submit():
        if form.is_stale(partnership):
            return conflict(form, partnership, here)
        try:
            changes.close_partnership(me().actor, partnership, form.closed_on.data, form.reason.data)
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash("Partnership closed. Everything about it stays in the register.", "success")
            return redirect(here)
    status = 422 if form.is_submitted() else 200
    return render_template("partnerships/close.html", form=form, partnership=partnership), status


@blueprint.route("/partnerships/<int:partnership_id>/reopen", methods=["GET", "POST"])
@allow("partnership:edit")
def reopen(partnership_id: int) -> ResponseReturnValue:
    """Open a closed partnership again, once the person has said why."""
    partnership = partnership_or_404(partnership_id, "partnership:edit")
    form = ReopenForm(version=partnership.version)
    here = url_for("partnerships.show", partnership_id=partnership.id)
    if not partnership.is_closed:
        return redirect(here)
    if form.validate_on_submit():
        if form.is_stale(partnership):
            return conflict(form, partnership, here)
        try:
            changes.reopen_partnership(me().actor, partnership, form.reason.data)
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash("Partnership opened again.", "success")
            return redirect(here)
    status = 422 if form.is_submitted() else 200
    return render_template("partnerships/reopen.html", form=form, partnership=partnership), status
