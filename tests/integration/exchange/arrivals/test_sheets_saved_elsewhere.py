"""Our own sheets after another programme saved them: other days, other columns, other names, another register."""

import csv
import io
import re
import zipfile
from collections.abc import Callable

import pytest
from flask import Flask

from register.exchange.reading.uploads import Upload
from register.exchange.sheets.files import read_sheets
from tests.fixtures.sheets import a_hostile_register, back, csv_file, out, told, zipped

Rows = list[list[str]]
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def saved(rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows(rows)
    return made.getvalue().encode(encoding)


def days_written(form: str) -> Callable[[Rows], bytes]:
    return lambda rows: saved([[ISO.sub(form, cell) if ISO.fullmatch(cell) else cell for cell in row] for row in rows])


SAVED: dict[str, tuple[Callable[[Rows], bytes], str]] = {
    "days day first": (days_written(r"\3/\2/\1"), "{}"),
    "days with dots": (days_written(r"\3.\2.\1"), "{}"),
    "as Excel's Unicode text": (lambda rows: saved(rows, "\t", "utf-16"), "{}"),
    "columns turned round, with semicolons and empty columns": (
        lambda rows: saved([[*reversed(row), "", ""] for row in rows], ";"), "{}",
    ),
    "more columns": (lambda rows: saved([["Extra", *rows[0]], *[["x", *row] for row in rows[1:]]]), "{}"),
    "titles in capitals": (lambda rows: saved([[title.upper() for title in rows[0]], *rows[1:]]), "{}"),
    "sheets renamed": (saved, "{}-2024 (copy)"),
}  # fmt: skip


def saved_elsewhere(how: str) -> bytes:
    rewritten, name = SAVED[how]
    with zipfile.ZipFile(io.BytesIO(out("csv"))) as packed:
        names = [one for one in packed.namelist() if one.endswith(".csv")]
        tables = {
            name.format(one.removesuffix(".csv")): list(csv.reader(io.StringIO(packed.read(one).decode("utf-8-sig"))))
            for one in names
        }
    return zipped({key: rewritten(rows) for key, rows in tables.items()})


@pytest.mark.parametrize("how", SAVED)
def test_what_another_programme_saved_comes_back_unchanged(app: Flask, how: str) -> None:
    officer, _ = a_hostile_register()
    summary = back("sheets", "all.zip", saved_elsewhere(how), officer, leads=(officer.id,))
    assert summary.problems == []
    assert told(summary, "updated") == told(summary, "created") == 0
    assert told(summary, "unchanged") > 12


def test_a_sheet_without_a_sign_has_its_days_as_the_other_sheets_show_them(app: Flask) -> None:
    shown = csv_file("Name,Sector,Kind,Opened on", "Alder,Public,Council,07/24/2014")
    silent = csv_file("Partnership,Organisation,Role,Joined on", "Care,Alder,Lead,03/04/2015")
    read = read_sheets(Upload("all.zip", zipped({"organisations": shown, "participations": silent})))
    assert [str(row.values["joined_on"]) for row in read.rows["participations"]] == ["2015-03-04"]
