"""`register import archive`: an empty register becomes the one that an archive was made of."""

from pathlib import Path

import click

from register.cli.session import opened, opened_to_read
from register.database.engine import reading
from register.exchange.archive.changes import restore_archive
from register.exchange.archive.lookups import is_untouched
from register.history.checkpoints import begin_again
from register.history.erasures_outside import erase_again
from register.history.lookups import head
from register.opening import is_made, make_anew, make_tables, open_register
from register.refusals import Refusal
from register.settings import Settings, from_environment
from register.trust.model_changes import keep_released_model


def _empty(settings: Settings) -> None:
    """Make a register with empty tables. Refuses one in which somebody has kept something."""
    app = open_register(settings)
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with app.app_context(), reading():
        if is_made() and not is_untouched():
            raise Refusal("This register is not empty. An archive is restored into an empty one.")
        has_tables = is_made()
    if has_tables:
        make_anew(app)
    else:
        make_tables(app)


def _size() -> int:
    """Return how many entries the history has: checkpoints of a longer one, in the same folder, say nothing of it."""
    last = head()
    return last.size if last else 0


@click.command("archive")
@click.argument("file", type=click.Path(path_type=Path))
def archive(file: Path) -> None:
    """Restore FILE, which `register export archive` made, into an empty register, on either database.

    Ids, values and history are those of the archive, and are verified before anything is kept. Passwords are not in
    it: give each person a new one with `register user reset EMAIL`.
    """
    settings = from_environment()
    _empty(settings)
    try:
        with opened():
            counts = restore_archive(file)
            size = _size()
            erased = erase_again(settings)
    except BaseException:
        with opened():
            keep_released_model()
        raise
    with opened_to_read():
        begin_again(settings, "restored from an archive", f"restored {size}")
    rows = sum(counts.values())
    click.echo(f"Restored {rows:,} rows in {len(counts)} tables, and the history is whole.")
    if erased:
        click.echo(f"{erased:,} values that had been erased since were erased again.")
    click.echo("Passwords were not in the archive: register user reset EMAIL gives a new one.")
