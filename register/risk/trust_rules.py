"""Rules that argue from trust: breach exposure, weak trust, one-sided, not known."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from register.clock import day_words
from register.risk.exposure import exposure, exposure_of
from register.risk.facts import PartnershipFacts
from register.risk.flags import Finding, Reason, counted, listed
from register.risk.reasons import enough_meetings, pieces_as_reasons, standing_reasons, worst_pieces
from register.risk.replay import Moment, held_since, not_known_since, pair_held_since
from register.risk.thresholds import NONE, PUBLISHED, Limits
from register.risk.views import ViewFacts
from register.trust.figure import NOT_KNOWN_FROM, chance_below, chance_exceeds, unknown

WEAK: Final = PUBLISHED["weak_trust"]
ONE_SIDED: Final = PUBLISHED["one_sided"]
MARGIN: Final = ONE_SIDED["margin"] / 100
"""How far apart two sides may be before it matters, as the register came with."""
CERTAIN: Final = ONE_SIDED["chance"] / 100
"""The chance from which the rule speaks, as the register came with."""
REASONS_SHOWN: Final = 3
PAIR: Final = 2
"""Partners between whom each view counts."""


def breach_exposure(facts: PartnershipFacts, _at: Limits = NONE) -> Finding | None:
    """Find the relationship most exposed to a breach: much happens, and much of it goes badly.

    It is among the most exposed tenth of the register, and was so when it was last heard of: silence adds nothing.
    """
    line = facts.exposure_line
    if line is None:
        return None
    exposed = [(harm, view, since) for view in facts.views if (harm := exposure_of(view, facts.on) or 0.0) >= line
               if (since := _exposed_since(view, line)) and worst_pieces([view], facts.on)]
    if not exposed:
        return None
    harm, view, _ = max(exposed, key=lambda found: found[0])
    expected = counted(round(harm), "interaction") if harm >= 1 else "up to one interaction"
    return Finding(
        f"At the present pace and trust, {expected} of the next 90 days would go badly: {view.about} is among the most "
        f"exposed tenth.",
        (*pieces_as_reasons([view for _, view, _ in exposed], facts.on), *standing_reasons([view])),
        min(since for _, _, since in exposed),
        "The next interactions go well, so that others are more exposed.",
        "medium" if view.word in ("strong", "sound") else None,
    )


def _exposed_since(view: ViewFacts, line: float) -> date | None:
    return held_since(
        view, lambda at: exposure(at.count_365, at.first_day, at.figure_90, at.day) >= line and _is_known(at),
    )


def weak_trust(facts: PartnershipFacts, at: Limits = WEAK) -> Finding | None:
    """Find trust that is more likely than four to one below the middle, of the whole or of one determinant."""
    weak = [(view, since) for view in (*facts.views, *facts.determinants)
            if is_weak(view, at) and (since := _weak_since(view, at))]
    if not weak:
        return None
    worst = min((view for view, _ in weak), key=lambda view: (bool(view.determinant), view.figure))
    return Finding(
        _weak_words(worst, [view for view, _ in weak]),
        (*pieces_as_reasons([view for view, _ in weak], facts.on), *standing_reasons([view for view, _ in weak])),
        min(since for _, since in weak),
        f"It is no longer clear that trust lies below {at['below']:g}: "
        + enough_meetings(worst, lambda good, bad: not _is_below(good, bad, worst.lent, at)),
    )


def is_weak(view: ViewFacts, at: Limits = WEAK) -> bool:
    """Say whether trust is known and below a line beyond doubt, all evidence counted."""
    return view.unknown < NOT_KNOWN_FROM and _is_below(view.good, view.bad, view.lent, at)


def _is_below(good: float, bad: float, lent: float, at: Limits) -> bool:
    return chance_below(at["below"] / 100, good, bad, lent) > at["chance"] / 100


def _weak_since(view: ViewFacts, at: Limits) -> date | None:
    return held_since(view, lambda then: _is_known(then) and _is_below(then.good, then.bad, view.lent, at))


def _is_known(at: Moment) -> bool:
    return unknown(at.good, at.bad) < NOT_KNOWN_FROM


def _weak_words(worst: ViewFacts, weak: Sequence[ViewFacts]) -> str:
    parts = sorted({view.determinant.lower() for view in weak if view.determinant and view.target == worst.target})
    if worst.determinant:
        return f"{worst.about} is low for {listed(parts)}."
    return f"{worst.about} stands at {worst.points}" + (f", lowest for {listed(parts)}." if parts else ".")


def one_sided(facts: PartnershipFacts, at: Limits = ONE_SIDED) -> Finding | None:
    """Find a pair of which one side trusts the other far more than it is trusted, beyond doubt."""
    by_pair = {view.target: view for view in facts.views}
    found = [
        (higher, lower, since)
        for (rater, ratee), view in by_pair.items() if (back := by_pair.get((ratee, rater))) is not None
        for higher, lower in [(view, back)]
        if is_one_sided(higher, lower, at) and (since := _one_sided_since(higher, lower, at))
    ]
    if not found:
        return None
    higher, lower, _ = max(found, key=lambda pair: pair[0].figure - pair[1].figure)
    return Finding(
        f"{lower.rater} sees it worse: {lower.about} stands at {lower.points}, {higher.about} at {higher.points}.",
        (*pieces_as_reasons([low for _, low, _ in found], facts.on),
         *standing_reasons([view for high, low, _ in found for view in (low, high)])),
        min(since for _, _, since in found),
        "The two sides come closer: "
        + enough_meetings(lower, lambda good, bad: not _exceeds(
            (higher.good, higher.bad, higher.lent), (good, bad, lower.lent), at)),
    )


def is_one_sided(higher: ViewFacts, lower: ViewFacts, at: Limits = ONE_SIDED) -> bool:
    """Say whether both are known, and the first exceeds the second by the margin beyond doubt."""
    # Where the means are not even in this order, the chance cannot reach a half: it need not be reckoned.
    if not (higher.is_known and lower.is_known) or higher.figure <= lower.figure:
        return False
    return _exceeds((higher.good, higher.bad, higher.lent), (lower.good, lower.bad, lower.lent), at)


def _exceeds(first: tuple[float, float, float], second: tuple[float, float, float], at: Limits) -> bool:
    return chance_exceeds(first, second, at["margin"] / 100) > at["chance"] / 100


def _one_sided_since(higher: ViewFacts, lower: ViewFacts, at: Limits) -> date | None:
    return pair_held_since(higher, lower, lambda one, other: (
        _is_known(one) and _is_known(other)
        and _exceeds((one.good, one.bad, higher.lent), (other.good, other.bad, lower.lent), at)
    ))


def not_known(facts: PartnershipFacts, _at: Limits = NONE) -> Finding | None:
    """Find a partnership that matters and of which we cannot say how one partner sees another."""
    missing = blind_views(facts) if facts.is_significant else []
    if not missing:
        return None
    return Finding(
        _not_known_words(facts, missing),
        tuple(_not_known_reason(view) for view in missing[:REASONS_SHOWN]) + _more(missing),
        min(not_known_since(view, facts.began_on) for view in missing),
        f"A review is logged with readings: {counted(_readings_needed(missing), 'interaction')} rated would do.",
    )


def blind_views(facts: PartnershipFacts) -> list[ViewFacts]:
    """Return the views that are not known and ought to be, the most nearly known first.

    Of a board of eight most members never rate one another, and a flag for each such pair would say nothing. So with
    three partners or more a view that never was known counts only where no view at all is.
    """
    missing = [view for view in facts.views if not view.is_known]
    is_pair = len({side for view in facts.views for side in view.target}) == PAIR
    if not is_pair and len(missing) < len(facts.views):
        missing = [view for view in missing if not_known_since(view, date.min) > date.min]
    return sorted(missing, key=lambda view: (view.unknown, view.target))


def _not_known_words(facts: PartnershipFacts, missing: Sequence[ViewFacts]) -> str:
    if facts.weakest is not None:
        return f"We cannot say how {listed(dict.fromkeys(f'{view.rater} sees {view.ratee}' for view in missing[:2]))}."
    if any(view.rows for view in missing):
        return "The evidence has faded: how the partners stand is not known."
    return "Nothing was logged that says how the partners stand."


def _not_known_reason(view: ViewFacts) -> Reason:
    heard = f"last reading or promise {day_words(view.last_held_on)}" if view.last_held_on else "never rated"
    return Reason(view.about, "relationship", view.target, heard)


def _more(missing: Sequence[ViewFacts]) -> tuple[Reason, ...]:
    left = len(missing) - REASONS_SHOWN
    return (Reason(f"and {counted(left, 'further view')}"),) if left > 0 else ()


def _readings_needed(missing: Sequence[ViewFacts]) -> int:
    """Return how many fresh interactions make the view known of which most is known already."""
    most = max(view.good + view.bad for view in missing)
    return next(number for number in range(1, 4) if unknown(most + number, 0) < NOT_KNOWN_FROM)
