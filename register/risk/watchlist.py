"""The watchlist: the partnerships with flags, worst first, the same for every viewer and then filtered for each.

Order: by the harm expected in 90 days, which is the largest breach exposure among the relationships of a partnership
with a flag that speaks of trouble; where that is equal, and for all others, by the gravity of the worst flag, then by
how long it has held. What is merely not known comes last: it is no bad news.

People's answers move it: a plan whose day went by rises, above all others where its flag speaks of trouble and else
above those of its gravity; where every flag is deferred or closed, the partnership comes after all others.

The list is kept in the process for the day and the state of the history it was made from: a page costs a look-up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from register.accounts.models import Person
from register.accounts.permissions import NO, ROLE_STANDINGS, cell
from register.clock import Clocks
from register.collecting import uncollected
from register.database import db
from register.history.ledger import ledger_of
from register.risk.answer_lookups import Key, last_answers, states_of
from register.risk.exposure import exposure_of
from register.risk.facts import PartnershipFacts
from register.risk.facts_lookups import gather
from register.risk.flags import SEVERITIES, Flag
from register.risk.life import OPEN, Answer, State
from register.risk.lookups import database_address, hidden_from, last_link, seen_of
from register.risk.rule_lookups import thresholds_in_force
from register.risk.rules import flags_from
from register.risk.thresholds import RULES_AS_PUBLISHED, Thresholds
from register.risk.views import ViewFacts

KEPT: Final = 24
"""Lists kept in a process, of other days too."""


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

    @property
    def flagged(self) -> tuple[Entry, ...]:
        """The watchlist."""
        return tuple(entry for entry in self.entries if entry.flags)


TELLING: Final = ("strong_deal_weak_relationship", "recent_breach", "weak_trust", "one_sided", "breach_exposure")
"""Of flags of one gravity, those that say most to somebody who reads only the first."""

UNANSWERED: Final[Mapping[Key, Answer]] = MappingProxyType({})

_kept: dict[tuple[str, Clocks, str], Survey] = {}
_in_trouble: dict[str, frozenset[int]] = {}
"""Who was in trouble on the list of today that was made last, by database."""


def survey(clocks: Clocks) -> Survey:
    """Return every live partnership with its flags, for nobody in particular: filter it before showing it."""
    if ledger_of(db.session()).done:
        # What was recorded and is not sealed yet has not moved the head of the history: nothing is kept of such a list.
        return _surveyed(clocks)
    key = (database_address(), clocks, last_link())
    found = _kept.get(key)
    if found is None:
        found = _surveyed(clocks)
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = found
    if clocks.is_now:
        _in_trouble[key[0]] = frozenset(entry.id for entry in found.flagged if entry.is_in_trouble)
    return found


def _surveyed(clocks: Clocks) -> Survey:
    with uncollected():
        answers, thresholds = last_answers(clocks), thresholds_in_force(clocks)
        entries = [_entry(facts, answers, thresholds) for facts in gather(clocks, (thresholds,))]
    return Survey(clocks, tuple(sorted(entries, key=_order)), thresholds.number)


def watchlist(clocks: Clocks) -> tuple[Entry, ...]:
    """Return the whole watchlist, restricted partnerships too, worst first."""
    return survey(clocks).flagged


def visible_survey(person: Person, clocks: Clocks) -> Survey:
    """Return every live partnership that a person may see, with its flags."""
    found = survey(clocks)
    return Survey(clocks, tuple(_seen_by(person, found.entries)), found.rule_set)


def visible_watchlist(person: Person, clocks: Clocks) -> tuple[Entry, ...]:
    """Return the watchlist of the partnerships that a person may see, worst first."""
    return visible_survey(person, clocks).flagged


def count_in_trouble(person: Person) -> int | None:
    """Return how many partnerships in trouble a person may see, for the navigation of every page.

    Counted in the list that this process made last, which may lie some writes or a night back; None where it made none
    yet. Only pages that show the list make it: in a large register that takes seconds, and no other page waits for it.
    """
    if cell("partnership:see", ROLE_STANDINGS[person.role]) == NO:
        return 0
    found = _in_trouble.get(database_address())
    return None if found is None else len(found - hidden_from(person))


def entry_of(partnership_id: int, clocks: Clocks) -> Entry | None:
    """Return one partnership with its flags; None for one closed, not started or unknown."""
    return next((entry for entry in survey(clocks).entries if entry.id == partnership_id), None)


def flags_of(partnership_id: int, clocks: Clocks) -> tuple[Flag, ...]:
    """Return the flags of one partnership, the worst first; none for one closed, not started or unknown."""
    entry = entry_of(partnership_id, clocks)
    return entry.flags if entry else ()


def _seen_by(person: Person, entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that a person may know of: the one filter that everything else goes through too."""
    if cell("partnership:see", ROLE_STANDINGS[person.role]) == NO:
        return []
    every = list(entries)
    seen = seen_of((entry.id for entry in every if entry.facts.is_restricted), person)
    return [entry for entry in every if not entry.facts.is_restricted or entry.id in seen]


def _entry(
    facts: PartnershipFacts, answers: Mapping[Key, Answer] = UNANSWERED, thresholds: Thresholds = RULES_AS_PUBLISHED,
) -> Entry:
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


def _order(entry: Entry) -> tuple[object, ...]:
    if not entry.flags:
        return (2, True, 0.0, 0, True, date.max, entry.name, entry.id)
    rises = any(flag.is_trouble for flag in entry.overdue)
    return (
        int(entry.is_settled), not rises, -entry.harm, SEVERITIES.index(entry.worst.severity), not entry.overdue,
        entry.since, entry.name, entry.id,
    )
