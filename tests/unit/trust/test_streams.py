"""Reading a stream: what is right comes in, what is wrong is named by line, column and reason."""

from datetime import date
from pathlib import Path
from typing import Protocol

import pytest

from register.refusals import Refusal
from register.trust.streams import Row, read_stream

HEADING = "rater,ratee,held_on,forecast_on,recorded_on,value,good,severe"
LINE = "Anley,Brook,2020-01-01,2020-01-01,2020-01-03,0.5,1,0"


class Written(Protocol):
    """Writes lines, or bytes, to a file and returns its path."""

    def __call__(self, *lines: str, raw: bytes | None = None) -> Path: ...


@pytest.fixture
def stream(tmp_path: Path) -> Written:
    def write(*lines: str, raw: bytes | None = None) -> Path:
        path = tmp_path / "stream.csv"
        path.write_bytes(raw if raw is not None else "\n".join(lines).encode())
        return path

    return write


def refusal_of(path: Path) -> str:
    with pytest.raises(Refusal) as caught:
        read_stream(path)
    assert caught.value.message.endswith(".")
    return caught.value.message


def test_a_row_comes_in_as_it_was_written(stream: Written) -> None:
    day = date(2020, 1, 1)
    assert read_stream(stream(HEADING, LINE)) == [Row("Anley", "Brook", day, day, date(2020, 1, 3), 1)]


def test_further_columns_in_any_order_are_borne(stream: Written) -> None:
    path = stream("note,good,ratee,rater,recorded_on,held_on,forecast_on", "x,0,B,A,2020-01-03,2020-01-02,2020-01-01")
    assert read_stream(path) == [Row("A", "B", date(2020, 1, 2), date(2020, 1, 1), date(2020, 1, 3), 0)]


def test_a_byte_order_mark_windows_line_ends_blank_lines_and_stray_blanks_are_borne(stream: Written) -> None:
    raw = ("\ufeff" + HEADING + "\r\n\r\n" + LINE.replace(",", " , ") + "\r\n\r\n").encode()
    assert [row.rater for row in read_stream(stream(raw=raw))] == ["Anley"]


def test_a_name_with_a_comma_or_an_accent_stays_whole(stream: Written) -> None:
    rows = read_stream(stream(HEADING, LINE.replace("Anley", '"Brook, Côte & Co."')))
    assert rows[0].rater == "Brook, Côte & Co."


def test_a_file_that_is_not_there_or_a_folder_is_said_so(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in refusal_of(tmp_path / "nowhere.csv")
    assert "cannot be read" in refusal_of(tmp_path)


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told_what_it_should_hold(stream: Written, raw: bytes) -> None:
    assert "is empty: its first line has to name the columns rater, ratee" in refusal_of(stream(raw=raw))


def test_a_heading_alone_has_nothing_to_forecast(stream: Written) -> None:
    assert "no rows under it" in refusal_of(stream(HEADING))


@pytest.mark.parametrize("raw", [b"PK\x03\x04\xff\xfe\x00\x01", "Bézier,".encode("cp1252"), b"\xff\xfer\x00a\x00"])
def test_what_is_not_utf_8_is_said_so(stream: Written, raw: bytes) -> None:
    assert "UTF-8" in refusal_of(stream(raw=raw))


def test_nul_bytes_are_refused_without_being_repeated(stream: Written) -> None:
    message = refusal_of(stream(raw=b"\x00" * 64))
    assert "\x00" not in message


@pytest.mark.parametrize("column", ["rater", "ratee", "held_on", "forecast_on", "recorded_on", "good"])
def test_a_missing_column_is_named(stream: Written, column: str) -> None:
    message = refusal_of(stream(HEADING.replace(column, f"{column}_x"), LINE))
    assert f"line 1: the column “{column}” is missing" in message


def test_a_column_that_stands_there_twice_is_named(stream: Written) -> None:
    assert "“good” stands there twice" in refusal_of(stream(HEADING + ",good", LINE + ",1"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2020-01-03", "03/01/2020", "column recorded_on: “03/01/2020” is not a date such as 2026-11-23"),
        ("2020-01-03", "", "column recorded_on: “” is not a date"),
        ("2020-01-03", "2020-02-30", "column recorded_on: “2020-02-30” is not a date"),
        ("2020-01-03", "0001-01-01", "column recorded_on: “0001-01-01” lies outside 1950 to 2099"),
        ("0.5,1,", "0.5,2,", "column good: “2” is neither 0 nor 1"),
        ("0.5,1,", "0.5,nan,", "column good: “nan” is neither 0 nor 1"),
        ("0.5,1,", "0.5,,", "column good: “” is neither 0 nor 1"),
        ("Anley", " ", "column rater: nobody is named"),
        ("Brook", "", "column ratee: nobody is named"),
        (",0.5", "", "the row has 7 cells where the heading has 8"),
        (",0.5", ",0,5", "the row has 9 cells where the heading has 8"),
        ("Anley", '"Anley', "this is not CSV"),
    ],
)
def test_a_bad_cell_is_named_by_line_column_and_reason(stream: Written, old: str, new: str, said: str) -> None:
    message = refusal_of(stream(HEADING, LINE, LINE.replace(old, new)))
    assert ", line 3" in message
    assert said in message


def test_a_long_or_hostile_cell_is_repeated_short_and_printable(stream: Written) -> None:
    message = refusal_of(stream(HEADING, LINE.replace("0.5,1,", "0.5," + "\x1b[2J" + "x" * 500 + ",")))
    assert "…”" in message
    assert "\x1b" not in message
    assert len(message) < 300


def test_a_cell_beyond_the_readers_limit_is_a_sentence(stream: Written) -> None:
    assert "this is not CSV (field larger" in refusal_of(stream(HEADING, LINE.replace("Anley", "x" * 200_000)))


def test_severe_is_read_only_where_it_is_asked_for(stream: Written) -> None:
    path = stream(HEADING, LINE.replace("1,0", "1,1"))
    assert [row.severe for row in read_stream(path)] == [0]
    assert [(row.good, row.severe) for row in read_stream(path, with_severe=True)] == [(1, 1)]


@pytest.mark.parametrize(
    ("heading", "line", "said"),
    [
        (HEADING.replace(",severe", ""), LINE.removesuffix(",0"), "line 1: the column “severe” is missing"),
        (HEADING, LINE.removesuffix("0") + "2", "line 2, column severe: “2” is neither 0 nor 1"),
        (HEADING, LINE.removesuffix("0"), "line 2, column severe: “” is neither 0 nor 1"),
    ],
)
def test_where_severe_is_asked_for_it_has_to_be_there_and_0_or_1(
    stream: Written, heading: str, line: str, said: str
) -> None:
    path = stream(heading, line)
    with pytest.raises(Refusal, match=said):
        read_stream(path, with_severe=True)
