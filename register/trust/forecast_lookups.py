"""The forecast of the next interaction, asked beside a figure; and how lenient those who rated are elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from sqlalchemy import func, select

from register.clock import Clocks, day_of
from register.database import db
from register.partnerships.lookups import Relationship
from register.partnerships.models import Partnership
from register.trust.figure import HALF_LIFE, PRIOR_HALF_LIFE
from register.trust.forecast import FIGURE, LEVEL_HALF_LIVES, Known, Model, chances, figures, inputs
from register.trust.leniency import LENIENCY_STRENGTH, leniency
from register.trust.lookups import WHOLE, View, evidence_as_of
from register.trust.model_lookups import last_fit, model_in_force
from register.trust.models import Evidence
from register.trust.timeline import Unit, running
from register.trust.timeline_lookups import units_of


class Leniency(NamedTuple):
    """How one rater judges elsewhere, against the whole register."""

    rater_key: str
    """A person in one voice, such as "person:3:own"."""
    value: float
    """Lx, in odds: above 0 lenient, below 0 strict."""
    share: float
    """Of what the rater said elsewhere, the share of good, drawn to the network's."""
    network: float
    judgements: float
    """How many fresh judgements what was said elsewhere is worth."""

    @property
    def points(self) -> int:
        """How far out of 100 the rater judges above (or below) the whole register."""
        return round(100 * (self.share - self.network))


Said = Mapping[str, Sequence[Unit]]
"""What raters said, by rater."""


class Forecast(NamedTuple):
    """What is expected of the next interaction, beside the figure."""

    chance: float
    """How good it is expected to be, 0 to 1."""
    form: str
    """The form in use: one of `forecast.FORMS`."""
    rows: int
    """Judgements that the forecast was fitted on; 0 where it was not fitted."""
    fitted_on: date | None
    rater_key: str
    """Whose rating is forecast: that of whoever rated last; empty where nobody did."""


def leniencies_of(
    relationship: Relationship, rater_keys: Iterable[str], view: View, clocks: Clocks, said: Said | None = None,
) -> list[Leniency]:
    """Return how each of some raters judges in other relationships of open partnerships.

    `said` is what `said_elsewhere` returned of them, where somebody asked for it already.
    """
    keys = [key for key in dict.fromkeys(rater_keys) if key]
    said = said_elsewhere(relationship, keys, clocks) if said is None else said
    return [_leniency(key, said.get(key, ()), view.network, clocks.on) for key in keys]


def _leniency(key: str, units: Sequence[Unit], network: float, on: date) -> Leniency:
    good, bad = running(units, PRIOR_HALF_LIFE).on(on)
    share = (good + LENIENCY_STRENGTH * network) / (good + bad + LENIENCY_STRENGTH)
    return Leniency(key, leniency(good, bad, network), share, network, good + bad)


def said_elsewhere(relationship: Relationship, rater_keys: Iterable[str], clocks: Clocks) -> Said:
    """Return the units of evidence that raters gave outside a relationship."""
    keys = sorted({key for key in rater_keys if key})
    if not keys:
        return {}
    rows = evidence_as_of(clocks).join(Partnership, Partnership.id == Evidence.partnership_id).where(
        Evidence.determinant == WHOLE, Evidence.rater_key.in_(keys), Partnership.is_restricted.is_(False),
        ~((Evidence.partnership_id == relationship.partnership_id) & (Evidence.rater_id == relationship.rater_id)
          & (Evidence.ratee_id == relationship.ratee_id)),
    ).subquery()
    unit = (rows.c.rater_key, rows.c.partnership_id, rows.c.rater_id, rows.c.ratee_id, rows.c.held_on)
    means = (func.avg(rows.c.good).label("good"), func.avg(rows.c.bad).label("bad"))
    found: dict[str, list[Unit]] = {}
    for row in db.session.execute(select(*unit, *means).group_by(*unit)):
        found.setdefault(row.rater_key, []).append(Unit(row.held_on, row.good, row.bad))
    return found


def forecast_of(
    relationship: Relationship, view: View, rater_key: str, clocks: Clocks, said: Said | None = None,
) -> Forecast:
    """Return what is expected of the next interaction of a relationship, if the one who rated last rates it."""
    fit, form = last_fit(), model_in_force().form
    model = fit[1].model(form) if fit else Model(FIGURE)
    known = known_of(relationship, view, rater_key, clocks, said)
    chance = float(chances(model, figures(known), inputs(known))[0])
    rows, at = (fit[1].rows, day_of(fit[0].fitted_at)) if fit else (0, None)
    return Forecast(chance, model.form, rows, at, rater_key)


def known_of(
    relationship: Relationship, view: View, rater_key: str, clocks: Clocks, said: Said | None = None,
) -> Known:
    """Return what is known of a relationship on the clocks' day, as one row of what a forecast is made from."""
    reverse = relationship._replace(rater_id=relationship.ratee_id, ratee_id=relationship.rater_id)
    units = units_of([relationship, reverse], clocks)
    levels = [running(units[relationship], half_life).on(clocks.on) for half_life in LEVEL_HALF_LIVES]
    back = running(units[reverse], HALF_LIFE).on(clocks.on)
    said = said_elsewhere(relationship, [rater_key], clocks) if said is None else said
    elsewhere = running(said.get(rater_key, ()), PRIOR_HALF_LIFE).on(clocks.on)
    lent = view.standing.lent
    columns = [np.array([value]) for value in (lent, view.network, *elsewhere, lent, *back)]
    return Known(np.array([[good for good, _ in levels]]), np.array([[bad for _, bad in levels]]), *columns)
