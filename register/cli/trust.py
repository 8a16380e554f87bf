"""`register trust rebuild`: make the stored sums of trust anew from the evidence."""

import click

from register.cli.session import opened
from register.trust.changes import rebuild


@click.group()
def trust() -> None:
    """Look after the stored sums of trust."""


@trust.command("rebuild")
def rebuild_command() -> None:
    """Add up all evidence again; figures stay as they are, unless a stored sum was damaged."""
    with opened():
        count = rebuild()
    click.echo(f"Trust was added up again from {count:,} pieces of evidence.")
