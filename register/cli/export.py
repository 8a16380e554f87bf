"""`register export`: the register, or a part of it, as a file in the format that somebody needs."""

import os
from pathlib import Path
from secrets import token_hex

import click

from register.accounts.changes import find_person
from register.accounts.permissions import role_may
from register.cli.session import opened, opened_to_read
from register.cli.user import COMMAND_LINE
from register.clock import today
from register.database import db
from register.database.engine import see_one_moment
from register.exchange.exports import EXPORT_BY_KEY, EXPORTS, Export
from register.exchange.taking.export_changes import record_export
from register.exchange.taking.scope import Scope, seen_by, whole_register
from register.refusals import Refusal


@click.command()
@click.argument("format", type=click.Choice([export.key for export in EXPORTS]), metavar="FORMAT")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--as", "email", metavar="EMAIL", help="Hold only what this person may see.")
def export(format: str, file: Path | None, email: str | None) -> None:  # noqa: A002 - the name that people type
    """Write the register to FILE in a FORMAT: all of it, restricted partnerships too, unless --as says otherwise."""
    made = EXPORT_BY_KEY[format]
    target = file or Path(f"register-{format}-{today().isoformat()}.{made.ending}")
    if target.exists():
        raise Refusal(f"{target} is there already.")
    if made.is_whole and email:
        raise Refusal(f"{made.name} holds the whole register. Leave out --as.")
    part = target.with_name(f"{target.name}.{token_hex(4)}.part")
    try:
        rows, held = _written(made, part, email)
        with opened():
            record_export(COMMAND_LINE, format, rows, narrowed=held if email else None)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"{rows:,} {'row is' if rows == 1 else 'rows are'} in {target}. It holds {held}.")




export.epilog = "\b\nFormats:\n" + "\n".join(f"  {one.key:<15}{one.name}" for one in EXPORTS)


def _written(made: Export, part: Path, email: str | None) -> tuple[int, str]:
    """Write an export as the register is at one moment; return how many rows it has, and what it holds in words."""
    with opened_to_read():
        see_one_moment(db.session)
        scope, held = _scope(email)
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as handle:
            return made.write(scope, handle), held


def _scope(email: str | None) -> tuple[Scope, str]:
    if email is None:
        return whole_register(), "the whole register, restricted partnerships too"
    person = find_person(email)
    if person is None or not role_may(person.role, "register:export"):
        raise Refusal(f"There is nobody with the address {email} who may export.")
    return seen_by(person), f"what {person.name} may see"
