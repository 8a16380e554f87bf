"""The pages that say why something cannot be shown, always with a way back."""

from flask import Flask, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy import select
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import BadHost, HTTPException

from register.database import db
from register.database.engine import is_busy
from register.database.models import Submission
from register.refusals import Refusal
from register.web.api.problems import is_for_programs, problem, wrongs
from register.web.busy import busy
from register.web.edge import SAFE_METHODS

OWN_PAGES = (403, 404, 409, 413, 429)
FAILED, TOO_LARGE = 500, 413
KEPT_HEADERS = ("Allow", "Retry-After")


def install(app: Flask) -> None:
    """Answer each kind of failure with its own page."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(BadHost, _nowhere)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(IntegrityError, _made_twice)
    app.register_error_handler(OperationalError, _failed)
    app.register_error_handler(DataError, _beyond)
    app.register_error_handler(OverflowError, _beyond)
    app.register_error_handler(Exception, _failed)


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or FAILED
    if error.get_response().location:
        return error.get_response()
    if code == FAILED:
        return _failed(getattr(error, "original_exception", None) or error)
    if is_for_programs():
        return _problem(error, code)
    template = f"errors/{code}.html" if code in OWN_PAGES else "errors/400.html"
    page = render_template(template, message=_said(error, code))
    return page, code, {name: value for name, value in error.get_headers() if name in KEPT_HEADERS}


def _nowhere(_error: BadHost) -> ResponseReturnValue:
    """Answer a request to a host that no host can be: no page can be drawn, whose links would lead nowhere."""
    return "There is no such host.", 400, {"Content-Type": "text/plain; charset=utf-8"}


def _said(error: HTTPException, code: int) -> str | None:
    """Return what a page says beyond its own words: of what is too large, how much may be sent."""
    if code == TOO_LARGE and request.max_content_length:
        most = request.max_content_length // 1_000_000
        return f"What you sent is larger than the {most} MB that this register takes here. Nothing was kept of it."
    return error.description if code not in OWN_PAGES else None


def _problem(error: HTTPException, code: int) -> ResponseReturnValue:
    """Tell a program what is wrong: what its views refuse by name, or what the library found in what was sent."""
    detail = error.description if error.description != type(error).description else None
    found = getattr(error, "errors", None) or list(wrongs(getattr(error, "data", {}).get("messages", {})))
    kept = {name: value for name, value in error.get_headers() if name in KEPT_HEADERS}
    return problem(code, None if found else detail, found, kept)


def _expired(_error: CSRFError) -> ResponseReturnValue:
    message = (
        "This form is too old, or you signed in again meanwhile. Go back: what you typed is still there. Copy it, "
        "reload the page, and send it again."
    )
    return render_template("errors/400.html", message=message), 400


def _refused(refusal: Refusal) -> ResponseReturnValue:
    """Show a refusal that no form took: an address with a day that does not exist, for example."""
    if is_for_programs():
        return problem(422, None, [{"field": refusal.field or "", "detail": refusal.message}])
    return render_template("errors/400.html", message=refusal.message), 400


def _overtaken(_error: StaleDataError) -> ResponseReturnValue:
    db.session.rollback()
    return problem(409) if is_for_programs() else (render_template("errors/409.html", message=None), 409)


def _made_twice(error: IntegrityError) -> ResponseReturnValue:
    """Lead to the record of a form that was sent twice at the very same time: the other one made it first."""
    db.session.rollback()
    key = request.form.get("form_key", "")
    earlier = db.session.scalar(select(Submission.location).where(Submission.key == key)) if key else None
    return redirect(earlier) if earlier else _failed(error)


def _beyond(error: Exception) -> ResponseReturnValue:
    """Answer 404 to an address with a value that no record can have, such as a number of thirty digits or a null."""
    if request.method not in SAFE_METHODS:
        return _failed(error)
    db.session.rollback()
    return problem(404) if is_for_programs() else (render_template("errors/404.html", message=None), 404)


def _failed(error: Exception) -> ResponseReturnValue:
    """Say that something failed, with nothing of its inside; the log has it."""
    if isinstance(error, OperationalError) and is_busy(error):
        return busy()
    current_app.logger.error("Failed on %s", request.path, exc_info=error)
    db.session.rollback()
    if is_for_programs():
        return problem(FAILED)
    # Drawn without the frame: what the frame asks may be what failed.
    return current_app.jinja_env.get_template("errors/500.html").render(), 500
