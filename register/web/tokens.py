"""The page of one's own tokens: see them, make one that is shown once, end one."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice

from register.accounts.models import ApiToken
from register.accounts.token_changes import LIFETIMES, SCOPES, end_token, is_good, issue_token, tokens_of
from register.database import db
from register.refusals import Refusal
from register.web.forms import CreateForm, Form
from register.web.security import allow, me

blueprint = Blueprint("tokens", __name__)


class TokenForm(CreateForm):
    """A token to be made."""

    name = StringField("What it is for", description="Such as: the dashboard in the chief executive’s office.")
    scopes = SelectMultipleField(
        "What it is good for",
        choices=[SelectChoice(scope.key, scope.words) for scope in SCOPES],
        default=["read"],
        validate_choice=False,
    )
    days = RadioField(
        "How long it lasts",
        choices=[SelectChoice(str(days), f"{days} days") for days in LIFETIMES],
        default=str(LIFETIMES[1]),
        validate_choice=False,
    )


@blueprint.get("/tokens")
@allow("token:use")
def index() -> ResponseReturnValue:
    """List one's tokens, those that ended too."""
    rows = [(token, is_good(token)) for token in tokens_of(me())]
    return render_template("tokens/index.html", rows=rows, scopes={scope.key: scope.words for scope in SCOPES})


@blueprint.route("/tokens/new", methods=["GET", "POST"])
@allow("token:use")
def new() -> ResponseReturnValue:
    """Make a token, and show it this once."""
    form = TokenForm()
    if form.validate_on_submit():
        if again := form.made_before():
            return again
        days = next((days for days in LIFETIMES if str(days) == form.days.data), 0)
        try:
            token, secret = issue_token(me(), form.name.data, form.scopes.data or (), days)
        except Refusal as refusal:
            form.show(refusal)
        else:
            form.made(url_for("tokens.index"))
            return render_template("tokens/shown.html", token=token, secret=secret)
    return render_template("tokens/new.html", form=form), 422 if form.is_submitted() else 200


@blueprint.route("/tokens/<int:token_id>/end", methods=["GET", "POST"])
@allow("token:use")
def end(token_id: int) -> ResponseReturnValue:
    """Ask, then end one of one's tokens."""
    token = db.session.get(ApiToken, token_id)
    if token is None or token.person_id != me().id:
        abort(404)
    form = Form()
    if form.validate_on_submit():
        end_token(me(), token)
        flash(f"The token “{token.name}” no longer opens anything.", "success")
        return redirect(url_for("tokens.index"))
    return render_template("tokens/end.html", form=form, token=token)
