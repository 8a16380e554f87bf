"""The page of one partnership: the deal beside the relationship, what is at risk, and what happened."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from register.clock import Clocks
from register.interactions.commitment_lookups import CommitmentState, commitment_states
from register.partnerships.lookups import Relationship, deal_in_force, shares_of
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Organisation
from register.risk.flags import Reason
from register.risk.watchlist import entry_of
from register.trust.figure import NOT_KNOWN
from register.trust.trend_lookups import trends
from register.web.clocks import asked_clocks, kept_in_links
from register.web.deal_facts import Deal, elapsed, next_dates
from register.web.partnership_facts import Standings, rests_on, standings_of, told
from register.web.partnerships import blueprint
from register.web.security import allow, may_now, partnership_or_404
from register.web.trust_charts import Chart, Log, charts_of, log_of

MOST_IN_GRID = 5
"""Organisations up to which a grid of standings fits; above it, the list below says the same."""


class Choice(NamedTuple):
    """A pair of organisations whose trust over time can be looked at."""

    value: str
    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Side:
    """What one organisation promised: open first, the longest overdue first; then the newest settled."""

    organisation: Organisation
    promises: Sequence[CommitmentState]

    @property
    def settled(self) -> Sequence[CommitmentState]:
        """The promises that count: kept, late or broken."""
        return [state for state in self.promises if state.outcome in ("kept", "late", "broken")]

    @property
    def kept(self) -> int:
        """How many were kept on time."""
        return sum(state.outcome == "kept" for state in self.settled)


@blueprint.route("/partnerships/<int:partnership_id>")
@allow("partnership:see")
def show(partnership_id: int) -> ResponseReturnValue:
    """Show a partnership as it was on the clocks' day."""
    partnership, clocks = partnership_or_404(partnership_id), asked_clocks()
    standings = standings_of(partnership, clocks)
    revision = deal_in_force(partnership.id, clocks)
    promises = commitment_states([partnership.id], clocks)
    log = log_of(partnership.id, promises, clocks)
    pair = standings.chosen_pair(request.args.get("pair"))
    may_log = may_now("interaction:log", partnership.id)
    return render_template(
        "partnerships/show.html", partnership=partnership, clocks_asked=clocks,
        told=told(revision, standings, clocks.on),
        deal=Deal(revision, shares_of(revision) if revision else (), elapsed(revision, clocks.on)),
        **_relationship_parts(partnership, standings, clocks),
        pair=[standings.names[body] for body in pair] if pair else [], choices=_choices(partnership, standings, pair),
        charts_shown=_charts(standings, pair, log, clocks), log=log, sides=_sides(promises, standings),
        entry=entry_of(partnership.id, clocks), reason_url=ReasonUrl(partnership.id),
        may_answer=may_now("flag:answer", partnership.id),
        dates=next_dates(partnership, revision, promises, clocks),
        may_log=may_log and not partnership.is_closed, may_settle=may_log,
        may_edit=may_now("partnership:edit", partnership.id), relationship_url=relationship_url,
    )


def _relationship_parts(partnership: Partnership, standings: Standings, clocks: Clocks) -> dict[str, object]:
    """Return what the card of the relationship and the list of standings show."""
    fits = 1 < len(standings.ids) <= MOST_IN_GRID
    every = list(standings.views.values())
    return {
        "standings": standings, "views_by": standings.views, "trends": trends(standings.views, clocks),
        "grid": standings.ids if fits else [],
        "counts": Counter(view.standing.word for view in every),
        # A long list is read from its worst end; a short one pair by pair.
        "listed": every if fits else [*standings.known, *(view for view in every if view.standing.word == NOT_KNOWN)],
        "rests_on": rests_on(partnership, standings.names, clocks),
    }


def kept() -> dict[str, Any]:
    """Return what keeps this page's clocks in its links."""
    return {**kept_in_links(asked_clocks())}


def relationship_url(relationship: Relationship) -> str:
    """Return the address that says why a figure is what it is, on the clocks of this page."""
    return url_for(
        "relationships.show", rater_id=relationship.rater_id, ratee_id=relationship.ratee_id,
        partnership=relationship.partnership_id, **kept(),
    )


def _choices(partnership: Partnership, standings: Standings, pair: tuple[int, int] | None) -> list[Choice]:
    here = {"partnership_id": partnership.id, **kept()}
    return [
        Choice(
            f"{one}-{other}", f"{standings.names[one].label} and {standings.names[other].label}",
            url_for("partnerships.show", **here, pair=f"{one}-{other}", _anchor="trust"), pair == (one, other),
        )
        for one, other in standings.pairs
    ]


def _charts(standings: Standings, pair: tuple[int, int] | None, log: Log, clocks: Clocks) -> list[Chart]:
    """Return both directions of a pair over time."""
    if pair is None:
        return []
    chosen = {key: view.standing for key, view in standings.views.items() if {*key[1:]} == {*pair}}
    return [
        replace(chart, url=relationship_url(chart.relationship))
        for chart in charts_of(chosen, standings.names, log, clocks)
    ]


def _sides(promises: Iterable[CommitmentState], standings: Standings) -> list[Side]:
    """Return the promises by who made them, in the order of joining."""
    by_side: dict[int, list[CommitmentState]] = {body: [] for body in standings.ids}
    bodies = dict(standings.names)
    for state in promises:
        by_side.setdefault(state.commitment.promisor_id, []).append(state)
        bodies[state.commitment.promisor_id] = state.commitment.promisor
    return [Side(bodies[body], sorted(some, key=_open_first)) for body, some in by_side.items() if some]


def _open_first(state: CommitmentState) -> tuple[bool, int]:
    settled = state.settled_on
    return settled is not None, -settled.toordinal() if settled else state.commitment.due_on.toordinal()


class ReasonUrl(NamedTuple):
    """Says where a flag's reason leads."""

    partnership_id: int

    def __call__(self, reason: Reason) -> str | None:
        """Return the address of the record that a reason rests on; None where it rests on none."""
        if reason.kind == "deal":
            return url_for("deals.show", partnership_id=self.partnership_id, **kept())
        if reason.kind == "plain" or not reason.target:
            return None
        first = reason.target[0]
        if reason.kind == "interaction":
            return url_for("interactions.show", interaction_id=first, **kept())
        if reason.kind == "commitment":
            return url_for("commitments.settle", commitment_id=first, **kept())
        if reason.kind == "organisation":
            return url_for("organisations.show", organisation_id=first, **kept())
        return relationship_url(Relationship(self.partnership_id, first, reason.target[-1]))
