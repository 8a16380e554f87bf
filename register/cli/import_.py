"""`register import KIND FILE`: what people have, brought in from files; one command for each kind of `IMPORTS`."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from register.accounts.changes import find_person
from register.cli.session import opened
from register.cli.user import COMMAND_LINE
from register.database import db
from register.exchange.bringing.batch_models import ImportBatch
from register.exchange.bringing.errands import Errand
from register.exchange.bringing.outcomes import Summary, Tally
from register.exchange.bringing.undo_changes import undo_batch
from register.exchange.imports import IMPORTS, ImportKind, keep, read_upload, rehearse
from register.exchange.reading.choices import DAYS, MODES, NUMBERS, Choices
from register.exchange.reading.columns import column_key
from register.exchange.reading.grids import DELIMITERS
from register.exchange.reading.uploads import upload_from
from register.refusals import Refusal

PERCENT, STEPS_SHOWN = 100, 200
"""How often the bar moves: drawing it for each of very many rows would take longer than the rows."""
NOTES_SHOWN = 20
"""Notes printed one by one; more would push the summary off the screen."""


@click.group("import")
def import_group() -> None:
    """Bring in what others publish. A file with a problem is refused whole; the same file twice creates nothing."""


@import_group.command()
@click.argument("number", type=int)
def undo(number: int) -> None:
    """Take back import NUMBER while nobody touched its records: what it changed is as before, what it made is ended."""
    with opened():
        batch = db.session.get(ImportBatch, number)
        if batch is None:
            raise Refusal(f"There is no import {number}.")
        with _progress(PERCENT, "Undoing") as move:
            undo_batch(COMMAND_LINE, batch, None, _in_percent(move))
    click.echo(f"Import {number} was undone.")


OPTIONS = (
    click.Option(["--dry-run"], is_flag=True, help="Say what would be done, and write nothing."),
    click.Option(["--json", "as_json"], is_flag=True, help="Print the counts as JSON."),
    click.Option(["--row-by-row"], is_flag=True, help="Keep the rows that can be kept although others are refused."),
    click.Option(["--encoding"], help="How the text is written, such as utf-8-sig or cp1252."),
)
TABLE_OPTIONS = (
    click.Option(["--delimiter"], type=click.Choice(list(DELIMITERS.values())), help="What stands between cells."),
    click.Option(["--sheet"], help="The sheet of a workbook; the first without it."),
    click.Option(["--header-row"], type=click.IntRange(1), help="The number of the row with the titles."),
    click.Option(["--column", "columns"], multiple=True, metavar="KEY=TITLE", help="The file's title of a column."),
    click.Option(
        ["--value", "values"], multiple=True, metavar="KEY=VALUE", help="What a column says in every row alike."
    ),
)
ORDER = click.Choice([key for key, _ in DAYS])
WHOSE = click.Choice([key for key, _ in NUMBERS])
MODE = click.Choice([key for key, _ in MODES])
ASKED_OPTIONS = {
    "days": (click.Option(["--dates", "days"], type=ORDER, help="How 03/04/2024 is meant."),),
    "numbers": (click.Option(["--numbers"], type=WHOSE, help="Whose the numbers of records in the file are."),),
    "mode": (click.Option(["--mode"], type=MODE, default="both", show_default=True, help="Add, update or both."),),
    "leads": (
        click.Option(
            ["--lead", "leads"],
            multiple=True,
            metavar="EMAIL",
            help="An officer who looks after new arrangements; may be repeated. Without it, every officer does.",
        ),
    ),
    "partnership": (click.Option(["--partnership", "partnership_id"], type=int, help="The partnership's number."),),
    "window": (
        click.Option(["--from", "since"], type=click.DateTime(["%Y-%m-%d"]), help="The first day."),
        click.Option(["--until", "until"], type=click.DateTime(["%Y-%m-%d"]), help="The last day."),
    ),
}


def _command(kind: ImportKind, name: str) -> click.Command:
    """Return the command of a kind, under its name or a former one."""
    asked = [option for question in kind.asks for option in ASKED_OPTIONS[question]]
    table = TABLE_OPTIONS if kind.is_table else ()

    def run(file: Path, *, dry_run: bool, as_json: bool, leads: tuple[str, ...] = (), **chosen: Any) -> None:
        _run(kind, file, _choices(kind, chosen), leads, dry_run=dry_run, as_json=as_json)

    file = click.Argument(["file"], type=click.Path(path_type=Path))
    return click.Command(
        name, callback=run, params=[file, *OPTIONS, *table, *asked], help=kind.about, hidden=name != kind.key
    )


def _choices(kind: ImportKind, chosen: dict[str, Any]) -> Choices:
    """Return the choices that options make."""
    days = {key: value.date() for key, value in chosen.items() if isinstance(value, datetime)}
    columns = _pairs(kind, "--column KEY=TITLE, such as --column name=Organisation", chosen.pop("columns", ()))
    values = _pairs(kind, "--value KEY=VALUE, such as --value sector=Voluntary", chosen.pop("values", ()))
    wanted = chosen.pop("delimiter", None)
    delimiter = next((sign for sign, said in DELIMITERS.items() if said == wanted), None)
    return Choices(**{**chosen, **days}, columns=columns, values=values, delimiter=delimiter)


def _pairs(kind: ImportKind, form: str, pairs: tuple[str, ...]) -> dict[str, str]:
    """Return what was said of some columns, by their keys."""
    if wrong := next((pair for pair in pairs if "=" not in pair), None):
        raise Refusal(f"{wrong} names no column. Write {form}.")
    found = {column_key(key): said.strip() for key, _, said in (pair.partition("=") for pair in pairs)}
    known = [column.key for column in kind.columns]
    for key in found:
        if key not in known:
            raise Refusal(f"There is no column {key}. There are {', '.join(known)}.")
    return found


def _run(
    kind: ImportKind, file: Path, choices: Choices, leads: tuple[str, ...], *, dry_run: bool, as_json: bool
) -> None:
    """Bring a file in, in one transaction; a dry run does the same and undoes it, so that its counts are true."""
    upload = upload_from(file)
    reading = read_upload(kind, upload, choices)
    if not choices.row_by_row:
        reading.findings.refuse()
    number = None
    with opened(), _progress(len(reading)) as step:
        errand = Errand(COMMAND_LINE, replace(choices, leads=_leads(leads)), step=step)
        if dry_run:
            rehearse(kind, reading, errand)
            if not choices.row_by_row:
                errand.summary.settle(upload.name)
        else:
            batch = keep(kind, reading, errand, upload)
            number = batch.id if batch else None
    _say(errand.summary, dry_run=dry_run, as_json=as_json)
    if number:
        click.echo(f"This is import {number}. Take it back with: register import undo {number}", err=True)


def _leads(emails: tuple[str, ...]) -> tuple[int, ...]:
    """Return the officers with some addresses."""
    people = [(email, find_person(email)) for email in emails]
    for email, person in people:
        if person is None or person.role != "officer" or not person.is_active:
            raise Refusal(f"There is no officer with the address {email}.")
    return tuple(person.id for _, person in people if person)


@contextmanager
def _progress(rows: int, label: str = "Importing") -> Iterator[Callable[..., None]]:
    """Show on the error stream how far it is, where somebody is looking."""
    with click.progressbar(
        length=rows,
        label=label,
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        update_min_steps=max(1, rows // STEPS_SHOWN),
    ) as bar:
        yield lambda count=1: bar.update(count)


def _in_percent(move: Callable[[int], None]) -> Callable[[int, int], None]:
    """Return what moves a bar of a hundred steps by how much is done of how much there is."""
    shown = 0

    def tell(done: int, total: int) -> None:
        nonlocal shown
        reached = done * PERCENT // total
        move(reached - shown)
        shown = reached

    return tell


def _say(summary: Summary, *, dry_run: bool, as_json: bool) -> None:
    notes = [*summary.notes, *(f"Refused: {problem.sentence()}" for problem in summary.problems)]
    for note in notes[:NOTES_SHOWN]:
        click.echo(note, err=True)
    if len(notes) > NOTES_SHOWN:
        click.echo(f"And {len(notes) - NOTES_SHOWN:,} more notes.", err=True)
    click.echo(json.dumps(summary.counts(), indent=2) if as_json else _words(summary, dry_run=dry_run))


def _words(summary: Summary, *, dry_run: bool) -> str:
    lines = [f"{noun.capitalize()}: {_counted(tally)}." for noun, tally in summary.tallies.items() if tally.total]
    lines += [f"Skipped {count:,} × {reason}." for reason, count in summary.reasons.items()]
    if summary.unled:
        lines.append(
            f"Nobody looks after {summary.unled:,} of the partnerships yet. "
            "Once an officer can sign in, bring the file again."
        )
    return "\n".join([*lines, "Nothing was written: this was a dry run."] if dry_run else lines)


def _counted(tally: Tally) -> str:
    return (
        f"{tally.created:,} created, {tally.updated:,} updated, {tally.unchanged:,} unchanged, "
        f"{tally.skipped:,} skipped, {tally.refused:,} refused"
    )


for import_kind in IMPORTS:
    for word in (import_kind.key, *import_kind.also):
        import_group.add_command(_command(import_kind, word))
