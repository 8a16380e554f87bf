"""Our own sheets out of one register into another, in which their numbers name nothing, or somebody else."""

import csv
import io
import re
import zipfile

import pytest
from flask import Flask
from sqlalchemy import func, select

from register.database import db
from register.exchange.arrivals.numbers_elsewhere import NO_SUCH_LEADS, TAKEN_AS_KEYS
from register.exchange.bringing.outcomes import Summary
from register.exchange.sheets.columns import ID
from register.exchange.sheets.layouts import SHEETS
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Organisation
from tests.factories import a_person, an_organisation
from tests.fixtures.register import undone
from tests.fixtures.sheets import a_hostile_register, back, csv_file, out, told, zipped

NUMBER = re.compile(r"#\d+")
OWN = {column.title for sheet in SHEETS for column in sheet.columns if column.is_told or column.kind == ID}
TITLES = "Id,Name,Sector,Kind,Part of id,Part of,Successors,Closed on"


def told_alike(key: str) -> dict[str, list[dict[str, str]]]:
    """Return what an export says of each sheet, but for numbers and what a register says of its own people."""
    with zipfile.ZipFile(io.BytesIO(out(key))) as packed:
        tables = {
            name: csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig"), newline=""))
            for name in packed.namelist() if name.endswith(".csv")
        }  # fmt: skip
        return {
            name: sorted((_plain(row) for row in rows), key=str) for name, rows in tables.items()
        }


def _plain(row: dict[str, str]) -> dict[str, str]:
    unnumbered = {title: NUMBER.sub("#", cell) for title, cell in row.items() if title not in OWN}
    return {title: "; ".join(sorted(cell.split("; "))) for title, cell in unnumbered.items()}


@pytest.mark.parametrize(("key", "name"), [("csv", "all.zip"), ("xlsx", "all.xlsx")])
def test_a_register_taken_out_is_the_same_in_an_empty_one(prepared: Flask, key: str, name: str) -> None:
    with undone(prepared):
        a_hostile_register()
        before, content = told_alike("csv"), out(key)
    with undone(prepared):
        a_person("officer", name="Somebody before, so that numbers are not by chance the same")
        officer = a_person(name="=Ada")
        summary = back("sheets", name, content, officer, leads=(officer.id,))
        assert summary.problems == []
        assert TAKEN_AS_KEYS in summary.notes
        after = told_alike("csv")
        assert {one: rows for one, rows in after.items() if one != "partnerships.csv"} == {
            one: rows for one, rows in before.items() if one != "partnerships.csv"
        }
        (was,), (now,) = before["partnerships.csv"], after["partnerships.csv"]
        assert was | {"Lead officer": now["Lead officer"]} == now

        again = back("sheets", name, content, officer, leads=(officer.id,), numbers="theirs")
        assert told(again, "created") == told(again, "updated") == 0


def test_a_row_may_name_one_that_comes_later(app: Flask) -> None:
    summary = back("sheet-organisations", "a.csv", csv_file(
        TITLES,
        "1,Alder ward,Public,Council,9,Alder,,",
        "2,Birch,Public,Council,,,#3 Cedar; #9 Alder,2024-04-01",
        "3,Cedar,Public,Council,,,,",
        "9,Alder,Public,Council,,,,",
    ))  # fmt: skip
    assert summary.problems == []
    ward = db.session.scalar(select(Organisation).where(Organisation.name == "Alder ward"))
    assert ward is not None
    assert db.session.get_one(Organisation, ward.parent_id).name == "Alder"
    (birch,) = [row for row in told_alike("csv")["organisations.csv"] if row["Name"] == "Birch"]
    assert birch["Successors"] == "# Alder; # Cedar"


def test_rows_that_name_one_another_in_a_ring_are_refused_and_end(app: Flask) -> None:
    summary = back("sheet-organisations", "a.csv", csv_file(
        TITLES, "1,Alder,Public,Council,2,Birch,,", "2,Birch,Public,Council,1,Alder,,",
    ), row_by_row=True)  # fmt: skip
    assert any("No row of the sheet organisations that was kept has the key" in one.reason for one in summary.problems)


def numbered(summary: Summary) -> int:
    return sum("no record with this number" in one.reason for one in summary.problems)


def test_numbers_of_another_register_mean_nobody_here(app: Flask) -> None:
    ours = an_organisation("Ours")
    theirs = csv_file(TITLES, f"{ours.id},Theirs,Public,Council,,,,", f"{ours.id + 1},Others,Public,Council,,,,")
    assert numbered(back("sheet-organisations", "a.csv", theirs, row_by_row=True)) == 1
    db.session.rollback()

    summary = back("sheet-organisations", "a.csv", theirs, numbers="theirs")
    assert summary.problems == []
    assert set(db.session.scalars(select(Organisation.name))) >= {"Theirs", "Others"}


def test_a_sheet_alone_means_others_by_the_names_beside_their_numbers(app: Flask) -> None:
    officer = a_person("officer")
    an_organisation("Alder"), an_organisation("Birch")
    works = csv_file("Id,Name,Kind,Lead officer", "77,Care,Shared service,nobody@elsewhere.example")
    made = back("sheet-partnerships", "p.csv", works, officer, leads=(officer.id,), numbers="theirs")
    assert made.problems == []
    assert f"{NO_SUCH_LEADS}nobody@elsewhere.example." in made.notes
    parts = csv_file(
        "Id,Partnership id,Partnership,Organisation id,Organisation,Role",
        "1,77,Care,5000,Alder,Lead", "2,77,Care,5001,Birch,Provider",
    )  # fmt: skip
    assert back("sheet-participations", "p.csv", parts, officer, numbers="theirs").problems == []
    happened = csv_file(
        "Id,Partnership id,Partnership,Kind,Held on,What happened,Present",
        "31,77,Care,Meeting,2024-05-01,We met,#5000 Alder; #5001 Birch",
    )
    summary = back("sheet-interactions", "i.csv", happened, officer, numbers="theirs")
    assert summary.problems == []
    assert told(summary, "created") == 1
    assert db.session.scalar(select(func.count()).select_from(Partnership)) == 1


def test_a_number_that_no_row_and_no_name_stands_for_is_refused_by_its_cell(app: Flask) -> None:
    officer = a_person("officer")
    content = zipped({
        "organisations": csv_file("Id,Name,Sector,Kind", "1,Alder,Public,Council"),
        "contacts": csv_file("Id,Organisation id,Role", "1,8,Clerk"),
    })  # fmt: skip
    summary = back("sheets", "all.zip", content, officer, row_by_row=True)
    assert [(one.column, one.row) for one in summary.problems] == [("Organisation id", 2)]
