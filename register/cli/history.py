"""`register history verify`: prove that the history and the live values agree."""

import json
import sys
from dataclasses import asdict

import click

from register.cli.session import opened_to_read
from register.database import db
from register.database.engine import see_one_moment
from register.history.verification import verify

MOST_SHOWN = 50


@click.group()
def history() -> None:
    """Ask about the history of the register."""


@history.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def verify_command(as_json: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Check the chain, each commitment and every live value. Exit code 1 when anything was altered."""
    with opened_to_read():
        see_one_moment(db.session)
        verdict = verify()
    if as_json:
        click.echo(json.dumps(asdict(verdict), indent=2))
    elif verdict.is_whole:
        click.echo(
            f"The history is whole: {verdict.entries:,} entries, and {verdict.values:,} live values equal the last "
            f"recorded ones.\nLast link: {verdict.last_hash}",
        )
    else:
        click.echo(f"The history is not whole: {len(verdict.problems)} problems.")
        for problem in verdict.problems[:MOST_SHOWN]:
            click.echo(f"- {problem}")
    sys.exit(0 if verdict.is_whole else 1)
