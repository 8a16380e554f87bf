"""The number of days from a civil day to an instant, as both databases count it."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement


class DaysUntil(FunctionElement[int]):
    """Days from a day to the day of an instant: `DaysUntil(Interaction.held_on, Interaction.recorded_at)`.

    PostgreSQL knows the day in London; SQLite has no zones and takes that of UTC, an hour of a summer night apart.
    """

    type = Integer()
    inherit_cache = True
    name = "days_until"


@compiles(DaysUntil, "sqlite")
def _on_sqlite(element: DaysUntil, compiler: Any, **options: Any) -> str:
    day, instant = (compiler.process(clause, **options) for clause in element.clauses)
    return f"CAST(julianday(date({instant})) - julianday({day}) AS INTEGER)"


@compiles(DaysUntil, "postgresql")
def _on_postgresql(element: DaysUntil, compiler: Any, **options: Any) -> str:
    day, instant = (compiler.process(clause, **options) for clause in element.clauses)
    return f"(CAST({instant} AT TIME ZONE 'Europe/London' AS DATE) - {day})"
