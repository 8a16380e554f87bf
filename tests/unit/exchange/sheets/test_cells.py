"""Cells of our own sheets: values come back as they went out, and no spreadsheet computes a text."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.exchange.reading.formulas import neutral, plain
from register.exchange.sheets.cell_values import CLEAR, UnreadableError, value_of
from register.exchange.sheets.cells import cell_of, joined, parted
from register.exchange.sheets.columns import (
    DAY,
    FLAG,
    ID,
    IDENTIFIERS,
    LIST,
    NAMES,
    NUMBER,
    PENCE,
    TEXT,
    WORD,
    WORDS,
    Column,
)
from register.partnerships.kinds import SECTORS

LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1)


def column(kind: str) -> Column:
    return Column("x", "X", kind, words=SECTORS)


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-", "-5", "@SUM(A1)", "\tx", "\rx", "'=1", "''@", "\uff1dcmd"])
def test_a_text_that_a_spreadsheet_would_compute_gets_an_apostrophe_and_loses_it_again(text: str) -> None:
    assert neutral(text) == f"'{text}"
    assert plain(neutral(text)) == text


@pytest.mark.parametrize("text", ["Bins", "'quoted'", "a=b", "1-2", "O'Hara", "’tis"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert neutral(text) == plain(text) == text


@given(LINES)
def test_any_text_comes_back_as_it_went_out(text: str) -> None:
    cell = cell_of(column(TEXT), text)
    assert isinstance(cell, str)
    assert value_of(column(TEXT), cell) == text


@given(st.lists(LINES, min_size=1))
def test_any_list_of_texts_comes_back_as_it_went_out(texts: list[str]) -> None:
    assert list(parted(joined(texts))) == texts
    cell = cell_of(column(LIST), texts)
    assert list(value_of(column(LIST), str(cell))) == texts


@given(st.integers(0, 10**14))
def test_any_amount_comes_back_as_it_went_out(pence: int) -> None:
    cell = cell_of(column(PENCE), pence)
    assert isinstance(cell, Decimal)
    assert value_of(column(PENCE), str(cell)) == pence


@given(st.dates())
def test_any_day_comes_back_as_it_went_out(day: date) -> None:
    assert value_of(column(DAY), str(cell_of(column(DAY), day))) == day


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (DAY, "1/4/2026", date(2026, 4, 1)),
        (DAY, "01.04.2026", date(2026, 4, 1)),
        (DAY, "2026-04-01 00:00:00", date(2026, 4, 1)),
        (PENCE, "£1,234.5", 123450),
        (PENCE, "6300000.0", 630000000),
        (NUMBER, "30.0", 30),
        (ID, "#12", 12),
        (ID, "12.0", 12),
        (ID, "new-1", "new-1"),
        (WORD, "PUBLIC", "public"),
        (WORDS, "public; Voluntary", ("public", "voluntary")),
        (FLAG, "Yes", True),
        (FLAG, "0", False),
        (IDENTIFIERS, "GB-COH 01234567; GB-CHC 1", (("GB-COH", "01234567"), ("GB-CHC", "1"))),
        (NAMES, "#12 Brook Care; Mind", (12, "Mind")),
        (TEXT, "", None),
        (TEXT, "-", CLEAR),
    ],
)
def test_what_people_type_is_understood(kind: str, text: str, value: object) -> None:
    assert value_of(column(kind), text) == value


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (DAY, "31/13/2020", "2026-04-01"),
        (DAY, "soon", "not a day"),
        (PENCE, "1.234,50", "pounds"),
        (PENCE, "-5", "pounds"),
        (PENCE, "1.005", "pounds"),
        (PENCE, "9" * 40, "pounds"),
        (NUMBER, "1.5", "whole number"),
        (ID, "0", "no record"),
        (ID, "9999999999", "no record"),
        (WORD, "publik", "Public, Private, Voluntary, Community"),
        (FLAG, "maybe", "yes nor no"),
        (IDENTIFIERS, "01234567", "GB-COH 01234567"),
    ],
)
def test_what_cannot_be_read_says_what_to_write(kind: str, text: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        value_of(column(kind), text)


def test_nothing_is_an_empty_cell() -> None:
    assert cell_of(column(TEXT), None) is None
    assert cell_of(column(LIST), []) is None
