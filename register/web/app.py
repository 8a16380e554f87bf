"""The application: an opened register with sign-in, permissions, pages and the edge that commits."""

from flask import Flask
from flask_wtf import CSRFProtect

from register.opening import open_register
from register.settings import Settings, from_environment, require_secret_key
from register.web import access, edge, errors, frame, identity, imports_upload, record_ids, security, surveys
from register.web.api import interface
from register.web.routes import BLUEPRINTS

LARGEST_REQUEST = 10 * 1024 * 1024
"""Bytes: a form of text. Files that are brought in may be larger, see `imports_upload`."""


def create_app(settings: Settings | None = None) -> Flask:
    """Return the register as a web application. Raises Refusal when a setting is missing."""
    settings = settings or from_environment()
    app = open_register(settings)
    app.config.update(
        SECRET_KEY=require_secret_key(settings),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        SESSION_COOKIE_NAME="register",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        # Without a Referer check a form also works behind a proxy that ends TLS; the token itself is checked always.
        WTF_CSRF_SSL_STRICT=False,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    record_ids.install(app)
    access.install(app)
    edge.install(app)
    surveys.install(app)
    imports_upload.install(app)
    csrf = CSRFProtect(app)
    identity.install(app)
    security.install(app)
    errors.install(app)
    frame.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    interface.install(app, csrf)
    return app
