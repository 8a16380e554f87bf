"""Who is who: the pairs of organisations that look alike, what to say of one pair, and a merge taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice

from register.accounts.permissions import role_may
from register.clock import clocks_now
from register.database import db
from register.exchange.matching.likeness import DIFFERENT, LATER, Proposal, compare
from register.exchange.matching.lookups import candidates, duplicates, judgements, merges
from register.exchange.matching.merge_changes import judge_apart, merge_into, merge_organisations
from register.exchange.matching.merge_models import OrganisationMerge
from register.exchange.matching.unmerge_changes import undo_merge
from register.exchange.reading.names import fingerprint
from register.partnerships.lookups import organisations
from register.partnerships.organisation_lookups import aliases_of, contacts_at, identifiers_of, participations_of
from register.partnerships.organisation_models import Organisation
from register.partnerships.visibility import visible_to
from register.refusals import Refusal
from register.web.forms import Form
from register.web.organisations import organisation_or_404
from register.web.paging import page_of_list
from register.web.security import allow, me

blueprint = Blueprint("duplicates", __name__)

SAME = "same"
PUT_OFF = 50
"""Pairs on the page that were put off: the most alike; a name finds the others."""
LONGEST = 100
"""Characters of a name that is looked for."""


class DecisionForm(Form):
    """What two organisations are to one another."""

    judgement = RadioField(
        "What are they?",
        choices=[
            SelectChoice(SAME, "The same: make them one"),
            SelectChoice(DIFFERENT, "Different: do not ask again"),
            SelectChoice(LATER, "I cannot say yet: put it off"),
        ],
        validate_choice=False,
    )
    kept = RadioField("If they are the same, which record is kept?", validate_choice=False)
    reason = StringField("How do you know? (needed when they are the same)")


@dataclass(frozen=True)
class Side:
    """One of two organisations, as they are laid beside one another."""

    organisation: Organisation
    aliases: list[str]
    identifiers: list[Any]
    partnerships: list[str]
    contacts: int


@blueprint.get("/organisations/duplicates")
@allow("organisation:merge")
def index() -> ResponseReturnValue:
    """List the pairs that look alike, of all names or of those that were asked for, and the merges that were made."""
    fresh, later = duplicates()
    name = " ".join(request.args.get("name", "")[:LONGEST].split())
    found = page_of_list(_named(name, fresh))
    put_off = _named(name, later)
    shown = [*found.rows, *put_off[:PUT_OFF]]
    return render_template(
        "duplicates/index.html",
        page_of_pairs=found, all_pairs=len(fresh), later=put_off[:PUT_OFF], all_later=len(put_off), name=name,
        names=organisations({key for proposal in shown for key in proposal.pair}), merges=merges(),
    )


def _named(name: str, proposals: list[Proposal]) -> list[Proposal]:
    """Return the pairs of which one is called by a name or a part of it, now or besides; all when none is asked for."""
    wanted = fingerprint(name)
    if not wanted:
        return [] if name else proposals
    ids = {key for proposal in proposals for key in proposal.pair}
    called = {one.id for one in candidates() if one.id in ids and _is_called(wanted, one.names)}
    return [proposal for proposal in proposals if called.intersection(proposal.pair)]


def _is_called(wanted: str, names: Iterable[str]) -> bool:
    return any(wanted in fingerprint(name) for name in names)


@blueprint.route("/organisations/<int:organisation_id>/same-as/<int:other_id>", methods=["GET", "POST"])
@allow("organisation:merge")
def decide(organisation_id: int, other_id: int) -> ResponseReturnValue:
    """Lay two organisations beside one another, and take down what they are."""
    one, other = organisation_or_404(organisation_id), organisation_or_404(other_id)
    if one.id == other.id:
        abort(404)
    form = DecisionForm()
    form.kept.choices = [SelectChoice(str(body.id), body.name) for body in (one, other)]
    if form.validate_on_submit():
        try:
            where = _decided(form, one, other)
        except Refusal as refusal:
            form.show(refusal)
        else:
            return redirect(where)
    elif not form.is_submitted():
        form.kept.data = str(_fuller(one, other).id)
    return render_template(
        "duplicates/decide.html",
        form=form, sides=[_side(one), _side(other)], proposal=_proposal(one, other),
        judged=judgements().get((min(one.id, other.id), max(one.id, other.id))),
    ), 422 if form.is_submitted() else 200


def _decided(form: DecisionForm, one: Organisation, other: Organisation) -> str:
    """Do what was decided, say so, and return where to go on."""
    if form.judgement.data != SAME:
        judge_apart(me(), one, other, form.judgement.data or "", form.reason.data)
        said = "are kept as two" if form.judgement.data == DIFFERENT else "are put off till later"
        flash(f"{one.name} and {other.name} {said}.", "success")
        return url_for("duplicates.index")
    by_id = {str(body.id): body for body in (one, other)}
    kept = by_id.get(form.kept.data or "")
    if kept is None:
        raise Refusal("Choose which record is kept.", "kept")
    merged = other if kept is one else one
    merge_organisations(me(), kept, merged, form.reason.data)
    flash(f"{merged.name} is now part of the record of {kept.name}. You can take that back below.", "success")
    return url_for("duplicates.index")


def _proposal(one: Organisation, other: Organisation) -> Proposal | None:
    found = candidates([one.id, other.id])
    return compare(*found) if len(found) == 2 else None  # noqa: PLR2004 - a pair


def _fuller(one: Organisation, other: Organisation) -> Organisation:
    """Return the one of which more is known: the likelier to be kept."""
    return max(one, other, key=lambda body: (body.closed_on is None, len(identifiers_of(body.id)), -body.id))


def _side(organisation: Organisation) -> Side:
    """Return what is compared, as far as the person may see it."""
    parts = participations_of(organisation.id, visible_to(me()), clocks_now())
    return Side(
        organisation,
        aliases_of(organisation.id),
        list(identifiers_of(organisation.id)),
        sorted({partnership.name for _, partnership in parts}),
        len(contacts_at(organisation.id, clocks_now())),
    )


@blueprint.route("/organisations/merges/<int:merge_id>/undo", methods=["GET", "POST"])
@allow("organisation:merge")
def undo(merge_id: int) -> ResponseReturnValue:
    """Ask, then take a merge back."""
    merge = db.session.get(OrganisationMerge, merge_id)
    if merge is None:
        abort(404)
    form = Form()
    if form.validate_on_submit():
        try:
            undo_merge(me(), merge)
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash(f"{merge.merged.name} and {merge.kept.name} are two again.", "success")
            return redirect(url_for("organisations.show", organisation_id=merge.merged_id))
    return render_template("duplicates/undo.html", form=form, merge=merge), 422 if form.is_submitted() else 200


def merge_notice(organisation: Organisation) -> dict[str, Any]:
    """Return what an organisation's page says when it was merged into another."""
    return {"merge": merge_into(organisation.id), "may_merge": role_may(me().role, "organisation:merge")}
