"""The application for WSGI servers (`gunicorn wsgi:app`) and `flask --app wsgi`; settings come from the environment."""

import click

from register.refusals import Refusal
from register.web.app import create_app

try:
    app = create_app()
except Refusal as refusal:
    # `flask` prints this as one sentence; a server prints it last and gives up instead of trying again for ever.
    raise click.ClickException(refusal.message) from None
