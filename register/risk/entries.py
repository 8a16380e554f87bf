"""A live partnership with its flags, and where it stands on the watchlist.

Order: by the harm expected in 90 days, which is the largest breach exposure among the relationships of a partnership
with a flag that speaks of trouble; where that is equal, and for all others, by the gravity of the worst flag, then by
how long it has held. What is merely not known comes last: it is no bad news.

People's answers move it: a plan whose day went by rises, above all others where its flag speaks of trouble and else
above those of its gravity; where every flag is deferred or closed, the partnership comes after all others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from register.clock import Clocks
from register.risk.exposure import exposure_of
from register.risk.facts import PartnershipFacts
from register.risk.flags import SEVERITIES, Flag
from register.risk.life import OPEN, Answer, Key, State, states_of
from register.risk.rules import flags_from
from register.risk.thresholds import RULES_AS_PUBLISHED, Thresholds
from register.risk.views import ViewFacts


@dataclass(frozen=True, slots=True)
class Entry:
    """A live partnership with its flags; on the watchlist when it has any."""

    facts: PartnershipFacts
    flags: tuple[Flag, ...]
    """The worst first."""
    harm: float
    """Interactions of the next 90 days expected to go badly, of the most exposed relationship in trouble."""
    states: Mapping[str, State] = field(default_factory=dict)
    """Where each flag stands, by rule; those that nobody answered are left out."""
    is_whole: bool = True
    """Whether the rules that weigh the whole register could speak too."""

    @property
    def id(self) -> int:
        """The partnership's id."""
        return self.facts.id

    @property
    def name(self) -> str:
        """The partnership's name."""
        return self.facts.name

    @property
    def is_in_trouble(self) -> bool:
        """Whether its worst flag is grave: more than something to put right or to find out."""
        return bool(self.flags) and self.worst.severity == "high"

    @property
    def word(self) -> str:
        """How it stands, in one word."""
        return self.facts.word

    @property
    def weakest(self) -> ViewFacts | None:
        """Its lowest known view."""
        return self.facts.weakest

    @property
    def annual_pence(self) -> int | None:
        """What its deal is worth a year."""
        return self.facts.deal.annual_pence if self.facts.deal else None

    @property
    def worst(self) -> Flag:
        """The flag that is shown first."""
        return self.flags[0]

    @property
    def since(self) -> date:
        """The day on which the oldest flag of the worst one's gravity began."""
        return min(flag.since for flag in self.flags if flag.severity == self.worst.severity)

    @property
    def who_acts(self) -> str | None:
        """Who acts on the worst flag."""
        return self.acts_on(self.worst)

    @property
    def state(self) -> State:
        """Where the worst flag stands."""
        return self.state_of(self.worst)

    @property
    def is_settled(self) -> bool:
        """Whether every flag is deferred or closed."""
        return all(self.state_of(flag).is_settled for flag in self.flags)

    @property
    def overdue(self) -> tuple[Flag, ...]:
        """The flags with a plan whose day went by."""
        return tuple(flag for flag in self.flags if self.state_of(flag).is_overdue)

    def state_of(self, flag: Flag) -> State:
        """Return where a flag stands."""
        return self.states.get(flag.rule, OPEN)

    def acts_on(self, flag: Flag) -> str | None:
        """Return who acts on a flag: the owner of its plan, or else whom the rule names."""
        plan = self.state_of(flag).plan
        return plan.owner if plan else flag.who_acts


@dataclass(frozen=True, slots=True)
class Survey:
    """Every live partnership on a day, those on the watchlist first and worst first."""

    clocks: Clocks
    entries: tuple[Entry, ...]
    rule_set: int = 1
    """The number of the set of thresholds that raised the flags."""
    upto: int | None = None
    """The entry of the history up to which all of it was made; None: up to the last one, just now."""
    is_missing: bool = False
    """Whether it was not made yet, and so has no entries."""

    @property
    def flagged(self) -> tuple[Entry, ...]:
        """The watchlist."""
        return tuple(entry for entry in self.entries if entry.flags)


TELLING: Final = ("strong_deal_weak_relationship", "recent_breach", "weak_trust", "one_sided", "breach_exposure")
"""Of flags of one gravity, those that say most to somebody who reads only the first."""

UNANSWERED: Final[Mapping[Key, Answer]] = MappingProxyType({})


def entry_from(
    facts: PartnershipFacts, answers: Mapping[Key, Answer] = UNANSWERED, thresholds: Thresholds = RULES_AS_PUBLISHED,
) -> Entry:
    """Return the entry of a partnership: what the rules find in its facts, and where each flag stands."""
    found = flags_from(facts, thresholds)
    states = states_of(found, answers, facts.on)
    flags = sorted(found, key=lambda flag: _place(flag, states.get(flag.rule, OPEN)))
    in_trouble = any(flag.is_trouble and not states.get(flag.rule, OPEN).is_settled for flag in flags)
    exposures = [exposure_of(view, facts.on) or 0.0 for view in facts.views] if in_trouble else []
    return Entry(facts, tuple(flags), max(exposures, default=0.0), states)


def _place(flag: Flag, state: State) -> tuple[object, ...]:
    rises = state.is_overdue and flag.is_trouble
    return state.is_settled, not rises, SEVERITIES.index(flag.severity), not state.is_overdue, _telling(flag)


def _telling(flag: Flag) -> int:
    return TELLING.index(flag.rule) if flag.rule in TELLING else len(TELLING)


def order_of(entry: Entry) -> tuple[object, ...]:
    """Return what the list is sorted by."""
    if not entry.flags:
        return (2, True, 0.0, 0, True, date.max, entry.name, entry.id)
    rises = any(flag.is_trouble for flag in entry.overdue)
    return (
        int(entry.is_settled), not rises, -entry.harm, SEVERITIES.index(entry.worst.severity), not entry.overdue,
        entry.since, entry.name, entry.id,
    )
