"""The page that verifies the history, says what was found, and what that does not prove."""

from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from wtforms import TextAreaField

from register.clock import LONDON, today
from register.history.comparison import WORDS
from register.history.lookups import head
from register.partnerships.lookups import organisations
from register.refusals import Refusal
from register.web.checkpoints import mail, newest
from register.web.days import short
from register.web.forms import Form
from register.web.history import blueprint
from register.web.security import allow, me
from register.web.verifying import run_of, start

LARGEST = 4_000_000
"""Bytes of checkpoints that are taken at once: some ten thousand."""
MOST_SHOWN = 200


class VerifyForm(Form):
    """What others hold."""

    held = TextAreaField("Checkpoints or receipts that were kept outside this register")
    file = FileField("Or a file of them")

    def brought(self) -> str:
        """Return all that was given. Raises Refusal for what is no text."""
        sent = self.file.data.read(LARGEST + 1) if self.file.data else b""
        if len(sent) + len(self.held.data or "") > LARGEST:
            raise Refusal("Give at most 4 MB of checkpoints at once.", "file")
        try:
            return f"{self.held.data or ''}\n\n{sent.decode('utf-8-sig')}".strip()
        except UnicodeDecodeError as error:
            raise Refusal("This file is no text. Give checkpoints as they were saved.", "file") from error


@blueprint.route("/history/verify", methods=["GET", "POST"])
@allow("history:verify")
def verification() -> ResponseReturnValue:
    """Verify on request, and say what was checked and what that does not prove."""
    form, run = VerifyForm(), run_of(me())
    if form.validate_on_submit():
        try:
            start(me(), form.brought())
        except Refusal as refusal:
            form.show(refusal)
        else:
            return redirect(url_for("history.verification"))
    if run.is_running():
        done, total = run.progress()
        return render_template("history/verifying.html", done=done, total=total)
    found = run.outcome()
    refused = "The verification was interrupted before its end. Start it again." if run.was_interrupted() else None
    if found and "refusal" in found:
        refused = str(found["refusal"])
        found = None
    page = render_template(
        "history/verify.html", form=form, found=found, refused=refused, last=head(), signed=newest(), mail=mail(),
        words=WORDS, verified=_when(found), most=MOST_SHOWN, bodies=_bodies(found),
    )
    return page, 422 if request.method == "POST" else 200


def _when(found: dict[str, Any] | None) -> str:
    """Return when a verification was, as a sentence has it: today at 06:02, on 23 November 2026 at 06:02."""
    if found is None:
        return ""
    at = datetime.fromisoformat(found["at"]).astimezone(LONDON)
    day = "today" if at.date() == today() else f"on {short(at.date())}"
    return f"{day} at {at:%H:%M}"


def _bodies(found: dict[str, Any] | None) -> dict[int, Any]:
    """Return the organisations whose figures are not equal."""
    named = ((found or {}).get("figures") or {}).get("named", ())
    return dict(organisations({one[side] for one in named for side in ("rater_id", "ratee_id")}))
