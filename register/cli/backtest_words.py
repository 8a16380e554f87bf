"""What `register backtest` found, in words and columns for people."""

from typing import Final

from register.risk.flag_measures import FlagsReport
from register.trust.backtest import By, Report
from register.trust.forecast import FIGURE, RICHER, SIMPLE
from register.trust.forecast_backtest import FittedReport
from register.trust.metrics import Measures

NAMES: Final = {
    "base_rate": "Base rate, half-life 365 days",
    "mean": "Mean of all",
    "last_value": "Last value",
    "window_10": "Last ten",
    "beta_1_1": "Beta(1, 1)",
}
FORM_NAMES: Final = {FIGURE: "the figure itself", SIMPLE: "the simple form", RICHER: "the richer form"}
HEADINGS: Final = ("AUC", "log loss", "Brier", "calibration error", "skill")


def table(report: Report, by: By) -> str:
    """Return the measures of the figure and of the rules of thumb, the figure first."""
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


def fitted_words(report: FittedReport) -> str:
    """Return the measures of the forecast, and which form of it was used."""
    last, changes = report.steps[-1], len(report.steps) - 1
    told = ("It never changed form.", "It changed form once.", f"It changed form {changes:,} times.")[min(changes, 2)]
    lines = [
        "The forecast is fitted on the rows known, at row 500 and every 1,000 rows, and pulled towards the figure.",
        "It leaves the figure only where past forecasts were better by two standard errors.",
        f"{told} At the end it is {FORM_NAMES[last.form]}, from row {last.row:,}.",
        "",
        _line("", *HEADINGS),
        _line("The forecast as it was used", *_cells(report.published)),
    ]
    lines += [
        _line(f"{FORM_NAMES[form].capitalize()} throughout", *_cells(found)) for form, found in report.forms.items()
    ]
    return "\n".join(lines)


def flags_words(report: FlagsReport, every: int, good_share: float) -> str:
    """Return in words what came of flagging the most exposed tenth."""
    lines = [
        f"Flags tried on {report.days:,} days, {every:,} days apart: the most exposed tenth of those that went well so",
        f"far, {good_share:.0%} good or more; asked {report.asked:,} times in all.",
    ]
    if report.precision is None:
        return "\n".join([*lines, "Too few were asked on any day to flag a tenth of them."])
    lines.append(
        f"{report.precision:.1%} of flags were followed by a severe row within 90 days; of all asked, "
        f"{report.base_rate or 0:.1%} were."
    )
    if report.recall is None or report.lift is None:
        return "\n".join([*lines, "No severe row followed on any day, so that there was nothing to find."])
    lines.append(
        f"That is {report.lift:.2f} times as often. The flags found {report.recall:.1%} of those that went badly; "
        f"AUC {_number(report.auc)}."
    )
    lines.append(f"A flag came or went {_number(report.churn)} times a year.")
    return "\n".join(lines)


def coverage_words(coverage: float | None) -> str:
    """Return in words how much of what followed the figure's band held."""
    if coverage is None:
        return "The 90 % band of the figure could not be tried: nowhere did five rows follow one another within a year."
    return f"The 90 % band of the figure held {coverage:.1%} of what followed, five rows at a time."


def _cells(found: Measures) -> list[str]:
    return [_number(value) for value in (found.auc, found.log_loss, found.brier, found.calibration_error, found.skill)]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _line(name: str, *cells: str) -> str:
    widths = [max(9, len(heading) + 2) for heading in HEADINGS]
    return f"{name:<30}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
