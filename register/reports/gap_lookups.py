"""The gaps of the register: deals, reviews and readings that lack something, and flags that nobody answered."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from register.accounts.models import Person
from register.clock import Clocks
from register.database import db
from register.interactions.lookups import as_known
from register.interactions.models import Interaction, Reading
from register.partnerships.deal_models import DealRevision
from register.partnerships.lookups import deals_in_force, live_on
from register.partnerships.models import Partnership
from register.partnerships.visibility import visible_to
from register.reports.gaps import MOST_LISTED, Gap, Item
from register.reports.late_lookups import LATE_AFTER, count_late, late_entries
from register.risk.entries import Entry, Survey
from register.risk.flags import Flag
from register.risk.rules import RULES

YEAR = timedelta(days=365)
RULE_NAMES = {rule.key: rule.name for rule in RULES}


def gaps_of(person: Person, found: Survey) -> list[Gap]:
    """Return every gap among what a person may see, in the order in which an auditor asks.

    `found` is the list of risks that they see of the day; of one that is not made yet nothing is said.
    """
    clocks = found.clocks
    visible = visible_to(person)
    partnerships = dict(db.session.execute(
        select(Partnership.id, Partnership.name).where(visible, live_on(clocks)).order_by(Partnership.name),
    ).all())
    deals = deals_in_force(partnerships, clocks)
    return [
        *_deal_gaps(partnerships, deals),
        _no_review(partnerships, clocks),
        _without_evidence(visible, clocks),
        _late(visible, clocks),
        *(() if found.is_missing else _flag_gaps(found.flagged)),
    ]


def _gap(key: str, title: str, means: str, items: Iterable[Item], of: int) -> Gap:
    found = list(items)
    return Gap(key, title, means, len(found), of, found[:MOST_LISTED])


def _partnership(number: int, name: str, detail: str) -> Item:
    return Item(name, detail, "partnership", (str(number),))


def _deal_gaps(partnerships: dict[int, str], deals: dict[int, DealRevision]) -> list[Gap]:
    def lacking(document: str) -> list[Item]:
        return [
            _partnership(key, name, "no deal on record" if key not in deals else f"revision {deals[key].revision}")
            for key, name in partnerships.items() if key not in deals or document not in deals[key].documents_in_place
        ]

    no_exit = [
        item for item in lacking("exit")
        if (deal := deals.get(int(item.target[0]))) is None or not deal.exit_arrangement
    ]
    return [
        _gap("agreement", "No agreement", "At work, and the deal in force names no agreement that is in place.",
             lacking("agreement"), len(partnerships)),
        _gap("exit", "No exit arrangement", "At work, and nothing says how it would end.", no_exit, len(partnerships)),
    ]


def _no_review(partnerships: dict[int, str], clocks: Clocks) -> Gap:
    rows = db.session.execute(
        select(Interaction.partnership_id, func.max(Interaction.held_on))
        .where(as_known(clocks), Interaction.kind == "review").group_by(Interaction.partnership_id),
    )
    last = dict(rows.all())
    items = [
        _partnership(key, name, f"last review {last[key]:%-d %B %Y}" if key in last else "never reviewed")
        for key, name in partnerships.items() if key not in last or last[key] <= clocks.on - YEAR
    ]
    return _gap("review", "No review in 12 months", "At work, and no interaction of the kind review in 365 days.",
                items, len(partnerships))


def _without_evidence(visible: ColumnElement[bool], clocks: Clocks) -> Gap:
    lacks = or_(Reading.evidence.is_(None), Reading.evidence == "")
    joined: Any = (
        select(func.count().filter(lacks), func.count()).select_from(Reading)
        .join(Interaction, Interaction.id == Reading.interaction_id)
        .join(Partnership, Partnership.id == Interaction.partnership_id).where(visible, as_known(clocks))
    )
    count, of = db.session.execute(joined).one()
    rows = db.session.execute(
        select(Interaction.id, Interaction.held_on, Partnership.name, func.count())
        .join(Reading, Reading.interaction_id == Interaction.id)
        .join(Partnership, Partnership.id == Interaction.partnership_id)
        .where(visible, as_known(clocks), lacks).group_by(Interaction.id, Interaction.held_on, Partnership.name)
        .order_by(Interaction.held_on.desc(), Interaction.id.desc()).limit(MOST_LISTED),
    )
    items = [
        Item(f"{name}, {held_on:%-d %B %Y}", f"{number} without", "interaction", (str(key),))
        for key, held_on, name, number in rows
    ]
    return Gap("evidence", "Readings without evidence", "A score that nothing written stands behind, by interaction.",
               count, of, items)


def _late(visible: ColumnElement[bool], clocks: Clocks) -> Gap:
    count, of = count_late(visible, clocks)
    items = [
        Item(f"{one.kind.capitalize()} of {one.happened_on:%-d %B %Y}", f"recorded {one.days} days later", one.kind,
             (str(one.record_id),))
        for one in late_entries(visible, clocks, limit=MOST_LISTED)
    ]
    return Gap("late", "Late entries", f"Recorded more than {LATE_AFTER} days after the day they speak of.",
               count, of, items)


def _flag_gaps(entries: Iterable[Entry]) -> list[Gap]:
    raised = [(entry, flag) for entry in entries for flag in entry.flags]
    never = [
        _flag(entry, flag, f"since {flag.since:%-d %B %Y}")
        for entry, flag in raised if entry.state_of(flag).answer is None
    ]
    overdue = [_flag(entry, flag, entry.state_of(flag).words) for entry in entries for flag in entry.overdue]
    return [
        _gap("flags", "Flags never answered", "Raised today, and nobody acknowledged, planned, deferred or closed it.",
             never, len(raised)),
        _gap("plans", "Plans overdue", "Planned, and the day to look again went by.", overdue, len(raised)),
    ]


def _flag(entry: Entry, flag: Flag, detail: str) -> Item:
    return Item(f"{entry.name}: {RULE_NAMES[flag.rule].lower()}", detail, "flag", (str(entry.id), flag.rule))
