"""What the access log keeps of requests: files taken away, and what is read while the restricted records are open.

A GET keeps nothing of what it did: `edge` rolls it back. This is the one exception, and it writes one row of one table:
once the answer is made and its transaction is over, the log is added to in a transaction of its own. An opening lasts
eight hours, so that an auditor can follow a thread from page to page; the log names each page that was read under it,
which a form to be sent before each page would do no better. Where the log cannot be written, the page is not shown.
"""

from flask import Flask, Response, g, request
from flask_login import current_user

from register.accounts.access_log import note_access
from register.accounts.models import RestrictedAccess
from register.accounts.permissions import RECORDED, ROLE_STANDINGS, cell
from register.database import db
from register.database.engine import set_reading
from register.partnerships.visibility import opening_of
from register.web.edge import FIRST_ERROR, SAFE_METHODS

UNREAD = frozenset({"static", "guidance", "clocks", "sign_in"})
"""Blueprints whose pages hold no records."""


def install(app: Flask) -> None:
    """Note what was read after each request; to be installed before the edge, whose end comes first then."""
    app.after_request(_note)


def saw_restricted(partnership_id: int) -> None:
    """Remember for the log that this request shows a restricted partnership."""
    g.restricted_seen = partnership_id


def _note(response: Response) -> Response:
    if response.status_code >= FIRST_ERROR or not _is_worth_asking(response):
        return response
    opening = opening_of(current_user) if _is_recorded() else None
    kind = _kind(response, opening)
    if kind is not None:
        set_reading(only=False)
        db.session.rollback()
        note_access(
            current_user._get_current_object(),  # noqa: SLF001 - the proxy's documented way to its object
            kind, request.full_path.rstrip("?"), partnership_id=g.get("restricted_seen"), opening=opening,
        )
        db.session.commit()
    return response


def _is_worth_asking(response: Response) -> bool:
    """Say whether the log may want this request: nearly all others cost nothing here."""
    if (request.endpoint or "static").partition(".")[0] in UNREAD or not current_user.is_authenticated:
        return False
    return _is_file(response) or (request.method in SAFE_METHODS and _is_recorded())


def _is_recorded() -> bool:
    return cell("partnership:see-restricted", ROLE_STANDINGS[current_user.role]) == RECORDED


def _is_file(response: Response) -> bool:
    return response.headers.get("Content-Disposition", "").startswith("attachment")


def _kind(response: Response, opening: RestrictedAccess | None) -> str | None:
    if _is_file(response):
        return "download"
    if opening is None:
        return None
    return "restricted" if g.get("restricted_seen") else "opened"
