"""Many new rows at once: ids set aside beforehand, and rows handed to the driver without a statement for each."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Connection, Dialect, Table, func, insert, select, text
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Insert

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
    run_many(connection, _insertion(table), names, rows)


@lru_cache(maxsize=100)
def _insertion(table: Table) -> Insert:
    return insert(table)


def run_many(connection: Connection, statement: Insert, names: tuple[str, ...], rows: Sequence[Row]) -> None:
    """Run an insertion once for each row. The values go to the driver in the form that it keeps them in."""
    if not rows:
        return
    sql, order, forms = _compiled(statement, names, connection.dialect)
    columns = list(zip(*rows, strict=True))
    shaped = [
        [form(value) for value in column] if form else column for form, column in zip(forms, columns, strict=True)
    ]
    connection.exec_driver_sql(sql, list(zip(*(shaped[place] for place in order), strict=True)))


Form = Callable[[Any], Any]


@lru_cache(maxsize=200)
def _compiled(
    statement: Insert, names: tuple[str, ...], dialect: Dialect,
) -> tuple[str, tuple[int, ...], tuple[Form | None, ...]]:
    """Return a statement's text with marks in the driver's way, which value stands at each mark, and values' forms."""
    compiled: SQLCompiler = statement.compile(dialect=_positional(dialect), column_keys=list(names))
    order = tuple(names.index(name) for name in compiled.positiontup or ())
    return compiled.string, order, tuple(_form(statement.table.columns[name].type, dialect) for name in names)


@lru_cache(maxsize=4)
def _positional(dialect: Dialect) -> Dialect:
    """Return a dialect like this one that marks values by their place."""
    return dialect if dialect.positional else type(dialect)(paramstyle="format")  # type: ignore[call-arg]


def _form(type_: Any, dialect: Dialect) -> Form | None:
    """Return how the driver wants a column's values; days and instants come again and again."""
    form: Form | None = type_.dialect_impl(dialect).bind_processor(dialect)
    return lru_cache(maxsize=5000)(form) if form and (isinstance(type_, Instant) or type_.python_type is date) else form


def take_stock(connection: Connection) -> None:
    """Let the database count its rows after very many came in: until then it plans as if they were not there."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA analysis_limit=1000"))
    connection.execute(text("ANALYZE"))
