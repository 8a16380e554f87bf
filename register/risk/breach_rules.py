"""Rules that argue from what happened: recent breaches, promises overdue."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from register.clock import day_words
from register.risk.facts import BreachFacts, PartnershipFacts, PromiseFacts
from register.risk.flags import Finding, Reason, capital, counted, listed, shortened
from register.risk.thresholds import PUBLISHED, Limits
from register.trust.figure import decay

BREACHES: Final = PUBLISHED["recent_breach"]
PROMISES: Final = PUBLISHED["promises_overdue"]
BREACH_HALF_LIFE: Final = 365.0
REASONS_SHOWN: Final = 5


def recent_breach(facts: PartnershipFacts, at: Limits = BREACHES) -> Finding | None:
    """Find a dispute, a broken promise or a reading of 1 that is recent, or several that have not faded."""
    run = present_run(as_single_events(facts.breaches), facts.on, at)
    if not run:
        return None
    return Finding(
        _breach_words(run),
        tuple(_breach_reason(breach) for breach in run[:REASONS_SHOWN]) + _earlier(run),
        run[-1].held_on,
        f"No further breach by {day_words(expiry(run, at))}. It then expires by itself.",
        "medium" if len(run) == 1 and run[0].kind == "broken promise" else None,
    )


def as_single_events(breaches: Sequence[BreachFacts]) -> list[BreachFacts]:
    """Return the breaches with each interaction once: a dispute with three readings of 1 is one breach."""
    kept: dict[tuple[int | None, int | None], BreachFacts] = {}
    for breach in sorted(breaches, key=lambda one: one.kind == "dispute", reverse=True):
        kept.setdefault((breach.interaction_id, breach.commitment_id), breach)
    return sorted(kept.values(), key=lambda one: one.held_on, reverse=True)


def present_run(breaches: Sequence[BreachFacts], on: date, at: Limits = BREACHES) -> list[BreachFacts]:
    """Return the breaches, newest first, since which the flag held without a break until `on`; none if it expired."""
    run: list[BreachFacts] = []
    until: date | None = None
    known: list[BreachFacts] = []
    for breach in sorted(breaches, key=lambda one: one.held_on):
        known.insert(0, breach)
        run = [breach, *run] if until is not None and breach.held_on <= until else [breach]
        until = expiry(known, at)
    return run if until is not None and on < until else []


def expiry(breaches: Sequence[BreachFacts], at: Limits = BREACHES) -> date:
    """Return the first day on which the flag no longer holds; `breaches` newest first.

    One counts for `at["days"]`. Several, each fading with a half-life of a year, count until they are down to
    `at["faded"]`: N faded breaches on the last one's day are down to one after 365 * log2(N) days.
    """
    last = breaches[0].held_on
    faded = sum(decay((last - breach.held_on).days, BREACH_HALF_LIFE) for breach in breaches)
    fading = math.ceil(BREACH_HALF_LIFE * math.log2(faded / at["faded"])) if faded > at["faded"] else 0
    return last + timedelta(days=max(int(at["days"]) + 1, fading))


def _breach_words(run: Sequence[BreachFacts]) -> str:
    kinds = dict.fromkeys(breach.kind for breach in run)
    said = [counted(sum(breach.kind == kind for breach in run), kind, PLURALS[kind]) for kind in kinds]
    last = day_words(run[0].held_on)
    when = f"since {day_words(run[-1].held_on)}, the last on {last}" if len(run) > 1 else f"on {last}"
    return f"{capital(listed(said))} {when}."


PLURALS = {"dispute": "disputes", "broken promise": "broken promises", "reading of 1": "readings of 1"}


def _breach_reason(breach: BreachFacts) -> Reason:
    text = f"{breach.kind.capitalize()}: {shortened(breach.words)}"
    if breach.commitment_id is not None:
        return Reason(text, "commitment", (breach.commitment_id,), day_words(breach.held_on))
    return Reason(text, "interaction", (breach.interaction_id or 0,), day_words(breach.held_on))


def _earlier(run: Sequence[BreachFacts]) -> tuple[Reason, ...]:
    left = len(run) - REASONS_SHOWN
    return (Reason(f"and {counted(left, 'earlier one')}"),) if left > 0 else ()


def promises_overdue(facts: PartnershipFacts, at: Limits = PROMISES) -> Finding | None:
    """Find promises of either side that are open past their date."""
    grace = timedelta(days=int(at["grace"]))
    late = [promise for promise in facts.promises if promise.due_on + grace < facts.on]
    if not late:
        return None
    oldest = late[0]
    days = counted((facts.on - oldest.due_on).days, "day")
    is_one = len(late) == 1
    return Finding(
        f"One promise is {days} past its date." if is_one else
        f"{capital(counted(len(late), 'promise'))} are past their dates, the oldest by {days}.",
        tuple(_promise_reason(promise) for promise in late[:REASONS_SHOWN]),
        oldest.due_on + grace + timedelta(days=1),
        f"{'It' if is_one else 'Each'} is kept, or agreed anew with a new date.",
    )


def _promise_reason(promise: PromiseFacts) -> Reason:
    return Reason(f"{promise.promisor} to {promise.promisee}: {shortened(promise.what)}", "commitment",
                  (promise.commitment_id,), f"due {day_words(promise.due_on)}")
