"""Promises: read one with every answer given about it, and say what became of it."""

from typing import NamedTuple

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice

from register.accounts.models import Person
from register.clock import clocks_now, today
from register.database import db
from register.interactions.commitment_changes import settle_commitment
from register.interactions.commitment_lookups import (
    CommitmentState,
    settlements_of,
    states_of,
    successors_of,
)
from register.interactions.kinds import OUTCOMES
from register.interactions.models import Commitment, Settlement
from register.partnerships.visibility import may
from register.refusals import Refusal
from register.web.forms import CreateForm, DayField
from register.web.interaction_story import stamp
from register.web.security import allow, me, partnership_or_404

blueprint = Blueprint("commitments", __name__)

MEANINGS = {
    "kept": "Done by its day. Counts fully for whoever promised.",
    "late": "Done after its day. Counts half.",
    "broken": "Not done, and it will not be. Counts against whoever promised, and raises a flag.",
    "renegotiated": "Both sides agreed on another day. Counts neither way; the new promise is kept beside this one.",
    "withdrawn": "Nobody needs it any more. Counts neither way.",
}
"""What each answer does to the figure, said where it is chosen."""


class SettleForm(CreateForm):
    """What became of a promise."""

    answered = HiddenField()
    outcome = RadioField(
        "What became of it?", validate_choice=False,
        choices=[SelectChoice(outcome.key, outcome.name, {"hint": MEANINGS[outcome.key]}) for outcome in OUTCOMES],
    )
    settled_on = DayField("On which day?", default=today)
    note = StringField("In a few words (optional)")
    new_due_on = DayField("New day")
    new_what = StringField("What is promised now")


class Answer(NamedTuple):
    """One answer that was given about a promise."""

    settlement: Settlement
    by: str
    recorded: str


@blueprint.route("/commitments/<int:commitment_id>", methods=["GET", "POST"])
@allow("interaction:see")
def settle(commitment_id: int) -> ResponseReturnValue:
    """Show a promise, and take the answer from those who look after the partnership."""
    state = _state_or_404(commitment_id)
    commitment = state.commitment
    partnership = partnership_or_404(commitment.partnership_id, _action())
    answers = _answers(commitment.id)
    latest = str(answers[-1].settlement.id) if answers else ""
    form = SettleForm(answered=latest, new_what=commitment.what)
    if form.validate_on_submit():
        if again := form.made_before():
            return again
        try:
            _check_latest(form, latest)
            settle_commitment(
                me(), partnership, commitment, form.outcome.data or "", settled_on=form.settled_on.data,
                note=form.note.data, new_due_on=form.new_due_on.data, new_what=form.new_what.data,
            )
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash("The answer is kept, and counts from now on.", "success")
            return form.made(url_for("commitments.settle", commitment_id=commitment.id))
    page = render_template(
        "commitments/settle.html", form=form, state=state, commitment=commitment, partnership=partnership,
        answers=answers, successors=successors_of(commitment.id),
        may_settle=may(me(), "interaction:log", partnership.id),
    )
    return page, 422 if form.is_submitted() else 200


def _action() -> str:
    return "interaction:log" if request.method == "POST" else "interaction:see"


def _state_or_404(commitment_id: int) -> CommitmentState:
    found = states_of(Commitment.id == commitment_id, clocks_now()) if commitment_id < 2**31 else []
    if not found:
        abort(404)
    return found[0]


def _answers(commitment_id: int) -> list[Answer]:
    rows = settlements_of(commitment_id)
    names = dict(db.session.execute(
        select(Person.id, Person.name).where(Person.id.in_([row.recorded_by_id for row in rows])),
    ).all())
    return [Answer(row, names[row.recorded_by_id], stamp(row.recorded_at)) for row in rows]


def _check_latest(form: SettleForm, latest: str) -> None:
    """Refuse an answer by somebody who has not seen the latest one."""
    if form.answered.data != latest:
        form.answered.data, form.answered.raw_data = latest, None
        message = "Somebody answered this meanwhile; their answer is below. Send yours again to change it, and say why."
        raise Refusal(message, "outcome")
