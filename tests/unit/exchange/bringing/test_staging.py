"""Files that wait between the steps of an import."""

import os
import stat
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from register.exchange.bringing import staging
from register.exchange.bringing.staging import Staged, stage, staged_of
from register.exchange.reading.choices import Choices
from register.exchange.reading.uploads import Upload

FILE = Upload("a.csv", b"name\n")


@pytest.fixture
def staged(tmp_path: Path) -> Staged:
    return stage(tmp_path / "staging", 7, "councils", FILE)


def test_a_file_waits_for_its_person_alone(staged: Staged) -> None:
    root = staged.folder.parent
    found = staged_of(root, 7, staged.token)
    assert found == staged
    assert found.upload() == FILE
    assert staged_of(root, 8, staged.token) is None
    assert stat.S_IMODE(root.stat().st_mode) == stat.S_IMODE(staged.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("token", ["", "..", "../" * 8, "a/b" * 8, "x" * 41, "é" * 24, "\0" * 24])
def test_a_token_that_was_never_given_finds_nothing(staged: Staged, token: str) -> None:
    assert staged_of(staged.folder.parent, 7, token) is None


def test_choices_come_back_as_they_were(staged: Staged) -> None:
    assert staged.choices() == Choices()
    choices = Choices(
        encoding="cp1252",
        columns={"a": "B", "c": ""},
        since=date(2025, 1, 2),
        leads=(3, 4),
        mode="create",
        row_by_row=True,
    )
    staged.choose(choices)
    assert staged.choices() == choices


def test_an_outcome_is_forgotten_when_the_choices_change(staged: Staged) -> None:
    staged.choose(Choices(mode="create"))
    staged.end({"step": "check"})
    staged.choose(Choices(mode="create"))
    assert staged.outcome() == {"step": "check"}
    staged.choose(Choices())
    assert staged.outcome() is None


def test_one_process_at_a_time_works_on_a_file(staged: Staged) -> None:
    assert staged.begin()
    assert not staged.begin()
    assert staged.is_running()
    staged.tell_progress(3, 9)
    assert staged.progress() == (3, 9)
    staged.end({})
    assert not staged.is_running()
    assert staged.progress() == (0, 0)
    assert staged.begin()


def test_a_process_that_died_is_noticed_and_another_may_begin(staged: Staged) -> None:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    staged.begin()
    staged.hand_over(done.pid)
    assert staged.was_interrupted()
    assert staged.begin()
    assert (staged.folder / staging.RUNNING).read_text() == str(os.getpid())


def test_files_that_waited_too_long_are_thrown_away(staged: Staged, monkeypatch: pytest.MonkeyPatch) -> None:
    later = time.time() + staging.LASTS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert staged_of(staged.folder.parent, 7, staged.token) is None
    stage(staged.folder.parent, 7, "councils", FILE)
    assert not staged.folder.exists()


def test_the_oldest_files_of_a_person_make_room(staged: Staged) -> None:
    root = staged.folder.parent
    os.utime(staged.folder, (0, 0))
    theirs = stage(root, 8, "councils", FILE)
    for _ in range(staging.WAITING):
        stage(root, 7, "councils", FILE)
    assert staged_of(root, 7, staged.token) is None
    assert staged_of(root, 8, theirs.token) is not None
    assert len(list(root.iterdir())) == staging.WAITING + 1
