"""An officer's home: what to do today, worst first, each with its one action; then the officer's own partnerships."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from register.accounts.models import Person
from register.clock import Clocks
from register.database import db
from register.interactions.lookups import as_known
from register.interactions.models import Interaction
from register.risk.facts import PromiseFacts
from register.risk.flags import counted
from register.risk.watchlist import Entry, Survey, visible_survey
from register.web.clocks import asked_clocks
from register.web.security import me
from register.web.watchlist import LOOKED_BACK, partnerships_of, survey_then

WEEK = timedelta(days=7)
SOON = timedelta(days=90)
MOST_PROMISES = 5
MOST_FLAGS = 5
COMING = 10
REVIEW = "Log a review"
DEAL = "Look at the deal"
ACTION_OF_RULE = {
    "thin_deal_good_relationship": DEAL, "notice_open": DEAL, "review_overdue": DEAL, "no_agreement": DEAL,
    "no_exit": DEAL, "end_near": DEAL, "rests_on_one": "See who meets whom", "single_point": "See the network",
}
"""What to do first about a flag; for all others it is to meet, and to log how it went."""


@dataclass(frozen=True)
class Step:
    """One thing to do, with its one button."""

    title: str
    why: str
    when: str
    is_late: bool
    """Whether it is a promise past its date."""
    action: str
    url: str


@dataclass(frozen=True)
class Coming:
    """A day to come."""

    day: date
    words: str
    name: str
    url: str


def what_to_do() -> ResponseReturnValue:
    """Show what is overdue, due this week and flagged in the officer's partnerships, and what comes up."""
    clocks = asked_clocks()
    found = visible_survey(me(), clocks)
    ids = partnerships_of(me())
    mine = [entry for entry in found.entries if entry.id in ids]
    promises, flags = promises_to_settle(mine, clocks.on), flags_to_answer(mine, clocks.on)
    return render_template(
        "home/officer.html", mine=mine, steps=[*promises[:MOST_PROMISES], *flags[:MOST_FLAGS]], on=clocks.on,
        number=len(promises) + len(flags), late=sum(step.is_late for step in promises),
        coming=coming_up(mine, clocks.on)[:COMING], total=len(found.entries), logged=logged_by(me(), clocks),
        since=clocks.on - LOOKED_BACK, learned=_learned(ids, clocks, found),
    )


def promises_to_settle(mine: Sequence[Entry], on: date) -> list[Step]:
    """Return the promises that are overdue or due within a week, the earliest first."""
    promises = sorted(((promise, entry) for entry in mine for promise in entry.facts.promises),
                      key=lambda pair: (pair[0].due_on, pair[0].commitment_id))
    return [_promise_step(promise, entry, on) for promise, entry in promises if promise.due_on <= on + WEEK]


def flags_to_answer(mine: Sequence[Entry], on: date) -> list[Step]:
    """Return a step for each flagged partnership, worst first."""
    return [step for entry in mine for step in _flag_step(entry, on)]


def _promise_step(promise: PromiseFacts, entry: Entry, on: date) -> Step:
    days = (promise.due_on - on).days
    return Step(
        promise.what, f"{promise.promisor} promised {promise.promisee}. {entry.name}.", _when(days), days < 0,
        "Say what became of it", url_for("commitments.settle", commitment_id=promise.commitment_id),
    )


def _when(days: int) -> str:
    if days < 0:
        return f"{counted(-days, 'day')} late"
    return f"due in {counted(days, 'day')}" if days else "due today"


def _flag_step(entry: Entry, on: date) -> list[Step]:
    """Return the one thing to do about a partnership's worst flag: no promise, and neither deferred nor closed."""
    flag = next((flag for flag in entry.flags
                 if flag.rule != "promises_overdue" and not entry.state_of(flag).is_settled), None)
    if flag is None:
        return []
    action = ACTION_OF_RULE.get(flag.rule, REVIEW)
    when = f"for {counted((on - flag.since).days, 'day')}" if flag.since < on else "since today"
    return [Step(f"{entry.name}: {flag.name.lower()}", flag.words, when, False, action, _address(entry, action))]


def _address(entry: Entry, action: str) -> str:
    if action == REVIEW:
        return url_for("interactions.new", partnership=entry.id, kind="review")
    if action == DEAL:
        return url_for("deals.show", partnership_id=entry.id)
    if action == "See the network":
        return url_for("network.index")
    return url_for("partnerships.show", partnership_id=entry.id)


def coming_up(mine: Sequence[Entry], on: date) -> list[Coming]:
    """Return the days of the next three months: promises due, reviews, notice, ends."""
    found = [coming for entry in mine for coming in _days_of(entry) if on <= coming.day <= on + SOON]
    return sorted(found, key=lambda coming: (coming.day, coming.name, coming.words))


def _days_of(entry: Entry) -> list[Coming]:
    deal, facts = entry.facts.deal, entry.facts
    terms = url_for("deals.show", partnership_id=entry.id)
    days = [(deal.review_on, "Review due"), (deal.notice_on, "Last day to give notice"),
            (deal.ends_on or facts.ends_on, "Ends")] if deal else [(facts.ends_on, "Ends")]
    return [
        *(Coming(day, words, entry.name, terms) for day, words in days if day is not None),
        *(Coming(promise.due_on, f"{promise.promisor}: {promise.what}", entry.name,
                 url_for("commitments.settle", commitment_id=promise.commitment_id)) for promise in facts.promises),
    ]


def logged_by(person: Person, clocks: Clocks) -> int:
    """Return how many interactions a person logged that were held in the last 90 days."""
    asked = select(func.count()).select_from(Interaction).where(
        as_known(clocks), Interaction.recorded_by_id == person.id, Interaction.held_on > clocks.on - LOOKED_BACK,
    )
    return db.session.scalar(asked) or 0


def _learned(ids: frozenset[int], clocks: Clocks, found: Survey) -> list[Entry]:
    """Return the officer's partnerships of which more views are known than were 90 days before."""
    before = {entry.id: _known(entry) for entry in survey_then(me(), clocks, clocks.on - LOOKED_BACK).entries}
    return [entry for entry in found.entries if entry.id in ids and _known(entry) > before.get(entry.id, 0)]


def _known(entry: Entry) -> int:
    return sum(view.is_known for view in entry.facts.views)
