"""Putting a register back together with the history that it came with: no entry is made, for each row has one."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from register.database import db
from register.history.guard import close_guard, open_guard
from register.history.lookups import head
from register.refusals import Refusal


@contextmanager
def refilling() -> Iterator[Connection]:
    """Let rows be written together with the entries that made them, into a register without a history of its own.

    Whoever calls verifies the whole before anything is kept.
    """
    last = head()
    if last is not None and last.size:
        raise Refusal("This register has a history of its own. An archive is restored into an empty one: register init")
    connection = db.session.connection()
    open_guard(connection)
    try:
        yield connection
    finally:
        close_guard(connection)
