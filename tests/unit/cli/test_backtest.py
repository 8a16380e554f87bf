"""`register backtest`: its table, its JSON, and its answers to files that cannot be used."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from register.cli.backtest import backtest_command

HEADING = "rater,ratee,held_on,forecast_on,recorded_on,value,good,severe"
MEASURES = ["auc", "log_loss", "brier", "calibration_error", "skill"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(backtest_command, list(arguments))


@pytest.fixture
def mixed(tmp_path: Path) -> str:
    """A stream of good and bad outcomes."""
    return written(tmp_path, [day % 3 > 0 for day in range(1, 29)])


def written(folder: Path, outcomes: list[bool]) -> str:
    lines = [
        f"A,B,2020-02-{day:02},2020-02-{day:02},2020-02-{day:02},0,{good:d},0" for day, good in enumerate(outcomes, 1)
    ]
    path = folder / "made.csv"
    path.write_text("\n".join([HEADING, *lines]), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("by", [[], ["--by", "pair"], ["--by", "ratee"]])
def test_json_holds_exactly_the_promised_keys(mixed: str, by: list[str]) -> None:
    found = json.loads(run(mixed, "--json", *by).stdout)
    assert list(found) == ["default", "baselines"]
    assert list(found["default"]) == MEASURES
    assert list(found["baselines"]) == ["base_rate", "mean", "last_value", "window_10", "beta_1_1"]
    assert all(list(measured) == MEASURES for measured in found["baselines"].values())


def test_the_table_says_what_was_forecast_and_names_every_rule(mixed: str) -> None:
    result = run(mixed)
    assert result.exit_code == 0
    assert "12 of 28 rows forecast" in result.stdout
    assert "Each row weighs 1." in result.stdout
    for name in ("The figure", "Base rate", "Mean of all", "Last value", "Last ten", "Beta(1, 1)"):
        assert name in result.stdout


def test_the_tables_columns_line_up(mixed: str) -> None:
    table = run(mixed).stdout.splitlines()[3:]
    assert len({len(line) for line in table}) == 1
    assert len(table) == 7


def test_table_and_json_tell_the_same(mixed: str) -> None:
    found = json.loads(run(mixed, "--json").stdout)
    line = next(line for line in run(mixed).stdout.splitlines() if line.startswith("The figure"))
    assert line.split()[2:] == [f"{found['default'][key]:.4f}" for key in MEASURES]


def test_where_all_outcomes_are_good_auc_is_null_and_the_table_says_why(tmp_path: Path) -> None:
    path = written(tmp_path, [True] * 20)
    assert json.loads(run(path, "--json").stdout)["default"]["auc"] is None
    assert "AUC needs both good and bad outcomes" in run(path).stdout


def test_one_row_is_enough(tmp_path: Path) -> None:
    result = run(written(tmp_path, [True]), "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["default"]["brier"] == 0.25


@pytest.mark.parametrize(
    "raw", [b"", HEADING.encode(), b"\x89PNG\r\n\x1a\n\x00\xff", "rater,é".encode("cp1252"), b"a,b\n1"]
)
def test_a_file_that_cannot_be_used_exits_1_with_one_sentence(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes(raw)
    result = run(str(path))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("Error: ")


def test_a_file_that_is_not_there_exits_1(tmp_path: Path) -> None:
    result = run(str(tmp_path / "nowhere.csv"))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


@pytest.mark.parametrize("arguments", [[], ["x.csv", "--by", "moon"], ["x.csv", "y.csv"], ["x.csv", "--nonsense"]])
def test_misuse_exits_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2
