"""The edge of a request: one commit after a successful write, a rollback after anything else."""

from flask import Flask, Response, current_app, request

from register.database import db
from register.database.engine import set_reading
from register.history.checkpointing import checkpoint_if_due
from register.history.sweeping import after_erasing

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FIRST_ERROR = 400


def install(app: Flask) -> None:
    """Begin and end each request's transaction here, and nowhere else."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    """Take SQLite's write lock only for requests that may write."""
    set_reading(only=request.method in SAFE_METHODS)


def _end(response: Response) -> Response:
    """Keep what a successful unsafe request did; a GET never commits."""
    if request.method not in SAFE_METHODS and response.status_code < FIRST_ERROR:
        db.session.commit()
        checkpoint_if_due(current_app.config["REGISTER"])
        after_erasing(current_app.config["REGISTER"])
    else:
        db.session.rollback()
    return response


def commit_now() -> None:
    """Keep something although the request is refused: a failed try to sign in has to count."""
    db.session.commit()
