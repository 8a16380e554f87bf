"""`register trust rebuild | forecast`: make what is kept of trust anew from the evidence."""

import click

from register.accounts.changes import find_person
from register.cli.session import opened
from register.refusals import Refusal
from register.trust.changes import rebuild
from register.trust.forecast import FIGURE
from register.trust.model_changes import renew_forecast
from register.trust.model_lookups import model_in_force
from register.trust.self_check import ENOUGH, Check

COMMAND_LINE = "command line"
"""How the history names whoever has the server's own keyboard."""

FORM_WORDS = {FIGURE: "the figure itself", "simple": "the simple form", "richer": "the richer form"}


@click.group()
def trust() -> None:
    """Look after the stored sums of trust, and after the forecast beside the figure."""


@trust.command("rebuild")
def rebuild_command() -> None:
    """Add up all evidence again; figures stay as they are, unless a stored sum was damaged."""
    with opened():
        count = rebuild()
    click.echo(f"Trust was added up again from {count:,} pieces of evidence.")


@trust.command("forecast")
@click.option("--by", "email", metavar="EMAIL", help="Who decides it, for the history. Otherwise: the command line.")
@click.option("--why", help="Why the form may change, for the history. Otherwise: the record of the forecasts.")
def forecast_command(email: str | None, why: str | None) -> None:
    """Fit the forecast on the register's own past, and use the form that its record has earned.

    The published figure does not change. Another form is a new version of the model, written into the history.
    """
    with opened():
        before = model_in_force().form
        found = renew_forecast(_actor(email), why)
        number = model_in_force().number
    click.echo("\n".join(said(found, before, number)))


def _actor(email: str | None) -> str:
    if email is None:
        return COMMAND_LINE
    person = find_person(email)
    if person is None or person.disabled_at is not None:
        raise Refusal(f"Nobody who can sign in has the address {email}.")
    return person.actor


def said(found: Check, before: str, number: int) -> list[str]:
    """Return what the command prints."""
    lines = [f"{found.rows:,} judgements were forecast from what was recorded before each of them."]
    if not found.groups:
        lines.append(f"That is too little history to say how well: it takes {ENOUGH}.")
    else:
        whole = found.groups[0]
        lines.append(f"Log loss: base rate {whole.base.log_loss:.4f}, figure {whole.figure.scores.log_loss:.4f}, "
                     f"forecast {whole.forecast.scores.log_loss:.4f}.")
    verb = "still forecast" if found.form == before else "now forecast"
    lines.append(f"Pages {verb} by {FORM_WORDS[found.form]}; the model in force is version {number}.")
    return lines
