"""The page for whoever waited in vain for others who write: what they typed goes along, to be sent again."""

from flask import current_app, request
from flask.typing import ResponseReturnValue

from register.database import db
from register.web.api.problems import is_for_programs, problem
from register.web.edge import SAFE_METHODS

BUSY = 503
SECONDS = 30
"""After which another try may well go through: a large import takes about so long."""
SECRET = ("password", "code", "secret")
"""What is in the names of inputs that are never written into a page."""


def busy() -> ResponseReturnValue:
    """Say that somebody else is writing, and keep everything typed in a form of one button that sends it again."""
    db.session.rollback()
    again = {"Retry-After": str(SECONDS)}
    if is_for_programs():
        return problem(BUSY, headers=again)
    typed = [(name, value) for name, values in request.form.lists() for value in values]
    can_be_sent = request.method not in SAFE_METHODS and bool(typed) and not request.files
    page = current_app.jinja_env.get_template("errors/503.html").render(
        typed=typed if can_be_sent and not any(map(_is_secret, request.form)) else (),
        shown=[value for name, value in typed if len(value) >= WORTH_SHOWING and name not in OUR_OWN],
        address=request.full_path.rstrip("?"),
    )
    return page, BUSY, again


WORTH_SHOWING = 20
"""Characters of an input that somebody would not like to type once more."""
OUR_OWN = ("csrf_token", "form_key")


def _is_secret(name: str) -> bool:
    return any(word in name.casefold() for word in SECRET)
