"""A place in a long list is written into an address and read back; what is no place begins the list anew."""

import base64
import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Column, Date, DateTime, Integer, String, column

from register.web.places import beyond, read_place, written_place

NAME, DAY, ID = column("name", String), column("day", Date), column("id", Integer)


def place(*values: object) -> str:
    """Return a place made by somebody else."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "values",
    [["Ynys Môn", date(2026, 1, 31), 7], ["", None, 1], ["“’” & <b>", date(1, 1, 1), 2**31 - 1]],
)
def test_a_place_survives_an_address(values: list[object]) -> None:
    written = written_place(values)
    assert written.replace("-", "").replace("_", "").isalnum()
    assert read_place(written, [NAME, DAY, ID]) == values


def test_an_instant_survives_an_address() -> None:
    instant = Column("at", Integer().with_variant(Integer(), "sqlite"))
    assert read_place(written_place([5, 3]), [instant, ID]) == [5, 3]
    assert json.loads(base64.urlsafe_b64decode(written_place([datetime(2026, 1, 1, tzinfo=UTC)]) + "==")) == [
        "2026-01-01T00:00:00+00:00",
    ]


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "x",
        "%%%",
        "é",
        "a" * 5000,
        place("a", "2026-01-31"),
        place("a", "2026-01-31", 7, 8),
        place("a", "2026-01-31", "7"),
        place("a", "2026-01-31", None),
        place("a", "2026-01-31", True),
        place("a", "2026-13-31", 7),
        place("a", 5, 7),
        place(5, "2026-01-31", 7),
        place("a\x00", "2026-01-31", 7),
        place(["a"], "2026-01-31", 7),
        place("a", "2026-01-31", 2**40),
        place("\ud800", "2026-01-31", 7),
        place(True, "2026-01-31", 7),
        place({}, "2026-01-31", 7),
        base64.urlsafe_b64encode(b"[" * 3000).decode(),
        base64.urlsafe_b64encode(b"[%s]" % (b"1" * 5000)).decode(),
    ],
)
def test_what_is_no_place_begins_the_list_anew(text: str | None) -> None:
    assert read_place(text, [NAME, DAY, ID]) is None


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "x", 5, True])
def test_an_instant_that_there_is_in_no_zone_begins_the_list_anew(instant: object) -> None:
    assert read_place(place(instant, 7), [column("at", DateTime), ID]) is None


@pytest.mark.parametrize(
    ("descending", "backwards", "sign"),
    [(False, False, ">"), (True, False, "<"), (False, True, "<"), (True, True, ">")],
)
def test_the_way_on_follows_the_direction_of_the_list(descending: bool, backwards: bool, sign: str) -> None:
    condition = str(beyond([NAME], ID, ["a", 1], descending=descending, backwards=backwards))
    assert f"name {sign} " in condition


@pytest.mark.parametrize("descending", [False, True])
def test_rows_without_a_value_come_last_in_either_direction(descending: bool) -> None:
    after_a_value = str(beyond([NAME], ID, ["a", 1], descending=descending, backwards=False))
    assert "name IS NULL" in after_a_value
    after_none = str(beyond([NAME], ID, [None, 1], descending=descending, backwards=False))
    assert "name >" not in after_none
    assert "name <" not in after_none
