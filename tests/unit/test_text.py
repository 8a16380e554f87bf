"""What the register takes as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.refusals import Refusal
from register.text import LINE, PARAGRAPHS, line, paragraphs, required

CONTROL = [
    "\x00",
    "\x01",
    "\x07",
    "\x08",
    "\x0b",
    "\x0c",
    "\x0e",
    "\x1b",
    "\x1c",
    "\x1f",
    "\x7f",
    "\x80",
    "\x85",
    "\x9f",
    "\ud800",
    "\udcff",
    "\udfff",
]


@pytest.mark.parametrize("character", CONTROL)
@pytest.mark.parametrize("place", ["{}Bins", "Bi{}ns", "Bins{}", "{}"])
def test_control_characters_and_lone_surrogates_are_refused_wherever_they_stand(character: str, place: str) -> None:
    for read in (line, paragraphs):
        with pytest.raises(Refusal, match="cannot be kept") as caught:
            read(place.format(character), "name", "The name")
        assert caught.value.field == "name"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Bins", "Bins"),
        ("  Bins  and\tboxes ", "Bins and boxes"),
        ("Bins\r\nand\nboxes", "Bins and boxes"),
        ("", None),
        (" \t\n ", None),
        (None, None),
        ("\xa0", None),
        ("0", "0"),
        ("e\u0301", "é"),
        ("🌍", "🌍"),
        ("\u200b", None),
        ("\u200d\u2060\ufeff", None),
        ("\u202e", None),
        ("a\u200db", "a\u200db"),
        ("-", "-"),
    ],
)
def test_a_line_is_kept_with_its_blanks_folded(typed: str | None, kept: str | None) -> None:
    assert line(typed, "name", "The name") == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("One\r\ntwo\rthree\nfour", "One\ntwo\nthree\nfour"),
        ("  One\n\n two\t", "One\n\n two"),
        ("\n\n", None),
        (None, None),
        ("\u200b\n\u200b", None),
    ],
)
def test_paragraphs_keep_their_lines(typed: str | None, kept: str | None) -> None:
    assert paragraphs(typed, "purpose", "The purpose") == kept


@pytest.mark.parametrize(("read", "limit"), [(line, LINE), (paragraphs, PARAGRAPHS)])
@pytest.mark.parametrize("letter", ["a", "é", "🌍"])
def test_the_limit_counts_characters(read: object, limit: int, letter: str) -> None:
    assert callable(read)
    assert read(letter * limit, "name", "The name") == letter * limit
    with pytest.raises(Refusal, match=f"must be {limit} characters or fewer. It has {limit + 1}"):
        read(letter * (limit + 1), "name", "The name")


def test_the_limit_counts_what_is_kept() -> None:
    assert line("e\u0301" * LINE, "name", "The name") == "é" * LINE
    assert line("a" + " " * 500 + "b", "name", "The name") == "a b"


@given(st.text())
def test_what_is_kept_is_kept_as_it_is(typed: str) -> None:
    for read in (line, paragraphs):
        try:
            kept = read(typed, "name", "The name")
        except Refusal:
            continue
        assert kept is None or read(kept, "name", "The name") == kept
        assert kept is None or kept.encode()


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_refused_where_something_is_required(nothing: str | None) -> None:
    with pytest.raises(Refusal, match=r"Enter a name\.") as caught:
        required(nothing, "name", "Enter a name.")
    assert caught.value.field == "name"
    assert required("x", "name", "Enter a name.") == "x"
