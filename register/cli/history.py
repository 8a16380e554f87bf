"""`register history`: prove that the history and the live values agree, and keep proof of it elsewhere."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from register.cli.session import opened, opened_to_read
from register.database import db
from register.database.engine import see_one_moment
from register.history.checkpoint_store import store_of
from register.history.checkpoints import change_key, make_checkpoint
from register.history.erasures_outside import keep_list
from register.history.export import write_export
from register.history.recording import record_fact
from register.history.sweeping import sweep
from register.history.verification import verify
from register.refusals import Refusal
from register.settings import Settings

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
        click.echo(f"The history is not whole: {verdict.found:,} problems.")
        for problem in verdict.problems[:MOST_SHOWN]:
            click.echo(f"- {problem}")
    sys.exit(0 if verdict.is_whole else 1)


@history.command("checkpoint")
def checkpoint_command() -> None:
    """Sign how long the history is and what it holds; print the signed note, which can be kept anywhere."""
    with opened_to_read() as app:
        make_checkpoint(app.config["REGISTER"], "asked for")
        note = store_of(app.config["REGISTER"]).last_note()
    click.echo(note.written() if note else "", nl=False)


@history.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export_command(file: Path) -> None:
    """Write the whole history to a ZIP file that can be verified on any computer; the verifier is in it."""
    if file.exists():
        raise Refusal(f"{file} is there already.")
    with opened_to_read() as app:
        see_one_moment(db.session)
        settings: Settings = app.config["REGISTER"]
        make_checkpoint(settings, "export", is_fresh=True)
        count = write_export(file, store_of(settings))
    click.echo(f"{count:,} entries and every live value are in {file}. Verify: python verifier.py {file.name}")


@history.command("sweep")
def sweep_command() -> None:
    """Take what was erased out of the database's files too, where it may stand until something covers it."""
    with opened_to_read() as app:
        settings: Settings = app.config["REGISTER"]
        keep_list(settings)
        if not sweep(settings):
            raise Refusal(
                "The files could not be swept: others are at work in them, or the tables belong to somebody else. "
                "Stop the register and try again, on PostgreSQL as the owner of the tables.",
            )
    click.echo("The files hold nothing that was erased. Copies made before an erasure still do.")


@history.command("change-key")
def change_key_command() -> None:
    """Sign checkpoints with a new key from now on; the old key vouches for it."""
    with opened() as app:
        settings: Settings = app.config["REGISTER"]
        public, is_vouched = change_key(settings)
        record_fact("register", "history_head:key-changed", {"public_key": public.written()})
    click.echo(f"The new public key: {public.written()}")
    if not is_vouched:
        click.echo("The old key is lost and could not vouch for it: every verification will say so.")
