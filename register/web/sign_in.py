"""Signing in and out."""

import re

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import EmailField, HiddenField, PasswordField

from register.accounts import changes
from register.refusals import Refusal
from register.web.edge import commit_now
from register.web.forms import Form
from register.web.identity import forget, remember
from register.web.security import public

UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")

blueprint = Blueprint("sign_in", __name__)


class SignInForm(Form):
    """Who, and the password."""

    email = EmailField("Email address")
    password = PasswordField("Password")
    next = HiddenField()


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Let somebody in, or say that the address or the password is wrong, never which."""
    if current_user.is_authenticated and request.method == "GET":
        return redirect(url_for("home.home"))
    form = SignInForm(data={"next": request.args.get("next")})
    if form.validate_on_submit():
        try:
            _person, token = changes.sign_in(
                form.email.data or "", form.password.data or "", request.remote_addr or "unknown",
            )
        except Refusal as refusal:
            commit_now()
            form.show(refusal)
        else:
            remember(token)
            return redirect(safe_target(form.next.data))
    return render_template("sign_in/sign_in.html", form=form), 422 if form.is_submitted() else 200


@blueprint.route("/sign-out", methods=["POST"])
@public
def sign_out() -> ResponseReturnValue:
    """End the session on the server: a copy of the cookie is worth nothing from now on."""
    token = forget()
    if token:
        changes.sign_out(token)
    flash("You have signed out.", "success")
    return redirect(url_for("sign_in.sign_in"))


def safe_target(target: str | None) -> str:
    """Return an address of this register to go to; anything that leads elsewhere becomes the home page.

    Browsers take a backslash for a slash, and drop tabs and line ends: an address with one of them is not ours either.
    """
    if not target or UNSAFE.search(target) or not target.startswith("/") or target.startswith("//"):
        return url_for("home.home")
    return target
