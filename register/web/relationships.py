"""Why a figure is what it is: the evidence behind one relationship, its sum, and what would change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from register.clock import Clocks
from register.database import db
from register.interactions.commitment_lookups import CommitmentState, open_commitments
from register.interactions.disagreement_lookups import disagreements_with
from register.partnerships.lookups import Relationship, all_participations, organisations
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_models import Organisation
from register.partnerships.visibility import may, visible_to
from register.risk.actions import PLANNED_UNDER, Help, help_with
from register.risk.watchlist import flags_of
from register.trust.figure import COUNTERPART_STRENGTH, PRIOR_STRENGTH, Standing
from register.trust.lookups import View, determinant_views, views
from register.trust.schemes import determinant_of, scheme_of
from register.trust.settling import FAIR, VERY_GOOD, Change, changes_with
from register.trust.timeline import fades_on
from register.trust.timeline_lookups import raters_elsewhere
from register.web.clocks import asked_clocks
from register.web.relationship_evidence import Piece, evidence_rows
from register.web.relationship_story import story_of
from register.web.security import allow, me, partnership_or_404
from register.web.sides import number_of

blueprint = Blueprint("relationships", __name__)

WHY = {
    "strong": "Strong, because the figure is 80 or more and the whole band lies above 60.",
    "sound": "Sound, because the figure is 60 or more and the whole band lies above 40, and it is not yet strong.",
    "weak": "Weak, because the figure is below 40 and the whole band lies below 70.",
    "mixed": "Mixed: enough is known, and it is neither clearly good nor clearly bad.",
    "not known": "Not known, because at most two interactions’ worth of evidence is left: half or more is not known.",
}
"""The rules of `trust.figure.word`, said for the word that came out."""


class Part(NamedTuple):
    """One determinant of the relationship; `view` is None where it was never rated."""

    key: str
    name: str
    question: str
    view: View | None


class Worth(NamedTuple):
    """What helps with the part that stands lowest, and the flag that a plan for it would answer, if one is raised."""

    part: Part
    helps: Sequence[Help]
    rule: str | None


class Shared(NamedTuple):
    """A partnership in which the two stand in a relationship."""

    partnership: Partnership
    view: View


@dataclass(frozen=True)
class Settling:
    """What would change the word."""

    fair: Sequence[Change]
    very_good: Sequence[Change]
    fades: date | None
    """The first day on which it is not known if nothing is logged; None where it is so already."""
    promises: Sequence[CommitmentState]
    """Open promises to the one who rates: keeping them counts."""


@blueprint.route("/relationships/<int:rater_id>/to/<int:ratee_id>")
@allow("partnership:see")
def show(rater_id: int, ratee_id: int) -> ResponseReturnValue:
    """Show why the figure of one relationship is what it is; where the two share several partnerships, ask which."""
    clocks = asked_clocks()
    if "partnership" not in request.args:
        shared = _shared(rater_id, ratee_id)
        if len(shared) != 1:
            return _choose(shared, rater_id, ratee_id, clocks)
        partnership = shared[0]
    else:
        partnership = partnership_or_404(number_of(request.args["partnership"]))
    took_part = {row.organisation_id for row in all_participations(partnership.id)}
    if rater_id == ratee_id or not {rater_id, ratee_id} <= took_part:
        abort(404)
    relationship = Relationship(partnership.id, rater_id, ratee_id)
    names = organisations([rater_id, ratee_id])
    return _page(partnership, relationship, names[rater_id], names[ratee_id], clocks)


def _page(
    partnership: Partnership, relationship: Relationship, rater: Organisation, ratee: Organisation, clocks: Clocks,
) -> ResponseReturnValue:
    other = Relationship(partnership.id, ratee.id, rater.id)
    found = views([relationship, other], clocks)
    view = found[relationship]
    rows = evidence_rows(relationship, rater.label, clocks)
    pieces = [row for row in rows if isinstance(row, Piece)]
    parts = _parts(partnership, relationship, clocks)
    return render_template(
        "relationships/show.html", partnership=partnership, rater=rater, ratee=ratee, view=view,
        standing=view.standing, other=found[other], why=WHY[view.standing.word],
        rows=rows, pieces=pieces, weight=sum(piece.weight for piece in pieces),
        settling=_settling(view.standing, relationship, clocks), parts=parts,
        worth=_worth(parts[0], partnership.id, clocks), may_answer=may(me(), "flag:answer", partnership.id),
        raters_elsewhere=raters_elsewhere(relationship, clocks), lends=not partnership.is_restricted,
        story=story_of(view, found[other], rater, ratee, clocks),
        disagreements=disagreements_with(relationship, clocks),
        strength=PRIOR_STRENGTH, counterpart_strength=COUNTERPART_STRENGTH, on=clocks.on, is_now=clocks.is_now,
        may_log=clocks.is_now and not partnership.is_closed and may(me(), "interaction:log", partnership.id),
    )


def _settling(standing: Standing, relationship: Relationship, clocks: Clocks) -> Settling:
    promises = [
        state for state in open_commitments([relationship.partnership_id], clocks)
        if (state.commitment.promisee_id, state.commitment.promisor_id) == relationship[1:]
    ]
    return Settling(
        changes_with(standing, FAIR), changes_with(standing, VERY_GOOD),
        fades_on(standing.good + standing.bad, clocks.on), promises,
    )


def _parts(partnership: Partnership, relationship: Relationship, clocks: Clocks) -> list[Part]:
    """Return the determinants of the partnership's scheme, and any other that was rated, the lowest known first."""
    rated = {view.determinant: view for view in determinant_views(relationship, clocks)}
    keys = [*dict.fromkeys([*(one.key for one in scheme_of(partnership.scheme).determinants), *rated])]
    parts = [Part(key, determinant_of(key).name, determinant_of(key).question, rated.get(key)) for key in keys]
    return sorted(parts, key=lambda part: _rank(part.view))


