"""Back-tests the forecast: fitted on the past as rows come, and stepping up only where the past earned it.

The rows and what counts are those of `register.trust.backtest`. Before row 500 and before each thousandth row both forms
are fitted on all rows then known, each with what was known when it was forecast itself; the form in use is decided at the
same rows, from forecasts made before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from register.trust.backtest import COUNTED_FROM, By
from register.trust.fitting import fit
from register.trust.forecast import FIGURE, INPUTS, PLAIN, Known, Model, chances, figures, inputs, target
from register.trust.known import Matrix, Stream, known_before
from register.trust.metrics import CLIP, Column, Measures, measures
from register.trust.stepping import earned, fits_at
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
    """Of each form used throughout, for comparison."""
    steps: tuple[Step, ...]
    """Each change of form, the first being the figure before row 0."""


def backtest_forecast(rows: Iterable[Row], by: By) -> FittedReport:
    """Replay a stream (at least one row) and measure the forecast over its last 40 % by time."""
    ordered = sorted(rows, key=lambda row: row.forecast_on)
    stream = Stream(ordered)
    known = known_before(stream, by)
    columns, steps = replay_forecast(stream, known)
    start = int(COUNTED_FROM * len(ordered))
    outcomes, network = stream.outcomes[start:], known.network[start:]
    published = measures(outcomes, published_column(columns, steps)[start:], network)
    return FittedReport(
        published, {form: measures(outcomes, column[start:], network) for form, column in columns.items()}, steps
    )


def replay_forecast(stream: Stream, known: Known) -> tuple[dict[str, Column], tuple[Step, ...]]:
    """Return each form's forecast of every row, and the steps from form to form.

    Before its first fit a form gives the figure, to which it is pulled.
    """
    plain, given, count = figures(known), inputs(known), len(stream.outcomes)
    columns = {FIGURE: plain, **{form: plain.copy() for form in INPUTS}}
    steps, models = [Step(0, FIGURE)], dict.fromkeys(INPUTS, PLAIN)
    marks = [row for row in range(count) if fits_at(row)]
    for row, until in zip(marks, [*marks[1:], count], strict=True):
        seen = np.flatnonzero(stream.known < stream.asked[row])
        form = earned(_losses(columns, stream.outcomes, seen[seen >= marks[0]]))
        if form != steps[-1].form:
            steps.append(Step(row, form))
        models = {form: fitted(form, given[seen], stream.outcomes[seen]) for form in INPUTS}
        for form, model in models.items():
            columns[form][row:until] = chances(model, plain[row:until], given[row:until])
    return columns, tuple(steps)


def fitted(form: str, given: Matrix, outcomes: Column) -> Model:
    """Return a form fitted on past rows."""
    used = given[:, : INPUTS[form]]
    return Model(form, tuple(fit(used, outcomes, target(form)).tolist()))


def published_column(columns: dict[str, Column], steps: Sequence[Step]) -> Column:
    """Return each row's forecast by the form in use at the row."""
    published = columns[FIGURE].copy()
    for step in steps:
        published[step.row :] = columns[step.form][step.row :]
    return published


def _losses(
    columns: dict[str, Column], outcomes: Column, rows: npt.NDArray[np.intp]
) -> dict[str, Column]:
    """Return minus the logarithm of the chance that each form gave to what happened, as log loss has it."""
    held = {form: np.clip(column[rows], CLIP, 1 - CLIP) for form, column in columns.items()}
    return {form: -np.log(np.where(outcomes[rows] == 1, chance, 1 - chance)) for form, chance in held.items()}
