"""What is done to the model: a release or a forecast that earned its place makes a new version, with who and why."""

from sqlalchemy import func, select

from register.clock import now
from register.database import db
from register.history.recording import recorded
from register.refusals import Refusal
from register.text import line, required
from register.trust.forecast import FIGURE, FORMS, RICHER
from register.trust.judgement_lookups import judgements, kinds_of_open
from register.trust.model import FIXED, written
from register.trust.model_lookups import FIT, model_in_force
from register.trust.models import ForecastFit, ModelVersion
from register.trust.self_check import Check, self_check
from register.trust.self_check import written as written_check


def keep_released_model() -> bool:
    """Write down the model that this release computes with, unless it stands already; return whether it was new."""
    model = model_in_force()
    if model.adopted_at is not None and dict(model.fixed) == dict(FIXED):
        return False
    why = "The model that the register came with." if model.adopted_at is None else "A new release computes anew."
    _adopt("register", model.form, why)
    return True


def adopt_form(actor: str, form: str, why: str) -> None:
    """Let pages forecast by another form. Refuses one that does not exist, or that is in force already."""
    if form not in FORMS:
        raise Refusal(f"There is no form of the forecast called “{form}”.", "form")
    if form == model_in_force().form:
        raise Refusal("The forecast has this form already.", "form")
    reason = required(line(why, "why", "The reason"), "why", "Say why the model changes.")
    _adopt(actor, form, reason)


def _adopt(actor: str, form: str, why: str) -> None:
    last = db.session.scalar(select(func.max(ModelVersion.id))) or 0
    row = ModelVersion(id=last + 1, parameters=written(FIXED, form), adopted_by=actor, why=why, adopted_at=now())
    with recorded(actor, "model_version:adopted", why):
        db.session.add(row)


def renew_forecast(actor: str, why: str | None = None) -> Check:
    """Fit the forecast anew, and let pages use the form that its record has earned; a new one is a new version."""
    keep_released_model()
    found = fit_forecast()
    if found.form != model_in_force().form:
        adopt_form(actor, found.form, why or _reason(found))
    return found


def _reason(found: Check) -> str:
    """Return why a form changes, in the words of its record."""
    if not found.groups or found.form == FIGURE:
        return f"On {found.rows:,} judgements the record does not bear more than the figure."
    whole = found.groups[0]
    below = "the simple form" if found.form == RICHER else "the figure itself"
    return (
        f"On {found.rows:,} judgements its {found.form} form did better than {below} by two standard errors. All that "
        f"was forecast so far had a log loss of {whole.forecast.scores.log_loss:.4f}, the figure of "
        f"{whole.figure.scores.log_loss:.4f}."
    )


def fit_forecast() -> Check:
    """Fit the forecast on the register's own past and keep it with its record; pages show it from then on."""
    found = self_check(judgements(), kinds_of_open())
    row = db.session.get(ForecastFit, FIT)
    if row is None:
        db.session.add(ForecastFit(id=FIT, fitted_at=now(), found=written_check(found)))
    else:
        row.fitted_at, row.found = now(), written_check(found)
    db.session.flush()
    return found
