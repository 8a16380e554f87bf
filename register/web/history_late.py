"""The page of what was recorded late, and of what a look at the past leaves out."""

from datetime import datetime
from typing import Any, NamedTuple

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from register.clock import Clocks
from register.database import db
from register.interactions.models import Commitment, Interaction, Settlement
from register.network.lookups import partnership_names
from register.partnerships.models import Partnership
from register.partnerships.visibility import visible_to
from register.reports.late_lookups import (
    CORRECTION,
    LATE_AFTER,
    MEETING,
    OUTCOME,
    PROMISE,
    Happening,
    count_late,
    late_entries,
    left_out,
)
from register.web.clocks import asked_clocks, kept_in_links
from register.web.record_ids import LARGEST_ID
from register.web.security import allow, me, partnership_or_404
from register.web.sides import number_of
from register.web.two_clocks import drawings

blueprint = Blueprint("late", __name__)

PAGE = 50
MOST_DAYS = 3650
NAMES = {MEETING: "Interaction", CORRECTION: "Correction", PROMISE: "Promise", OUTCOME: "What became of a promise"}


class Late(NamedTuple):
    """One entry of the list."""

    happening: Happening
    name: str
    words: str
    url: str
    partnership: str


@blueprint.route("/history/late")
@allow("history:see-record")
def index() -> ResponseReturnValue:
    """List what was recorded long after it happened; with `left_out`, what the clocks leave out."""
    clocks, after_days = asked_clocks(), _asked_days()
    partnership = _asked_partnership()
    visible, within = visible_to(me()), partnership.id if partnership else None
    shows_left_out = "left_out" in request.args and clocks.known is not None
    if shows_left_out:
        found, more = left_out(clocks, visible, within), False
    else:
        found = late_entries(visible, clocks, after_days, within, until=_asked_place(), limit=PAGE + 1)
        found, more = found[:PAGE], len(found) > PAGE
    return render_template(
        "history/late.html", rows=_told(found, clocks), after_days=after_days, partnership=partnership,
        counted=count_late(visible, clocks, after_days, within), shows_left_out=shows_left_out,
        drawn=drawings(found[:40], clocks, after_days), next_url=_next(found[-1], after_days) if more else None,
    )


def _asked_days() -> int:
    return min(number_of(request.args.get("days")) or LATE_AFTER, MOST_DAYS)


def _asked_partnership() -> Partnership | None:
    number = number_of(request.args.get("partnership"))
    return partnership_or_404(number) if number and number <= LARGEST_ID else None


def _asked_place() -> tuple[datetime, int] | None:
    """Return where the page before ended; a place that no page has given leads to the first page."""
    at, _, number = request.args.get("after", "").partition("_")
    try:
        instant = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (instant, number_of(number) or 0) if instant.tzinfo else None


def _next(last: Happening, after_days: int) -> str:
    kept: dict[str, Any] = {key: value for key, value in request.args.items() if key not in ("after", "days")}
    place = f"{last.recorded_at.isoformat()}_{last.record_id}"
    return url_for("late.index", **kept, days=after_days, after=place)


def _told(found: list[Happening], clocks: Clocks) -> list[Late]:
    names = partnership_names(me(), {one.partnership_id for one in found})
    words = _words(found)
    keep: dict[str, Any] = {**kept_in_links(clocks)}
    told = []
    for one in found:
        said, place = words.get((one.kind, one.record_id), ("", 0))
        endpoint = (
            url_for("interactions.show", interaction_id=one.record_id, **keep) if one.kind in (MEETING, CORRECTION)
            else url_for("commitments.settle", commitment_id=place, **keep)
        )
        told.append(Late(one, NAMES[one.kind], said, endpoint, names.get(one.partnership_id, "")))
    return told


def _words(found: list[Happening]) -> dict[tuple[str, int], tuple[str, int]]:
    """Return what each entry says, and the promise it is about where it is about one."""
    ids = {kind: [one.record_id for one in found if one.kind == kind] for kind in NAMES}
    said: dict[tuple[str, int], tuple[str, int]] = {}
    meetings = select(Interaction.id, Interaction.account).where(Interaction.id.in_(ids[MEETING] + ids[CORRECTION]))
    for number, account in db.session.execute(meetings):
        said[MEETING, number] = said[CORRECTION, number] = (account, 0)
    promised = select(Commitment.id, Commitment.what).where(Commitment.id.in_(ids[PROMISE]))
    for number, what in db.session.execute(promised):
        said[PROMISE, number] = (what, number)
    settled = select(Settlement.id, Commitment.id, Commitment.what, Settlement.outcome).join(
        Commitment, Commitment.id == Settlement.commitment_id,
    ).where(Settlement.id.in_(ids[OUTCOME]))
    for number, commitment, what, outcome in db.session.execute(settled):
        said[OUTCOME, number] = (f"{outcome}: {what}", commitment)
    return said
