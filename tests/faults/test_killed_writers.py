"""A process that dies while it writes loses nothing that it had acknowledged, and leaves nothing half-written."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, insert, select, text
from sqlalchemy.exc import OperationalError

from register.database import Base
from register.database.models import Submission
from tests.architecture.measures import ROOT
from tests.faults.writer import open_engine, submission

pytestmark = pytest.mark.faults

TABLES = [Base.metadata.tables[Submission.__tablename__]]


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    """An SQLite register with one table."""
    engine = open_engine(f"sqlite:///{tmp_path / 'register.sqlite3'}")
    Base.metadata.create_all(engine, tables=TABLES)
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql(postgresql_url: str) -> Iterator[Engine]:
    """A PostgreSQL register with one table, in a schema of its own: other tests use the same database."""
    engine = create_engine(postgresql_url, connect_args={"options": "-c search_path=faults"})
    with engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA faults"))
    Base.metadata.create_all(engine, tables=TABLES)
    yield engine
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA faults CASCADE"))
    engine.dispose()


@contextmanager
def writer(engine: Engine, manner: str) -> Iterator[subprocess.Popen[str]]:
    """Start another process that writes to the same register."""
    command = [sys.executable, "-m", "tests.faults.writer", str(engine.url), manner]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def acknowledged(process: subprocess.Popen[str], at_least: int) -> list[str]:
    """Kill a process after so many rows, and return all that it had said were kept."""
    assert process.stdout
    lines = [process.stdout.readline() for _ in range(at_least)]
    process.kill()
    return [line.strip() for line in (*lines, *process.stdout)]


def kept(connection: Connection) -> list[str]:
    return list(connection.scalars(select(Submission.key)))


@pytest.mark.parametrize("at_least", [1, 7, 50, 200])
def test_what_was_acknowledged_outlives_the_process(sqlite: Engine, at_least: int) -> None:
    with writer(sqlite, "stream") as process:
        told = acknowledged(process, at_least)
    with sqlite.connect() as connection:
        assert len(told) >= at_least
        # One more may have been committed before the process could say so.
        assert len(set(kept(connection)) - set(told)) <= 1
        assert set(told) <= set(kept(connection))
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"


def test_a_killed_writer_leaves_nothing_half_written_and_lets_others_write(sqlite: Engine) -> None:
    with writer(sqlite, "hold") as process:
        assert process.stdout
        assert process.stdout.readline() == "holding\n"
        process.kill()
        process.wait()
        with sqlite.begin() as connection:
            connection.execute(insert(Submission), submission("after"))
    with sqlite.connect() as connection:
        assert kept(connection) == ["after"]


def test_a_connection_cut_by_the_server_leaves_nothing_half_written(postgresql: Engine) -> None:
    connection = postgresql.connect()
    connection.execute(insert(Submission), submission("half"))
    own = connection.scalar(text("SELECT pg_backend_pid()"))
    with postgresql.begin() as administrator:
        administrator.execute(text("SELECT pg_terminate_backend(:own, 5000)"), {"own": own})
    with pytest.raises(OperationalError):
        connection.execute(insert(Submission), submission("too late"))
    connection.invalidate()
    connection.close()
    with postgresql.begin() as another:
        another.execute(insert(Submission), submission("after"))
    with postgresql.connect() as another:
        assert kept(another) == ["after"]
