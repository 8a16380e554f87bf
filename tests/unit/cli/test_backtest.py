"""`register backtest`: its table, its JSON, and its answers to files that cannot be used."""

import json
from datetime import date, timedelta
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


@pytest.fixture
def long(tmp_path: Path) -> str:
    """A stream of three years in which two of thirty ratees are busy and go badly each tenth time."""
    lines = []
    for place in range(1800):
        day = date(2020, 1, 1) + timedelta(days=place * 3 // 5)
        ratee = f"R{place % 2 if place % 3 else place % 30}"
        bad = ratee in {"R0", "R1"} and place % 10 < 2
        lines.append(f"A,{ratee},{day},{day},{day},0,{not bad:d},{bad:d}")
    path = tmp_path / "long.csv"
    path.write_text("\n".join([HEADING, *lines]), encoding="utf-8")
    return str(path)


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


FLAGS = ["lift", "precision", "recall", "auc", "churn", "coverage"]


def test_json_adds_only_what_is_asked_for(long: str) -> None:
    assert list(json.loads(run(long, "--json", "--fitted").stdout)) == ["default", "baselines", "fitted", "coverage"]
    assert list(json.loads(run(long, "--json", "--flags").stdout)) == ["default", "baselines", "flags", "coverage"]
    both = json.loads(run(long, "--json", "--flags", "--fitted").stdout)
    assert list(both) == ["default", "baselines", "fitted", "flags", "coverage"]
    assert list(both["fitted"]) == [*MEASURES, "form", "from_row", "coverage"]
    assert list(both["flags"]) == FLAGS
    assert both["coverage"] == both["fitted"]["coverage"] == both["flags"]["coverage"]


def test_the_figure_is_told_the_same_with_and_without_the_options(long: str) -> None:
    alone, both = (json.loads(run(long, "--json", *options).stdout) for options in ([], ["--fitted", "--flags"]))
    assert (both["default"], both["baselines"]) == (alone["default"], alone["baselines"])
    assert run(long, "--fitted", "--flags").stdout.startswith(run(long).stdout.rstrip())


def test_the_flags_of_busy_ratees_that_go_badly_are_right(long: str) -> None:
    found = json.loads(run(long, "--json", "--flags", "--by", "ratee").stdout)["flags"]
    assert found["lift"] > 3
    assert found["precision"] > 0.9
    assert found["churn"] < 0.5


def test_the_words_say_form_flags_and_band(long: str) -> None:
    told = run(long, "--fitted", "--flags", "--by", "ratee").stdout
    for words in (
        "The forecast as it was used",
        "The figure itself throughout",
        "The simple form throughout",
        "The richer form throughout",
        "At the end it is",
        "of flags were followed by a severe row within 90 days",
        "times as often",
        "The 90 % band of the figure held",
    ):
        assert words in told


def test_days_and_share_of_good_can_be_set(long: str) -> None:
    told = run(long, "--flags", "--every", "60", "--good-share", "0.6").stdout
    assert "60 days apart" in told
    assert "60% good or more" in told


def test_a_stream_too_short_for_either_says_so_and_stays_valid_json(mixed: str) -> None:
    told = run(mixed, "--fitted", "--flags").stdout
    assert "It never changed form. At the end it is the figure itself, from row 0." in told
    assert "Too few were asked on any day to flag a tenth of them." in told
    found = json.loads(run(mixed, "--fitted", "--flags", "--json").stdout)
    assert found["flags"]["lift"] is None
    assert (found["fitted"]["form"], found["fitted"]["from_row"]) == ("figure", 0)


def test_where_nothing_severe_is_marked_the_words_say_that_there_was_nothing_to_find(long: str) -> None:
    plain = Path(long).with_name("plain.csv")
    lines = Path(long).read_text(encoding="utf-8").splitlines()
    plain.write_text("\n".join([lines[0], *(line[:-1] + "0" for line in lines[1:])]), encoding="utf-8")
    assert "there was nothing to find" in run(str(plain), "--flags", "--by", "ratee").stdout


def test_flags_want_the_column_severe_and_the_forecast_does_not(tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("rater,ratee,held_on,forecast_on,recorded_on,good\nA,B,2020-01-01,2020-01-01,2020-01-01,1")
    result = run(str(path), "--flags")
    assert result.exit_code == 1
    assert "the column “severe” is missing" in result.stderr
    assert run(str(path), "--fitted").exit_code == 0


@pytest.mark.parametrize(
    "options",
    [
        ["--every", "60"],
        ["--good-share", "0.6"],
        ["--flags", "--every", "0"],
        ["--flags", "--good-share", "1.5"],
        ["--flags", "--good-share", "nan"],
    ],
)
def test_options_that_make_no_sense_exit_2_with_a_sentence(long: str, options: list[str]) -> None:
    result = run(long, *options)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
