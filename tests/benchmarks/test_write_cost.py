"""What the history costs: a write with it beside the same write without it, on SQLite. Prints, asserts no time."""

import sqlite3
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from register.accounts.models import Person
from register.database import db
from register.database.engine import configure
from register.history import verifier
from register.history.checkpointing import checkpoint_if_due
from register.history.envelope import FIRST_LINK, canonical, commitment, link
from register.history.recording import recorded
from register.settings import Settings
from tests.factories import a_person
from tests.fixtures.kept import opened

pytestmark = pytest.mark.benchmark

WRITES = 600
ENTRIES = 100_000


def median_of(write: Callable[[int], None]) -> tuple[float, float]:
    """Return the median time of a write and of the processor's work for it, in milliseconds, after some to warm up."""
    times = []
    for number in range(WRITES + 50):
        began, worked = time.perf_counter(), time.process_time()
        write(number)
        times.append((time.perf_counter() - began, time.process_time() - worked))
    whole, work = zip(*times[50:], strict=True)
    return statistics.median(whole) * 1000, statistics.median(work) * 1000


def test_a_write_with_its_history_beside_one_without(tmp_path: Path) -> None:
    app = opened(tmp_path, f"sqlite:///{tmp_path / 'register.sqlite3'}")
    settings: Settings = app.config["REGISTER"]
    with app.app_context():
        person = a_person(name="Ada")
        db.session.commit()

        def with_history(number: int) -> None:
            with recorded("person:1", "person:changed"):
                person.name = f"Ada {number}"
            db.session.commit()
            checkpoint_if_due(settings)

        cost = median_of(with_history)
        number = person.id
        db.session.remove()
        db.engine.dispose()
    engine = create_engine(settings.database_url)
    configure(engine)
    with Session(engine, expire_on_commit=False) as session:
        same = session.get_one(Person, number)

        def without_history(turn: int) -> None:
            same.name = f"Eve {turn}"
            session.flush()
            session.commit()

        bare = median_of(without_history)
    engine.dispose()
    for what, one, other in zip(("by the clock", "of the processor"), cost, bare, strict=True):
        print(f"\nmedian of {WRITES} writes {what}: {one:.2f} ms with history, {other:.2f} ms without it")


def test_the_verifier_on_a_hundred_thousand_entries(tmp_path: Path) -> None:
    file = tmp_path / "large.sqlite3"
    connection = sqlite3.connect(file)
    connection.executescript(
        "CREATE TABLE history_entry (sequence INTEGER PRIMARY KEY, actor TEXT, entity TEXT, entity_id INTEGER, "
        "action TEXT, at TEXT, part_of INTEGER, scope_id INTEGER, envelope TEXT, entry_hash TEXT);"
        'CREATE TABLE history_value (sequence INTEGER PRIMARY KEY, "values" TEXT);'
        "CREATE TABLE history_head (size INTEGER, entry_hash TEXT);"
        f"CREATE TABLE thing (id INTEGER PRIMARY KEY, {', '.join(f'f{number} TEXT' for number in range(9))})",
    )
    previous = FIRST_LINK
    for sequence in range(1, ENTRIES + 1):
        values = {f"f{number}": ("ab" * 32, f"value {sequence} {number}") for number in range(9)}
        fields = {name: commitment(bytes.fromhex(salt), value) for name, (salt, value) in values.items()}
        beside = {"sequence": sequence, "actor": "person:1", "entity": "thing", "entity_id": sequence}
        beside |= {"action": "thing:made", "at": "2026-11-23T12:00:00.000000Z", "part_of": sequence, "scope_id": None}
        envelope = canonical({**beside, "version": 1, "fields": fields})
        previous = link(previous, envelope)
        row = (*beside.values(), envelope, previous)
        connection.execute("INSERT INTO history_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        stored = canonical({name: list(pair) for name, pair in values.items()})
        connection.execute("INSERT INTO history_value VALUES (?, ?)", (sequence, stored))
        live = [value for _, value in values.values()]
        connection.execute(f"INSERT INTO thing VALUES ({sequence}, {', '.join('?' * 9)})", live)
    connection.execute("INSERT INTO history_head VALUES (?, ?)", (ENTRIES, previous))
    connection.commit()
    connection.close()
    verifier.problems.clear()
    began, worked = time.perf_counter(), time.process_time()
    _entries, compared, _erased = verifier.verify(verifier.read_sqlite(file))
    took, work = time.perf_counter() - began, time.process_time() - worked
    assert verifier.problems == []
    print(f"\n{ENTRIES} entries and {compared} live values: {took:.1f} s by the clock, {work:.1f} s of the processor")
