"""Many processes that write at once: one chain without fork or gap, nobody locked out, nobody waiting crosswise."""

import os
import subprocess
import sys

import pytest
from sqlalchemy import func, select

from register.database import db
from register.history.models import HistoryEntry
from register.history.verification import verify
from register.interactions.models import Interaction
from register.trust.changes import rebuild
from tests.architecture.measures import ROOT
from tests.factories import a_partnership, a_person
from tests.fixtures.everything import sums
from tests.fixtures.kept import Kept

WRITES = int(os.environ.get("FAULT_WRITES", "60"))
"""What each of eight processes writes; 500 on demand, as CONTRIBUTING says."""


@pytest.mark.parametrize(
    ("processes", "writes"), [(2, 5), pytest.param(8, WRITES, marks=pytest.mark.faults)], ids=["few", "many"],
)
def test_processes_share_one_chain(kept: Kept, processes: int, writes: int) -> None:
    officer = a_person()
    a_partnership(members={officer: "lead"})
    db.session.commit()
    db.session.remove()
    data = str(kept.app.config["REGISTER"].data)
    command = [sys.executable, "-m", "tests.faults.logger", data, kept.url, str(writes)]
    started = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    said = [process.communicate() for process in started]
    assert [process.returncode for process in started] == [0] * processes, said
    sys.stdout.write(f"{processes} x {writes} writes; the longest took {max(int(out) for out, _ in said)} ms\n")
    assert db.session.scalar(select(func.count()).select_from(Interaction)) == processes * writes
    sequences = list(db.session.scalars(select(HistoryEntry.sequence).order_by(HistoryEntry.sequence)))
    assert sequences == list(range(1, len(sequences) + 1))
    assert verify().problems == ()
    stored = sums()
    rebuild()
    assert sums() == stored
