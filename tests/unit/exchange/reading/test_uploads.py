"""Files that can be read, and those that cannot."""

from pathlib import Path

import pytest

from register.exchange.reading import uploads
from register.exchange.reading.uploads import Upload, text_of, upload_from
from register.refusals import Refusal


def refusal_of(content: bytes, kind: str = "CSV") -> str:
    with pytest.raises(Refusal) as caught:
        text_of(Upload("brought.csv", content), kind)
    return caught.value.message


def test_utf_8_is_read_with_and_without_its_mark() -> None:
    assert text_of(Upload("a.csv", "ñame\n".encode()), "CSV").content == "ñame\n"
    marked = text_of(Upload("a.csv", "ñame\n".encode("utf-8-sig")), "CSV")
    assert (marked.content, marked.encoding, marked.note) == ("ñame\n", "UTF-8", "")


def test_what_is_not_utf_8_is_read_as_windows_1252_and_says_so() -> None:
    text = text_of(Upload("old.csv", "name\nCafé “Birch”\n".encode("cp1252")), "CSV")
    assert text.content == "name\nCafé “Birch”\n"
    assert text.encoding == "Windows-1252"
    assert text.note == "old.csv is not UTF-8 (line 2), so it was read as Windows-1252"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_text_of_two_bytes_a_letter_is_read_as_excel_writes_it(encoding: str) -> None:
    text = text_of(Upload("a.txt", "name\tplace\nCafé\tBirch\n".encode(encoding)), "CSV")
    assert (text.content, text.encoding) == ("name\tplace\nCafé\tBirch\n", "UTF-16")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (b"PK\x03\x04rest", "is a spreadsheet or zip file, not CSV. Save it as CSV"),
        (b"\xd0\xcf\x11\xe0rest", "is an old Excel or Word file"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\x1f\x8b\x08", "is a compressed file"),
        ("name\n".encode("utf-16") + b"x", "is not UTF-16"),
        (b"name\nA\0B\n", "line 2 has a null character"),
        (b"\xef\xbb\xbf <html>", "is a web page or XML"),
        (b'{"releases": []}', "is JSON, not CSV"),
        (b"name\nok\nA\x81\n", "is neither UTF-8 nor Windows-1252: line 3"),
    ],
)
def test_what_is_no_csv_is_refused_in_one_sentence(content: bytes, says: str) -> None:
    message = refusal_of(content)
    assert message.startswith("brought.csv ")
    assert says in message
    assert "\n" not in message


def test_who_brings_a_workbook_for_a_calendar_is_told_which_file_to_bring() -> None:
    message = refusal_of(b"PK\x03\x04rest", "calendar")
    assert message == (
        "brought.csv is a spreadsheet or zip file, not a calendar. Bring the .ics file that the calendar exports."
    )


def test_what_is_no_json_is_refused_as_such() -> None:
    assert refusal_of(b"name,place\n", "JSON") == "brought.csv is not JSON."


def test_json_in_braces_is_read_as_json() -> None:
    assert text_of(Upload("a.json", b'{"releases": []}'), "JSON").content == '{"releases": []}'


def test_a_missing_file_a_folder_and_an_impossible_name_are_refused(tmp_path: Path) -> None:
    for path, says in (
        (tmp_path / "none.csv", "There is no file"),
        (tmp_path, "is not a file"),
        (tmp_path / ("x" * 300), "cannot be read"),
        (tmp_path / "a\0b", "cannot be read"),
    ):
        with pytest.raises(Refusal, match=says):
            upload_from(path)


def test_a_file_too_large_is_refused_by_its_size_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(uploads.LIMITS["CSV"] + uploads.MEGABYTE)
    monkeypatch.setattr(Path, "read_bytes", lambda _path: pytest.fail("the file was read"))
    with pytest.raises(Refusal, match=r"large\.csv is 51 MB\. A CSV file may have 50 MB at most"):
        upload_from(path)
