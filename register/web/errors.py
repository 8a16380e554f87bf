"""The pages that say why something cannot be shown, always with a way back."""

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from register.database import db
from register.refusals import Refusal

OWN_PAGES = (403, 404, 409, 413, 429)


def install(app: Flask) -> None:
    """Answer each kind of failure with its own page."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(Exception, _failed)


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if error.get_response().location:
        return error.get_response()
    template = f"errors/{code}.html" if code in OWN_PAGES else "errors/400.html"
    return render_template(template, message=error.description if code not in OWN_PAGES else None), code


def _expired(_error: CSRFError) -> ResponseReturnValue:
    message = "This form is too old, or you signed in again meanwhile. Go back, reload the page and send it again."
    return render_template("errors/400.html", message=message), 400


def _refused(refusal: Refusal) -> ResponseReturnValue:
    """Show a refusal that no form took: an address with a day that does not exist, for example."""
    return render_template("errors/400.html", message=refusal.message), 400


def _overtaken(_error: StaleDataError) -> ResponseReturnValue:
    db.session.rollback()
    return render_template("errors/409.html", message=None), 409


def _failed(error: Exception) -> ResponseReturnValue:
    """Say that something failed, with nothing of its inside; the log has it."""
    current_app.logger.error("Failed on %s", request.path, exc_info=error)
    db.session.rollback()
    # Drawn without the frame: what the frame asks may be what failed.
    return current_app.jinja_env.get_template("errors/500.html").render(), 500
