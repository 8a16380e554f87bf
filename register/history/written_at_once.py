"""Acts whose rows are written by statements of their own, beside the session, and noted when these have passed."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from register.database import db
from register.history.guard import close_guard, open_guard
from register.history.ledger import ledger_of
from register.history.sealing import Sealable


@contextmanager
def written_at_once(acts: Sealable) -> Iterator[Connection]:
    """Let the statements of the block through the guard, and note what they did; where one fails, nothing is kept.

    Raises RuntimeError inside `recorded`.
    """
    session = db.session()
    ledger = ledger_of(session)
    if ledger.open is not None:
        raise RuntimeError("What is written at once is an act of its own, so it cannot be part of another.")
    session.flush()
    connection = session.connection()
    open_guard(connection)
    try:
        yield connection
    except BaseException:
        ledger.spoil()
        raise
    finally:
        close_guard(connection)
    ledger.done.append(acts)