def _worth(lowest: Part, partnership_id: int, clocks: Clocks) -> Worth | None:
    """Return what helps with the lowest part; nothing where it is not known, or sound already."""
    if lowest.view is None or lowest.view.standing.word not in ("weak", "mixed"):
        return None
    raised = {flag.rule for flag in flags_of(partnership_id, clocks)}
    rule = next((rule for rule in PLANNED_UNDER if rule in raised), None)
    return Worth(lowest, help_with(lowest.key), rule)


def _rank(view: View | None) -> tuple[int, float]:
    if view is None:
        return 2, 0.0
    return (1, 0.0) if view.standing.word == "not known" else (0, view.standing.figure)


def _shared(rater_id: int, ratee_id: int) -> list[Partnership]:
    """Return the partnerships that the person may see and in which both took part."""
    if rater_id == ratee_id:
        return []
    both = [
        Partnership.id.in_(select(Participation.partnership_id).where(Participation.organisation_id == body))
        for body in (rater_id, ratee_id)
    ]
    asked = select(Partnership).where(visible_to(me()), *both).order_by(Partnership.name, Partnership.id)
    return list(db.session.scalars(asked))


def _choose(shared: Sequence[Partnership], rater_id: int, ratee_id: int, clocks: Clocks) -> ResponseReturnValue:
    """Let the person choose among the partnerships that two organisations share."""
    if not shared:
        abort(404)
    names = organisations([rater_id, ratee_id])
    found = views([Relationship(partnership.id, rater_id, ratee_id) for partnership in shared], clocks)
    by_id = {relationship.partnership_id: view for relationship, view in found.items()}
    return render_template(
        "relationships/choose.html", rater=names[rater_id], ratee=names[ratee_id],
        shared=[Shared(partnership, by_id[partnership.id]) for partnership in shared],
    )
