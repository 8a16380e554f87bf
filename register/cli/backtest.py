"""`register backtest FILE`: how well figure, forecast and flags would have done on a stream of past judgements."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final, NamedTuple

import click

from register.cli.backtest_words import coverage_words, fitted_words, flags_words, table
from register.refusals import Refusal
from register.risk.backtest import backtest_flags
from register.risk.flag_measures import FlagsReport
from register.trust.backtest import By, Report, backtest
from register.trust.forecast_backtest import FittedReport, backtest_forecast, band_coverage
from register.trust.streams import Row, read_stream

EVERY: Final = 30
GOOD_SHARE: Final = 0.7


class Trial(NamedTuple):
    """Which flags are tried: on days how far apart, and of whom."""

    every: int
    good_share: float


class Found(NamedTuple):
    """What was found; None for what was not asked."""

    figure: Report
    fitted: FittedReport | None
    flags: FlagsReport | None
    coverage: float | None


@click.command("backtest")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--by",
    type=click.Choice(["pair", "ratee"]),
    default="pair",
    show_default=True,
    help="Forecast what a rater will say of a ratee from that pair's past, or from all that was said of the ratee.",
)
@click.option("--fitted", is_flag=True, help="Also try the forecast that is fitted on the past beside the figure.")
@click.option("--flags", is_flag=True, help="Also try the flags: the most exposed tenth. FILE needs a column severe.")
@click.option(
    "--every",
    type=click.IntRange(1, 3650),
    help=f"With --flags: try them every so many days. The default is {EVERY}.",
)
@click.option(
    "--good-share",
    type=click.FloatRange(0, 1),
    help=f"With --flags: ask only of those with at least this share of good so far. The default is {GOOD_SHARE}.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the measures as JSON.")
def backtest_command(
    file: Path, by: By, *, fitted: bool, flags: bool, every: int | None, good_share: float | None, as_json: bool
) -> None:
    """Forecast each row of FILE from what was recorded before it, and say how well that went.

    FILE is a CSV with the columns rater, ratee, held_on, forecast_on, recorded_on and good (1 or 0). The measures are
    taken over the last 40 % of rows by time.
    """
    trial = _trial(every, good_share, flags=flags)
    try:
        found = _find(read_stream(file, with_severe=flags), by, trial, fitted=fitted)
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(_json(found) if as_json else _words(found, by, trial))


def _trial(every: int | None, good_share: float | None, *, flags: bool) -> Trial | None:
    if not flags and (every is not None or good_share is not None):
        raise click.UsageError("--every and --good-share say how flags are tried: add --flags.")
    if good_share is not None and math.isnan(good_share):
        raise click.UsageError("--good-share has to be a number between 0 and 1.")
    return Trial(every or EVERY, GOOD_SHARE if good_share is None else good_share) if flags else None


def _find(rows: Sequence[Row], by: By, trial: Trial | None, *, fitted: bool) -> Found:
    figure = backtest(rows, by)
    flags = backtest_flags(rows, by, trial.every, trial.good_share) if trial else None
    if fitted:
        forecast = backtest_forecast(rows, by)
        return Found(figure, forecast, flags, forecast.coverage)
    return Found(figure, None, flags, band_coverage(rows, by) if trial else None)


def _json(found: Found) -> str:
    """Return the measures as JSON; how much the band held stands with each part that asks for it, and by itself."""
    told: dict[str, object] = {
        "default": asdict(found.figure.default),
        "baselines": {name: asdict(measured) for name, measured in found.figure.baselines.items()},
    }
    if found.fitted is not None:
        last = found.fitted.steps[-1]
        told["fitted"] = asdict(found.fitted.published) | {
            "form": last.form,
            "from_row": last.row,
            "coverage": found.coverage,
        }
    if found.flags is not None:
        measured = asdict(found.flags)
        told["flags"] = {name: measured[name] for name in ("lift", "precision", "recall", "auc", "churn")} | {
            "coverage": found.coverage
        }
    if found.fitted is not None or found.flags is not None:
        told["coverage"] = found.coverage
    return json.dumps(told, indent=2, allow_nan=False)


def _words(found: Found, by: By, trial: Trial | None) -> str:
    parts = [table(found.figure, by)]
    if found.fitted is not None:
        parts.append(fitted_words(found.fitted))
    if found.flags is not None and trial is not None:
        parts.append(flags_words(found.flags, trial.every, trial.good_share))
    if len(parts) > 1:
        parts.append(coverage_words(found.coverage))
    return "\n\n".join(parts)
