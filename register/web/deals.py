"""The deal of a partnership: every revision of its terms, and the page that revises them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from register.clock import clocks_now
from register.partnerships.deal_changes import TERMS, current_deal, revise_deal
from register.partnerships.deal_models import DealRevision, DealShare
from register.partnerships.kinds import DOCUMENTS, LEGAL_FORMS, VALUE_BASES, names
from register.partnerships.lookups import deal_revisions, organisations, participations, shares_of
from register.partnerships.models import Partnership
from register.partnerships.money import yearly_pence
from register.partnerships.organisation_models import Organisation
from register.refusals import Refusal
from register.web.clocks import asked_clocks
from register.web.conflicts import Difference
from register.web.days import short
from register.web.deal_forms import DealForm, deal_form
from register.web.frame import pounds
from register.web.security import allow, may_now, me, partnership_or_404

blueprint = Blueprint("deals", __name__)

LABELS = {
    "reference": "Reference",
    "legal_form": "Legal form",
    "agreed_on": "Agreed on",
    "value_pence": "Value",
    "value_basis": "The value is",
    "starts_on": "Starts on",
    "review_on": "Next review",
    "notice_on": "Last day to give notice",
    "ends_on": "Ends on",
    "extension": "Extension",
    "exit_arrangement": "Exit arrangement",
    "benefits_expected": "Benefits expected",
    "benefits_realised": "Benefits realised",
    "documents": "Documents in place",
}
KEYED = {"legal_form": names(LEGAL_FORMS), "value_basis": names(VALUE_BASES)}


@dataclass(frozen=True)
class Term:
    """One term that a revision changed."""

    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Step:
    """One revision, and what it changed of the one before."""

    deal: DealRevision
    changes: list[Term]


@blueprint.route("/partnerships/<int:partnership_id>/deal")
@allow("partnership:see")
def show(partnership_id: int) -> ResponseReturnValue:
    """Show the terms in force, what each side puts in, and every revision."""
    partnership, clocks = partnership_or_404(partnership_id), asked_clocks()
    revisions = deal_revisions(partnership.id, clocks)
    deal = revisions[0] if revisions else None
    shares = shares_of(deal) if deal else []
    return render_template(
        "deals/show.html",
        partnership=partnership,
        deal=deal,
        shares=shares,
        yearly=yearly_pence(deal.value_pence, deal.value_basis, deal.starts_on, deal.ends_on) if deal else None,
        sides=organisations((share.organisation_id for share in shares), clocks),
        steps=steps(revisions),
        documents=DOCUMENTS,
        may_edit=may_now("partnership:edit", partnership.id),
    )


def steps(revisions: Sequence[DealRevision]) -> list[Step]:
    """Return revisions, newest first, each with the terms that differ from the one before it."""
    earlier: list[DealRevision | None] = [*revisions[1:], None] if revisions else []
    return [
        Step(
            deal,
            [
                Term(LABELS[name], said(name, getattr(before, name)), said(name, getattr(deal, name)))
                for name in TERMS
                if before is not None and getattr(before, name) != getattr(deal, name)
            ],
        )
        for deal, before in zip(revisions, earlier, strict=True)
    ]


def said(name: str, value: Any) -> str:
    """Return a term in words."""
    if value in (None, "", [], ()):
        return "empty"
    if name == "value_pence":
        return pounds(value)
    if name == "documents":
        keys = value.split(",") if isinstance(value, str) else value
        return ", ".join(kind.name for kind in DOCUMENTS if kind.key in keys)
    if name in KEYED:
        return KEYED[name].get(str(value), str(value))
    return short(value) if name.endswith("_on") else str(value)


@blueprint.route("/partnerships/<int:partnership_id>/deal/edit", methods=["GET", "POST"])
@allow("partnership:edit")
def revise(partnership_id: int) -> ResponseReturnValue:
    """Keep new terms as the next revision."""
    partnership = partnership_or_404(partnership_id, "partnership:edit")
    deal = current_deal(partnership.id)
    shares = shares_of(deal) if deal else []
    form = deal_form(_sides(partnership, shares), deal, shares)
    here = url_for("deals.show", partnership_id=partnership.id)
    if form.validate_on_submit():
        if again := form.made_before():
            return again
        if deal is not None and str(form.version.data) != str(deal.revision):
            return _conflict(form, partnership, deal, here)
        try:
            revise_deal(me().actor, partnership, form.terms(), form.shares(), form.reason.data)
        except Refusal as refusal:
            form.show(refusal)
        else:
            revised = "The deal was revised. The terms before stay in the register."
            flash(revised if deal else "The deal is on record.", "success")
            return form.made(here)
    status = 422 if form.is_submitted() else 200
    return render_template("deals/revise.html", form=form, partnership=partnership, deal=deal), status


def _sides(partnership: Partnership, shares: Sequence[DealShare]) -> list[Organisation]:
    """Return who may put something in: those that take part, and those that did so under the terms in force."""
    present = [part.organisation for part in participations([partnership.id], clocks_now())]
    known = {side.id for side in present}
    return [
        *present,
        *organisations(share.organisation_id for share in shares if share.organisation_id not in known).values(),
    ]


def _conflict(form: DealForm, partnership: Partnership, deal: DealRevision, back: str) -> ResponseReturnValue:
    """Show mine, theirs and the terms both started from: somebody else revised the deal meanwhile."""
    opened = next((row for row in deal_revisions(partnership.id) if str(row.revision) == form.version.data), None)
    differences = [
        Difference(
            LABELS[name],
            said(name, form[name].data),
            said(name, getattr(deal, name)),
            said(name, getattr(opened, name, None)),
        )
        for name in TERMS
    ]
    typed = [(key, value) for key, value in request.form.items(multi=True) if key not in ("csrf_token", "version")]
    return render_template(
        "errors/conflict.html",
        form=form,
        back=back,
        typed=[*typed, ("version", str(deal.revision))],
        differences=[row for row in differences if row.mine != row.theirs],
    ), 409
