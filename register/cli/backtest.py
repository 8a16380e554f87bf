"""`register backtest FILE`: how well the figure would have forecast a stream of past judgements."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from register.refusals import Refusal
from register.trust.backtest import By, Report, backtest
from register.trust.metrics import Measures
from register.trust.streams import read_stream

NAMES: Final = {
    "base_rate": "Base rate, half-life 365 days",
    "mean": "Mean of all",
    "last_value": "Last value",
    "window_10": "Last ten",
    "beta_1_1": "Beta(1, 1)",
}
HEADINGS: Final = ("AUC", "log loss", "Brier", "calibration error", "skill")


@click.command("backtest")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--by",
    type=click.Choice(["pair", "ratee"]),
    default="pair",
    show_default=True,
    help="Forecast what a rater will say of a ratee from that pair's past, or from all that was said of the ratee.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the measures as JSON.")
def backtest_command(file: Path, by: By, as_json: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Forecast each row of FILE from what was recorded before it, and say how well that went.

    FILE is a CSV with the columns rater, ratee, held_on, forecast_on, recorded_on and good (1 or 0). The measures are
    taken over the last 40 % of rows by time.
    """
    try:
        report = backtest(read_stream(file), by)
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(_json(report) if as_json else _table(report, by))


def _json(report: Report) -> str:
    found = {"default": asdict(report.default), "baselines": {k: asdict(v) for k, v in report.baselines.items()}}
    return json.dumps(found, indent=2, allow_nan=False)


def _table(report: Report, by: By) -> str:
    """Return the measures in words and columns, the figure first."""
    who = "each rater of each ratee" if by == "pair" else "each ratee"
    lines = [
        f"{report.counted:,} of {report.rows:,} rows forecast, the last 40 % by time, {who} from rows known before.",
        "Each row weighs 1. AUC and skill: more is better. Log loss, Brier and calibration error: less is better.",
        "",
        _line("", *HEADINGS),
        _line("The figure", *_cells(report.default)),
    ]
    lines += [_line(NAMES[name], *_cells(found)) for name, found in report.baselines.items()]
    if report.default.auc is None:
        lines += ["", "AUC needs both good and bad outcomes; these are all alike."]
    return "\n".join(lines)


def _cells(found: Measures) -> list[str]:
    values = (found.auc, found.log_loss, found.brier, found.calibration_error, found.skill)
    return ["–" if value is None else f"{value:.4f}" for value in values]


def _line(name: str, *cells: str) -> str:
    widths = [max(9, len(heading) + 2) for heading in HEADINGS]
    return f"{name:<30}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
