"""Who may call which view, and the headers that keep a page to itself.

A view carries a mark: `@allow("partnership:see")` or `@public`. A view without one is refused to everybody.
"""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from register.accounts.models import Person
from register.accounts.permissions import PERMISSION_BY_ACTION, role_may
from register.partnerships.models import Partnership
from register.partnerships.visibility import may, visible_partnership
from register.web.access import saw_restricted
from register.web.api.problems import is_for_programs
from register.web.clocks import clocks_or_now, show_as_known

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

PUBLIC = "public"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
)


def allow(action: str) -> Callable[[View], View]:
    """Mark a view with the action of `accounts.permissions` that it performs. Raises KeyError for an unknown one."""
    PERMISSION_BY_ACTION[action]

    def mark(view: View) -> View:
        view.permission = action  # type: ignore[attr-defined]  # a mark on a function
        return view

    return mark


def public(view: View) -> View:
    """Mark a view that needs nobody signed in."""
    view.permission = PUBLIC  # type: ignore[attr-defined]  # a mark on a function
    return view


def permission_of(endpoint: str | None) -> str | None:
    """Return the mark of an endpoint's view; static files are public."""
    if endpoint is None or endpoint == "static":
        return PUBLIC
    return getattr(current_app.view_functions[endpoint], "permission", None)


def install(app: Flask) -> None:
    """Check the mark before each view, and set the headers after it."""
    app.before_request(_check)
    app.after_request(_set_headers)


def _check() -> ResponseReturnValue | None:
    mark = permission_of(request.endpoint)
    if mark == PUBLIC:
        return None
    if not current_user.is_authenticated:
        if is_for_programs():
            abort(401)
        target = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("sign_in.sign_in", next=target))
    if mark is None or not role_may(current_user.role, mark):
        abort(403)
    return None


def _set_headers(response: Response) -> Response:
    for name, value in HEADERS:
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def me() -> Person:
    """Return the signed-in person."""
    person: Person = current_user._get_current_object()  # noqa: SLF001 - the proxy's documented way to its object
    return person


def partnership_or_404(partnership_id: int, action: str = "partnership:see", *, is_own: bool = False) -> Partnership:
    """Return a partnership on which the person may do something: 404 when hidden or unknown, 403 when not allowed."""
    found = visible_partnership(me(), partnership_id)
    if found is None:
        abort(404)
    if found.is_restricted:
        saw_restricted(found.id)
    show_as_known(found)
    if not may(me(), action, found.id, is_own=is_own):
        abort(403)
    return found


def may_now(action: str, partnership_id: int, *, is_own: bool = False) -> bool:
    """Say whether a page offers to do something: where the person may, and never on a page that shows the past."""
    return clocks_or_now().is_now and may(me(), action, partnership_id, is_own=is_own)
