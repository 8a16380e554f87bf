"""`register init`: make the data folder and the tables."""

import click

from register.database import db
from register.opening import make_tables, open_register
from register.settings import from_environment
from register.trust.model_changes import keep_released_model


@click.command()
def init() -> None:
    """Make the register's data folder and its tables, or bring them to this version."""
    settings = from_environment()
    app = open_register(settings)
    make_tables(app)
    with app.app_context():
        keep_released_model()
        db.session.commit()
        db.engine.dispose()
    where = settings.data if settings.database_url.startswith("sqlite") else "the database of DATABASE_URL"
    click.echo(f"The register is ready in {where}. Next: register user add EMAIL --name NAME --role administrator")
