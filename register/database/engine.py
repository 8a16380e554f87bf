"""Engine settings: durable writes, foreign keys, and the write lock taken at the start of a transaction that writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event, func, select
from sqlalchemy.orm import Session, scoped_session

BUSY_TIMEOUT_MS = 5000

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
    """Give an engine the settings of this product; PostgreSQL needs none beyond its defaults."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    """Full durability: with `synchronous=NORMAL` a power cut loses rows that people were told are saved."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: a transaction that reads first and writes later fails under load."""
    connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")
