"""`register network` and `register network refresh`: sentences, figures for programs, and answers to misuse."""

import json
from pathlib import Path

import pytest
from flask import Flask

from register import background
from register.cli import network
from register.database import db
from register.opening import let_go, open_register
from register.refreshing import Refreshed
from register.settings import Settings
from tests.factories import a_partnership, an_organisation
from tests.fixtures.commands import Register

pytestmark = pytest.mark.usefixtures("made")


@pytest.fixture
def chain(inside: Flask) -> None:
    """Alder works with Birch, Birch with Cedar, and Dogwood with nobody; one of it is restricted."""
    alder, birch, cedar = (an_organisation(name) for name in ("Alder", "Birch", "Cedar"))
    a_partnership([alder, birch])
    a_partnership([birch, cedar], is_restricted=True)
    an_organisation("Dogwood")
    db.session.commit()
    db.session.remove()


def test_the_measures_are_printed_for_people(register: Register, chain: None) -> None:
    said = register("network")

    assert said.code == 0
    assert "4 organisations, 2 live relationships. How any of them stands is not known." in said.out
    assert "Somebody would be cut off if one organisation left: Birch." in said.out
    assert "Nobody is ranked: among fewer than 10 organisations" in said.out
    assert "Dogwood" in said.out


def test_the_measures_are_printed_for_programs(register: Register, chain: None) -> None:
    found = json.loads(register("network", "--json").out)
    names = {node["name"]: node for node in found["nodes"]}
    birch = names["Birch"]

    assert (found["organisations"], found["relationships"], found["density"]) == (4, 2, pytest.approx(1 / 3))
    assert birch["degree"] == 2
    assert birch["betweenness"] == pytest.approx(1 / 3)
    assert found["articulation_points"] == {str(birch["id"]): [[names["Cedar"]["id"]]]}
    assert found["isolates"] == [names["Dogwood"]["id"]]
    assert sorted(map(len, found["components"])) == [1, 3]
    assert len(found["bridges"]) == 2
    assert found["ties"][0]["carried_by"] == 0


def test_an_empty_register_is_measured_too(register: Register) -> None:
    assert "There is no organisation" in register("network").out or "0 organisations" in register("network").out
    assert json.loads(register("network", "--json").out)["nodes"] == []


def test_another_day_is_asked_for_by_options(register: Register, chain: None) -> None:
    found = json.loads(register("network", "--json", "--on", "2020-01-01", "--known", "2020-01-02").out)

    assert (found["on"], found["known"], found["organisations"]) == ("2020-01-01", "2020-01-02", 0)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--on", "yesterday"), 1, "--on needs a day that exists"),
        (("--known", "2026-02-30"), 1, "--known needs a day that exists"),
        (("--json", "refresh"), 2, "refresh takes no options"),
        (("renew",), 2, "No such command"),
    ],
)
def test_misuse_is_answered_in_a_sentence(
    register: Register, arguments: tuple[str, ...], code: int, words: str
) -> None:
    said = register("network", *arguments)

    assert said.code == code
    assert words in said.err


def test_a_refresh_says_what_it_did(register: Register, chain: None) -> None:
    first, second = register("network", "refresh"), register("network", "refresh")

    assert first.out == (
        "The measures were worked out for 2 sets of partnerships: 4 organisations, 1 open relationship; "
        "2 newly placed in the picture.\n"
    )
    assert second.out == "The measures were up to date: 4 organisations, 1 open relationship.\n"


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (None, "Another refresh is at work; nothing was done."),
        (Refreshed(3, 2, 0, 1, 1), "The measures were worked out: 3 organisations, 2 open relationships."),
    ],
)
def test_a_refresh_that_had_little_to_do_says_so(done: Refreshed | None, words: str) -> None:
    assert network.said(done) == words


def test_a_register_that_was_never_made_is_said_so(
    register: Register, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("REGISTER_DATA", str(tmp_path_factory.mktemp("none")))
    for arguments in (("network",), ("network", "refresh")):
        said = register(*arguments)
        assert said.code == 1
        assert "There is no register at" in said.err


def test_the_process_that_a_page_starts_refreshes_until_nothing_changes(
    register: Register, chain: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Flask] = []

    def kept(settings: Settings) -> Flask:
        opened.append(open_register(settings))
        return opened[-1]

    monkeypatch.setattr(background, "open_register", kept)
    monkeypatch.setattr(background, "GATHERING", 0)
    monkeypatch.setattr("register.background.os.nice", lambda _: None)
    try:
        assert background.main() == 0
    finally:
        for app in opened:
            let_go(app)
    assert "The measures were up to date" in register("network", "refresh").out


def test_that_process_ends_without_a_word_where_there_is_no_register(
    environment: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REGISTER_DATA", str(tmp_path / "none"))
    monkeypatch.setattr("register.background.os.nice", lambda _: None)

    assert background.main() == 1
