"""Back-tests the forecast: fitted on the past as rows come, and stepping up only where the past earned it.

The rows and what counts are those of `register.trust.backtest`. Before row 500 and before each thousandth row both
forms are fitted on all rows then known, each with what was known when it was forecast itself. The form in use is
decided every hundred rows, from forecasts made before and outcomes known since.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from register.trust.backtest import COUNTED_FROM, By
from register.trust.coverage import coverage
from register.trust.fitting import fit
from register.trust.forecast import FIGURE, FORMS, INPUTS, PLAIN, Known, Model, chances, figures, inputs, target
from register.trust.known import Columns, Matrix, Places, Stream, known_before
from register.trust.metrics import CLIP, Column, Measures, measures
from register.trust.stepping import DECIDE_EVERY, FIRST_FIT, earned, fits_at
from register.trust.streams import Row


@dataclass(frozen=True, slots=True)
class Step:
    """A form of the forecast taken up before a row."""

    row: int
    form: str


@dataclass(frozen=True, slots=True)
class FittedReport:
    """What a back-test of the forecast found."""

    published: Measures
    """Of the forecast as it would have been published: each row by the form then in use."""
    forms: dict[str, Measures]
    """Of each form as if it had been used throughout, for comparison."""
    steps: tuple[Step, ...]
    """Each change of form, the first being the figure before row 0."""
    coverage: float | None
    """Of the figure's 90 % band."""


def backtest_forecast(rows: Iterable[Row], by: By) -> FittedReport:
    """Replay a stream (at least one row) and measure the forecast over its last 40 % by time."""
    ordered = sorted(rows, key=lambda row: row.forecast_on)
    stream = Stream(ordered)
    known, start = known_before(stream, by), int(COUNTED_FROM * len(ordered))
    columns, steps = replay_forecast(stream, known)
    outcomes, network = stream.outcomes[start:], known.network[start:]
    return FittedReport(
        measures(outcomes, published(columns, steps)[start:], network),
        {form: measures(outcomes, column[start:], network) for form, column in columns.items()},
        steps,
        coverage(known, stream.outcomes, stream.keys(by), stream.held, start),
    )


def band_coverage(rows: Iterable[Row], by: By) -> float | None:
    """Return how much of what followed the figure's 90 % band held, over the last 40 % of a stream by time."""
    ordered = sorted(rows, key=lambda row: row.forecast_on)
    stream, start = Stream(ordered), int(COUNTED_FROM * len(ordered))
    return coverage(known_before(stream, by), stream.outcomes, stream.keys(by), stream.held, start)


def replay_forecast(stream: Columns, known: Known) -> tuple[dict[str, Column], tuple[Step, ...]]:
    """Return each form's forecast of every row, and the steps from form to form.

    Before its first fit a form gives the figure, to which it is pulled.
    """
    plain, given, count = figures(known), inputs(known), len(stream.outcomes)
    columns = {form: plain.copy() for form in FORMS}
    losses = {form: _losses(stream.outcomes, plain) for form in FORMS}
    steps, models = [Step(0, FIGURE)], dict.fromkeys(FORMS, PLAIN)
    for row in range(FIRST_FIT, count, DECIDE_EVERY):
        seen, until = stream.seen_before(row), row + DECIDE_EVERY
        form = earned(*_record(losses, stream, seen))
        if form != steps[-1].form:
            steps.append(Step(row, form))
        if fits_at(row):
            models |= {form: fitted(form, given[seen], stream.outcomes[seen]) for form in INPUTS}
        for form, model in models.items():
            columns[form][row:until] = chances(model, plain[row:until], given[row:until])
            losses[form][row:until] = _losses(stream.outcomes[row:until], columns[form][row:until])
    return columns, tuple(steps)


def fitted(form: str, given: Matrix, outcomes: Column) -> Model:
    """Return a form fitted on past rows."""
    used = given[:, : INPUTS[form]]
    return Model(form, tuple(fit(used, outcomes, target(form)).tolist()))


def published(columns: dict[str, Column], steps: Sequence[Step]) -> Column:
    """Return each row's forecast by the form in use at the row."""
    used = columns[FIGURE].copy()
    for step in steps:
        used[step.row :] = columns[step.form][step.row :]
    return used


def _record(losses: dict[str, Column], stream: Columns, seen: Places) -> tuple[dict[str, Column], Places]:
    """Return each form's losses at the rows known that were forecast since the first fit, and those rows' days."""
    rows = seen[seen >= FIRST_FIT]
    return {form: column[rows] for form, column in losses.items()}, stream.days[rows]


def _losses(outcomes: Column, chances: Column) -> Column:
    """Return minus the logarithm of the chance given to what happened, row by row, as log loss has it."""
    clipped = np.clip(chances, CLIP, 1 - CLIP)
    return np.asarray(-(outcomes * np.log(clipped) + (1 - outcomes) * np.log1p(-clipped)), dtype=np.float64)
