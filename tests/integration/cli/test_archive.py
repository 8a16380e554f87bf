"""`register export archive` and `register import archive`: from one register to another, and never over one in use."""

import shutil
from pathlib import Path

from tests.fixtures.commands import Register


def moved(environment: Path) -> None:
    """Let the commands find no register any more."""
    for path in environment.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def test_an_archive_becomes_a_register_again_where_there_is_none_and_after_init(
    register: Register, made: Path, engines: None, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    assert register("export", "archive", str(one)).code == 0
    assert one.stat().st_mode & 0o077 == 0
    for first in ((), ("init",)):
        moved(made)
        if first:
            assert register(*first).code == 0
        said = register("import", "archive", str(one))
        assert said.code == 0, said.err
        assert "the history is whole" in said.out
        assert "register user reset EMAIL" in said.out
        assert register("history", "verify").code == 0
        two.unlink(missing_ok=True)
        assert register("export", "archive", str(two)).code == 0
        assert two.read_bytes() == one.read_bytes()


def test_a_register_in_use_is_never_overwritten(register: Register, made: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.zip"
    assert register("export", "archive", str(file)).code == 0
    said = register("import", "archive", str(file))
    assert said.code == 1
    assert "not empty" in said.err


def test_a_file_that_is_no_archive_leaves_a_register_that_works(
    register: Register, environment: Path, tmp_path: Path
) -> None:
    assert register("init").code == 0
    (tmp_path / "bad.zip").write_text("no")
    said = register("import", "archive", str(tmp_path / "bad.zip"))
    assert said.code == 1
    assert "no archive of a register" in said.err
    assert register("user", "add", "ada@x.example", "--name", "Ada", "--role", "administrator").code == 0
    assert register("history", "verify").code == 0


def test_an_archive_holds_all_and_so_is_made_for_nobody_in_particular(register: Register, made: Path) -> None:
    said = register("export", "archive", "--as", "ada@x.example")
    assert said.code == 1
    assert "Leave out --as" in said.err


def test_checkpoints_of_what_was_done_after_the_archive_say_nothing_of_the_register_that_it_becomes(
    register: Register, made: Path, engines: None, tmp_path: Path,
) -> None:
    file = tmp_path / "one.zip"
    assert register("export", "archive", str(file)).code == 0
    assert register("user", "add", "bob@x.example", "--name", "Bob", "--role", "officer").code == 0
    assert register("history", "checkpoint").code == 0
    for path in made.glob("register.sqlite3*"):
        path.unlink()
    assert register("import", "archive", str(file)).code == 0
    said = register("history", "verify")
    assert said.code == 0, said.out + said.err
