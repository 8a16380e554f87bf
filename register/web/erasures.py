"""Erasures: find a record, ask for words of it to go, see exactly which would, and let somebody else decide."""

import hashlib
from collections.abc import Sequence

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice

from register.accounts.permissions import role_may
from register.database import db
from register.erasures.changes import ask_for_erasure, confirm_erasure, decline_erasure
from register.erasures.field_lookups import fields_in, partnership_of, row_of, whole, written_fields
from register.erasures.kinds import CONFIRMED, GROUND_BY_KEY, GROUNDS, OUTCOMES
from register.erasures.lookups import Doomed, doomed, erasures, holds_on, mentions_of, texts_of, visible_erasure
from register.erasures.models import Erasure
from register.history.erasing import ACT, Field
from register.history.sentences import label_of
from register.history.sweeping import is_swept
from register.partnerships.organisation_models import Contact
from register.refusals import Refusal
from register.web.erasure_words import found_records, record_asked, title_of, told, words_asked
from register.web.forms import CreateForm, Form
from register.web.security import allow, me, partnership_or_404

blueprint = Blueprint("erasures", __name__)

EXCERPT = 140
"""Characters of a wording beside the box that chooses it; the next page shows all of it."""


class AskForm(CreateForm):
    """What is to go, on which ground, and why."""

    fields = SelectMultipleField("What is to be erased?", choices=[], validate_choice=False)
    named = SelectMultipleField("Other records that say the name", choices=[], validate_choice=False)
    ground = RadioField(
        "On which ground?", validate_choice=False,
        choices=[SelectChoice(ground.key, ground.name, {"hint": ground.means}) for ground in GROUNDS],
    )
    reason = StringField("Why?")


class DecisionForm(Form):
    """Whether it goes or stays; it carries what the page showed, so that nothing else goes."""

    decision = RadioField(
        "What is to happen?", validate_choice=False,
        choices=[
            SelectChoice("confirm", "Erase it", {"hint": "For good: nobody can bring it back."}),
            SelectChoice("decline", "Leave it", {"hint": "Nothing changes. Say why below."}),
        ],
    )
    reason = StringField("If it stays: why?")
    seen = HiddenField()


@blueprint.route("/erasures")
@allow("erasure:see")
def index() -> ResponseReturnValue:
    """List what waits for a decision and what was decided, and find a record to erase something of."""
    asked = words_asked()
    return render_template(
        "erasures/index.html", waiting=erasures(me(), pending=True), decided=erasures(me(), pending=False),
        asked=asked, found=found_records(me(), asked), may_ask=role_may(me().role, "erasure:ask"), outcomes=OUTCOMES,
        grounds=GROUND_BY_KEY, title_of=title_of, swept=is_swept(current_app.config["REGISTER"]), me=me(),
    )


@blueprint.route("/erasures/new", methods=["GET", "POST"])
@allow("erasure:ask")
def new() -> ResponseReturnValue:
    """Choose what of a record is to be erased, and say on which ground."""
    entity, entity_id = record_asked()
    texts = _texts_or_404(entity, entity_id)
    person = db.session.get(Contact, entity_id) if entity == "contact" else None
    named = doomed([field for found in mentions_of(person, me()).values() for field in found]) if person else []
    form = AskForm(data=None if request.form else {"fields": [_key(text.field) for text in texts] if person else []})
    form.fields.choices = [
        SelectChoice(_key(one.field), label_of(one.field.name), {"hint": _excerpt(one)}) for one in texts
    ]
    form.named.choices = [SelectChoice(_key(one.field), told(one.field), {"hint": _excerpt(one)}) for one in named]
    if form.validate_on_submit():
        if again := form.made_before():
            return again
        offered = {_key(one.field): one.field for one in (*texts, *named)}
        chosen = [offered[key] for key in (*(form.fields.data or ()), *(form.named.data or ())) if key in offered]
        try:
            made = ask_for_erasure(
                me(), (entity, entity_id), chosen, ground=form.ground.data, reason=form.reason.data,
            )
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash("Somebody else of information governance now has to confirm it. Nothing is erased yet.", "success")
            there = url_for("erasures.show", erasure_id=made[0].id) if len(made) == 1 else url_for("erasures.index")
            return form.made(there)
    return render_template(
        "erasures/new.html", form=form, title=title_of(entity, entity_id), texts=texts, named=named,
        record=f"{entity}:{entity_id}",
    ), 422 if form.is_submitted() else 200


def _texts_or_404(entity: str, entity_id: int) -> list[Doomed]:
    """Return the texts of a record that the person may see, or answer 404."""
    record = Field(ACT, entity_id, "@reason") if entity == ACT else Field(entity, entity_id, "")
    partnership_id = partnership_of(record)
    if partnership_id is not None:
        partnership_or_404(partnership_id)
    texts = texts_of(entity, entity_id)
    if not texts and (entity == ACT or row_of(entity, entity_id) is None):
        abort(404)
    return texts


def _key(field: Field) -> str:
    return written_fields([field])


def _excerpt(text: Doomed) -> str:
    words = text.wordings[-1]
    more = f" (and {len(text.wordings) - 1} earlier wordings)" if len(text.wordings) > 1 else ""
    return (words if len(words) <= EXCERPT else words[:EXCERPT].rstrip() + "…") + more


@blueprint.route("/erasures/<int:erasure_id>", methods=["GET", "POST"])
@allow("erasure:see")
def show(erasure_id: int) -> ResponseReturnValue:
    """Show exactly what would be removed, and let somebody else confirm or decline it; later, what became of it."""
    row = visible_erasure(me(), erasure_id)
    if row is None:
        abort(404)
    if row.partnership_id is not None:
        partnership_or_404(row.partnership_id)
    if request.method == "POST" and not role_may(me().role, "erasure:confirm"):
        abort(403)
    fields = fields_in(row.fields)
    preview = doomed(whole(fields)) if row.is_pending else []
    form = DecisionForm(data={"seen": _mark(preview)})
    if row.requested_by_id == me().id:
        form.decision.choices = form.decision.choices[1:]
    if form.validate_on_submit():
        try:
            _decide(row, form, _mark(preview))
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash("Erased: it is gone for good." if row.outcome == CONFIRMED else "It stays.", "success")
            return redirect(url_for("erasures.show", erasure_id=row.id))
    return render_template(
        "erasures/show.html", form=form, row=row, preview=preview, told=told, title=title_of(row.entity, row.entity_id),
        gone=[] if row.is_pending else [told(field) for field in fields], ground=GROUND_BY_KEY[row.ground],
        outcomes=OUTCOMES, holds=holds_on(fields) if row.is_pending else (), is_own=row.requested_by_id == me().id,
        may_decide=row.is_pending and role_may(me().role, "erasure:confirm"),
        swept=is_swept(current_app.config["REGISTER"]), title_of=title_of,
    ), 422 if form.is_submitted() else 200


def _mark(preview: Sequence[Doomed]) -> str:
    return hashlib.sha256(repr(preview).encode()).hexdigest()


def _decide(row: Erasure, form: DecisionForm, shown: str) -> None:
    if form.decision.data == "decline":
        decline_erasure(me(), row, form.reason.data)
    elif form.decision.data != "confirm":
        raise Refusal("Choose whether to erase it.", "decision")
    elif row.is_pending and form.seen.data != shown:
        form.seen.data = shown
        raise Refusal("What would go is no longer what you saw. Read it again, then decide.", "decision")
    else:
        confirm_erasure(me(), row)
