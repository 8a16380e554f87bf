"""The page that asks how well our forecasts have done: measures in words, and a picture of what came of them."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from flask import render_template
from flask.typing import ResponseReturnValue

from register.trust.check_lookups import current_check
from register.trust.forecast import FIGURE
from register.trust.model_lookups import last_fit, model_in_force
from register.trust.self_check import BINS, ENOUGH, ENOUGH_OF_KIND, Bin, Check, Group, Way
from register.web.guidance import blueprint
from register.web.security import allow

SKILLS: Final = (
    (0.20, "far better than the base rate"),
    (0.08, "clearly better than the base rate"),
    (0.02, "a little better than the base rate"),
    (-0.02, "about as good as the base rate"),
)
"""From which skill on each is said; below the last, worse. They follow the streams of real judgements that the figure
was measured on, where skills lay between .05 and .35."""

CLOSE: Final = 0.05
FEW: Final = 10
"""Forecasts below which what came of them is mostly chance."""

SIDE, LEFT, TOP = 260, 44, 12
"""Of the picture: the side of its square, and where it begins."""
SMALLEST, LARGEST = 3.0, 9.0


class Dot(NamedTuple):
    """A bin as the picture shows it: the larger, the more forecasts it holds."""

    x: float
    y: float
    size: float


class Line(NamedTuple):
    """A bin in both ways of forecasting, as the table shows it."""

    label: str
    figure: Bin | None
    forecast: Bin | None


@blueprint.route("/guidance/self-check")
@allow("partnership:see")
def self_check() -> ResponseReturnValue:
    """Say how every judgement was forecast from what was recorded before it."""
    check, fit = current_check(), last_fit()
    whole = check.groups[0] if check and check.groups else None
    return render_template(
        "guidance/self_check.html", check=check, whole=whole, enough=ENOUGH, enough_of_kind=ENOUGH_OF_KIND,
        kinds=check.groups[1:] if check else (), skill_words=skill_words, agreement=agreement,
        lines=lines(whole) if whole else [], figure_dots=dots(whole.figure.bins) if whole else [],
        forecast_dots=dots(whole.forecast.bins) if whole else [], side=SIDE, left=LEFT, top=TOP,
        is_apart=_is_apart(check), form=model_in_force().form, fitted_at=fit[0].fitted_at if fit else None,
    )


def _is_apart(check: Check | None) -> bool:
    """Return whether the forecast was ever anything but the figure."""
    return check is not None and any(step.form != FIGURE for step in check.steps)


def skill_words(skill: float) -> str:
    """Return a skill in words. Example: .12 is "clearly better than the base rate"."""
    return next((words for least, words in SKILLS if skill >= least), "worse than the base rate")


def agreement(way: Way) -> str:
    """Return whether what was said came true, over the bins that hold enough to tell."""
    told = [one for one in way.bins if one.rows >= FEW]
    off = [one for one in told if abs(one.forecast - one.happened) > CLOSE]
    if not told:
        return "Too few forecasts lie close together to tell."
    if not off:
        return "What was said came true, within 5 points, at every level of forecast that holds ten or more."
    worst = max(off, key=lambda one: abs(one.forecast - one.happened))
    way_words = "too hopeful" if worst.forecast > worst.happened else "too gloomy"
    return (
        f"At {len(off)} of {len(told)} levels it was more than 5 points off; most where it said about "
        f"{100 * worst.forecast:.0f} and {100 * worst.happened:.0f} came: there it was {way_words}."
    )


def lines(group: Group) -> list[Line]:
    """Return the table of what came of forecasts, level by level, the lowest first."""
    figure, forecast = _by_level(group.figure.bins), _by_level(group.forecast.bins)
    return [
        Line(f"{100 * level // BINS} to {100 * (level + 1) // BINS}", figure.get(level), forecast.get(level))
        for level in range(BINS) if level in figure or level in forecast
    ]


def _by_level(bins: Sequence[Bin]) -> dict[int, Bin]:
    return {round(one.lowest * BINS): one for one in bins}


def dots(bins: Sequence[Bin]) -> list[Dot]:
    """Return the picture's marks: to the right what was forecast, upwards what came."""
    most = max((one.rows for one in bins), default=1)
    return [
        Dot(
            round(LEFT + SIDE * one.forecast, 1), round(TOP + SIDE * (1 - one.happened), 1),
            round(max(SMALLEST, LARGEST * (one.rows / most) ** 0.5), 1),
        )
        for one in bins
    ]
