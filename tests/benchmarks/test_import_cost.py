"""What a sheet of very many interactions costs to bring in, again, and back, on SQLite, beside the bare rows.

Prints, asserts no time. `IMPORTED_ROWS` says how many; a hundred thousand take some minutes.
"""

import csv
import io
import os
import resource
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from register.accounts.models import Person
from register.clock import today
from register.database import db
from register.exchange.bringing.batch_models import ImportBatch
from register.exchange.bringing.errands import Errand
from register.exchange.bringing.undo_changes import undo_batch
from register.exchange.imports import IMPORT_BY_KEY, keep, read_upload
from register.exchange.reading.choices import Choices
from register.exchange.reading.uploads import Upload
from register.history.verification import verify
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, partners_of
from tests.fixtures.kept import opened
from tests.fixtures.sheets import zipped

pytestmark = pytest.mark.benchmark

ROWS = int(os.environ.get("IMPORTED_ROWS", "20000"))
PARTNERSHIPS = 200
TABLES = ("interaction", "attendance", "reading", "evidence", "history_entry", "history_value")


def a_file(partnerships: Sequence[Partnership]) -> bytes:
    """Return meetings of four years, every other one with a reading, as our sheets."""
    chance, partners = Random(1), {one.id: [body.id for body in partners_of(one)] for one in partnerships}
    met, rated = io.StringIO(), io.StringIO()
    meetings, scores = csv.writer(met), csv.writer(rated)
    meetings.writerow(["Id", "Partnership id", "Kind", "Held on", "What happened", "Present"])
    scores.writerow(["Interaction id", "Rater id", "Rated id", "Determinant", "Score", "Evidence"])
    for number in range(ROWS):
        key = chance.choice(list(partners))
        first, second, *_ = partners[key]
        held_on = today() - timedelta(days=chance.randrange(1460))
        account = f"We met and talked about week {number}, and who would write to whom."
        meetings.writerow([f"k{number}", key, "Meeting", held_on, account, f"#{first}; #{second}"])
        if number % 2:
            scores.writerow([f"k{number}", first, second, "Openness", chance.randint(2, 5), "What was seen"])
    return zipped({"interactions": met.getvalue().encode(), "readings": rated.getvalue().encode()})


def measured(what: str, work: Callable[[], object], rows: int = ROWS) -> float:
    began = time.process_time()
    work()
    took = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<46} {took:>7.2f} s of the processor {rows / took:>9,.0f} a second, at most {memory:.0f} MB so far")
    return took


def bare(source: Path, target: Path) -> float:
    """Write the same rows into the same empty tables, with `executemany` and nothing else; return what it took."""
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target, isolation_level=None)) as write:
        rows = {table: read.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
        write.execute("PRAGMA synchronous=FULL")

        def insert() -> None:
            write.execute("BEGIN IMMEDIATE")
            for table, some in rows.items():
                write.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(some[0]))})", some)
            write.execute("COMMIT")

        return measured("the bare rows, already made", insert, sum(map(len, rows.values())))


def brought(officer: Person, content: bytes) -> ImportBatch | None:
    upload, kind = Upload("ours.zip", content), IMPORT_BY_KEY["sheets"]
    errand = Errand(officer.actor, Choices(), officer)
    batch = keep(kind, read_upload(kind, upload, errand.choices), errand, upload)
    db.session.commit()
    assert errand.summary.problems == []
    return batch


def test_a_large_file_beside_its_bare_rows(tmp_path: Path) -> None:
    file, empty = tmp_path / "register.sqlite3", tmp_path / "bare" / "register.sqlite3"
    empty.parent.mkdir()
    with opened(empty.parent, f"sqlite:///{empty}").app_context():
        db.engine.dispose()
    with opened(tmp_path, f"sqlite:///{file}").app_context():
        officer = a_person()
        partnerships = [a_partnership(members={officer: "lead"}, name=f"No. {one}") for one in range(PARTNERSHIPS)]
        db.session.commit()
        content = a_file(partnerships)
        print(f"\n{ROWS:,} interactions with {ROWS // 2:,} readings")
        took = measured("read, checked, imported with history", lambda: brought(officer, content))
        entries = verify().entries
        print(f"{'':46} {entries:,} entries of the history: {entries / took:,.0f} covered rows a second")
        measured("the same file again", lambda: brought(officer, content))
        beside = bare(file, empty)
        print(f"the import takes {took / beside:.1f} times the bare rows")
        batch = db.session.get_one(ImportBatch, 1)

        def undo() -> None:
            undo_batch(officer.actor, batch, officer)
            db.session.commit()

        measured("undone", undo)
        assert verify().is_whole
        db.session.remove()
        db.engine.dispose()
