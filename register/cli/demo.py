"""`register demo`: an example register, served on this machine only."""

import json
import os
import secrets
from dataclasses import replace
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import select

from register.accounts.models import Person
from register.cli.serving import serve
from register.clock import today
from register.database import db
from register.exchange.example.loading import SITE_NAME, load_example
from register.history.checkpointing import checkpoint_if_due
from register.network.layout_changes import keep_positions
from register.network.map_views import STANDING
from register.opening import let_go, make_tables, open_register
from register.refusals import Refusal
from register.settings import Settings, from_environment
from register.trust.model_changes import renew_forecast

LOOPBACK = "127.0.0.1"


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port.")
@click.option("--seed", default=1, show_default=True, help="Another number tells another eighteen months.")
@click.option("--no-serve", is_flag=True, help="Only make the example.")
def demo(port: int, seed: int, no_serve: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Make an example register, unless it is there already, and serve it on 127.0.0.1.

    Nothing in it is real. What you enter is kept: start it again and it is there. Delete its folder to begin anew.
    """
    settings = demo_settings(from_environment())
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = secret_file(settings.data)
    app = open_register(settings)
    make_tables(app)
    with app.app_context():
        load_unless_loaded(keys["password"], seed)
        checkpoint_if_due(settings)
    say_who_can_sign_in(app, settings, keys["password"])
    let_go(app)
    if not no_serve:
        hand_on(settings, keys["secret_key"])
        click.echo(f"Open http://{LOOPBACK}:{port}/ and stop with Ctrl-C.")
        serve(LOOPBACK, port, workers=2)


def demo_settings(settings: Settings) -> Settings:
    """Return the example's settings: an SQLite file in the data folder. Refuses a folder with a real register in it."""
    path = settings.data / "register.sqlite3"
    if path.exists() and not secret_path(settings.data).exists():
        message = f"{settings.data} holds a real register. Set REGISTER_DATA to another folder for the example."
        raise Refusal(message)
    return replace(
        settings,
        database_url=f"sqlite:///{path}",
        site_name=SITE_NAME,
        secure_cookies=False,
        demo=True,
    )


def secret_path(data: Path) -> Path:
    """Return the file that marks a data folder as an example's."""
    return data / "example.json"


def secret_file(data: Path) -> dict[str, str]:
    """Return this example's own password and key, random from the first time: no secret is the same for everybody."""
    path = secret_path(data)
    if not path.exists():
        made = {"password": secrets.token_urlsafe(9), "secret_key": secrets.token_urlsafe(48)}
        path.touch(mode=0o600)
        path.write_text(json.dumps(made), encoding="utf-8")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {"password": str(found["password"]), "secret_key": str(found["secret_key"])}
    except (KeyError, TypeError, ValueError) as error:
        message = f"{path} is damaged. Delete the folder {data}, and the example is made anew."
        raise Refusal(message) from error


def load_unless_loaded(password: str, seed: int) -> None:
    """Load the example into an empty register; one that holds people is left as it is."""
    if db.session.scalar(select(Person.id).limit(1)) is not None:
        return
    click.echo("Making the example register; this takes a few seconds.")
    load_example(today(), seed, password)
    keep_positions(STANDING)
    renew_forecast("register")
    db.session.commit()


def say_who_can_sign_in(app: Flask, settings: Settings, password: str) -> None:
    """Print the people of the example, and that it is one."""
    with app.app_context():
        people = db.session.scalars(select(Person).where(Person.disabled_at.is_(None)).order_by(Person.id)).all()
        rows = [f"  {person.email:<44} {person.role_name}" for person in people]
    click.echo(f"An example register, for this machine only, in {settings.data}")
    click.echo("Nobody and nothing in it is real. These people can sign in:")
    click.echo("\n".join(rows))
    click.echo(f"Password for each of them: {password}")


def hand_on(settings: Settings, secret_key: str) -> None:
    """Hand the settings to the server's processes, which read them from the environment."""
    if not secret_key:
        message = "The example's own key is missing. Delete its folder and start again."
        raise Refusal(message)
    os.environ.update(
        REGISTER_DATA=str(settings.data),
        DATABASE_URL=settings.database_url,
        REGISTER_SECRET_KEY=secret_key,
        REGISTER_SITE_NAME=settings.site_name,
        REGISTER_HTTP="1",
        REGISTER_DEMO="1",
    )
