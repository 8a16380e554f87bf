"""The commands that make and look after a register, run as people run them."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import create_engine, make_url, text

from register.accounts.models import Person
from register.accounts.passwords import matches
from register.cli.demo import demo_settings, hand_on, secret_file
from register.cli.main import COMMANDS, main
from register.database import db
from register.history.models import HistoryEntry
from register.opening import open_register
from register.refusals import Refusal
from register.settings import Settings, from_environment
from tests.architecture.measures import ROOT
from tests.factories import PASSWORD


class Said(NamedTuple):
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


Register = Callable[..., Said]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment in which only the data folder is set."""
    for name in list(os.environ):
        if name.startswith("REGISTER_") or name == "DATABASE_URL":
            monkeypatch.delenv(name)
    monkeypatch.setenv("REGISTER_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close the connections that commands leave to the end of their process."""
    apps: list[Flask] = []

    def tracked(settings: Settings) -> Flask:
        apps.append(open_register(settings))
        return apps[-1]

    for module in ("session", "setting_up", "run"):
        monkeypatch.setattr(f"register.cli.{module}.open_register", tracked)
    yield
    for app in apps:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def register(
    environment: Path, engines: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Register:
    """Return a way to run `register ARGUMENTS` in this process."""

    def run(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["register", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Said(int(ended.value.code or 0), out, err)

    return run


@pytest.fixture
def made(register: Register, environment: Path) -> Path:
    """A register that was made, with one administrator."""
    assert register("init").code == 0
    assert register("user", "add", "ada@x.example", "--name", "Ada", "--role", "administrator").code == 0
    return environment


@pytest.fixture
def inside(made: Path) -> Iterator[Flask]:
    """The register that was made, opened."""
    app = open_register(from_environment())
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def person(email: str) -> Person:
    found = db.session.query(Person).filter_by(email=email).one()
    db.session.expunge(found)
    # A transaction left open would keep the command's own out.
    db.session.rollback()
    return found


# Making


def test_init_makes_the_folder_and_the_tables_and_says_what_is_next(register: Register, environment: Path) -> None:
    said = register("init")
    assert said.code == 0
    assert str(environment) in said.out
    assert "register user add" in said.out
    assert (environment / "register.sqlite3").exists()


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


# People


def test_a_person_is_added_with_a_password_that_is_printed_once(register: Register, inside: Flask) -> None:
    said = register("user", "add", "Bob@X.example", "--name", "Bob", "--role", "officer", "--job-title", "Clerk")
    assert said.code == 0
    added = person("bob@x.example")
    assert (added.name, added.role, added.job_title) == ("Bob", "officer", "Clerk")
    assert matches(said.out.strip().splitlines()[-1].rpartition(" ")[2], added.password_hash)
    entry = db.session.query(HistoryEntry).order_by(HistoryEntry.sequence.desc()).first()
    assert entry is not None
    assert (entry.actor, entry.action) == ("command line", "person:added")


def test_a_password_may_come_by_standard_input(inside: Flask) -> None:
    runner = CliRunner()
    user = next(command for command in COMMANDS if command.name == "user")
    said = runner.invoke(user, ["reset", "ada@x.example", "--password-stdin"], input=f"{PASSWORD}\r\nmore\n")
    assert said.exit_code == 0
    assert PASSWORD not in said.output
    assert matches(PASSWORD, person("ada@x.example").password_hash)


@pytest.mark.parametrize("sent", [b"short\n", b"", b"\xff\xfe" * 20 + b"\n", b"\n", b"x" * 300])
def test_a_password_that_is_none_is_refused(made: Path, sent: bytes) -> None:
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", "from register.cli.main import main; main()", "user", "reset",
         "ada@x.example", "--password-stdin"],
        input=sent, capture_output=True, check=False, cwd=ROOT,
        env={**os.environ, "REGISTER_DATA": str(made), "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert result.returncode == 1
    assert result.stderr.startswith(b"The password ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(("arguments", "code", "sentence"), [
    (("add", "nonsense", "--name", "A", "--role", "officer"), 1, "Enter an email address"),
    (("add", "ada@x.example", "--name", "A", "--role", "officer"), 1, "There is an account for ada@x.example already"),
    (("add", "a@x.example", "--name", " ", "--role", "officer"), 1, "Enter the person’s name"),
    (("add", "a@x.example", "--name", "\udcff", "--role", "officer"), 1, "cannot be kept"),
    (("add", "a@x.example", "--name", "A" * 300, "--role", "officer"), 1, "200 characters"),
    (("add", "a@x.example", "--name", "A", "--role", "king"), 2, "king"),
    (("add", "a@x.example", "--role", "officer"), 2, "--name"),
    (("add",), 2, "EMAIL"),
    (("disable", "nobody@x.example"), 1, "There is no account for nobody@x.example"),
    (("reset", "nobody@x.example"), 1, "There is no account"),
    (("destroy", "ada@x.example"), 2, "No such command"),
])  # fmt: skip
def test_what_cannot_be_is_a_sentence_and_misuse_is_2(
    register: Register,
    made: Path,
    arguments: tuple[str, ...],
    code: int,
    sentence: str,
) -> None:
    said = register("user", *arguments)
    assert said.code == code
    assert sentence in said.err


def test_a_person_is_disabled_and_given_a_new_password(register: Register, inside: Flask) -> None:
    register("user", "add", "bob@x.example", "--name", "Bob", "--role", "officer")
    before = person("bob@x.example").password_hash
    assert register("user", "reset", "bob@x.example").code == 0
    assert person("bob@x.example").password_hash != before
    said = register("user", "disable", "BOB@x.example")
    assert said.code == 0
    assert not person("bob@x.example").is_active


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


# The example's own settings


def test_the_example_never_takes_a_real_register(made: Path) -> None:
    with pytest.raises(Refusal, match="holds a real register"):
        demo_settings(from_environment())


def test_the_examples_secrets_are_made_once_and_kept_from_others(tmp_path: Path) -> None:
    first = secret_file(tmp_path)
    assert secret_file(tmp_path) == first
    assert len(first["secret_key"]) >= 32
    assert (tmp_path / "example.json").stat().st_mode & 0o077 == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert secret_file(elsewhere) != first


@pytest.mark.parametrize("damaged", ["", "{", "[]", "7", "{}", '{"password":"x"}'])
def test_damaged_secrets_are_a_sentence(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "example.json").write_text(damaged)
    with pytest.raises(Refusal, match="is damaged"):
        secret_file(tmp_path)


def test_the_example_is_served_from_its_own_file_only(
    environment: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://host/real")
    settings = demo_settings(from_environment())
    assert settings.database_url == f"sqlite:///{environment}/register.sqlite3"
    assert settings.demo
    assert not settings.secure_cookies
    with pytest.raises(Refusal, match="own key"):
        hand_on(settings, "")


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
