"""The register for WSGI servers and for `flask --app wsgi`."""

from register.refusals import Refusal
from register.web.app import create_app

try:
    app = create_app()
except Refusal as refusal:
    raise SystemExit(refusal.message) from refusal
