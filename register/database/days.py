"""The number of days from a civil day to an instant, as both databases count it."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement


class DaysUntil(FunctionElement[int]):
    """Days from a day to the day of an instant: `DaysUntil(Interaction.held_on, Interaction.recorded_at)`.

    PostgreSQL knows the day in London. SQLite has no zones: there the last hour of a day in UTC belongs to the next day
    from the last Sunday of March to that of October. The instant has to be a column.
    """

    type = Integer()
    inherit_cache = True
    name = "days_until"


@compiles(DaysUntil, "sqlite")
def _on_sqlite(element: DaysUntil, compiler: Any, **options: Any) -> str:
    day, instant = (compiler.process(clause, **options) for clause in element.clauses)
    year = f"substr({instant}, 1, 4)"
    starts, ends = (f"date({year} || '{after}', '-7 days', 'weekday 0')" for after in ("-04-01", "-11-01"))
    is_summer = f"substr({instant}, 12, 2) = '23' AND date({instant}) >= {starts} AND date({instant}) < {ends}"
    return f"(CAST(julianday(date({instant})) - julianday({day}) AS INTEGER) + ({is_summer}))"


@compiles(DaysUntil, "postgresql")
def _on_postgresql(element: DaysUntil, compiler: Any, **options: Any) -> str:
    day, instant = (compiler.process(clause, **options) for clause in element.clauses)
    return f"(CAST({instant} AT TIME ZONE 'Europe/London' AS DATE) - {day})"
