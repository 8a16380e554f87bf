"""Which version of the model is in force, and which were before it."""

from collections.abc import Sequence

from sqlalchemy import select

from register.database import db
from register.trust.model import RELEASED, ModelInForce, read_parameters
from register.trust.models import ForecastFit, ModelVersion
from register.trust.self_check import Check, read_check

FIT = 1
"""The only row of `forecast_fit`."""


def model_in_force() -> ModelInForce:
    """Return the version of the model that pages name; the released one where none was written down yet."""
    row = db.session.scalar(select(ModelVersion).order_by(ModelVersion.id.desc()).limit(1))
    return _model(row) if row else RELEASED


def model_versions() -> Sequence[ModelInForce]:
    """Return every version, the newest first."""
    rows = db.session.scalars(select(ModelVersion).order_by(ModelVersion.id.desc())).all()
    return [_model(row) for row in rows] or [RELEASED]


def last_fit() -> tuple[ForecastFit, Check] | None:
    """Return the forecast as it was last fitted; None where it never was."""
    row = db.session.get(ForecastFit, FIT, populate_existing=True)
    return (row, read_check(row.found)) if row else None


def _model(row: ModelVersion) -> ModelInForce:
    fixed, form = read_parameters(row.parameters)
    return ModelInForce(row.id, fixed, form, row.adopted_by, row.why, row.adopted_at)
