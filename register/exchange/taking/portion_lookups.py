"""Rows of a query a portion at a time, so that memory stays small however many there are."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select
from sqlalchemy.orm.attributes import InstrumentedAttribute

from register.database import db
from register.exchange.taking.scope import Scope

PORTION = 500
"""Rows asked for at once: below the limits of both databases, and few enough to be held."""

Query = Select[*tuple[Any, ...]]
AnyRow = Row[*tuple[Any, ...]]
Rows = Iterator[list[Any]]
Key = InstrumentedAttribute[int]
RowsOf = Callable[[Scope], Rows]


def portions(asked: Query, *keys: Key) -> Iterator[Sequence[AnyRow]]:
    """Yield the rows of a query in the order of its first columns, `keys`, a portion at a time."""
    (key, *rest), last = keys, None
    ordered = asked.order_by(key, *rest).limit(PORTION)
    while rows := db.session.execute(ordered if last is None else ordered.where(_after(keys, last))).all():
        yield rows
        if len(rows) < PORTION:
            return
        last = tuple(rows[-1])[: len(keys)]


def _after(keys: Sequence[Key], last: Sequence[int]) -> ColumnElement[bool]:
    """Return the condition for rows beyond one, of one key or two."""
    if len(keys) == 1:
        return keys[0] > last[0]
    return (keys[0] > last[0]) | ((keys[0] == last[0]) & (keys[1] > last[1]))


def grouped(asked: Query) -> dict[int, list[Any]]:
    """Return what stands behind the first column of a query, by it."""
    found: dict[int, list[Any]] = defaultdict(list)
    for key, *values in db.session.execute(asked):
        found[key].append(values[0] if len(values) == 1 else tuple(values))
    return found
