"""`register user add|disable|reset`: people's accounts from the command line."""

import secrets
import sys
from datetime import datetime

import click

from register.accounts.changes import add_person, disable_person, find_person, reset_password
from register.accounts.kinds import ROLE_BY_KEY
from register.accounts.models import Person
from register.cli.session import opened
from register.refusals import Refusal

COMMAND_LINE = "command line"
"""How the history names whoever has the server's own keyboard."""


@click.group()
def user() -> None:
    """Add people, disable them, give them a new password."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", required=True, type=click.Choice(list(ROLE_BY_KEY)), help="What the person is here.")
@click.option("--job-title", help="The person's post.")
@click.option("--last-day", type=click.DateTime(["%Y-%m-%d"]), help="The last day of an account that ends by itself.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of making one.")
def add(
    email: str, name: str, role: str, job_title: str | None, last_day: datetime | None, password_stdin: bool,  # noqa: FBT001 - click's
) -> None:
    """Add a person with the address EMAIL. Prints a password once, unless one is given."""
    with opened():
        password = _password(given=password_stdin)
        person = add_person(
            COMMAND_LINE, email=email, name=name, role=role, password=password, job_title=job_title,
            last_day=last_day.date() if last_day else None,
        )
        said = f"{person.name} can sign in as {person.email}, {person.role_name.lower()}."
    click.echo(said)
    _say_password(password, given=password_stdin)


@user.command()
@click.argument("email")
def disable(email: str) -> None:
    """Stop the person with the address EMAIL from signing in."""
    with opened():
        person = _find(email)
        disable_person(COMMAND_LINE, person)
    click.echo(f"{email} can no longer sign in.")


@user.command()
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of making one.")
def reset(email: str, password_stdin: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Give the person with the address EMAIL a new password, and end their sessions."""
    with opened():
        password = _password(given=password_stdin)
        reset_password(COMMAND_LINE, _find(email), password)
    click.echo(f"{email} has a new password.")
    _say_password(password, given=password_stdin)


def _find(email: str) -> Person:
    person = find_person(email)
    if person is None:
        message = f"There is no account for {email}."
        raise Refusal(message)
    return person


def _password(*, given: bool) -> str:
    if not given:
        return secrets.token_urlsafe(12)
    try:
        return sys.stdin.readline().rstrip("\r\n")
    except UnicodeDecodeError as error:
        message = "The password on standard input is no text in UTF-8."
        raise Refusal(message) from error


def _say_password(password: str, *, given: bool) -> None:
    if not given:
        click.echo(f"Password, shown only now: {password}")
