"""What the archive holds of each table, and how a value stands in it: JSON that means the same on either database."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from register.database import Base
from register.history.coverage import as_recorded, is_recorded

FORMAT, VERSION = "partnership-register-archive", 1
LEFT_OUT: Mapping[str, str] = {
    "sign_in": "who is signed in",
    "sign_in_attempt": "throttling, kept for a day",
    "submission": "protects against sending a form twice",
    "api_submission": "protects against sending twice",
    "network_turn": "says who is computing a cache",
}
"""Tables that hold nothing of the register, with the reason. Caches are left out as well, and made anew."""
CACHE = "a cache"
TYPES: Mapping[type, dict[str, str]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}
"""How the values of a column stand, by their type in Python."""


def kept_tables() -> list[Any]:
    """Return the tables that the archive holds, each after those that it refers to."""
    return [table for table in Base.metadata.sorted_tables if table.name not in left_out()]


def left_out() -> dict[str, str]:
    """Return the tables that it does not hold, with the reason."""
    caches = {
        name: str(table.info["unrecorded"])
        for name, table in Base.metadata.tables.items()
        if not is_recorded(table) and str(table.info["unrecorded"]).startswith(CACHE)
    }
    return {**caches, **LEFT_OUT}


def key_of(table: Any) -> Any:
    """Return the column by which a table's rows are numbered."""
    (key,) = table.primary_key
    return key


def kind_of(column: Any) -> type:
    """Return the type of a column's values in Python; a type of our own has that of what it stands on."""
    found: type = getattr(column.type, "impl_instance", column.type).python_type
    return found


def as_archived(column: Any, value: Any) -> Any:
    """Return a value as the archive has it: a secret as the history keeps it, of which nothing opens a door."""
    return as_recorded(column, value)


EXPECTED: Mapping[type, tuple[type, ...]] = {date: (str,), datetime: (str,), float: (int, float)}
"""How values stand in JSON whose column's type is not that of JSON."""
READ: Mapping[type, Callable[[Any], Any]] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    float: float,
}


def as_kept(column: Any, value: Any) -> Any:
    """Return an archived value as the register keeps it. Raises ValueError or TypeError for what is none."""
    kind = kind_of(column)
    if value is None:
        if not column.nullable:
            raise ValueError(column.name)
        return None
    expected = EXPECTED.get(kind, (kind,))
    if not isinstance(value, expected) or (isinstance(value, bool) and kind is not bool):
        raise TypeError(column.name)
    return READ[kind](value) if kind in READ else value


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the archive: one definition a table, which each line of its file fits."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Archive of a partnership register",
        "description": "Each line of tables/NAME.jsonl fits the definition NAME.",
        "$defs": {table.name: _definition(table) for table in kept_tables()},
    }


def _definition(table: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {column.name: _property(column) for column in table.columns},
        "required": [column.name for column in table.columns],
        "additionalProperties": False,
    }


def _property(column: Any) -> dict[str, Any]:
    about: dict[str, Any] = dict(TYPES[kind_of(column)])
    if column.nullable:
        about["type"] = [about["type"], "null"]
    if column.info.get("secret"):
        about["description"] = "A digest: nothing of the secret itself is archived."
    return about
