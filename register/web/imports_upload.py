"""How large a file may be that is brought in: larger than any form, and only where files are brought in."""

from flask import Flask, request
from flask_login import current_user

from register.accounts.permissions import role_may
from register.exchange.reading.uploads import LARGEST

ENDPOINT = "imports.new"
BESIDES = 100_000
"""Bytes of a form beside its file."""


def install(app: Flask) -> None:
    """Say so before anything reads the form, as the check of its token does."""
    app.before_request(_allow_files)


def _allow_files() -> None:
    is_upload = request.endpoint == ENDPOINT and request.method == "POST"
    if is_upload and current_user.is_authenticated and role_may(current_user.role, "register:import"):
        request.max_content_length = LARGEST + BESIDES
