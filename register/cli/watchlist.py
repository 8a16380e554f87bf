"""`register watchlist`: the collaborations at risk, worst first, with the reasons."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from register.cli.session import opened_to_read
from register.clock import Clocks, clocks_asked, day_words
from register.refusals import Refusal
from register.risk.entries import Entry, Survey
from register.risk.flags import Flag, Reason
from register.risk.watchlist import surveyed
from register.trust.model_lookups import model_in_force


@click.command()
@click.option("--on", "on", metavar="DATE", help="As it was on this day, such as 2026-11-23. Otherwise today.")
@click.option("--known", "known", metavar="DATE", help="As the register knew it at the end of this day. Otherwise now.")
@click.option("--json", "as_json", is_flag=True, help="Print it for programs.")
def watchlist(on: str | None, known: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes options by name
    """List the collaborations at risk, worst first: why, since when, what clears it, who acts.

    It is the whole register's list, with restricted partnerships: for whoever runs the server.
    """
    clocks = asked_clocks(on, known)
    with opened_to_read():
        found, model = surveyed(clocks), model_in_force().number
    plain = {"model_version": model, **as_plain(found)}
    click.echo(json.dumps(plain, ensure_ascii=False, indent=2) if as_json else "\n".join(as_text(found)))


def asked_clocks(on: str | None, known: str | None) -> Clocks:
    """Return the clocks that the options ask for; a day to come is read as today."""
    return clocks_asked(_day(on, "--on"), _day(known, "--known"))


def _day(text: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refusal(f"{option} needs a day that exists, such as 2026-11-23.") from error


def as_plain(found: Survey) -> dict[str, Any]:
    """Return the watchlist as plain values: what `--json` prints."""
    return {
        "on": found.clocks.on.isoformat(),
        "known": found.clocks.known.isoformat() if found.clocks.known else None,
        "partnerships": len(found.entries),
        "flagged": len(found.flagged),
        "rule_set": found.rule_set,
        "watchlist": [_entry(place, entry) for place, entry in enumerate(found.flagged, 1)],
    }


def _entry(place: int, entry: Entry) -> dict[str, Any]:
    weakest = entry.weakest
    return {
        "place": place,
        "partnership": {"id": entry.id, "name": entry.name, "kind": entry.facts.kind,
                        "significance": entry.facts.significance, "restricted": entry.facts.is_restricted},
        "standing": {"word": entry.word, "figure": round(weakest.figure, 4) if weakest else None},
        "harm_in_90_days": round(entry.harm, 4),
        "yearly_pence": entry.annual_pence,
        "flags": [_flag(flag, entry) for flag in entry.flags],
    }


def _flag(flag: Flag, entry: Entry) -> dict[str, Any]:
    state = entry.state_of(flag)
    plan, until = state.plan, state.answer.until if state.answer else None
    return {
        "rule": flag.rule, "name": flag.name, "severity": flag.severity, "words": flag.words,
        "reasons": [_reason(reason) for reason in flag.reasons],
        "since": flag.since.isoformat(), "clears": flag.clears, "who_acts": entry.acts_on(flag),
        "state": state.key, "plan": plan.action if plan else None, "plan_owner": plan.owner if plan else None,
        "reassess_on": until.isoformat() if plan and until else None,
        "deferred_to": until.isoformat() if state.key == "deferred" and until else None, "rule_set": flag.rule_set,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {"text": reason.text, "note": reason.note or None, "kind": reason.kind, "target": list(reason.target)}


def as_text(found: Survey) -> Iterator[str]:
    """Yield the watchlist line by line, for a terminal."""
    known = f", as it was known on {day_words(found.clocks.known)}" if found.clocks.known else ""
    yield (f"{len(found.flagged)} of {len(found.entries)} partnerships are on the watchlist of "
           f"{day_words(found.clocks.on)}{known}, worst first.")
    for place, entry in enumerate(found.flagged, 1):
        yield ""
        yield f"{place:>3}  {entry.name} ({entry.word}{f' {entry.weakest.points}' if entry.weakest else ''})"
        yield from _flags_as_text(entry)


def _flags_as_text(entry: Entry) -> Iterator[str]:
    for flag in entry.flags:
        yield f"     {flag.name}. {flag.words}"
        yield from (f"       because      {reason}" for reason in flag.reasons)
        yield f"       since        {day_words(flag.since)}"
        yield f"       clears when  {flag.clears}"
        yield f"       who acts     {entry.acts_on(flag) or 'nobody yet'}"
        if flag.rule in entry.states:
            yield f"       state        {entry.state_of(flag).words}"
