"""Why two days differ, in words: what the log says of each change, as far as it says anything.

Example: "A promise was broken on 13 October 2026: send the route data."
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from register.network.difference import ENDED, NEW, NEWLY_KNOWN, NEWLY_NOT_KNOWN, Change, Difference
from register.network.facts import Facts, Work
from register.network.graph import Relationship

LONGEST_WORDS = 100
"""Characters of an account or a promise that a reason quotes."""


class Event(NamedTuple):
    """Something logged between the two days that speaks for itself: a breach, or a promise kept."""

    partnership_id: int
    held_on: date
    kind: str
    """"dispute", "broken promise", "reading of 1" or "kept promise"."""
    words: str
    organisation_ids: tuple[int, ...]
    """Dispute: who was there. Promise: promisee, promisor. Reading: rater, ratee."""


class Observation(NamedTuple):
    """What was observed of one relationship between the two days, without forgetting."""

    good: float
    bad: float
    number: int


class Span(NamedTuple):
    """The two days, and what is known of each."""

    before: Facts
    after: Facts
    since: date
    on: date


TOLD = {
    "dispute": "After the dispute of {day}",
    "broken promise": "A promise was broken on {day}",
    "reading of 1": "Given the lowest score on {day}",
    "kept promise": "A promise was kept on {day}",
}


def reasons(
    found: Difference, span: Span, events: Sequence[Event], observed: Mapping[Relationship, Observation]
) -> dict[tuple[int, int], str]:
    """Return the reason of each change that has one, by direction."""
    return {(one.rater, one.ratee): _reason(one, found, span, events, observed) for one in found.changes}


def _reason(
    change: Change,
    found: Difference,
    span: Span,
    events: Sequence[Event],
    observed: Mapping[Relationship, Observation],
) -> str:
    if change.word == NEW:
        return _began(change, span)
    if change.word == ENDED:
        return _over(change, span)
    if change.word == NEWLY_NOT_KNOWN:
        return _faded(change, found, span)
    seen = observed.get(change.relationship, Observation(0, 0, 0)) if change.relationship else Observation(0, 0, 0)
    if change.word == NEWLY_KNOWN:
        return _observations(seen, span) if seen.number else "Known from another partnership that they share."
    return _event(change, events) or _observations(seen, span)


def _event(change: Change, events: Sequence[Event]) -> str:
    """Return what happened last that explains a change of figure, and how often more; empty where nothing does."""
    wanted = {"kept promise"} if change.word == "stronger" else set(TOLD) - {"kept promise"}
    told = [one for one in events if one.kind in wanted and _is_about(one, change.relationship)]
    if not told:
        return ""
    last = max(told, key=lambda one: one.held_on)
    words = " ".join(last.words.split())
    quoted = f"{words.rstrip('.')}." if len(words) <= LONGEST_WORDS else words[: LONGEST_WORDS - 1].rstrip(". ") + "…"
    others = {1: "", 2: " One more before it."}.get(len(told), f" {len(told) - 1} more before it.")
    return f"{TOLD[last.kind].format(day=_day(last.held_on))}: {quoted}{others}"


def _is_about(event: Event, relationship: Relationship | None) -> bool:
    """Say whether something logged is about a relationship: its own partnership, and both sides in their parts."""
    if relationship is None or event.partnership_id != relationship[0]:
        return False
    if event.kind == "dispute":
        return set(relationship[1:]) <= set(event.organisation_ids)
    return event.organisation_ids == relationship[1:]


def _observations(seen: Observation, span: Span) -> str:
    share = round(100 * seen.good / (seen.good + seen.bad)) if seen.good + seen.bad else 0
    if seen.number == 1:
        return f"1 observation since {_day(span.since)}: {share} out of 100."
    return f"{seen.number} observations since {_day(span.since)}, on average {share} out of 100."


def _faded(change: Change, found: Difference, span: Span) -> str:
    """Say for how long nothing was logged; where they met and nothing was observed, say that."""
    observed_on = change.before.last_on if change.before else None
    pair = {change.rater, change.ratee}
    met_on = next((tie.last_on for tie in found.network.ties if {tie.a, tie.b} == pair), None)
    if observed_on is None:
        return "What it rested on is no longer there."
    if met_on is not None and met_on > observed_on:
        return f"They met, but said nothing of one another for {(span.on - observed_on).days} days."
    return f"Nothing logged for {(span.on - observed_on).days} days. No bad news."


def _began(change: Change, span: Span) -> str:
    """Say which partnership brought two together, and when."""
    joined = {part[:2]: part.joined_on for part in span.after.parts}
    begun: list[tuple[date, str]] = []
    names: list[str] = []
    for work in _works(span.after, change):
        days = [work.started_on, *(joined.get((work.id, body)) for body in (change.rater, change.ratee))]
        names.append(work.name)
        begun += [(day, work.name) for day in [max(filter(None, days), default=None)] if day and day > span.since]
    if not begun:
        return f"They take part in {names[0]}." if names else ""
    day, name = min(begun)
    return f"Together in {name} since {_day(day)}."


def _over(change: Change, span: Span) -> str:
    """Say which partnership ended, or who left it."""
    left = {part[:2]: part.left_on for part in span.before.parts}
    bodies = {node.id: node.label for node in span.before.nodes}
    told: list[tuple[date, str]] = []
    for work in _works(span.before, change):
        told += [(day, f"{work.name} closed on {_day(day)}.") for day in [work.closed_on] if day]
        for body in (change.rater, change.ratee):
            day = left.get((work.id, body))
            told += [(day, f"{bodies[body]} left {work.name} on {_day(day)}.")] if day and body in bodies else []
    within = [one for one in told if span.since < one[0] <= span.on]
    return max(within)[1] if within else ""


def _works(facts: Facts, change: Change) -> list[Work]:
    return [facts.work_by_id[one] for one in change.partnerships if one in facts.work_by_id]


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
