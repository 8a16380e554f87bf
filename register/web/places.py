"""A row's place in a long list: written into an address, read back, and asked for what lies beyond it."""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, or_

from register.text import CONTROL


def beyond(
    order: Sequence[SQLColumnExpression[Any]],
    tie: SQLColumnExpression[int],
    place: Sequence[Any],
    *,
    descending: bool,
    backwards: bool,
) -> ColumnElement[bool]:
    """Return the condition for rows after a place in the order, or before it when walking `backwards`."""
    last = place[-1]
    rest: ColumnElement[bool] = tie < last if backwards else tie > last
    for column, value in reversed(list(zip(order, place[:-1], strict=True))):
        missing, present = column.is_(None), column.is_not(None)
        if value is None:
            rest = or_(present, and_(missing, rest)) if backwards else and_(missing, rest)
            continue
        further = column < value if descending != backwards else column > value
        rest = or_(further, and_(column == value, rest))
        if always_has_a_value(column):
            # Said besides, so that an index finds the place and nothing is walked through up to it.
            rest = and_(column <= value if descending != backwards else column >= value, rest)
        elif not backwards:
            rest = or_(rest, missing)
    return rest


def always_has_a_value(column: SQLColumnExpression[Any]) -> bool:
    """Say whether a column can be missing in no row."""
    clause = column.__clause_element__() if hasattr(column, "__clause_element__") else column
    return getattr(clause, "nullable", True) is False


def written_place(values: Sequence[Any]) -> str:
    """Return a row's place in its list as text for an address."""
    plain = [value.isoformat() if isinstance(value, date) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def read_place(text: str | None, keys: Sequence[SQLColumnExpression[Any]]) -> list[Any] | None:
    """Return the place that a text names, None when it names none: the list then begins at its start."""
    if not text:
        return None
    try:
        plain = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(plain, list) or len(plain) != len(keys) or type(plain[-1]) is not int:
            return None
        return [_as(_type_of(key), value) for key, value in zip(keys, plain, strict=True)]
    except (ValueError, binascii.Error, TypeError, OverflowError, RecursionError):
        return None


def _type_of(key: SQLColumnExpression[Any]) -> type:
    """Return the type of a column's values in Python."""
    clause: ColumnElement[Any] = key.__clause_element__() if hasattr(key, "__clause_element__") else key  # type: ignore[assignment]
    return clause.type.python_type


LARGEST_NUMBER = 2**31 - 1
"""What an integer column of PostgreSQL holds; a larger one in an address is no place."""


def _as(kind: type, value: Any) -> Any:
    """Return a value of a place as its column's type. Raises ValueError, TypeError or OverflowError for any other."""
    if value is None:
        return None
    if issubclass(kind, datetime):
        return datetime.fromisoformat(value).astimezone(UTC)
    if issubclass(kind, date):
        return date.fromisoformat(value)
    if type(value) is not kind or not _can_be_asked(value):
        raise ValueError(value)
    return value


def _can_be_asked(value: Any) -> bool:
    """Say whether both databases take a value in a question."""
    return not CONTROL.search(value) if isinstance(value, str) else abs(value) <= LARGEST_NUMBER
