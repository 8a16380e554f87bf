"""Who looks after a partnership: officers, leads and named leaders, and whether it is restricted to them."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from register.accounts.lookups import people
from register.accounts.models import Person
from register.database import db
from register.network.changes import forget_measures
from register.partnerships import member_changes
from register.partnerships.kinds import MEMBER_PARTS
from register.partnerships.lookups import members
from register.partnerships.models import Member, Partnership
from register.refusals import Refusal
from register.risk.kept_changes import forget_surveys
from register.trust.changes import set_restriction
from register.web.choosing import record_choices, record_select, word_radios
from register.web.clocks import asked_clocks
from register.web.conflicts import conflict
from register.web.forms import CreateForm, EditForm, Form
from register.web.security import allow, may_now, me, partnership_or_404
from register.web.texts import OneLine

blueprint = Blueprint("members", __name__)


class MemberForm(CreateForm):
    """Give a person a part in a partnership, or another part than before."""

    person_id = record_select("Person", "Choose a person from the list.")
    part = word_radios("Part", MEMBER_PARTS, "Choose the person’s part.")

    def offer(self, chosen: list[Person]) -> None:
        """Set who can be chosen."""
        self.person_id.choices = record_choices(
            ((person.id, f"{person.name}, {person.role_name}") for person in chosen),
            "Choose a person",
        )


class RestrictionForm(EditForm):
    """Restrict a partnership, or open it, with the reason."""

    reason = StringField("Why?", [OneLine("The reason", "Say why: the reason stands in the history.")])


@blueprint.route("/partnerships/<int:partnership_id>/members", methods=["GET", "POST"])
@allow("partnership:see")
def index(partnership_id: int) -> ResponseReturnValue:
    """Show who looks after a partnership; a lead gives and changes parts here."""
    partnership = partnership_or_404(partnership_id)
    may_set = may_now("partnership:members", partnership.id)
    form = MemberForm(data={"part": "officer"})
    form.offer([*people("officer", active_only=True), *people("leader", active_only=True)])
    if form.is_submitted() and not may_set:
        abort(403)
    if form.validate_on_submit():
        if again := form.made_before():
            return again
        try:
            member = member_changes.set_member(me().actor, partnership, form.person_id.data, form.part.data or "")
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash(f"{member.person.name} has a part in this partnership.", "success")
            return form.made(url_for("members.index", partnership_id=partnership.id))
    return _page(partnership, form, may_set=may_set)


def _page(partnership: Partnership, form: MemberForm, *, may_set: bool) -> ResponseReturnValue:
    return render_template(
        "members/index.html",
        form=form,
        partnership=partnership,
        may_set=may_set,
        members=members(partnership.id, asked_clocks()),
    ), 422 if form.is_submitted() else 200


@blueprint.route("/partnerships/<int:partnership_id>/members/<int:member_id>/end", methods=["GET", "POST"])
@allow("partnership:members")
def end(partnership_id: int, member_id: int) -> ResponseReturnValue:
    """Ask, then end a person's part."""
    partnership = partnership_or_404(partnership_id, "partnership:members")
    member = db.session.get(Member, member_id)
    if member is None or member.partnership_id != partnership.id:
        abort(404)
    form = Form()
    back = url_for("members.index", partnership_id=partnership.id)
    if member.ended_at is not None:
        return redirect(back)
    if form.validate_on_submit():
        try:
            member_changes.end_member(me().actor, member)
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash(f"The part of {member.person.name} has ended.", "success")
            return redirect(url_for("partnerships.index") if member.person_id == me().id else back)
    return render_template(
        "members/end.html",
        form=form,
        partnership=partnership,
        member=member,
    ), 422 if form.is_submitted() else 200


@blueprint.route("/partnerships/<int:partnership_id>/restriction", methods=["GET", "POST"])
@allow("partnership:members")
def restrict(partnership_id: int) -> ResponseReturnValue:
    """Ask for the reason, then restrict an open partnership or open a restricted one."""
    partnership = partnership_or_404(partnership_id, "partnership:members")
    form = RestrictionForm(version=partnership.version)
    back = url_for("members.index", partnership_id=partnership.id)
    if form.validate_on_submit():
        if form.is_stale(partnership):
            return conflict(form, partnership, back)
        wanted = not partnership.is_restricted
        try:
            set_restriction(me().actor, partnership, is_restricted=wanted, reason=form.reason.data)
            if wanted:
                _forget_what_others_see()
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash("The partnership is restricted." if wanted else "All staff see the partnership again.", "success")
            return redirect(back)
    return render_template(
        "members/restrict.html",
        form=form,
        partnership=partnership,
        members=members(partnership.id),
    ), 422 if form.is_submitted() else 200


def _forget_what_others_see() -> None:
    """Let nothing stand that was worked out with a partnership while all saw it: other rows may name who is in it."""
    forget_surveys()
    forget_measures()
