"""`register backup` and `register restore`: copies that were checked, and the way back from one."""

from pathlib import Path

import click

from register.backups import Checked, check_backup, make_backup, restore_backup
from register.opening import open_register, require_made
from register.refusals import Refusal
from register.settings import from_environment

MOST_SHOWN = 50
FILE = click.Path(path_type=Path, dir_okay=False)


class BackupGroup(click.Group):
    """A group whose first argument may also be a file: `register backup FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read `register backup FILE` as `register backup to FILE`."""
        is_file = bool(args) and args[0] not in self.commands and not args[0].startswith("-")
        return super().parse_args(ctx, ["to", *args] if is_file else args)


@click.group(cls=BackupGroup)
def backup() -> None:
    """Copy the register to a FILE while people work, or check such a copy: register backup [verify] FILE."""


@backup.command("to")
@click.argument("file", type=FILE)
def to_command(file: Path) -> None:
    """Copy the register to a FILE, and check the copy."""
    settings = from_environment()
    with open_register(settings).app_context():
        require_made(settings)
    click.echo(f"{file} is a good copy: {said(make_backup(settings, file))}")


@backup.command("verify")
@click.argument("file", type=FILE)
def verify_command(file: Path) -> None:
    """Check a copy: that it opens, its pages, foreign keys, history and live values. Exit code 1 when not good."""
    checked = check_backup(from_environment(), file)
    for problem in checked.problems[:MOST_SHOWN]:
        click.echo(f"- {problem}")
    if checked.problems:
        raise Refusal(f"{file} is not good: {len(checked.problems)} problems.")
    click.echo(f"{file} is good: {said(checked)}")


def said(checked: Checked) -> str:
    """Return what a copy holds."""
    rows = sum(checked.counts.values())
    return f"{checked.end.size:,} entries of history, {rows:,} rows in {len(checked.counts)} tables."


@click.command()
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Put it in the place of what is there, which is copied aside.")
def restore(file: Path, replace: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Restore the register from a FILE that `register backup` made. Stop `register run` first."""
    if not replace:
        raise Refusal("A restore replaces what is there. Say so: register restore FILE --replace")
    old, new, aside = restore_backup(from_environment(), file)
    click.echo(f"Restored: {new.size:,} entries of history, where there had been {old.size:,}; one more says so.")
    if aside:
        click.echo(f"What was there is in {aside}.")
