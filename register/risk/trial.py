"""The trial of thresholds: which flags of the past 24 month ends would have come, and which would not have been raised.

Each past day is gathered once, as it is known now, and argued by both sets; answers of people play no part. For rules
that argue from trust the whole log is read again for each day: where the log is long, they are tried on every third
month end only.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from register.accounts.models import Person
from register.accounts.permissions import NO, ROLE_STANDINGS, cell
from register.clock import Clocks
from register.risk.facts import PartnershipFacts
from register.risk.facts_lookups import gather
from register.risk.lookups import pieces_of_evidence, seen_of
from register.risk.rules import flags_from
from register.risk.thresholds import Thresholds

MONTHS: Final = 24
OF_TRUST: Final = frozenset({"weak_trust", "one_sided", "strong_deal_weak_relationship", "thin_deal_good_relationship"})
EVERY: Final = 3
"""Month ends, for the rules that argue from trust where the log is long."""
LONG_LOG: Final = 25_000
"""Pieces of evidence: reading so many again for 24 days takes about half a minute."""


class Raised(NamedTuple):
    """A rule's flag in a partnership on the end of a month."""

    partnership_id: int
    name: str
    rule: str
    on: date


class Moved(NamedTuple):
    """A flag that only one of the two sets raises, with the month ends on which it does."""

    partnership_id: int
    name: str
    rule: str
    days: tuple[date, ...]


class Trial(NamedTuple):
    """What came of a trial."""

    days: tuple[date, ...]
    before: dict[date, int]
    """How many flags of the changed rules were raised on each month end."""
    after: dict[date, int]
    came: tuple[Moved, ...]
    """Flags that only the tried set raises, those of the most months first."""
    gone: tuple[Moved, ...]


def month_ends(on: date, number: int = MONTHS) -> tuple[date, ...]:
    """Return the last days of the months before a day, the oldest first.

    Example: of 23 November 2026 the last is 31 October 2026.
    """
    found = []
    day = on
    for _ in range(number):
        day = day.replace(day=1) - timedelta(days=1)
        found.append(day)
    return tuple(reversed(found))


def try_out(person: Person, current: Thresholds, tried: Thresholds, rules: frozenset[str], on: date) -> Trial:
    """Return what some rules would have raised by other thresholds, in the partnerships that a person may see."""
    of_trust = bool(rules & OF_TRUST)
    is_long = of_trust and pieces_of_evidence() > LONG_LOG
    days = month_ends(on)[EVERY - 1::EVERY] if is_long else month_ends(on)
    before, after = set[Raised](), set[Raised]()
    for day in days:
        facts = _seen(person, gather(Clocks(day), (current, tried), with_views=of_trust))
        before |= set(_raised(facts, current, rules))
        after |= set(_raised(facts, tried, rules))
    return compared(days, before, after)


def _seen(person: Person, found: tuple[PartnershipFacts, ...]) -> list[PartnershipFacts]:
    if cell("partnership:see", ROLE_STANDINGS[person.role]) == NO:
        return []
    seen = seen_of((facts.id for facts in found), person)
    return [facts for facts in found if facts.id in seen]


def _raised(found: Iterable[PartnershipFacts], thresholds: Thresholds, rules: frozenset[str]) -> Iterator[Raised]:
    for facts in found:
        for flag in flags_from(facts, thresholds):
            if flag.rule in rules:
                yield Raised(facts.id, facts.name, flag.rule, facts.on)


def compared(days: tuple[date, ...], before: set[Raised], after: set[Raised]) -> Trial:
    """Return a trial from the flags that either set raises."""
    return Trial(
        days, {day: sum(one.on == day for one in before) for day in days},
        {day: sum(one.on == day for one in after) for day in days}, _moved(after - before), _moved(before - after),
    )


def _moved(raised: Iterable[Raised]) -> tuple[Moved, ...]:
    by_flag: dict[tuple[int, str, str], list[date]] = defaultdict(list)
    for one in raised:
        by_flag[one[:3]].append(one.on)
    found = (Moved(*flag, tuple(sorted(days))) for flag, days in by_flag.items())
    return tuple(sorted(found, key=lambda moved: (-len(moved.days), moved.name, moved.rule)))
