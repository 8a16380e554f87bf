"""`register run`: serve a real register."""

import click

from register.cli.serving import serve
from register.database import db
from register.opening import make_tables, open_register, require_administrator, require_made
from register.settings import from_environment, require_secret_key
from register.trust.model_changes import keep_released_model


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Server processes.")
def run(host: str, port: int, workers: int) -> None:
    """Serve the register. Refuses without a secret key, without tables and without an administrator."""
    settings = from_environment()
    require_secret_key(settings)
    app = open_register(settings)
    with app.app_context():
        require_made(settings)
        require_administrator()
    make_tables(app)
    with app.app_context():
        keep_released_model()
        db.session.commit()
        db.engine.dispose()  # the server’s processes open connections of their own
    serve(host, port, workers)
