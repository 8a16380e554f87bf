"""The rules of risk: trying other thresholds on the past, proposing them, confirming what somebody else proposed."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from register.accounts.permissions import NO, ROLE_STANDINGS, cell, role_may
from register.clock import clocks_now, today
from register.database import db
from register.refusals import Refusal
from register.risk.models import RuleSet
from register.risk.rule_changes import confirm_rule_set, decline_rule_set, propose_rule_set
from register.risk.rule_lookups import as_thresholds, proposals, thresholds_in_force
from register.risk.rules import RULE_BY_KEY
from register.risk.thresholds import PLACES, THRESHOLDS, Difference, Thresholds, base_of, differences
from register.risk.trial import Trial, try_out
from register.web.forms import CreateForm, Form
from register.web.security import allow, me

blueprint = Blueprint("rules", __name__)

DIGITS = 15
"""A number with more is no threshold."""
PLACE_CHOICES = [SelectChoice("", "All partnerships"), *(
    SelectChoice(key, name, optgroup="Of one kind" if key.startswith("kind:") else "Of one significance")
    for key, name in PLACES.items()
)]
THRESHOLD_CHOICES = [
    SelectChoice(one.key, f"{one.words} ({one.unit})", optgroup=RULE_BY_KEY[one.rule].name) for one in THRESHOLDS
]


class TrialForm(CreateForm):
    """One threshold to try, and the reason to propose it."""

    threshold = SelectField("Threshold", choices=THRESHOLD_CHOICES, validate_choice=False)
    place = SelectField("For", choices=PLACE_CHOICES, validate_choice=False)
    value = StringField("New value")
    reason = StringField("Why they should change")

    def tried(self, current: Thresholds) -> Thresholds:
        """Return the set in force with the one threshold changed."""
        return current.with_([(self.place.data or "", self.threshold.data or "", number(self.value.data))])


class DecisionForm(Form):
    """What somebody decides on a proposal."""

    decision = RadioField("What do you decide?", validate_choice=False, choices=[
        SelectChoice("confirm", "Put them in force"), SelectChoice("decline", "Decline them"),
    ])


class Outcome(NamedTuple):
    """What a page shows of a trial."""

    changes: Sequence[Difference]
    trial: Trial | None
    """None for those who see no partnerships."""


def number(text: str | None) -> float:
    """Return a number as people write it: 1,000,000 or 2.5."""
    plain = (text or "").replace(",", "").replace("£", "").replace("%", "").strip()
    try:
        if len(plain) > DIGITS or not plain.isascii():
            raise ValueError
        return float(plain)
    except ValueError as error:
        raise Refusal("Enter a number, such as 90.", "value") from error


@blueprint.route("/rules/trial", methods=["GET", "POST"])
@allow("rules:propose")
def trial() -> ResponseReturnValue:
    """Try one threshold on the past 24 months (`?threshold=...&value=...`), and propose it with a reason."""
    current = thresholds_in_force(clocks_now())
    form = TrialForm(request.args) if request.method == "GET" else TrialForm()
    outcome = None
    if form.is_submitted() and form.validate():
        if again := form.made_before():
            return again
        try:
            row = propose_rule_set(me(), form.tried(current), form.reason.data)
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash("Proposed. Another senior leader has to confirm it.", "success")
            return form.made(url_for("rules.proposal", rule_set_id=row.id))
    if "threshold" in (request.args if request.method == "GET" else request.form):
        outcome = _outcome(form, current)
    return render_template(
        "rules/trial.html", form=form, current=current, outcome=outcome, proposals=proposals(), places=PLACES,
        rules=RULE_BY_KEY,
    ), 422 if form.is_submitted() or form.errors else 200


def _outcome(form: TrialForm, current: Thresholds) -> Outcome | None:
    """Return what the form's threshold would have raised; a refusal goes to its field, once."""
    try:
        return outcome_of(current, form.tried(current))
    except Refusal as refusal:
        if not form.errors:
            form.show(refusal)
        return None


def outcome_of(current: Thresholds, tried: Thresholds) -> Outcome:
    """Return what differs between two sets, and what the second would have raised, as the signed-in person may see."""
    changes = differences(current, tried)
    if cell("partnership:see", ROLE_STANDINGS[me().role]) == NO:
        return Outcome(changes, None)
    rules = frozenset(change.threshold.rule for change in changes)
    return Outcome(changes, try_out(me(), current, tried, rules, today()) if rules else None)


@blueprint.route("/rules/<int:rule_set_id>", methods=["GET", "POST"])
@allow("rules:propose")
def proposal(rule_set_id: int) -> ResponseReturnValue:
    """Show a proposal with what it would have raised, and let somebody else decide on it."""
    row = db.session.get(RuleSet, rule_set_id)
    if row is None:
        abort(404)
    if request.method == "POST" and not role_may(me().role, "rules:change"):
        abort(403)
    form = DecisionForm()
    if form.validate_on_submit():
        try:
            _decide(row, form.decision.data)
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash(f"Rule set {row.number} is in force." if row.is_in_force else "The proposal is declined.", "success")
            return redirect(url_for("guidance.rules"))
    current = thresholds_in_force(clocks_now())
    is_current = row.is_pending and base_of(row.thresholds) == current.number
    return render_template(
        "rules/proposal.html", form=form, row=row, places=PLACES, rules=RULE_BY_KEY, is_current=is_current,
        outcome=outcome_of(current, as_thresholds(row)) if is_current else None,
        may_decide=row.is_pending and role_may(me().role, "rules:change"), is_own=row.proposed_by_id == me().id,
    ), 422 if form.is_submitted() else 200


def _decide(row: RuleSet, decision: str | None) -> None:
    if decision == "confirm":
        confirm_rule_set(me(), row)
    elif decision == "decline":
        decline_rule_set(me(), row)
    else:
        raise Refusal("Choose whether to put them in force.", "decision")
