"""`register network`: the measures of the network, and `register network refresh`: work out what takes long."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

import click
from sqlalchemy import true

from register.cli.session import opened, opened_to_read
from register.cli.watchlist import asked_clocks
from register.clock import Clocks, day_words
from register.database import db
from register.network.carriers_lookups import carriers_where
from register.network.facts_lookups import facts_where
from register.network.indexed import indexed
from register.network.measure_sentences import measure_sentences, silence, why_not_ranked
from register.network.overview import Carried, Overview, Standing, overview
from register.network.sentences import counts
from register.network.wording import number_of
from register.network.worked_out import work_out
from register.refreshing import Refreshed, refresh

COLUMNS = "{:<48}{:>7}{:>9}{:>9}{:>6}{:>7}{:>6}"
WIDEST_NAME = 46


@click.group(invoke_without_command=True)
@click.option("--on", "on", metavar="DATE", help="As it was on this day, such as 2026-11-23. Otherwise today.")
@click.option("--known", "known", metavar="DATE", help="As the register knew it at the end of this day. Otherwise now.")
@click.option("--json", "as_json", is_flag=True, help="Print it for programs.")
@click.pass_context
def network(context: click.Context, on: str | None, known: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Measure the network: who holds it together, what hangs by a thread, who stands apart.

    It is the whole register's network, with restricted partnerships: for whoever runs the server.
    """
    if context.invoked_subcommand is not None:
        if on or known or as_json:
            raise click.UsageError("refresh takes no options: it works out the network as it is now.")
        return
    clocks = asked_clocks(on, known)
    with opened_to_read():
        found = measured(clocks)
    plain = as_plain(found, clocks)
    click.echo(json.dumps(plain, ensure_ascii=False, indent=2) if as_json else "\n".join(as_text(found, clocks)))


@network.command("refresh")
def refresh_command() -> None:
    """Work out what takes long, and place who is new in the picture: for a timer, every quarter of an hour say.

    In a large register that is the lists of risks too, which small ones have their pages make.

    Two never work at once, and nobody has to wait: pages show what was worked out last, and when that was. What is
    being done is told on the error output.
    """
    with opened():
        db.session.rollback()
        done = refresh(partial(click.echo, err=True))
    click.echo(said(done))


def said(done: Refreshed | None) -> str:
    """Return what the command prints of a refresh."""
    if done is None:
        return "Another refresh is at work; nothing was done."
    made = {0: "The measures were up to date", 1: "The measures were worked out"}.get(
        done.worked_out, f"The measures were worked out for {done.worked_out} sets of partnerships"
    )
    ties = number_of(done.ties, "open relationship")
    placed = f"; {done.placed:,} newly placed in the picture" if done.placed else ""
    lists = f"; {number_of(done.lists, 'list')} of risks made" if done.lists else ""
    return f"{made}: {number_of(done.organisations, 'organisation')}, {ties}{placed}{lists}."


def measured(clocks: Clocks) -> Overview:
    """Return all measures of the whole register's network on a day."""
    found = facts_where(true(), clocks).network
    return overview(found, work_out(indexed(found)), carriers_where(true(), clocks))


def as_plain(found: Overview, clocks: Clocks) -> dict[str, Any]:
    """Return the measures as plain values: what `--json` prints. Shares and centralities are from 0 to 1."""
    measures, known = found.measures, found.coverage
    return {
        "on": clocks.on.isoformat(),
        "known": clocks.known.isoformat() if clocks.known else None,
        "organisations": len(found.network.nodes),
        "relationships": len(found.network.ties),
        "density": measures.density,
        "reciprocity": known.reciprocity,
        "known_relationships": known.known,
        "may_rank": known.may_rank,
        "components": [list(part) for part in measures.components],
        "communities": [list(group) for group in found.worked_out.communities],
        "articulation_points": {
            str(point): [list(group) for group in groups] for point, groups in measures.cut_off.items()
        },
        "bridges": [list(pair) for pair in measures.bridges],
        "isolates": list(measures.isolates),
        "central_but_silent": list(found.silent),
        "sentences": [str(sentence) for sentence in measure_sentences(found)],
        "nodes": [_node(row) for row in found.standings],
        "ties": [_tie(row) for row in found.ties],
    }


def _node(row: Standing) -> dict[str, Any]:
    return {
        "id": row.node.id,
        "name": row.node.name,
        "sector": row.node.sector,
        "degree": row.degree,
        "betweenness": row.between,
        "closeness": row.close,
        "core": row.core,
        "place": row.place,
        "community": row.community,
        "cuts_off": row.cuts_off,
        "weak": row.weak,
    }


def _tie(row: Carried) -> dict[str, Any]:
    return {
        "ends": [row.tie.a, row.tie.b],
        "standing": row.tie.word,
        "partnerships": list(row.tie.partnerships),
        "bridge": row.is_bridge,
        "carried_by": row.pairs,
    }


def as_text(found: Overview, clocks: Clocks) -> Iterator[str]:
    """Yield the measures line by line, for a terminal: sentences, then a line for each organisation."""
    known = f", as it was known on {day_words(clocks.known)}" if clocks.known else ""
    yield f"The network of {day_words(clocks.on)}{known}."
    yield str(counts(found.network))
    if not found.network.nodes:
        return
    for sentence in (*measure_sentences(found), silence(found), why_not_ranked(found)):
        if sentence is not None:
            yield str(sentence)
    yield ""
    yield COLUMNS.format("Organisation", "works", "between", "near", "core", "group", "cuts")
    for row in found.standings:
        yield COLUMNS.format(
            row.node.name[:WIDEST_NAME],
            row.degree,
            _percent(row.between),
            _percent(row.close),
            row.core,
            row.community or "-",
            row.cuts_off,
        )


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}"
