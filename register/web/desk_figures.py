"""Published figures worked out again from their stored inputs, at the auditor's desk."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from register.clock import today
from register.network.lookups import partnership_names
from register.partnerships.lookups import Relationship, organisations
from register.partnerships.visibility import has_opened_restricted, visible_to
from register.reports.recomputation import CLOSE
from register.reports.recomputation_lookups import recomputed, relationships_with_evidence
from register.reports.sampling import sample
from register.trust.model_lookups import model_in_force
from register.web.clocks import asked_clocks
from register.web.desk import blueprint
from register.web.security import allow, me, partnership_or_404
from register.web.sides import number_of

TAKEN = 25
"""Figures of a sample: enough to find a fault that is common, few enough to answer at once."""


@blueprint.route("/desk/figures")
@allow("desk:use")
def figures() -> ResponseReturnValue:
    """Work a sample of figures out again, and say of each whether it is equal."""
    clocks = asked_clocks()
    seed = "".join(request.args.get("seed", "").split())[:40] or f"{today():%Y%m%d}"
    every = relationships_with_evidence(visible_to(me()))
    taken = [every[place] for place in sample(seed, "figure", range(len(every)), TAKEN)]
    redone = recomputed(taken, clocks)
    bodies = organisations({body for key in taken for body in key[1:]})
    return render_template(
        "desk/figures.html", redone=redone, bodies=bodies, of=len(every), seed=seed, model=model_in_force(),
        names=partnership_names(me(), {key.partnership_id for key in taken}), on=clocks.on,
        equal=sum(one.is_equal for one in redone), sees_restricted=has_opened_restricted(me()),
    )


@blueprint.route("/desk/figures/<int:rater_id>/of/<int:ratee_id>")
@allow("desk:use")
def working(rater_id: int, ratee_id: int) -> ResponseReturnValue:
    """Show the whole working of one figure, from the evidence as it is stored to the figure as it is published."""
    partnership = partnership_or_404(number_of(request.args.get("partnership")))
    bodies = organisations({rater_id, ratee_id})
    if len(bodies) < 2:  # noqa: PLR2004 - a relationship has two ends
        abort(404)
    clocks = asked_clocks()
    (redone,) = recomputed([Relationship(partnership.id, rater_id, ratee_id)], clocks)
    return render_template(
        "desk/working.html", redone=redone, rater=bodies[rater_id], ratee=bodies[ratee_id], partnership=partnership,
        model=model_in_force(), on=clocks.on, close=CLOSE,
    )
