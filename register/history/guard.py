"""The guard at the engine: a write to a covered table outside a recorded change is refused.

Session events do not see bulk updates, Core statements or SQL text; every statement passes `before_cursor_execute`.
What a cursor of the driver does passes there neither: on SQLite the engine itself asks an authorizer, which at all
times refuses to change or drop what was sealed.
"""

import sqlite3
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, event

from register.history.coverage import recorded_tables
from register.history.statements import written_by

HISTORY = frozenset({"history_entry", "history_value", "history_head"})
SEALED = frozenset({"history_entry"})
WRITES = frozenset({sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE})
QUESTIONS = frozenset({sqlite3.SQLITE_READ, sqlite3.SQLITE_SELECT, sqlite3.SQLITE_FUNCTION})
REWRITES = frozenset({sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE})
REMOVALS = frozenset({sqlite3.SQLITE_DROP_TABLE, sqlite3.SQLITE_DROP_TRIGGER, sqlite3.SQLITE_ALTER_TABLE})
"""What takes a table away, or the triggers that protect it; a trigger comes with its table second."""

Authorizer = Callable[..., int]


class UnrecordedWriteError(RuntimeError):
    """A statement would have changed a covered table without leaving a trace."""


def install(engine: Engine) -> None:
    """Put the guard in front of every statement of an engine."""
    event.listen(engine, "before_cursor_execute", _refuse_unrecorded)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _record: connection.set_authorizer(_authorize_closed))
    event.listen(engine, "rollback", close_guard)
    event.listen(engine, "commit", close_guard)
    event.listen(engine, "rollback_savepoint", lambda connection, _name, _context: close_guard(connection))


def open_guard(connection: Connection) -> None:
    """Let writes pass on this connection until `close_guard`; only for `recording`."""
    if not connection.info.get("recorded write"):
        connection.info["recorded write"] = True
        _ask(connection, _authorize_open)


def close_guard(connection: Connection) -> None:
    """Stop writes again."""
    if connection.info.pop("recorded write", None):
        _ask(connection, _authorize_closed)


def _ask(connection: Connection, authorize: Authorizer) -> None:
    """Set who is asked about statements on SQLite; those it had prepared are asked about again."""
    if connection.dialect.name == "sqlite" and not connection.invalidated:
        driver: sqlite3.Connection | None = connection.connection.driver_connection
        if driver is not None:
            driver.set_authorizer(authorize)


def _authorize_open(action: int, table: str | None, more: str | None, *_rest: str | None) -> int:
    """Answer inside a recorded change: all but to change or drop what was sealed."""
    if action in REWRITES and (table or "").lower() in SEALED:
        return sqlite3.SQLITE_DENY
    if action in REMOVALS and ((table or "").lower() in guarded() or (more or "").lower() in guarded()):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def _authorize_closed(action: int, table: str | None, more: str | None, *rest: str | None) -> int:
    """Answer outside a recorded change: no write to a covered table."""
    if action in QUESTIONS:
        return sqlite3.SQLITE_OK
    if action in WRITES and (table or "").lower() in guarded():
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and (table or "").lower() == "writable_schema":
        return sqlite3.SQLITE_DENY
    return _authorize_open(action, table, more, *rest)


@lru_cache(maxsize=1)
def guarded() -> frozenset[str]:
    """Return the tables that are written only by a recorded change: the covered ones and the history's own."""
    return frozenset(recorded_tables()) | HISTORY


@lru_cache(maxsize=2000)
def written_tables(statement: str) -> frozenset[str]:
    """Return the tables that an SQL statement writes to, in lower case; the same statements come again and again."""
    return frozenset(written_by(statement))


def _refuse_unrecorded(
    connection: Connection,
    _cursor: Any,
    statement: str,
    _parameters: Any,
    _context: Any,
    _many: bool,  # noqa: FBT001
) -> None:
    if connection.info.get("recorded write"):
        return
    touched = written_tables(statement) & (recorded_tables().keys() | HISTORY)
    if touched:
        message = f"A write to {', '.join(sorted(touched))} outside a recorded change was refused."
        raise UnrecordedWriteError(message)
