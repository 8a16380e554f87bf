"""The commands that make and look after a register, run as people run them."""

import json
import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from register.cli.main import COMMANDS
from tests.fixtures.commands import Register

# Making


def test_init_makes_the_folder_and_the_tables_and_says_what_is_next(register: Register, environment: Path) -> None:
    said = register("init")
    assert said.code == 0
    assert str(environment) in said.out
    assert "register user add" in said.out
    assert (environment / "register.sqlite3").exists()


def test_what_is_made_is_for_nobody_else_on_the_machine(register: Register, made: Path, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        assert register("init").code == 0
        for command in (("backup", "copy"), ("history", "export", "history.zip"), ("export", "csv", "all.zip")):
            assert register(*command[:-1], str(tmp_path / command[-1])).code == 0
    finally:
        os.umask(before)
    kept = [made, made / "register.sqlite3", *(tmp_path / name for name in ("copy", "history.zip", "all.zip"))]
    assert [path.name for path in kept if path.stat().st_mode & 0o077] == []


def test_init_again_changes_nothing(register: Register, made: Path) -> None:
    before = sorted(sqlite3.connect(made / "register.sqlite3").iterdump())
    assert register("init").code == 0
    assert sorted(sqlite3.connect(made / "register.sqlite3").iterdump()) == before


@pytest.mark.parametrize("command", [
    ("user", "add", "a@b.example", "--name", "A", "--role", "officer"), ("user", "disable", "a@b.example"),
    ("user", "reset", "a@b.example"), ("trust", "rebuild"), ("history", "verify"), ("watchlist",),
])  # fmt: skip
def test_on_a_register_that_was_never_made_commands_say_so(
    register: Register,
    environment: Path,
    command: tuple[str, ...],
) -> None:
    said = register(*command)
    assert said.code == 1
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert said.err.startswith("There is no register at ")
    assert "register init" in said.err
    assert not environment.exists()


def test_an_empty_file_is_no_register(register: Register, environment: Path) -> None:
    environment.mkdir()
    (environment / "register.sqlite3").touch()
    said = register("history", "verify")
    assert (said.code, said.err) == (1, "The database holds no register yet. Make one with: register init\n")


@pytest.mark.parametrize("url", [
    "mysql://x/y", "nonsense", "sqlite://", "postgresql://host:port/x", "postgresql://127.0.0.1:1/nothing",
    "sqlite:////proc/nothing/x.sqlite3",
])  # fmt: skip
@pytest.mark.parametrize("command", [("init",), ("history", "verify")])
def test_a_database_that_cannot_be_used_is_one_sentence(
    register: Register,
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    command: tuple[str, ...],
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    said = register(*command)
    assert said.code == 1
    assert len(said.err.splitlines()) == 1
    assert said.out == ""


@pytest.mark.parametrize("command", [("init",), ("history", "verify"), ("trust", "rebuild")])
def test_a_file_that_is_no_database_is_one_sentence(
    register: Register,
    environment: Path,
    command: tuple[str, ...],
) -> None:
    environment.mkdir()
    (environment / "register.sqlite3").write_text("a shopping list " * 1000)
    said = register(*command)
    assert said.code == 1
    assert said.err == "The database cannot be used: file is not a database\n"


@pytest.mark.parametrize("folder", ["a file", "/proc/nowhere", "~nobody-of-this-name/x", "what?"])
def test_a_folder_that_cannot_be_made_is_one_sentence(
    register: Register,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    folder: str,
) -> None:
    (tmp_path / "a file").touch()
    monkeypatch.setenv("REGISTER_DATA", folder if folder[0] in "/~" else str(tmp_path / folder))
    said = register("init")
    assert said.code == 1
    assert len(said.err.splitlines()) == 1


# Looking after


def test_verify_says_that_all_is_whole(register: Register, made: Path) -> None:
    said = register("history", "verify")
    assert said.code == 0
    verdict = json.loads(register("history", "verify", "--json").out)
    assert verdict["problems"] == []
    assert f"The history is whole: {verdict['entries']} entries" in said.out
    assert verdict["last_hash"] in said.out


def test_verify_ends_with_1_after_tampering_and_names_what(register: Register, made: Path) -> None:
    with sqlite3.connect(made / "register.sqlite3") as connection:
        connection.execute("UPDATE person SET role = 'officer'")
    connection.close()
    said = register("history", "verify")
    assert said.code == 1
    assert "- person 1: role was altered behind the history." in said.out
    verdict = json.loads(register("history", "verify", "--json").out)
    assert verdict["problems"] == ["person 1: role was altered behind the history."]


def test_rebuild_says_from_how_much(register: Register, made: Path) -> None:
    said = register("trust", "rebuild")
    assert (said.code, said.out) == (0, "Trust was added up again from 0 pieces of evidence.\n")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-01-01"])
def test_the_watchlist_of_any_day_is_told(register: Register, made: Path, day: str) -> None:
    assert register("watchlist", "--on", day, "--known", day).code == 0


def test_run_refuses_without_a_key_without_a_register_and_without_an_administrator(
    register: Register,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("register.cli.run.serve", lambda *_: pytest.fail("It served."))
    assert register("run").err.startswith("Set REGISTER_SECRET_KEY")
    monkeypatch.setenv("REGISTER_SECRET_KEY", "short")
    assert register("run").err.startswith("Set REGISTER_SECRET_KEY")
    monkeypatch.setenv("REGISTER_SECRET_KEY", "k" * 40)
    assert register("run").err.startswith("There is no register")
    register("init")
    assert register("run").err.startswith("Add an administrator first")
    register("user", "add", "ada@x.example", "--name", "Ada", "--role", "administrator")
    register("user", "disable", "ada@x.example")
    said = register("run")
    assert said.code == 1
    assert said.err.startswith("Add an administrator first")


def test_run_serves_a_register_that_is_ready(
    register: Register,
    made: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    served: list[tuple[object, ...]] = []
    monkeypatch.setattr("register.cli.run.serve", lambda *arguments: served.append(arguments))
    monkeypatch.setenv("REGISTER_SECRET_KEY", "k" * 40)
    assert register("run", "--port", "8123", "--workers", "1").code == 0
    assert served == [("127.0.0.1", 8123, 1)]


@pytest.mark.parametrize("arguments", [
    ("nonsense",), ("run", "--port", "99999"), ("run", "--workers", "0"), ("history", "verify", "--nonsense"), ("--x",),
])  # fmt: skip
def test_misuse_ends_with_2(register: Register, arguments: tuple[str, ...]) -> None:
    assert register(*arguments).code == 2


def test_every_command_explains_itself(register: Register) -> None:
    for command in COMMANDS:
        said = register(str(command.name), "--help")
        assert said.code == 0
        assert "Usage: register" in said.out
        assert command.help


def test_a_register_on_postgresql_is_made_and_looked_after(
    register: Register,
    postgresql_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = make_url(postgresql_url)
    schema = url.update_query_dict({"options": "-csearch_path=commands"})
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA commands"))
    monkeypatch.setenv("DATABASE_URL", schema.render_as_string(hide_password=False))
    try:
        assert "holds no register yet" in register("history", "verify").err
        assert "DATABASE_URL" in register("init").out
        assert register("user", "add", "ada@x.example", "--name", "Ada", "--role", "officer").code == 0
        assert register("history", "verify").code == 0
    finally:
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA commands CASCADE"))
        engine.dispose()
