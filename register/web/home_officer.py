"""An officer's home: what to do today, worst first, each with its one action; then the officer's own partnerships."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from register.accounts.models import Person
from register.clock import Clocks
from register.database import db
from register.interactions.lookups import as_known
from register.interactions.models import Interaction
from register.risk.entries import Entry, Survey
from register.risk.facts import PromiseFacts
from register.risk.flags import Flag, counted
from register.risk.kept_changes import LOOKED_BACK
from register.web.clocks import asked_clocks, kept_in_links
from register.web.paging import page_of_list
from register.web.security import me
from register.web.surveys import as_of, shown_survey
from register.web.watchlist import partnerships_of, survey_then

WEEK = timedelta(days=7)
SOON = timedelta(days=90)
MOST_PROMISES = 5
MOST_FLAGS = 5
COMING = 10
LISTED = 12
"""Of the officer's own partnerships, the worst first; all of them are a page away."""
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
    found = shown_survey(clocks)
    ids = partnerships_of(me())
    mine = [entry for entry in found.entries if entry.id in ids]
    promises = promises_to_settle(mine, clocks.on)
    flags = [(flag, entry) for entry in mine if (flag := flag_to_answer(entry)) is not None]
    everything = request.args.get("all") == "1"
    here: dict[str, Any] = {**kept_in_links(clocks), "all": 1}
    return render_template(
        "home/officer.html", mine=mine, on=clocks.on, steps=[
            *(_promise_step(promise, entry, clocks.on) for promise, entry in promises[:MOST_PROMISES]),
            *(_flag_step(flag, entry, clocks.on) for flag, entry in flags[:MOST_FLAGS]),
        ],
        number=len(promises) + len(flags), late=sum(promise.due_on < clocks.on for promise, _ in promises),
        coming=coming_up(mine, clocks.on, COMING), total=len(found.entries), logged=logged_by(me(), clocks),
        since=clocks.on - LOOKED_BACK, learned=_learned(ids, clocks, found), as_of=as_of(found), found=found,
        listed=page_of_list(mine) if everything else None, first=mine[:LISTED],
        all_url=url_for("home.home", _anchor="yours", **here),
    )


def promises_to_settle(mine: Sequence[Entry], on: date) -> list[tuple[PromiseFacts, Entry]]:
    """Return the promises that are overdue or due within a week, the earliest first."""
    return sorted(
        ((promise, entry) for entry in mine for promise in entry.facts.promises if promise.due_on <= on + WEEK),
        key=lambda pair: (pair[0].due_on, pair[0].commitment_id),
    )


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


def flag_to_answer(entry: Entry) -> Flag | None:
    """Return a partnership's worst flag of which something is to do: no promise, and neither deferred nor closed."""
    return next((flag for flag in entry.flags
                 if flag.rule != "promises_overdue" and not entry.state_of(flag).is_settled), None)


def _flag_step(flag: Flag, entry: Entry, on: date) -> Step:
    action = ACTION_OF_RULE.get(flag.rule, REVIEW)
    when = f"for {counted((on - flag.since).days, 'day')}" if flag.since < on else "since today"
    return Step(f"{entry.name}: {flag.name.lower()}", flag.words, when, False, action, _address(entry, action))


def _address(entry: Entry, action: str) -> str:
    if action == REVIEW:
        return url_for("interactions.new", partnership=entry.id, kind="review")
    if action == DEAL:
        return url_for("deals.show", partnership_id=entry.id)
    if action == "See the network":
        return url_for("network.index")
    return url_for("partnerships.show", partnership_id=entry.id)


def coming_up(mine: Sequence[Entry], on: date, most: int) -> list[Coming]:
    """Return the first days of the next three months: promises due, reviews, notice, ends."""
    found = sorted((day, name, words, number, promise)
                   for entry in mine for day, words, name, number, promise in _days_of(entry) if on <= day <= on + SOON)
    return [
        Coming(day, words, name, url_for("commitments.settle", commitment_id=promise) if promise
               else url_for("deals.show", partnership_id=number))
        for day, name, words, number, promise in found[:most]
    ]


def _days_of(entry: Entry) -> list[tuple[date, str, str, int, int]]:
    """Return (day, words, name, partnership, promise or 0) for each day that a partnership has before it."""
    deal, facts = entry.facts.deal, entry.facts
    days = [(deal.review_on, "Review due"), (deal.notice_on, "Last day to give notice"),
            (deal.ends_on or facts.ends_on, "Ends")] if deal else [(facts.ends_on, "Ends")]
    return [
        *((day, words, entry.name, entry.id, 0) for day, words in days if day is not None),
        *((promise.due_on, f"{promise.promisor}: {promise.what}", entry.name, entry.id, promise.commitment_id)
          for promise in facts.promises),
    ]


def logged_by(person: Person, clocks: Clocks) -> int:
    """Return how many interactions a person logged that were held in the last 90 days."""
    asked = select(func.count()).select_from(Interaction).where(
        as_known(clocks), Interaction.recorded_by_id == person.id, Interaction.held_on > clocks.on - LOOKED_BACK,
    )
    return db.session.scalar(asked) or 0


def _learned(ids: frozenset[int], clocks: Clocks, found: Survey) -> list[Entry]:
    """Return the officer's partnerships of which more views are known than were 90 days before."""
    then = survey_then(clocks, clocks.on - LOOKED_BACK)
    if then.is_missing:
        return []
    before = {entry.id: _known(entry) for entry in then.entries}
    return [entry for entry in found.entries if entry.id in ids and _known(entry) > before.get(entry.id, 0)]


def _known(entry: Entry) -> int:
    return sum(view.is_known for view in entry.facts.views)
