"""One flag: the argument, what helps, what was answered and what came of it; and answering it."""

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from register.clock import clocks_now
from register.partnerships.models import Partnership
from register.partnerships.visibility import may
from register.refusals import Refusal
from register.risk.actions import Help, help_for
from register.risk.answer_lookups import answers_of, possible_owners, told
from register.risk.changes import answer_flag
from register.risk.entries import Entry
from register.risk.flags import Flag
from register.risk.plan_lookups import what_came
from register.risk.rules import RULE_BY_KEY
from register.risk.watchlist import entry_of
from register.web.flag_forms import AnswerForm
from register.web.partnership_page import ReasonUrl
from register.web.security import allow, me, partnership_or_404

blueprint = Blueprint("flags", __name__)

DONE = {
    "acknowledged": "The flag is acknowledged.",
    "planned": "The plan is kept. The flag comes back on its day.",
    "deferred": "The flag is deferred. It opens again by itself.",
    "closed": "The flag is closed. It opens again when its reasons change.",
}


@blueprint.route("/partnerships/<int:partnership_id>/flags/<rule>", methods=["GET", "POST"])
@allow("partnership:see")
def show(partnership_id: int, rule: str) -> ResponseReturnValue:
    """Show the flag of a rule in a partnership, and take the answer of those who may give one."""
    action = "flag:answer" if request.method == "POST" else "partnership:see"
    partnership = partnership_or_404(partnership_id, action)
    entry = entry_of(partnership.id, clocks_now())
    flag = _flag(entry, rule)
    answers = answers_of(partnership.id, rule)
    if rule not in RULE_BY_KEY or (flag is None and not answers):
        abort(404)
    form = _form(partnership, rule, str(answers[-1].id) if answers else "")
    if flag is not None and form.validate_on_submit():
        if again := form.made_before():
            return again
        try:
            _check_latest(form, str(answers[-1].id) if answers else "")
            answered = answer_flag(me(), partnership, flag, form.read())
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash(DONE[answered.kind], "success")
            return form.made(url_for("flags.show", partnership_id=partnership.id, rule=rule))
    elif flag is None and form.is_submitted():
        form.show(Refusal("The flag is no longer raised: there is nothing to answer."))
    given, on = told(answers), clocks_now().on
    page = render_template(
        "flags/show.html",
        form=form,
        partnership=partnership,
        rule=RULE_BY_KEY[rule],
        flag=flag,
        entry=entry,
        state=entry.state_of(flag) if entry and flag else None,
        answers=given,
        helps=_helps(rule),
        part=request.args.get("part", ""),
        came=what_came(partnership.id, given, on),
        on=on,
        reason_url=ReasonUrl(partnership.id),
        may_answer=flag is not None and may(me(), "flag:answer", partnership.id),
    )
    return page, 422 if form.is_submitted() else 200


def _flag(entry: Entry | None, rule: str) -> Flag | None:
    return next((flag for flag in entry.flags if flag.rule == rule), None) if entry else None


def _helps(rule: str) -> tuple[Help, ...]:
    """Return what helps; `?part=` names the determinant that somebody came from."""
    return help_for(rule, request.args.get("part", ""))


def _form(partnership: Partnership, rule: str, latest: str) -> AnswerForm:
    """Return the form; `?help=1` of the address fills in the first of what helps as a plan."""
    helps, asked = _helps(rule), request.args.get("help", type=int) or 0
    chosen = helps[asked - 1].action if 1 <= asked <= len(helps) else None
    owner = str(partnership.lead_officer_id or "")
    form = AnswerForm(answered=latest, action=chosen, kind="planned" if chosen else None, owner_id=owner)
    form.owner_id.choices = [
        SelectChoice("", "Choose a person"),
        *(
            SelectChoice(str(person.id), f"{person.name}, {person.job_title}" if person.job_title else person.name)
            for person in possible_owners(partnership.id, is_restricted=partnership.is_restricted)
        ),
    ]
    return form


def _check_latest(form: AnswerForm, latest: str) -> None:
    """Refuse an answer by somebody who has not seen the latest one."""
    if form.answered.data != latest:
        form.answered.data, form.answered.raw_data = latest, None
        raise Refusal("Somebody answered this meanwhile: see their answer. Send yours again to replace it.", "kind")
