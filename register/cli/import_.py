"""`register import`: organisations and contracts from files that other people publish."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from register.accounts.changes import find_person
from register.cli.session import opened
from register.cli.user import COMMAND_LINE
from register.database import db
from register.exchange.arrangement_arrivals import active_officers, bring_contracts
from register.exchange.arrivals import Step, Summary, Tally
from register.exchange.councils import read_councils
from register.exchange.ocds import read_contracts
from register.exchange.organisation_arrivals import bring_councils
from register.exchange.reading import Text, read_text
from register.refusals import Refusal

NOTES_SHOWN = 20
"""Notes printed one by one; more would push the summary off the screen."""

dry_run_option = click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")


@click.group("import")
def import_group() -> None:
    """Bring in what others publish. A file with a problem is refused whole; the same file twice creates nothing."""


@import_group.command()
@click.argument("file", type=click.Path(path_type=Path))
@dry_run_option
@json_option
def organisations(file: Path, dry_run: bool, as_json: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Bring in councils from FILE, the CSV of the UK's local authorities and what became of them."""
    text = read_text(file, "CSV")
    councils = read_councils(text.content, file.name)
    councils.findings.refuse()
    summary = _kept(lambda step: bring_councils(COMMAND_LINE, councils, step), len(councils.rows), dry_run=dry_run)
    _say(summary, text, dry_run=dry_run, as_json=as_json)


@import_group.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--lead",
    "leads",
    multiple=True,
    metavar="EMAIL",
    help="The officer who looks after new arrangements; may be given again. Without it, every officer does.",
)
@dry_run_option
@json_option
def ocds(file: Path, leads: tuple[str, ...], dry_run: bool, as_json: bool) -> None:  # noqa: FBT001 - click's
    """Bring in contracts from FILE, an Open Contracting (OCDS 1.1) release package.

    Each process with an award becomes a commissioning arrangement of its buyer and its suppliers.
    """
    text = read_text(file, "JSON")
    contracts = read_contracts(text.content, file.name)
    contracts.findings.refuse()
    rows = len(contracts.organisations) + len(contracts.arrangements)
    summary = _kept(
        lambda step: bring_contracts(COMMAND_LINE, contracts, _leads(leads), step),
        rows,
        dry_run=dry_run,
    )
    _say(summary, text, dry_run=dry_run, as_json=as_json)


def _leads(emails: tuple[str, ...]) -> list[int]:
    """Return the officers with some addresses; all officers when none is given."""
    people = [(email, find_person(email)) for email in emails]
    for email, person in people:
        if person is None or person.role != "officer" or not person.is_active:
            raise Refusal(f"There is no officer with the address {email}.")
    return [person.id for _, person in people if person] if people else active_officers()


def _kept(bring: Callable[[Step], Summary], rows: int, *, dry_run: bool) -> Summary:
    """Bring rows in, in one transaction; a dry run does the same and undoes it, so that its counts are true."""
    with opened(), _progress(rows) as step:
        summary = bring(step)
        if dry_run:
            db.session.rollback()
    return summary


@contextmanager
def _progress(rows: int) -> Iterator[Step]:
    """Show on the error stream how far it is, where somebody is looking."""
    with click.progressbar(
        length=rows,
        label="Importing",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as bar:
        yield lambda: bar.update(1)


def _say(summary: Summary, text: Text, *, dry_run: bool, as_json: bool) -> None:
    notes = [f"{text.note}.", *summary.notes] if text.note else summary.notes
    for note in notes[:NOTES_SHOWN]:
        click.echo(note, err=True)
    if len(notes) > NOTES_SHOWN:
        click.echo(f"And {len(notes) - NOTES_SHOWN:,} more notes.", err=True)
    click.echo(json.dumps(summary.counts(), indent=2) if as_json else _words(summary, dry_run=dry_run))


def _words(summary: Summary, *, dry_run: bool) -> str:
    lines = [
        f"{name}: {_counted(tally)}."
        for name, tally in (("Organisations", summary.organisations), ("Partnerships", summary.partnerships))
        if tally.total
    ]
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
