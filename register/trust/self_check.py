"""How well forecasts have done: each judgement forecast from what was recorded before it, and then counted.

For an outcome x from 0 to 1 and a forecast p, the Brier score is the mean of (p - x)^2, and the log loss the mean of
-(x log p + (1 - x) log(1 - p)). Skill is the share of the base rate's log loss that a forecast saves, where the base
rate is what the whole register had found good until then (Brier 1950; Good 1952; Murphy and Winkler 1977 on
reliability).
"""

import json
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from register.trust.fitting import Matrix
from register.trust.forecast import FIGURE, FORMS, INPUTS, PLAIN, Model, figures, inputs
from register.trust.forecast_backtest import Step, fitted, published, replay_forecast
from register.trust.judgements import Judged, Judgement, in_order, known_before_each
from register.trust.metrics import CLIP, brier

Column = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

ENOUGH: Final = 100
"""Judgements below which a check says nothing: ten bins of ten each."""
ENOUGH_OF_KIND: Final = 30
BINS: Final = 10
"""Of equal width: what was forecast 0 to 10, 10 to 20 and so on."""


class Scores(NamedTuple):
    """How well one way of forecasting did."""

    brier: float
    log_loss: float
    skill: float
    """0 is no better than the base rate, below 0 is worse."""


class Bin(NamedTuple):
    """Forecasts that were about alike, and what came of them."""

    lowest: float
    rows: int
    forecast: float
    """Their mean."""
    happened: float
    """How good what followed was, the mean."""


class Way(NamedTuple):
    """The figure or the forecast: how well it did, and how what it said agrees with what came."""

    scores: Scores
    bins: tuple[Bin, ...]
    """Those that hold any forecast, in order."""


class Group(NamedTuple):
    """Judgements checked together: all, or those of one kind of partnership."""

    kind: str
    """Empty for all."""
    rows: int
    base: Scores
    figure: Way
    forecast: Way


class Check(NamedTuple):
    """What a self-check found."""

    rows: int
    groups: tuple[Group, ...]
    """All together first, then each kind with enough; none at all where there is too little history."""
    form: str
    """The form of the forecast that the past has earned by now."""
    steps: tuple[Step, ...]
    models: tuple[Model, ...]
    """Each form fitted on everything there is."""

    def model(self, form: str) -> Model:
        """Return a form as it is fitted; the figure where it is not."""
        return next((model for model in self.models if model.form == form), PLAIN)


def self_check(judgements: Sequence[Judgement], kinds: Sequence[tuple[int, str]]) -> Check:
    """Forecast each judgement from what was recorded before it, and measure. `kinds` are (partnership, its kind)."""
    ordered = in_order(judgements)
    if not ordered:
        return Check(0, (), FIGURE, (Step(0, FIGURE),), ())
    judged = Judged(ordered)
    known = known_before_each(judged)
    columns, steps = replay_forecast(judged, known)
    models = _models(inputs(known), judged.outcomes)
    if len(ordered) < ENOUGH:
        return Check(len(ordered), (), steps[-1].form, steps, models)
    kind_of = dict(kinds)
    labels = np.array([kind_of.get(one.partnership_id, "") for one in ordered])
    ways = (figures(known), published(columns, steps), known.network)
    groups = [_group("", judged.outcomes, ways)]
    for kind in dict.fromkeys(kind for _, kind in kinds):
        places = np.flatnonzero(labels == kind)
        if len(places) >= ENOUGH_OF_KIND:
            groups.append(_group(kind, judged.outcomes[places], tuple(way[places] for way in ways)))
    return Check(len(ordered), tuple(groups), steps[-1].form, steps, models)


def _models(given: Matrix, outcomes: Column) -> tuple[Model, ...]:
    return tuple(fitted(form, given, outcomes) for form in FORMS if form in INPUTS)


def _group(kind: str, outcomes: Column, ways: tuple[Column, ...]) -> Group:
    figure, forecast, base = ways
    base_loss = log_loss(outcomes, base)
    return Group(
        kind, len(outcomes), _scores(outcomes, base, base_loss),
        Way(_scores(outcomes, figure, base_loss), reliability(outcomes, figure)),
        Way(_scores(outcomes, forecast, base_loss), reliability(outcomes, forecast)),
    )


def _scores(outcomes: Column, chances: Column, base_loss: float) -> Scores:
    loss = log_loss(outcomes, chances)
    return Scores(brier(outcomes, chances), loss, 1 - loss / base_loss)


def log_loss(outcomes: Column, chances: Column) -> float:
    """Return the mean log loss of forecasts of outcomes from 0 to 1, chances clipped as `metrics` has it."""
    clipped = np.clip(chances, CLIP, 1 - CLIP)
    return float(-(outcomes * np.log(clipped) + (1 - outcomes) * np.log1p(-clipped)).mean())


def reliability(outcomes: Column, chances: Column) -> tuple[Bin, ...]:
    """Return what came of forecasts of 0 to 10 in 100, 10 to 20 and so on; bins without any are left out."""
    places: Places = np.minimum((chances * BINS).astype(np.int64), BINS - 1)
    found = []
    for number in range(BINS):
        held = places == number
        if held.any():
            means = float(chances[held].mean()), float(outcomes[held].mean())
            found.append(Bin(number / BINS, int(held.sum()), *means))
    return tuple(found)


def written(check: Check) -> str:
    """Return a check as the text that is kept between two runs of the fit."""
    steps = [[step.row, step.form] for step in check.steps]
    models = [[model.form, model.coefficients] for model in check.models]
    return json.dumps([check.rows, check.groups, check.form, steps, models])


def read_check(text: str) -> Check:
    """Return the check that a text keeps."""
    rows, groups, form, steps, models = json.loads(text)
    return Check(
        rows, tuple(_read_group(group) for group in groups), form, tuple(Step(*step) for step in steps),
        tuple(Model(name, tuple(coefficients)) for name, coefficients in models),
    )


def _read_group(kept: list[Any]) -> Group:
    kind, rows, base, figure, forecast = kept
    return Group(kind, rows, Scores(*base), _read_way(figure), _read_way(forecast))


def _read_way(kept: list[Any]) -> Way:
    scores, bins = kept
    return Way(Scores(*scores), tuple(Bin(*one) for one in bins))
