"""`register sample`: a made-up register of any size, to measure with and to practise on."""

import secrets
import sys

import click
from sqlalchemy import func, select

from register.clock import today
from register.database import db
from register.database.rows import take_stock
from register.exchange.sample.founding import DOMAIN, PEOPLE
from register.exchange.sample.sizes import Size, size_of
from register.exchange.sample.writing import write
from register.history.checkpointing import checkpoint_if_due
from register.history.coverage import recorded_tables
from register.opening import make_tables, open_register
from register.refusals import Refusal
from register.settings import Settings, from_environment

KEPT_EVERY = 10_000
"""Interactions in one transaction."""
COMES_WITH_IT = "model_version"
"""The one table in which a register that was just made has something."""


@click.command()
@click.option("--size", default="S", show_default=True, help="S, L, or a number of interactions.")
@click.option("--seed", default=1, show_default=True, help="Another number makes another register.")
def sample(size: str, seed: int) -> None:
    """Make a large register of made-up organisations, partnerships, interactions, readings and promises.

    S has 2,000 organisations, 5,000 relationships and 100,000 interactions over five years; L ten times as many. A
    register that holds anything is refused. Where it is stopped half way, delete the data folder before the next try.
    """
    wanted, settings, password = size_of(size), from_environment(), secrets.token_urlsafe(9)
    app = open_register(settings)
    make_tables(app)
    with app.app_context():
        _refuse_unless_empty(settings)
        _make(wanted, seed, password)
        checkpoint_if_due(settings)
        told = _counted()
        db.session.remove()
        db.engine.dispose()
    click.echo(f"{told}.\nNobody and nothing in it is real. These people can sign in:")
    click.echo("\n".join(f"  {key}@{DOMAIN}" for key, *_ in PEOPLE))
    click.echo(f"Password for each of them: {password}")


def _refuse_unless_empty(settings: Settings) -> None:
    for name, table in recorded_tables().items():
        if name != COMES_WITH_IT and db.session.execute(select(table).limit(1)).first() is not None:
            where = settings.data if settings.database_url.startswith("sqlite") else "the database of DATABASE_URL"
            raise Refusal(f"There is a register with something in it in {where}. A sample needs an empty one.")
    db.session.rollback()


def _make(wanted: Size, seed: int, password: str) -> None:
    """Write it, kept every so many interactions, with progress on the error stream where somebody is looking."""
    click.echo("Making a register; the organisations and partnerships come first.", err=True)
    unkept = 0
    with click.progressbar(
        length=wanted.interactions, label="Interactions", file=sys.stderr, hidden=not sys.stderr.isatty(),
    ) as bar:
        for count in write(wanted, seed, today(), password):
            bar.update(count)
            unkept += count
            if unkept >= KEPT_EVERY:
                db.session.commit()
                unkept = 0
    take_stock(db.session.connection())
    db.session.commit()


def _counted() -> str:
    """Return what was made, counted."""
    shown = ("organisation", "partnership", "interaction", "reading", "commitment")
    tables = recorded_tables()
    counts = [(name, db.session.scalar(select(func.count()).select_from(tables[name])) or 0) for name in shown]
    return ", ".join(f"{count:,} {name}s" for name, count in counts)
