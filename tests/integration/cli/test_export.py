"""`register export`: a file of all, or of what one person may see, and an entry in the history either way."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from register.database import db
from register.exchange.exports import EXPORTS
from register.exchange.taking.export_models import ExportMade
from tests.factories import a_partnership, a_person
from tests.fixtures.commands import Register


@pytest.fixture
def told(inside: Flask) -> None:
    """An open partnership and a restricted one, and an officer of neither."""
    a_partnership(name="Open Bins")
    a_partnership(name="Hidden Hand", is_restricted=True)
    a_person(email="bo@testshire.example", name="Bo")
    db.session.commit()


def test_all_of_the_register_is_written_and_the_command_says_so(
    register: Register, told: None, tmp_path: Path
) -> None:
    file = tmp_path / "all.csv"
    said = register("export", "partnerships", str(file))
    assert said.code == 0, said.err
    assert said.out.startswith("2 rows are in ")
    assert "restricted partnerships too" in said.out
    assert "Hidden Hand" in file.read_text(encoding="utf-8")
    made = db.session.scalars(select(ExportMade)).one()
    assert (made.format, made.person_id, made.rows) == ("partnerships", None, 2)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_what_one_person_may_see_leaves_the_rest_out(register: Register, told: None, tmp_path: Path) -> None:
    file = tmp_path / "some.csv"
    said = register("export", "partnerships", str(file), "--as", "bo@testshire.example")
    assert "1 row is in" in said.out
    assert "what Bo may see" in said.out
    assert "Hidden Hand" not in file.read_text(encoding="utf-8")


def test_a_file_that_is_there_is_not_overwritten(register: Register, told: None, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    file.write_text("mine")
    said = register("export", "partnerships", str(file))
    assert (said.code, file.read_text()) == (1, "mine")
    assert "is there already" in said.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("xlsx", "--as", "nobody@x.example"), 1),
        (("xlsx", "--as", "ada@x.example"), 1),
        (("docx",), 2),
        (("xlsx", "no/such/folder/file.xlsx"), 1),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    register: Register, told: None, arguments: tuple[str, ...], code: int
) -> None:
    said = register("export", *arguments)
    assert said.code == code
    assert said.err
    assert db.session.scalars(select(ExportMade)).all() == []


def test_a_file_that_is_not_named_is_named_for_its_format(
    register: Register, told: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert register("export", "calendar").code == 0
    assert [path.suffix for path in tmp_path.glob("register-calendar-*")] == [".ics"]


def test_the_help_names_each_format(register: Register) -> None:
    said = register("export", "--help").out
    assert [export.key for export in EXPORTS if f"{export.key} " not in said] == []
