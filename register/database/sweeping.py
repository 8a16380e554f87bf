"""Sweeping: what was deleted from a database also leaves its files, where it would stand until something covers it."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

ERASED_LATELY = "erased lately"
"""Noted in a session that erased something, until its database was swept."""


def sweep_sqlite(file: Path, patience: float = 5) -> bool:
    """Write an SQLite file anew without what it no longer holds, and empty its log; False while others are in the way.

    The connection is one of its own: the guard of the register's connections would refuse to copy the history.
    """
    with closing(sqlite3.connect(file, timeout=patience, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute("VACUUM")
            busy, *_pages = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
        return not busy


def sweep_postgresql(url: str, tables: Iterable[str]) -> bool:
    """Write tables of a PostgreSQL database anew; False where the user does not own them, and so may not."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    owned = text("SELECT pg_has_role(c.relowner, 'USAGE') FROM pg_class c WHERE c.oid = to_regclass(:name)")
    with engine.connect() as connection:
        connection.execute(text("SET lock_timeout = '5s'"))
        names = sorted(tables)
        if not all(connection.scalar(owned, {"name": f'"{name}"'}) for name in names):
            return False
        for name in names:
            connection.execute(text(f'VACUUM (FULL) "{name}"'))
    return True
