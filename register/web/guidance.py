"""Guidance: how trust is worked out, who may do what, what the words mean; drawn from the tables the code runs on."""

from datetime import date, timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from register.accounts.kinds import ROLES
from register.accounts.permissions import PERMISSIONS, role_may
from register.clock import clocks_now, today
from register.exchange.bringing.limits import sizes
from register.exchange.imports import IMPORTS
from register.interactions.kinds import INTERACTION_KINDS, OUTCOMES
from register.network.measure_words import MEANINGS
from register.partnerships import kinds
from register.risk.rule_lookups import proposals, rule_sets, thresholds_in_force
from register.risk.rules import RULES
from register.risk.thresholds import PLACES, THRESHOLDS
from register.trust import benchmarks, figure, trend
from register.trust.evidence import Item, summed
from register.trust.model_lookups import model_in_force
from register.trust.schemes import SCHEMES, SCORES
from register.web.security import allow, me, public

blueprint = Blueprint("guidance", __name__)

PAGES = (
    ("To begin with", (
        ("guidance.first_steps", "First steps", "From an empty register to the first agenda; where each role starts."),
        ("guidance.words", "What the words mean", "Kinds of partnership, roles, stages, interactions, promises."),
        ("guidance.permissions", "Who may do what", "The one table of permissions."),
        ("guidance.accessibility", "Accessibility", "How the register works for everybody."),
    )),
    ("What the figures and pictures say", (
        ("guidance.trust", "How trust is worked out", "The figure, the band, what is not known, with examples."),
        ("guidance.rules", "The rules of risk", "When a flag is raised, by which thresholds, and who set them."),
        ("guidance.network", "How to read the network", "Words, table, matrix, picture; what each measure means."),
        ("guidance.self_check", "How well have our forecasts done?", "Each judgement forecast before it was known."),
    )),
    ("What is kept, and how it is proved", (
        ("guidance.history", "The history, and how to check it", "Two days of everything, and proof for outsiders."),
    )),
    ("In and out", (
        ("guidance.imports", "What can be brought in", "The kinds of files, what comes of them, and how large."),
        ("exports.sheets", "Our own sheets", "What each column of an export holds, and what an import takes."),
        ("api_document.page", "Reading by programs", "What a dashboard can read here, and how it logs a meeting."),
    )),
)  # fmt: skip
"""The pages of guidance by what somebody wants to know: endpoint, name, and what it says."""
STARTS = {
    "officer": "Start with Today: what to do next, and the form to log a meeting.",
    "leader": "Start with Today: every deal beside its relationship; then the watchlist and the network.",
    "auditor": "Start with the desk: six questions, and the history verified.",
    "governance": "Start with Erasures: what somebody asked for, what is under a legal hold.",
    "administrator": "Start with People: who may sign in, and as what.",
}
"""Where each role begins."""


@blueprint.route("/guidance")
@allow("register:see")
def index() -> ResponseReturnValue:
    """List the pages of guidance."""
    return render_template("guidance/index.html", groups=PAGES)


@blueprint.route("/guidance/trust")
@allow("register:see")
def trust() -> ResponseReturnValue:
    """Explain the figure in plain words, with examples that the code computes as the page is drawn."""
    return render_template(
        "guidance/trust.html",
        examples=[worked(example) for example in EXAMPLES],
        figure=figure,
        trend=trend,
        model=model_in_force(),
        benchmarks=benchmarks,
        schemes=SCHEMES,
        scores=SCORES,
    )


@blueprint.route("/guidance/rules")
@allow("register:see")
def rules() -> ResponseReturnValue:
    """Show the rules of risk with the thresholds in force, and the sets before them."""
    return render_template(
        "guidance/rules.html", rules=RULES, thresholds=THRESHOLDS, places=PLACES,
        current=thresholds_in_force(clocks_now()), sets=rule_sets(), proposals=proposals(),
        may_try=role_may(me().role, "rules:propose"),
    )


@blueprint.route("/guidance/words")
@allow("register:see")
def words() -> ResponseReturnValue:
    """Show the vocabulary, row by row as the code has it."""
    return render_template(
        "guidance/words.html",
        kinds=kinds,
        interaction_kinds=INTERACTION_KINDS,
        outcomes=OUTCOMES,
    )


@blueprint.route("/guidance/permissions")
@allow("register:see")
def permissions() -> ResponseReturnValue:
    """Show the table of permissions that the code asks."""
    return render_template("guidance/permissions.html", permissions=PERMISSIONS, roles=ROLES)


@blueprint.route("/guidance/imports")
@allow("register:see")
def imports() -> ResponseReturnValue:
    """Show what can be brought in, from the table that reads it, and the limits it keeps."""
    return render_template("guidance/imports.html", kinds=IMPORTS, sizes=sizes())


@blueprint.route("/guidance/first-steps")
@allow("register:see")
def first_steps() -> ResponseReturnValue:
    """Lead from an empty register to the first agenda, and each role to where it starts."""
    starts = [(role, STARTS[role.key]) for role in ROLES]
    enough = figure.PRIOR_STRENGTH / figure.NOT_KNOWN_FROM - figure.PRIOR_STRENGTH
    return render_template("guidance/first_steps.html", starts=starts, enough=enough)


@blueprint.route("/guidance/network")
@allow("register:see")
def network() -> ResponseReturnValue:
    """Say how the network is read, and what each measure means."""
    return render_template("guidance/network.html", meanings=MEANINGS)


@blueprint.route("/guidance/history")
@allow("register:see")
def history() -> ResponseReturnValue:
    """Say what the history keeps, what it proves, and how somebody outside checks it."""
    return render_template("guidance/history.html")


@blueprint.route("/guidance/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """Say what was done so that everybody can use the register."""
    return render_template("guidance/accessibility.html")


EXAMPLES = (
    ("One good meeting, today", ((0, 1.0),)),
    ("Five good meetings over five months", tuple((30 * month, 0.75) for month in range(5))),
    ("The same, and a broken promise last week", (*((30 * month, 0.75) for month in range(5)), (7, 0.0))),
    ("Ten good meetings, then three silent years", tuple((1095 + 30 * month, 0.85) for month in range(10))),
    ("Six meetings, half good and half bad", tuple((20 * place, float(place % 2)) for place in range(6))),
)
"""What happened, as (days ago, how good it was from 0 to 1)."""


def worked(example: tuple[str, tuple[tuple[int, float], ...]]) -> dict[str, object]:
    """Return an example with its sums and its standing, computed by the code that computes every figure."""
    title, happened = example
    on = today()
    items = [_item(on - timedelta(days=days), good, place) for place, (days, good) in enumerate(happened)]
    good, bad = summed(items, on, figure.HALF_LIFE)
    lent = figure.network_share(0, 0)
    return {"title": title, "good": good, "bad": bad, "lent": lent, "standing": figure.standing(good, bad, lent)}


def _item(held_on: date, good: float, place: int) -> Item:
    return Item("", held_on, good, 1 - good, f"rater {place}")
