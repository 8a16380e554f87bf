"""`register watchlist`: as text, as JSON, on both clocks, and bad days refused."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from register.cli import watchlist as command
from register.clock import today
from register.refusals import Refusal
from tests.factories import a_partnership, a_person, an_interaction


@pytest.fixture(autouse=True)
def opened(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command read in the test's own transaction."""

    @contextmanager
    def in_the_test() -> Iterator[Flask]:
        yield app

    monkeypatch.setattr(command, "opened_to_read", in_the_test)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command.watchlist, arguments, catch_exceptions=True)


def test_it_says_who_why_since_when_what_clears_it_and_who_acts() -> None:
    officer = a_person(name="Asha Verne")
    partnership = a_partnership(
        name="Night Sitting Service", members={officer: "lead"}, significance="routine", lead_officer_id=officer.id,
        started_on=today() - timedelta(days=100), is_restricted=True,
    )
    dispute = an_interaction(officer, partnership, kind="dispute", account="They withheld it.")
    text = run().output

    assert text.startswith("1 of 1 partnerships are on the watchlist of ")
    for words in ("Night Sitting Service (not known)", "Recent breach.", "because      Dispute: They withheld it.",
                  "since ", "clears when  No further breach by ", "who acts     Asha Verne"):
        assert words in text
    found = json.loads(run("--json").output)
    assert found["model_version"] == 1
    (entry,) = found["watchlist"]
    (flag,) = entry["flags"]
    assert entry["partnership"]["id"] == partnership.id
    assert (flag["rule"], flag["severity"], flag["since"]) == ("recent_breach", "high", today().isoformat())
    assert flag["reasons"][0]["kind"] == "interaction"
    assert flag["reasons"][0]["target"] == [dispute.id]
    assert (found["partnerships"], found["flagged"], found["on"]) == (1, 1, today().isoformat())


def test_it_is_asked_on_both_clocks() -> None:
    officer = a_person()
    partnership = a_partnership(significance="routine", started_on=today() - timedelta(days=100))
    an_interaction(officer, partnership, kind="dispute", held_on=today() - timedelta(days=5))
    earlier = (today() - timedelta(days=6)).isoformat()

    assert json.loads(run("--json", "--on", earlier).output)["flagged"] == 0
    assert json.loads(run("--json", "--known", earlier).output)["partnerships"] == 0
    assert json.loads(run("--json", "--on", "2999-01-01").output)["flagged"] == 1


@pytest.mark.parametrize("arguments", [("--on", "yesterday"), ("--known", "2026-02-30")])
def test_a_day_that_does_not_exist_is_refused_with_a_sentence(arguments: tuple[str, str]) -> None:
    refused = run(*arguments).exception

    assert isinstance(refused, Refusal)
    assert refused.message == f"{arguments[0]} needs a day that exists, such as 2026-11-23."
