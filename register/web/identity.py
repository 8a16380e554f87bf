"""Who is signed in: flask-login over sessions kept on the server, so that a copied cookie dies with the sign-out."""

from flask import Flask, g, session
from flask_login import LoginManager

from register.accounts.changes import person_of
from register.accounts.models import Person
from register.web.api.access import bearer
from register.web.api.problems import is_for_programs

TOKEN = "token"  # noqa: S105 - the name under which the cookie holds it


def install(app: Flask) -> None:
    """Let flask-login find the person by the token in the signed cookie."""
    manager = LoginManager()
    manager.init_app(app)
    manager.request_loader(lambda _request: bearer() if is_for_programs() else current_person())


def current_person() -> Person | None:
    """Return who is signed in, asked of the database once a request."""
    if "person" not in g:
        token = session.get(TOKEN)
        g.person = person_of(token) if isinstance(token, str) else None
    found: Person | None = g.person
    return found


def remember(token: str) -> None:
    """Put a new session's token into the cookie; everything of an earlier one goes."""
    session.clear()
    session[TOKEN] = token


def forget() -> str | None:
    """Take the token out of the cookie and return it."""
    token = session.get(TOKEN)
    session.clear()
    return token if isinstance(token, str) else None
