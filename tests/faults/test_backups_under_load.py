"""Backups that are taken while several processes write are good, every one, and hold one moment each."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from register.backups import check_backup, make_backup, restore_backup
from register.database import db
from register.history.verification import verify
from register.opening import let_go, make_tables, open_register
from register.settings import Settings
from tests.architecture.measures import ROOT
from tests.factories import a_partnership, a_person
from tests.fixtures.register import DATABASES

pytestmark = pytest.mark.faults

BACKUPS, OFFICERS = 20, 3


@pytest.fixture(params=DATABASES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """The settings of an empty register of this test's own."""
    url = f"sqlite:///{tmp_path / 'data' / 'register.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("own_postgresql_url")
    own = Settings(data=tmp_path / "data", database_url=url, secret_key=None, site_name="T", secure_cookies=False)
    make_tables(open_register(own))
    return own


@contextmanager
def at_work(settings: Settings) -> Iterator[list["subprocess.Popen[str]"]]:
    """Let several officers log meetings; each of them has begun when the block does."""
    app = open_register(settings)
    with app.app_context():
        officer = a_person()
        numbers = [str(officer.id), str(a_partnership(members={officer: "lead"}).id)]
        db.session.commit()
    let_go(app)
    command = [sys.executable, "-m", "tests.faults.officer", str(settings.data), settings.database_url, *numbers]
    with ExitStack() as stack:
        officers = [
            stack.enter_context(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True))
            for _ in range(OFFICERS)
        ]
        for process in officers:
            stack.callback(process.kill)
            assert process.stdout
            assert process.stdout.readline()
        yield officers


def test_twenty_of_twenty_backups_are_good(settings: Settings, tmp_path: Path) -> None:
    with at_work(settings) as officers:
        made = [make_backup(settings, tmp_path / f"copy-{number}") for number in range(BACKUPS)]
        assert all(process.poll() is None for process in officers)
    assert all(one.problems == () for one in made)
    sizes = [one.end.size for one in made]
    assert all(earlier < later for earlier, later in pairwise(sizes)), "nobody wrote meanwhile"
    middle = tmp_path / f"copy-{BACKUPS // 2}"
    assert check_backup(settings, middle) == made[BACKUPS // 2]
    restore_backup(settings, middle)
    app = open_register(settings)
    with app.app_context():
        assert verify().problems == ()
    let_go(app)
