"""A list of any rows, in any order, walked to its end and back: each row once, and in one order."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Date, Integer, MetaData, String, Table, create_engine, delete, insert, select

from register.web.paging import _ordered
from register.web.places import beyond, read_place, written_place

ROW = Table("row", MetaData(), Column("id", Integer, primary_key=True), Column("name", String), Column("day", Date))
DAYS = st.sampled_from([None, date(2024, 2, 29), date(2026, 1, 1), date(1, 1, 1), date(9999, 12, 31)])
ROWS = st.lists(st.tuples(st.sampled_from([None, "", "a", "B", "é", "a\u0301", "%_"]), DAYS), max_size=12)
ORDERS = st.sampled_from([(), (ROW.c.name,), (ROW.c.day,), (ROW.c.name, ROW.c.day), (ROW.c.day, ROW.c.name)])


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as opened:
        ROW.metadata.create_all(opened)
        yield opened
    engine.dispose()


def walked(
    connection: Connection, order: tuple[Column[object], ...], size: int, *, descending: bool, backwards: bool
) -> list[int]:
    """Return the ids as pages give them, each page asked for by the address that the one before gave."""
    keys = [*order, ROW.c.id]
    found: list[int] = []
    place: list[object] | None = None
    while True:
        asked = select(*keys)
        if place is not None:
            asked = asked.where(beyond(order, ROW.c.id, place, descending=descending, backwards=backwards))
        ordering = _ordered(order, ROW.c.id, descending=descending, backwards=backwards)
        rows = connection.execute(asked.order_by(*ordering).limit(size)).all()
        if not rows:
            return found
        found += [row[-1] for row in rows]
        place = read_place(written_place(rows[-1]), keys)
        assert place == list(rows[-1])


@given(rows=ROWS, order=ORDERS, size=st.integers(1, 5), descending=st.booleans())
def test_each_row_is_seen_once_there_and_back(
    connection: Connection,
    rows: list[tuple[str | None, date | None]],
    order: tuple[Column[object], ...],
    size: int,
    descending: bool,
) -> None:
    connection.execute(delete(ROW))
    if rows:
        connection.execute(insert(ROW), [{"name": name, "day": day} for name, day in rows])
    whole = select(ROW.c.id).order_by(*_ordered(order, ROW.c.id, descending=descending, backwards=False))
    wanted = list(connection.scalars(whole))
    assert walked(connection, order, size, descending=descending, backwards=False) == wanted
    assert walked(connection, order, size, descending=descending, backwards=True) == wanted[::-1]
