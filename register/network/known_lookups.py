"""What the network is made of, as the register knew it on an earlier day: renamed, moved and ended things as they were.

The rows are those of today; over them is laid what the history says that they held then, and what was recorded since is
left out. Who may see a partnership is decided by what holds today, before this.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select

from register.clock import Clocks
from register.database import db
from register.history.known import changed_since

Values = Mapping[str, Any]


def rows_known(entity: str, asked: Select[*tuple[Any, ...]], clocks: Clocks) -> list[Values]:
    """Return the rows of a question as they were known; it names its columns as the table does, the id among them."""
    rows: list[Values] = [dict(row) for row in db.session.execute(asked).mappings()]
    before = clocks.known_before
    if before is None:
        return rows
    held = changed_since(entity, before, [row["id"] for row in rows])
    return [known for row in rows if (known := _laid_over(row, held.get(row["id"], {}))) is not None]


def was_between(begun: date | None, ended: date | None, clocks: Clocks) -> bool:
    """Say whether something that began and ended on two days was there on the day asked about."""
    return (begun is None or begun <= clocks.on) and (ended is None or ended > clocks.on)


def _laid_over(row: Values, held: Values | None) -> Values | None:
    """Return a row with what it held then; None where it was made since."""
    if held is None:
        return None
    return {name: _read(name, held[name]) if name in held else value for name, value in row.items()}


def _read(name: str, value: Any) -> Any:
    """Return a recorded value as its column has it: days are recorded as text."""
    return date.fromisoformat(value) if name.endswith("_on") and isinstance(value, str) else value
