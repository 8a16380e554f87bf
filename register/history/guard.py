"""The guard at the engine: a write to a covered table outside a recorded change is refused.

Session events do not see bulk updates, Core statements or SQL text; every statement passes `before_cursor_execute`.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, event

from register.history.coverage import recorded_tables
from register.history.statements import written_by

HISTORY = frozenset({"history_entry", "history_value", "history_head"})


class UnrecordedWriteError(RuntimeError):
    """A statement would have changed a covered table without leaving a trace."""


def install(engine: Engine) -> None:
    """Put the guard in front of every statement of an engine."""
    event.listen(engine, "before_cursor_execute", _refuse_unrecorded)
    event.listen(engine, "rollback", close_guard)
    event.listen(engine, "commit", close_guard)
    event.listen(engine, "rollback_savepoint", lambda connection, _name, _context: close_guard(connection))


def open_guard(connection: Connection) -> None:
    """Let writes pass on this connection until `close_guard`; only for `recording`."""
    connection.info["recorded write"] = True


def close_guard(connection: Connection) -> None:
    """Stop writes again."""
    connection.info.pop("recorded write", None)


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
