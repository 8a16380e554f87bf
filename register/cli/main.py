"""The command `register`, and how it says no: one sentence and exit code 1; misuse is 2."""

import sys

import click
from sqlalchemy.exc import DBAPIError

from register import __version__
from register.cli.archive import archive
from register.cli.backtest import backtest_command
from register.cli.backup import backup, restore
from register.cli.demo import demo
from register.cli.export import export
from register.cli.history import history
from register.cli.import_ import import_group
from register.cli.network import network
from register.cli.run import run
from register.cli.sample import sample
from register.cli.setting_up import init
from register.cli.trust import trust
from register.cli.user import user
from register.cli.watchlist import watchlist
from register.refusals import Refusal

COMMANDS = (
    init, demo, sample, run, user, import_group, watchlist, network, trust, history, export, backup, restore,
    backtest_command,
)  # fmt: skip


@click.group()
@click.version_option(__version__, prog_name="register")
def register() -> None:
    """Keep the register of partnerships: the deal, the relationship, and what is at risk."""


for command in COMMANDS:
    register.add_command(command)
import_group.add_command(archive)


def main() -> None:
    """Run the command line; a refusal becomes one sentence on the error stream."""
    try:
        register(prog_name="register")
    except Refusal as refusal:
        _stop(refusal.message)
    except DBAPIError as error:
        _stop(f"The database cannot be used: {str(error.orig).strip().partition(chr(10))[0]}")
    except OSError as error:
        _stop(f"{error.strerror or error}: {error.filename or 'the data folder'}")


def _stop(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(1)
