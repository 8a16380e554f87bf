"""People added, disabled and given a new password from the command line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from register.accounts.passwords import matches
from register.cli.main import COMMANDS
from register.database import db
from register.history.models import HistoryEntry
from tests.architecture.measures import ROOT
from tests.factories import PASSWORD
from tests.fixtures.commands import Register, person

# Making


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
