"""Who asks: the bearer of a token, never whoever happens to be signed in in a browser."""

from http import HTTPStatus

from flask import abort, g, request

from register.accounts.models import ApiToken, Person
from register.accounts.token_changes import LOG, READ, good_token

SCHEME = "bearer"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def bearer() -> Person | None:
    """Return whose token the request carries, None when it carries none that is good."""
    if "bearer" not in g:
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        g.bearer = good_token(secret.strip()) if kind.lower() == SCHEME else None
    found: tuple[ApiToken, Person] | None = g.bearer
    return found[1] if found else None


def check_scope() -> None:
    """Refuse what the token is not good for; `security` has asked by now who the bearer is and what they may do."""
    found: tuple[ApiToken, Person] | None = g.get("bearer")
    needed = READ if request.method in SAFE_METHODS else LOG
    if found and needed not in found[0].scope_keys:
        abort(HTTPStatus.FORBIDDEN, f"This token is not good for this: it lacks the scope “{needed}”.")
