"""What “why this figure” tells beside the figure: the trend, the forecast, who rated, and what may go wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from register.accounts.lookups import names_of_actors
from register.clock import Clocks
from register.partnerships.organisation_models import Organisation
from register.risk.chance_lookups import chance_of, ground
from register.risk.trust_rules import CERTAIN, MARGIN
from register.trust.calibrated import LEAST_BREACHES, LEAST_TRIALS, Calibration, Chance
from register.trust.evidence import Item
from register.trust.figure import NOT_KNOWN, Standing, chance_exceeds
from register.trust.forecast_lookups import Forecast, Leniency, forecast_of, leniencies_of, said_elsewhere
from register.trust.lookups import WHOLE, View, determinant_views, evidence_of
from register.trust.model import ModelInForce
from register.trust.model_lookups import model_in_force
from register.trust.models import Evidence
from register.trust.schemes import determinant_of
from register.trust.summary import SUMMARY, summed_up
from register.trust.trend import RECENT_DAYS, Trend
from register.trust.trend_lookups import trends
from register.trust.voices import TOLD, Spread, spreads, voice_of

NEAR = 2
"""Points of 100 within which a rater judges like the others."""
LITTLE = 5.0
"""Fresh judgements elsewhere below which a rater's own way is a guess."""


class Heard(NamedTuple):
    """One voice that rated the relationship: whose it is, of which kind, and how lenient it is elsewhere."""

    whose: str
    kind: str
    """"own" or "told"."""
    manner: str


class Difference(NamedTuple):
    """A determinant on which several voices spoke."""

    name: str
    spread: Spread


class Sum(NamedTuple):
    """One of Covey's two, with the determinants it sums up."""

    name: str
    parts: str
    standing: Standing


@dataclass(frozen=True)
class Story:
    """What is told beside the figure."""

    model: ModelInForce
    trend: Trend
    has_level: bool
    """Whether anything of its own was known 90 days ago; else the level is lent."""
    forecast: Forecast | None
    """None on a past day."""
    heard: Sequence[Heard]
    differences: Sequence[Difference]
    whose: Mapping[str, str]
    """Whose opinion each voice is, by rater's key."""
    last: str
    """The name of whoever rated last; empty where nobody did."""
    sides: str
    summary: Sequence[Sum]
    chance: Chance | None
    calibration: Calibration | None
    """None on a past day."""
    least: tuple[int, int] = (LEAST_TRIALS, LEAST_BREACHES)

    @property
    def disagreements(self) -> list[Difference]:
        """Those that are a finding for the next review."""
        return [one for one in self.differences if one.spread.is_disagreement]


def story_of(view: View, other: View, rater: Organisation, ratee: Organisation, clocks: Clocks) -> Story:
    """Return what is told of one relationship; `other` is the view the other way."""
    relationship, rows = view.relationship, evidence_of(view.relationship, clocks)
    keys = [row.rater_key for row in rows if row.rater_key]
    names = names_of_actors({key.rpartition(":")[0] for key in keys})
    whose = {key: whose_opinion(key, names.get(key.rpartition(":")[0], "somebody"), rater.label) for key in keys}
    said = said_elsewhere(relationship, keys, clocks)
    lenient = leniencies_of(relationship, keys, view, clocks, said)
    found = trends([relationship], clocks)[relationship]
    return Story(
        model=model_in_force(), trend=found, has_level=_had_evidence(rows, clocks),
        forecast=forecast_of(relationship, view, keys[-1] if keys else "", clocks, said) if clocks.is_now else None,
        heard=[Heard(whose[one.rater_key], voice_of(one.rater_key), manner(one)) for one in lenient],
        differences=[
            Difference(determinant_of(spread.determinant).name, spread) for spread in spreads(_items(rows), clocks.on)
        ],
        whose=whose, last=names.get(keys[-1].rpartition(":")[0], "somebody") if keys else "",
        sides=sides(view, other, rater.label, ratee.label),
        summary=_summary(view, clocks),
        chance=chance_of(view) if clocks.is_now else None,
        calibration=ground().calibration if clocks.is_now else None,
    )


def _had_evidence(rows: Sequence[Evidence], clocks: Clocks) -> bool:
    return any(row.determinant == WHOLE and (clocks.on - row.held_on).days >= RECENT_DAYS for row in rows)


def _items(rows: Sequence[Evidence]) -> list[Item]:
    return [Item(row.determinant, row.held_on, row.good, row.bad, row.rater_key) for row in rows]


def whose_opinion(rater_key: str, person: str, rater: str) -> str:
    """Return whose opinion a voice is: an officer's own, or the partner's as the officer was told it."""
    return f"as {rater} told {person}" if voice_of(rater_key) == TOLD else f"{person}’s own view, for {rater}"


def manner(one: Leniency) -> str:
    """Return how lenient a voice is elsewhere, in words."""
    if one.judgements < LITTLE:
        return "too little was said of others to tell whether this voice is kind or strict"
    if abs(one.points) <= NEAR:
        return "scores others as the whole register does"
    way, points = ("kinder", one.points) if one.points > 0 else ("stricter", -one.points)
    return f"scores others {points} points {way} than average"


def sides(view: View, other: View, rater: str, ratee: str) -> str:
    """Return the two directions side by side in a sentence."""
    here, there = view.standing, other.standing
    known = [one.standing.word != NOT_KNOWN for one in (view, other)]
    if not any(known):
        return "Neither direction is known, so nothing can be said of a difference."
    if not all(known):
        missing = f"{ratee} sees {rater}" if known[0] else f"{rater} sees {ratee}"
        return f"How {missing} is not known, so it cannot be said whether the two agree."
    gap = round(100 * abs(here.figure - there.figure))
    if _exceeds(here, there):
        return f"One-sided: {ratee} sees it worse than {rater}, by {gap} points."
    if _exceeds(there, here):
        return f"One-sided: {rater} sees it worse than {ratee}, by {gap} points."
    return f"The two directions lie {gap} points apart; that is no clear difference."


def _exceeds(one: Standing, other: Standing) -> bool:
    """Return what the flag "one-sided" asks."""
    return chance_exceeds((one.good, one.bad, one.lent), (other.good, other.bad, other.lent), MARGIN) > CERTAIN


def _summary(view: View, clocks: Clocks) -> list[Sum]:
    parts = {part.determinant: part.standing for part in determinant_views(view.relationship, clocks)}
    found = summed_up(parts, view.standing.lent)
    return [
        Sum(determinant_of(key).name, ", ".join(determinant_of(one).name.lower() for one in SUMMARY[key]), standing)
        for key, standing in found.items()
    ]
