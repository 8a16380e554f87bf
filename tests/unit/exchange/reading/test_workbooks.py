"""Spreadsheets read as text, and those refused by what they declare."""

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from register.exchange.reading import workbooks
from register.exchange.reading.uploads import Upload
from register.exchange.reading.workbooks import sheets_of
from register.refusals import Refusal

DIMENSION = b'<worksheet xmlns="x"><dimension ref="A1:%s"/><sheetData/></worksheet>'


def a_workbook() -> bytes:
    """Return a workbook with two sheets, a hidden one, and every sort of cell."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        first, second, hidden = (book.add_worksheet(name) for name in ("People", "Notes", "Secret"))
        hidden.hide()
        first.write_row(1, 0, ["Name", "Number", "Day", "When", "Yes", "Sum"])
        first.write_row(2, 0, ["Café", 217232.0])
        first.write_datetime(2, 2, datetime(2025, 4, 1), day)  # noqa: DTZ001 - a spreadsheet's days have no zone
        first.write_datetime(2, 3, datetime(2025, 4, 1, 9, 30), day)  # noqa: DTZ001 - the same
        first.write_boolean(2, 4, True)
        first.write_formula(2, 5, "=1.5+1", None, 2.5)
        second.write(0, 0, "Team")
        second.merge_range(1, 0, 2, 0, "Alder")
        second.write_column(1, 1, ["one", "two"])
    return made.getvalue()


def packed(**parts: bytes) -> bytes:
    """Return a zip file with some parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def refusal_of(content: bytes, name: str = "brought.xlsx") -> str:
    with pytest.raises(Refusal) as caught:
        sheets_of(Upload(name, content))
    assert caught.value.message.startswith("brought.xlsx ")
    assert "\n" not in caught.value.message
    return caught.value.message


def test_cells_are_read_as_a_csv_file_would_have_them() -> None:
    people, notes = sheets_of(Upload("a.xlsx", a_workbook()))
    assert [people.name, notes.name] == ["People", "Notes"]
    assert people.rows[1] == ("Name", "Number", "Day", "When", "Yes", "Sum")
    assert people.rows[2] == ("Café", "217232", date(2025, 4, 1).isoformat(), "2025-04-01T09:30:00", "TRUE", "2.5")
    assert notes.rows == (("Team", ""), ("Alder", "one"), ("Alder", "two"))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 and nothing of the sort", "is damaged"),
        (b"PK\x05\x06" + bytes(18), "is a packed file, and no spreadsheet"),
        (packed(**{"word/document.xml": b"<w/>"}), "is a Word document, and no spreadsheet"),
        (packed(**{"Index/Document.iwa": b"x"}), "is a file of Apple’s Numbers"),
        (b"<html><table>", "is a web page or XML that is called a spreadsheet"),
        (b"%PDF-1.7", "is a PDF, not a spreadsheet"),
        (b"name,place\nMill,Wexmere\n", "is no spreadsheet but plain text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "cannot be read"),
        (packed(**{"xl/worksheets/sheet1.xml": DIMENSION % b"C1048576"}), "a sheet of 1,048,576 rows and 3 columns"),
        (packed(**{"xl/worksheets/sheet1.xml": DIMENSION % b"XFD9"}), "a sheet of 9 rows and 16,384 columns"),
        (packed(**{"xl/media.bin": bytes(2_000_000)}), "unpacks to over 200 times its size"),
        (packed(**{"xl/inner.zip": b"PK"}), "has another packed file inside it (xl/inner.zip)"),
        (packed(**{f"part{number}": b"" for number in range(2_001)}), "has 2,001 parts"),
        (a_workbook()[:-30], "is damaged"),
    ],
)
def test_what_is_hostile_or_broken_is_refused_in_one_sentence(content: bytes, says: str) -> None:
    assert says in refusal_of(content)


def test_a_bomb_is_refused_by_what_it_declares_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "UNPACKED", 1_000)
    monkeypatch.setattr(workbooks, "_read", lambda _upload: pytest.fail("the file was read"))
    assert "would unpack to" in refusal_of(packed(**{"xl/a.xml": b"x" * 1_001}))


def test_a_file_protected_by_a_password_says_so() -> None:
    content = bytearray(packed(**{"xl/workbook.xml": b"<x/>"}))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    assert "protected by a password" in refusal_of(bytes(content))


def test_a_sheet_that_lies_about_its_size_ends_with_the_program_that_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_workbook())) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = DIMENSION.replace(b"<sheetData/>", b"<sheetData>" + cells + b"</sheetData>") % b"A1"
            target.writestr(part.filename, content)
    assert "too large or too broken" in refusal_of(made.getvalue())


def test_a_spreadsheet_with_a_byte_of_its_cells_changed_is_refused() -> None:
    whole = a_workbook()
    with zipfile.ZipFile(io.BytesIO(whole)) as book:
        parts = [part for part in book.infolist() if part.filename.startswith(("xl/worksheets/sheet1", "xl/shared"))]
    assert len(parts) == 2
    for part in parts:
        place = part.header_offset + 30 + len(part.filename) + part.compress_size // 2
        with pytest.raises(Refusal, match="is damaged"):
            sheets_of(Upload("a.xlsx", whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]))


def with_errors() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("People")
        sheet.write_row(0, 0, ["Name", "t='e'", '<c t="e">'])
        sheet.write_formula(1, 0, "=NA()", None, "#N/A")
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write(1, 2, 5)
    return made.getvalue()


OPEN_DOCUMENT = b"""<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"><office:body><office:spreadsheet>
<table:table table:name="One"><table:table-row><table:table-cell office:value-type="string"><text:p>Name</text:p
></table:table-cell><table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value=""
 calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>
</office:body></office:document-content>"""


def test_cells_with_errors_are_read_as_what_they_show() -> None:
    (people,) = sheets_of(Upload("a.xlsx", with_errors()))
    assert people.rows == (("Name", "t='e'", '<c t="e">'), ("#N/A", "#DIV/0!", "5"))
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": OPEN_DOCUMENT,
        "META-INF/manifest.xml": b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
    }
    (one,) = sheets_of(Upload("a.ods", packed(**parts)))
    assert one.rows == (("Name", "#N/A"),)
