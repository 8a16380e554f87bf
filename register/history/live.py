"""Live values as they stand in the tables, in the form in which the history records them.

They are read past the types of their columns: SQLite keeps whatever somebody puts there, and a truth of 2 or of "x"
must not pass for the one that was recorded.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Column, ColumnElement, Date, Select, Table, func, inspect, select, type_coerce
from sqlalchemy.types import NullType

from register.database import db
from register.database.columns import Instant
from register.history.coverage import as_recorded, covered_columns

AT_ONCE = 1000
LENGTH = len("2026-11-23 12:00:00.000000")
"""Of an instant as SQLite keeps it."""


class LiveRow(NamedTuple):
    """One row as it stands."""

    id: int
    values: list[Any]
    """In the order of `covered_columns`."""


def what_is_missing(table: Table) -> str | None:
    """Return a sentence about a table or a column that is not there; None where all are."""
    found = inspect(db.session.connection())
    if not found.has_table(table.name):
        return f"The table {table.name} is missing: its rows were deleted behind the history."
    gone = {column.name for column in table.columns} - {column["name"] for column in found.get_columns(table.name)}
    return f"{table.name}: the values of {', '.join(sorted(gone))} were deleted behind the history." if gone else None


def live_rows(table: Table) -> Iterator[LiveRow]:
    """Yield every row by rising id, a portion at a time: a table may be larger than memory."""
    columns = covered_columns(table)
    forms = [(place, form) for place, column in enumerate(columns) if (form := _form(column))]
    asked = select(table.c.id, *(as_it_stands(column) for column in columns)).order_by(table.c.id).limit(AT_ONCE)
    found = db.session.execute(asked).all()
    while found:
        for number, *values in found:
            for place, form in forms:
                values[place] = form(values[place])
            yield LiveRow(number, values)
        found = db.session.execute(asked.where(table.c.id > found[-1][0])).all()


def streamed(*columns: Column[Any]) -> Select[Any]:
    """Return the question for some columns as they stand, answered a portion at a time."""
    return select(*map(as_it_stands, columns)).execution_options(yield_per=AT_ONCE)


def as_it_stands(column: Column[Any]) -> ColumnElement[Any]:
    """Return the question for a column's value past its type; of PostgreSQL, for days and instants as text.

    PostgreSQL keeps days that Python has none for.
    """
    if not _is_sqlite() and isinstance(column.type, Instant):
        return func.to_char(func.timezone("UTC", column), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"').label(column.name)
    if not _is_sqlite() and isinstance(column.type, Date):
        return func.to_char(column, "YYYY-MM-DD").label(column.name)
    return type_coerce(column, NullType()).label(column.name)


def _form(column: Column[object]) -> Callable[[Any], Any] | None:
    """Return what makes of a value as it stands the one that the history would record; None where that is the same."""
    if column.info.get("secret"):
        return lambda value: as_recorded(column, value)
    if _is_sqlite() and isinstance(column.type, Boolean):
        return lambda value: bool(value) if type(value) is int and value in (0, 1) else value
    return instant if _is_sqlite() and isinstance(column.type, Instant) else None


def instant(value: Any) -> Any:
    """Return an instant as the history has it of one as SQLite keeps it; anything else as it is.

    >>> instant("2026-11-23 12:00:00.000000")
    '2026-11-23T12:00:00.000000Z'
    """
    is_instant = isinstance(value, str) and len(value) == LENGTH and value[10] == " "
    return f"{value[:10]}T{value[11:]}Z" if is_instant else value


def is_same(live: object, recorded: object) -> bool:
    """Say whether a live value is the recorded one: of the same kind too, but that a whole number may have a point."""
    if isinstance(live, bool) or isinstance(recorded, bool):
        return live is recorded
    if isinstance(live, int | float) and isinstance(recorded, int | float):
        return live == recorded
    return type(live) is type(recorded) and live == recorded


def _is_sqlite() -> bool:
    return db.session.get_bind().dialect.name == "sqlite"


@contextmanager
def reading_anything() -> Iterator[None]:
    """Read what is no text where a text should be, as SQLite may hold it, with marks instead of what is wrong in it."""
    driver: Any = db.session.connection().connection.driver_connection
    driver.text_factory = lambda data: data.decode("utf-8", "replace")
    try:
        yield
    finally:
        driver.text_factory = str
