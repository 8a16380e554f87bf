"""Many new rows at once: ids set aside beforehand, and rows handed to the driver without a statement for each."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Dialect, Table, func, insert, select, text
from sqlalchemy.sql.compiler import SQLCompiler

from register.database.base import Base
from register.database.columns import Instant

Row = tuple[Any, ...]


def table_of(model: type[Base]) -> Table:
    """Return the table of a mapped class."""
    return cast("Table", model.__table__)


def set_aside_ids(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """Return ids for new rows that nobody else gets, rising; call it inside the transaction that uses them."""
    if count == 0:
        return ()
    if connection.dialect.name == "postgresql":
        counter = func.nextval(func.pg_get_serial_sequence(f'"{table.name}"', "id"))
        return sorted(connection.scalars(select(counter).select_from(func.generate_series(1, count))))
    last: int = connection.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0
    return range(last + 1, last + 1 + count)


def insert_rows(connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[Row]) -> None:
    """Insert rows given as tuples in the order of `names`, which has to name every column of the table."""
    if set(names) != set(table.columns.keys()):
        raise ValueError(f"Rows of {table.name} need each of its columns.")
    if not rows:
        return
    way = _way(table, names, connection.dialect)
    columns = [
        [*map(form, column)] if form else column
        for form, column in zip(way.forms, zip(*rows, strict=True), strict=True)
    ]
    shaped = list(zip(*(columns[place] for place in way.order), strict=True))
    whole = len(shaped) - len(shaped) % way.together if way.together > 1 else 0
    if whole:
        together = f"{way.sql},{','.join([way.marks] * (way.together - 1))}"
        some = [tuple(chain.from_iterable(shaped[at : at + way.together])) for at in range(0, whole, way.together)]
        connection.exec_driver_sql(together, some)
    if shaped[whole:]:
        connection.exec_driver_sql(way.sql, shaped[whole:])


TOGETHER = 100
"""Rows in one statement: where a table has triggers, SQLite writes down before each statement how to undo it, and a
PostgreSQL server answers each. For other tables of SQLite a statement a row is the quickest."""
TRIGGERED = "has triggers"
"""In the `info` of tables that triggers watch."""
Form = Callable[[Any], Any]


class Way(NamedTuple):
    """How rows of some columns get into a table."""

    sql: str
    marks: str
    """Those of one row, with which the statement ends."""
    order: tuple[int, ...]
    """Which value of a row stands at each mark."""
    forms: tuple[Form | None, ...]
    """How the driver wants each value of a row; None where it takes it as it is."""
    together: int
    """Rows in one statement."""


@lru_cache(maxsize=200)
def _way(table: Table, names: tuple[str, ...], dialect: Dialect) -> Way:
    compiled: SQLCompiler = insert(table).compile(dialect=_positional(dialect), column_keys=list(names))
    order = tuple(names.index(name) for name in compiled.positiontup or ())
    forms = tuple(_form(table.columns[name].type, dialect) for name in names)
    together = TOGETHER if dialect.name != "sqlite" or TRIGGERED in table.info else 1
    return Way(compiled.string, compiled.string.partition(" VALUES ")[2], order, forms, together)


@lru_cache(maxsize=4)
def _positional(dialect: Dialect) -> Dialect:
    """Return a dialect like this one that marks values by their place."""
    return dialect if dialect.positional else type(dialect)(paramstyle="format")  # type: ignore[call-arg]


def _form(type_: Any, dialect: Dialect) -> Form | None:
    """Return how the driver wants a column's values; days and instants come again and again."""
    form: Form | None = type_.dialect_impl(dialect).bind_processor(dialect)
    return lru_cache(maxsize=5000)(form) if form and (isinstance(type_, Instant) or type_.python_type is date) else form


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no rubbish inside: rows by the thousand are none, and looking through them takes a fifth of the time."""
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()


def take_stock(connection: Connection) -> None:
    """Let SQLite count its rows after very many came in: until then it plans as if they were not there.

    PostgreSQL does so by itself.
    """
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA analysis_limit=1000"))
        connection.execute(text("ANALYZE"))
