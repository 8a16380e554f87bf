"""Walking through a list shows each row once, in one order, in both directions and on both databases."""

import base64
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import SQLColumnExpression, select

from register.partnerships.models import Partnership
from register.web.paging import Page, asked_sorting, page_of
from tests.factories import a_partnership, a_person, signed_in

DAYS = [date(2026, 1, 1), None, date(2026, 1, 1), date(2025, 5, 5), None, date(2026, 3, 3), date(2026, 1, 1)]
SIZE = 3
ORDERS: dict[str, tuple[SQLColumnExpression[Any], ...]] = {
    "start": (Partnership.started_on,),
    "kind and start": (Partnership.kind, Partnership.started_on),
    "name": (Partnership.name,),
}
SORTED: dict[tuple[str, bool], list[int]] = {
    ("start", False): [3, 0, 2, 6, 5, 1, 4],
    ("start", True): [5, 0, 2, 6, 3, 1, 4],
    ("kind and start", False): [3, 5, 1, 0, 2, 6, 4],
    ("kind and start", True): [0, 2, 6, 4, 5, 3, 1],
    ("name", False): [0, 4, 1, 5, 2, 6, 3],
    ("name", True): [3, 2, 6, 1, 5, 0, 4],
}
"""The places of the seven partnerships in each order: equal rows by id, rows without a day last."""


def seven() -> list[Partnership]:
    """Return seven partnerships, some of equal days and names, some without a day."""
    kinds = ["internal", "commissioning"]
    return [
        a_partnership(partners=0, name=f"P{place % 4}", kind=kinds[place % 2], started_on=day)
        for place, day in enumerate(DAYS)
    ]


def reader(app: Flask, order: str, *, descending: bool) -> Callable[[str], Page[Partnership]]:
    """Return what reads the page of an address."""

    def read(url: str) -> Page[Partnership]:
        with app.test_request_context(url):
            return page_of(select(Partnership), ORDERS[order], Partnership.id, descending=descending, size=SIZE)

    return read


@pytest.mark.parametrize(("order", "descending"), SORTED)
def test_each_row_is_seen_once_on_the_way_forth_and_on_the_way_back(app: Flask, order: str, descending: bool) -> None:
    rows, read = seven(), reader(app, order, descending=descending)
    wanted = [rows[place].id for place in SORTED[order, descending]]
    pages = [read("/partnerships")]
    while pages[-1].next_url:
        pages.append(read(pages[-1].next_url))
    assert [row.id for page in pages for row in page.rows] == wanted
    assert [page.shown for page in pages] == [3, 3, 1]
    back = [pages[-1]]
    while back[-1].previous_url:
        back.append(read(back[-1].previous_url))
    assert [row.id for page in reversed(back) for row in page.rows] == wanted


def test_the_first_page_has_no_way_back_and_the_last_no_way_on(app: Flask) -> None:
    seven()
    read = reader(app, "name", descending=False)
    first = read("/partnerships")
    assert (first.previous_url, first.newer_url, first.total) == (None, None, 7)
    second = read(first.next_url or "")
    assert second.newer_url == "/partnerships"
    last = read(second.next_url or "")
    assert last.next_url is None
    assert read(second.previous_url or "").previous_url is None


def test_a_row_that_arrives_meanwhile_neither_repeats_nor_hides_another(app: Flask) -> None:
    seven()
    read = reader(app, "name", descending=False)
    first = read("/partnerships")
    a_partnership(partners=0, name="A late arrival")
    second = read(first.next_url or "")
    assert not {row.id for row in first.rows} & {row.id for row in second.rows}
    assert [row.name for row in second.rows] == ["P1", "P2", "P2"]


def test_filters_stay_in_the_ways_to_other_pages(app: Flask) -> None:
    seven()
    page = reader(app, "name", descending=False)("/partnerships?kind=internal&kind=commissioning&sort=name")
    assert "kind=internal&kind=commissioning&sort=name" in (page.next_url or "")


def test_an_address_that_no_page_gave_begins_at_the_start(app: Flask) -> None:
    seven()
    read = reader(app, "name", descending=False)
    assert [row.id for row in read("/partnerships?after=nonsense").rows] == [
        row.id for row in read("/partnerships").rows
    ]


def test_an_empty_list_has_one_empty_page(app: Flask) -> None:
    page = reader(app, "name", descending=False)("/partnerships")
    assert (page.shown, page.total, page.next_url, page.previous_url) == (0, 0, None, None)


@pytest.mark.parametrize(
    ("url", "current", "turned"),
    [
        ("/partnerships", "name", "sort=-name"),
        ("/partnerships?sort=name", "name", "sort=-name"),
        ("/partnerships?sort=-name", "-name", "sort=name"),
        ("/partnerships?sort=start", "start", "sort=name"),
        ("/partnerships?sort=nonsense", "name", "sort=-name"),
    ],
)
def test_a_heading_sorts_by_its_column_and_then_the_other_way_round(
    app: Flask,
    url: str,
    current: str,
    turned: str,
) -> None:
    with app.test_request_context(url):
        sorting = asked_sorting(ORDERS, "name")
        assert sorting.current == current
        assert sorting.url("name") == f"/partnerships?{turned}"


@pytest.mark.parametrize("value", ["\ud800", True, [], {}, 10**400])
def test_a_place_that_no_page_gave_begins_each_list_anew(client: FlaskClient, value: object) -> None:
    signed_in(client, a_person("officer"))
    for path in ("/partnerships", "/organisations", "/interactions"):
        for places in ([value, 1], [value, value, 1]):
            after = base64.urlsafe_b64encode(json.dumps(places).encode()).decode()
            assert client.get(path, query_string={"after": after, "sort": "place"}).status_code == 200
