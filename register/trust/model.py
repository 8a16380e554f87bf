"""The model that figures are computed with: every constant of it, as a version that a published figure names."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from register.trust import beta, figure, trend
from register.trust.forecast import FIGURE
from register.trust.leniency import LENIENCY_STRENGTH

FIRST: Final = 1

FIXED: Final[Mapping[str, float]] = MappingProxyType({
    "half_life_days": figure.HALF_LIFE,
    "prior_strength": beta.PRIOR_STRENGTH,
    "prior_half_life_days": figure.PRIOR_HALF_LIFE,
    "counterpart_strength": figure.COUNTERPART_STRENGTH,
    "leniency_strength": LENIENCY_STRENGTH,
    "not_known_from": figure.NOT_KNOWN_FROM,
    "strong_figure": figure.STRONG_FIGURE,
    "strong_band_above": figure.STRONG_ABOVE,
    "sound_figure": figure.SOUND_FIGURE,
    "sound_band_above": figure.SOUND_ABOVE,
    "weak_figure_below": figure.WEAK_FIGURE,
    "weak_band_below": figure.WEAK_BELOW,
    "trend_days": trend.RECENT_DAYS,
    "trend_level_half_life_days": trend.LEVEL_HALF_LIFE,
    "trend_margin": trend.MARGIN,
    "trend_sure_from": trend.SURE_FROM,
})
"""The constants of the figure. They change with a release of the code alone, never by a setting."""


@dataclass(frozen=True, slots=True)
class ModelInForce:
    """A version of the model, who adopted it and why."""

    number: int
    fixed: Mapping[str, float]
    form: str
    """The form of the forecast: one of `forecast.FORMS`."""
    adopted_by: str
    """An actor: "person:3" or "register"."""
    why: str
    adopted_at: datetime | None
    """None for the model of a register that has not written it down yet."""


RELEASED: Final = ModelInForce(FIRST, FIXED, FIGURE, "register", "The model that the register came with.", None)


def written(fixed: Mapping[str, float], form: str) -> str:
    """Return a model's parameters as the text that is kept: always the same for the same model."""
    return json.dumps({**fixed, "forecast_form": form}, sort_keys=True, separators=(",", ":"))


def read_parameters(text: str) -> tuple[dict[str, float], str]:
    """Return the constants and the form of the forecast that a text keeps."""
    kept = json.loads(text)
    form: str = kept.pop("forecast_form")
    return {name: float(value) for name, value in kept.items()}, form
