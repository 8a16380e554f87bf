"""Who waits on SQLite to begin writing: in turn, for so long, and whatever stands beside the file."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from register.database import engine as settings
from register.database.engine import BUSY_TIMEOUT_MS, configure, reading


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Engine]:
    """A database with one empty table, to be written to whatever was only read before."""
    settings.set_reading(only=False)
    engine = create_engine(f"sqlite:///{tmp_path / 'small.sqlite3'}", poolclass=NullPool)
    configure(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE thing (name TEXT)")
    yield engine
    engine.dispose()


def names(database: Engine) -> list[str]:
    with reading(), database.connect() as connection:
        return sorted(row[0] for row in connection.exec_driver_sql("SELECT name FROM thing"))


def write(database: Engine, name: str) -> int:
    """Write a name; return how long SQLite itself waits on the connection afterwards."""
    with database.begin() as connection:
        connection.exec_driver_sql("INSERT INTO thing VALUES (?)", (name,))
        waits: int = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    return waits


def test_whoever_waits_goes_on_when_the_other_has_written(database: Engine) -> None:
    is_begun = Event()

    def wait() -> int:
        is_begun.set()
        return write(database, "second")

    with ThreadPoolExecutor(1) as pool:
        with database.begin() as connection:
            connection.exec_driver_sql("INSERT INTO thing VALUES ('first')")
            second = pool.submit(wait)
            assert is_begun.wait(10)
        assert second.result() == BUSY_TIMEOUT_MS
    assert names(database) == ["first", "second"]


def test_when_the_time_is_up_the_database_is_said_to_be_locked_and_readers_are_never_held_up(
    database: Engine, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "LONGEST_WAIT", 0)
    with database.begin():
        with pytest.raises(OperationalError, match="locked"):
            write(database, "never")
        assert names(database) == []
    assert write(database, "now") == BUSY_TIMEOUT_MS


def test_a_file_that_cannot_be_had_hinders_nobody(database: Engine, tmp_path: Path) -> None:
    beside = tmp_path / "small.sqlite3-next"
    beside.unlink()
    beside.mkdir()
    write(database, "written")
    assert names(database) == ["written"]


def test_a_database_in_memory_has_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    engine = create_engine("sqlite://")
    configure(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE thing (name TEXT)")
    engine.dispose()
    assert list(tmp_path.iterdir()) == []


def test_whoever_waits_longest_is_the_next(database: Engine) -> None:
    """One after the other comes to wait, each once the one before has a place; they write in that order."""
    path = database.url.database
    order: list[str] = []

    def wait(name: str) -> None:
        with database.begin() as connection:
            connection.exec_driver_sql("INSERT INTO thing VALUES (?)", (name,))
            order.append(name)

    with ThreadPoolExecutor(5) as pool, database.begin():
        for number in range(5):
            pool.submit(wait, str(number))
            _until(partial(_are_taken, f"{path}-next", number + 1))
    assert order == ["0", "1", "2", "3", "4"]


def _are_taken(file: str, count: int) -> bool:
    """Say whether so many places are taken, all of them moved up as far as they go."""
    with open(file, "rb+") as handle:  # noqa: PTH123 - only its number is wanted
        taken = [not settings._is_locked(handle.fileno(), place) for place in range(settings.PLACES)]
    return taken == [place < count for place in range(settings.PLACES)]


def _until(is_so: Callable[[], bool]) -> None:
    for _ in range(1_000_000):
        if is_so():
            return
    raise TimeoutError


def test_where_files_have_no_such_locks_everybody_writes_out_of_turn(
    database: Engine, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "KEPT_BY_FILE", None)
    write(database, "one")
    monkeypatch.setattr(settings, "KEPT_BY_FILE", 9999)
    write(database, "other")
    assert names(database) == ["one", "other"]
