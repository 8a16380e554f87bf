"""Engine settings: durable writes, foreign keys, and the write lock taken at the start of a transaction that writes."""

import fcntl
import os
import random
import sqlite3
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, scoped_session

BUSY_TIMEOUT_MS = 5000
CACHE_KIB = 16_000
"""Memory in which a connection keeps pages: with SQLite's own 2,000, many rows at once write the same pages often."""
LONGEST_WAIT = 20
"""Seconds that somebody waits to begin writing; pages answer or fail well before a server's worker is given up."""
PAUSE = (0.0005, 0.002)
"""Seconds between two tries to begin writing, the shortest and the longest."""
PLACES = 16
"""Of the queue for writing; whoever comes when all are taken waits for the last one out of turn."""
KEPT_BY_FILE: int | None = getattr(fcntl, "F_OFD_SETLK", None)
"""The command for a lock that belongs to an opened file; Linux has it."""
LOCK = "hhqqi4x"
"""The form of C's `struct flock`: kind, whence, first byte, bytes, process."""

_reading: ContextVar[bool] = ContextVar("reading", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """Mark what happens inside as reading only: SQLite then takes no write lock."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def set_reading(*, only: bool) -> None:
    """Say for the current request or command whether it only reads."""
    _reading.set(only)


def take_turn(session: Session | scoped_session[Any], number: int) -> None:
    """Wait until no other transaction holds the turn of a number, and hold it to the end of this one.

    For work that reads rows, counts with them and writes the result, where two at once would each miss what the other
    added. On SQLite there is one writer at a time anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(number)))


def see_one_moment(session: Session | scoped_session[Any]) -> None:
    """Begin a transaction that only reads, and sees one moment of the database whatever others write meanwhile.

    What the session had begun is rolled back. A session on a connection that was handed to it, as in tests, stays in
    the transaction of that connection.
    """
    session.rollback()
    set_reading(only=True)
    bind = session.get_bind()
    if isinstance(bind, Engine) and bind.dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def configure(engine: Engine) -> None:
    """Give an engine the settings of this product."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _set_up_postgresql)


def is_busy(error: OperationalError) -> bool:
    """Say whether somebody waited in vain for others who write: nothing is wrong, and a later try goes through."""
    if isinstance(error.orig, sqlite3.OperationalError):
        return error.orig.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return getattr(error.orig, "sqlstate", None) in WAITED_IN_VAIN


WAITED_IN_VAIN = frozenset({"55P03", "40P01"})
"""What PostgreSQL says at a lock that was not to be had in time, and of two who waited for one another."""


def _set_up_postgresql(connection: Any, _record: object) -> None:
    """Wait for others who write for as long as on SQLite: a worker that waited for ever would be given up."""
    connection.execute(f"SET lock_timeout = '{LONGEST_WAIT}s'")
    connection.commit()


def _set_up_sqlite(connection: Any, _record: object) -> None:
    """Full durability: with `synchronous=NORMAL` a power cut loses rows that people were told are saved."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: a transaction that reads first and writes later fails under load."""
    if _reading.get():
        connection.exec_driver_sql("BEGIN")
    else:
        _begin_to_write(connection)


def _begin_to_write(connection: Connection) -> None:
    """Ask for the write lock again and again, at even intervals, until the time is up.

    SQLite's own way of waiting sleeps longer the longer it has waited, so that whoever comes late goes first and some
    wait for seconds. Here they stand in a queue, and whoever has just written goes to its end.
    """
    driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]  # SQLite's
    until = time.monotonic() + LONGEST_WAIT
    driver.execute("PRAGMA busy_timeout=0")
    try:
        with _being_next(connection.engine.url.database, until):
            _repeat(lambda: _is_begun(driver), until)
        if not driver.in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


@contextmanager
def _being_next(database: str | None, until: float) -> Iterator[None]:
    """Move up a queue to its first place, which one at a time can hold; do without when the time is up.

    Each place is a lock on a byte of a file beside the database's. It belongs to the opened file: it goes with the
    process, and two threads exclude one another. Where the file cannot be had, as when somebody else made it, whoever
    waits does so out of turn.
    """
    try:
        mode = Path(database or ":memory:").stat().st_mode & 0o777
        handle = os.open(f"{database}-next", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, mode)
    except OSError:
        yield
        return
    try:
        _move_up(handle, until)
        yield
    finally:
        os.close(handle)


def _move_up(handle: int, until: float) -> None:
    """Take one place after the other, leaving each once the next is had; where files have no such locks, none."""
    if KEPT_BY_FILE is None:
        return
    with suppress(OSError):
        for place in reversed(range(PLACES)):
            _repeat(partial(_is_locked, handle, place), until)
            _set_lock(handle, place + 1, fcntl.F_UNLCK)


def _repeat(is_done: Callable[[], bool], until: float) -> None:
    while not is_done() and time.monotonic() < until:
        time.sleep(random.uniform(*PAUSE))  # noqa: S311 - only so that two do not ask in step


def _is_locked(handle: int, place: int) -> bool:
    try:
        _set_lock(handle, place, fcntl.F_WRLCK)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _set_lock(handle: int, place: int, kind: int) -> None:
    fcntl.fcntl(handle, KEPT_BY_FILE or 0, struct.pack(LOCK, kind, os.SEEK_SET, place, 1, 0))


def _is_begun(driver: sqlite3.Connection) -> bool:
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
