"""Long lists a page at a time: each page begins after the last row of the one before, so that none slips by unseen.

Example: `page_of(select(Partnership).where(visible_to(me())), (lower(Partnership.name),), Partnership.id)`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for
from sqlalchemy import Select, SQLColumnExpression, func, select

from register.database import db
from register.web.places import always_has_a_value, beyond, read_place, written_place

PAGE_SIZE = 50
MOST_DIGITS = 9
"""Of a number of rows: no list is longer."""

Entity = TypeVar("Entity")


@dataclass(frozen=True)
class Page(Generic[Entity]):
    """Some rows of a list, and the ways to the others."""

    rows: Sequence[Entity]
    total: int
    next_url: str | None
    previous_url: str | None
    newer_url: str | None
    """The way back to the start; None on the first page."""

    @property
    def shown(self) -> int:
        """How many rows this page shows."""
        return len(self.rows)


@dataclass(frozen=True)
class Sorting:
    """What a list is sorted by, as its address says: `?sort=name`, or `?sort=-name` for the last first."""

    key: str
    descending: bool
    columns: tuple[SQLColumnExpression[Any], ...]

    @property
    def current(self) -> str:
        """What `sortable_header` compares with."""
        return f"-{self.key}" if self.descending else self.key

    def url(self, key: str) -> str:
        """Return the address of this list sorted by a key, the other way round when it already is."""
        return _here(sort=f"-{key}" if self.current == key else key)


def asked_sorting(sorts: Mapping[str, tuple[SQLColumnExpression[Any], ...]], default: str) -> Sorting:
    """Return the sorting of this request; one that the list does not know is its default.

    `default` may begin with "-".
    """
    asked = request.args.get("sort", default)
    wanted = asked if asked.removeprefix("-") in sorts else default
    key = wanted.removeprefix("-")
    return Sorting(key, wanted.startswith("-"), sorts[key])


def page_of(
    query: Select[Entity],
    order: Sequence[SQLColumnExpression[Any]],
    tie: SQLColumnExpression[int],
    *,
    descending: bool = False,
    size: int = PAGE_SIZE,
    total: int | None = None,
) -> Page[Entity]:
    """Return the page of a query that the address asks for (`?after=` or `?before=`).

    `order` are the columns the list is sorted by, all in one direction; rows without a value come last either way.
    `tie` is the id that parts equal rows, always ascending. `total` is how many rows there are, where that is known.
    An `after` that no page has given leads to the first page.
    """
    keys = [*order, tie]
    backwards = "after" not in request.args and "before" in request.args
    place = read_place(request.args.get("before" if backwards else "after"), keys)
    if total is None:
        total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    walk = query.add_columns(*keys)
    if place is not None:
        walk = walk.where(beyond(order, tie, place, descending=descending, backwards=backwards))
    walk = walk.order_by(*_ordered(order, tie, descending=descending, backwards=backwards)).limit(size + 1)
    found = db.session.execute(walk).all()
    more, rows = len(found) > size, list(found[:size])
    if backwards:
        rows.reverse()
    here = _Ends(rows, len(keys))
    has_next = bool(rows) and (more if not backwards else place is not None)
    has_previous = bool(rows) and (more if backwards else place is not None)
    return Page(
        [row[0] for row in rows],
        total,
        next_url=_here(after=here.last) if has_next else None,
        previous_url=_here(before=here.first) if has_previous else None,
        newer_url=_here() if place is not None and (has_previous or not rows) else None,
    )


def page_of_list(rows: Sequence[Entity], size: int = PAGE_SIZE) -> Page[Entity]:
    """Return the page of a list that lies in memory: its `?after=` is how many rows come before.

    An `after` that no page has given leads to the first page, and one beyond the end to the last.
    """
    asked = request.args.get("after", "")
    before = min(int(asked), len(rows) - 1) if asked.isascii() and asked.isdigit() and len(asked) <= MOST_DIGITS else 0
    start = max(before // size * size, 0)
    end = start + size
    earlier = {"after": str(start - size)} if start > size else {}
    return Page(
        rows[start:end],
        len(rows),
        next_url=_here(after=str(end)) if end < len(rows) else None,
        previous_url=_here(**earlier) if start else None,
        newer_url=_here() if start > size else None,
    )


@dataclass(frozen=True)
class _Ends:
    """The first and the last place of a page; the last `width` values of each row are its place."""

    rows: Sequence[Any]
    width: int

    @property
    def first(self) -> str:
        return written_place(self.rows[0][-self.width :])

    @property
    def last(self) -> str:
        return written_place(self.rows[-1][-self.width :])


def _here(**changed: str) -> str:
    """Return the address of this list, from its start unless `changed` says otherwise."""
    kept: dict[str, Any] = {key: values for key, values in request.args.lists() if key not in ("after", "before")}
    return url_for(request.endpoint or "", **{**(request.view_args or {}), **kept, **changed})


def _ordered(
    order: Sequence[SQLColumnExpression[Any]],
    tie: SQLColumnExpression[int],
    *,
    descending: bool,
    backwards: bool,
) -> list[Any]:
    """Return what to order by: both databases place missing values as this says, not each as it likes."""
    down = descending != backwards
    columns: list[Any] = []
    for column in order:
        # A column that always has a value is walked along its index, which a word more of order would prevent.
        missing = [] if always_has_a_value(column) else [column.is_(None)]
        columns += [*(one.desc() if backwards else one for one in missing), column.desc() if down else column]
    return [*columns, tie.desc() if backwards else tie]
