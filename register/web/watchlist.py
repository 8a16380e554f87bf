"""The watchlist: who is at risk, why, since when, what clears it and who acts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from register.accounts.models import Person
from register.clock import Clocks
from register.database import db
from register.partnerships.models import Member, Partnership
from register.partnerships.visibility import partnerships_where
from register.risk.comparison import Comparison, compare
from register.risk.entries import Entry, Survey
from register.risk.kept_changes import LOOKED_BACK
from register.web.clocks import asked_clocks, kept_in_links
from register.web.days import read_day
from register.web.facets import asked_filtering, carried
from register.web.paging import page_of_list
from register.web.partnership_page import ReasonUrl
from register.web.security import allow, me
from register.web.surveys import as_of, shown_survey
from register.web.watchlist_filters import FACETS, groups_of, meets

blueprint = Blueprint("watchlist", __name__)

CARDS = 8
"""The worst are argued in full; of the others one line each."""
LISTED = 50
ARGUED = 25
"""Entries on a page, where all are argued in full."""


MOST_COMPARED = 4
_compared: list[tuple[Survey, Survey, Comparison]] = []
"""What was compared last: the same two lists are asked for again and again."""


@dataclass(frozen=True)
class Place:
    """An entry with its place on the whole list that the person may see."""

    rank: int
    entry: Entry
    is_new: bool


@blueprint.route("/watchlist")
@allow("partnership:see")
def index() -> ResponseReturnValue:
    """Show the flags that the person may see, worst first."""
    clocks = asked_clocks()
    since = asked_since(clocks)
    found = shown_survey(clocks)
    changes = changes_since(since, found, clocks)
    mine = partnerships_of(me())
    filtering = asked_filtering(FACETS)
    places = places_of(found, changes)
    shown = [place for place in places if meets(place.entry, filtering.chosen, mine)]
    everything = request.args.get("all") == "1"
    page = page_of_list(shown, ARGUED if everything else LISTED)
    cards = ARGUED if everything else CARDS if page.previous_url is None else 0
    here: dict[str, Any] = {key: values for key, values in request.args.lists() if key != "after"}
    now: dict[str, Any] = kept_in_links(clocks)
    return render_template(
        "watchlist/index.html", found=found, changes=changes, since=since, filter_count=filtering.count,
        groups=groups_of(found.flagged, filtering, mine), carried=carried("on", "known", "since"),
        cards=page.rows[:cards], rows=page.rows[cards:], places=page,
        all_url=url_for("watchlist.index", **{**here, "all": "1"}),
        clear_url=url_for("watchlist.index", **now), reason_url=ReasonUrl,
        unmanned=[entry for entry in found.flagged if entry.who_acts is None and not entry.is_settled], on=clocks.on,
        answerable=answerable_by(me(), page.rows[:cards]) if clocks.is_now else frozenset(), as_of=as_of(found),
    )


def answerable_by(person: Person, places: Iterable[Place]) -> frozenset[int]:
    """Return the partnerships among some places whose flags a person may answer."""
    seen = [place.entry.id for place in places]
    may_answer = partnerships_where(person, "flag:answer")
    return frozenset(db.session.scalars(select(Partnership.id).where(Partnership.id.in_(seen), may_answer)))


def asked_since(clocks: Clocks) -> date:
    """Return the day that the page compares with: `?since=`, or else 90 days before. Raises Refusal for no day."""
    asked = read_day(request.args.get("since"), "since")
    return min(asked, clocks.on) if asked else clocks.on - LOOKED_BACK


def survey_then(clocks: Clocks, since: date) -> Survey:
    """Return what the person would have seen on an earlier day, as the register knows it on the clocks' day."""
    return shown_survey(Clocks(since, clocks.known))


def changes_since(since: date, found: Survey, clocks: Clocks) -> Comparison | None:
    """Return what changed since a day; None where the list of one of the two days is not made yet."""
    then = survey_then(clocks, since)
    if then.is_missing or found.is_missing:
        return None
    same = next((changes for before, after, changes in _compared if before is then and after is found), None)
    if same is None:
        same = compare(then, found)
        _compared[:] = [*_compared[1 - MOST_COMPARED :], (then, found, same)]
    return same


def places_of(found: Survey, changes: Comparison | None) -> list[Place]:
    """Return the whole list with places and what is new on it."""
    new = {entry.id for entry in changes.came_on} if changes else set()
    return [Place(rank, entry, entry.id in new) for rank, entry in enumerate(found.flagged, 1)]


def partnerships_of(person: Person) -> frozenset[int]:
    """Return the partnerships that a person looks after or is named on."""
    return frozenset(db.session.scalars(
        select(Member.partnership_id).where(Member.person_id == person.id, Member.ended_at.is_(None)),
    ))
