"""Export pages: every format is handed out, kept in the history, and holds only what the person may see."""

import io
import json
import zipfile
from datetime import date

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from register.accounts.changes import open_restricted
from register.database import db
from register.exchange.exports import EXPORTS
from register.exchange.network_exports import GRAPHS
from register.exchange.sheets.layouts import SHEETS
from register.exchange.taking.export_models import ExportMade
from register.history.models import HistoryEntry
from register.partnerships.changes import edit_partnership
from register.partnerships.contact_changes import add_contact
from register.partnerships.organisation_models import Organisation
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of, signed_in
from tests.fixtures.stories import a_failing_partnership, read_page, words_of

each_format = pytest.mark.parametrize("key", [export.key for export in EXPORTS if not export.is_whole])


@each_format
def test_each_format_is_handed_out_and_kept_in_the_history(client: FlaskClient, key: str) -> None:
    officer, partnership = a_failing_partnership()
    add_contact(officer.actor, organisation_id=partners_of(partnership)[0].id, role="Clerk")
    answer = signed_in(client, officer).post(f"/export/{key}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert len(answer.data) > 20
    made = db.session.scalars(select(ExportMade)).one()
    assert (made.format, made.person_id, made.narrowed) == (key, officer.id, None)
    assert "export:made" in db.session.scalars(select(HistoryEntry.action)).all()


@each_format
def test_a_restricted_partnership_changes_no_byte_for_those_outside(client: FlaskClient, key: str) -> None:
    _, partnership = a_failing_partnership()
    outside = a_person()
    edit_partnership("register", partnership, {"is_restricted": True})
    before = signed_in(client, outside).post(f"/export/{key}").data
    member = a_person()
    hidden = a_partnership(
        list(db.session.scalars(select(Organisation).limit(2))), {member: "lead"},
        is_restricted=True, name="Hidden Hand", ends_on=None,
    )  # fmt: skip
    an_interaction(member, hidden, {"ilm:openness": 3})
    after = signed_in(client, outside).post(f"/export/{key}").data
    assert b"Hidden Hand" not in after
    if key not in ("xlsx", "csv", "organisations", "kumu-xlsx", "kumu-json", *(one.key for one in GRAPHS)):
        assert before == after


def test_an_export_honours_the_filters_of_the_list_it_came_from(client: FlaskClient) -> None:
    officer = a_person()
    a_partnership(name="Shared Bins", kind="shared_service")
    a_partnership(name="Bought Care", kind="commissioning")
    said = words_of(read_page(client, officer, "/export?of=partnerships&kind=shared_service"))
    assert "1 partnership" in said
    assert "Kind: Shared service" in said
    taken = client.post("/export/partnerships?of=partnerships&kind=shared_service").text
    assert "Shared Bins" in taken
    assert "Bought Care" not in taken
    assert db.session.scalars(select(ExportMade.narrowed)).one() == "State: Open; Kind: Shared service"


def test_the_organisations_of_a_narrowed_list_are_those_that_take_part(client: FlaskClient) -> None:
    officer, apart = a_person(), an_organisation("Far Apart")
    a_partnership([an_organisation("Alder"), an_organisation("Birch")], kind="internal")
    taken = signed_in(client, officer).post("/export/organisations?of=partnerships&kind=internal").text
    assert "Alder" in taken
    assert apart.name not in taken
    assert apart.name in client.post("/export/organisations?of=organisations&sector=public").text


def test_interactions_are_exported_as_their_list_is_narrowed(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    an_interaction(officer, partnership, {"ilm:openness": 4}, account="A call.", kind="call")
    an_interaction(officer, partnership, {"ilm:fairness": 4}, account="A board.", kind="board")
    taken = signed_in(client, officer).post("/export/interactions?of=interactions&kind=call").text
    assert "A call." in taken
    assert "A board." not in taken
    assert "Fairness" not in client.post("/export/readings?of=interactions&kind=call").text


@pytest.mark.parametrize("path", ["/export?of=people", "/export?of=%00", "/export?of=partnerships&of=x&q=%FF%00"])
def test_a_strange_address_is_answered(client: FlaskClient, path: str) -> None:
    assert signed_in(client, a_person()).get(path).status_code in (200, 404)


@pytest.mark.parametrize("path", ["/export/nothing", "/export/contracts?of=interactions", "/export/xlsx?of=people"])
def test_a_format_that_is_not_offered_is_not_there(client: FlaskClient, path: str) -> None:
    assert signed_in(client, a_person()).post(path).status_code == 404


def test_looking_takes_nothing_out(client: FlaskClient) -> None:
    officer = a_person()
    read_page(client, officer, "/export")
    assert client.get("/export/xlsx").status_code == 405
    assert db.session.scalars(select(ExportMade)).all() == []


def test_an_administrator_takes_nothing_out(client: FlaskClient) -> None:
    administrator = signed_in(client, a_person("administrator"))
    assert administrator.get("/export").status_code == 403
    assert administrator.post("/export/xlsx").status_code == 403


def test_the_page_says_what_was_taken_out_lately(client: FlaskClient) -> None:
    officer = a_person()
    a_partnership()
    signed_in(client, officer).post("/export/partnerships")
    assert "Partnerships , 1 row" in words_of(read_page(client, officer, "/export"))
    assert "1 row" not in words_of(read_page(client, a_person(), "/export"))


def test_lists_lead_to_their_export_with_their_filters(client: FlaskClient) -> None:
    officer, _ = a_failing_partnership()
    page = read_page(client, officer, "/partnerships?q=Night&kind=commissioning")
    assert "/export?of=partnerships&amp;q=Night&amp;kind=commissioning" in page
    for of in ("organisations", "interactions"):
        assert f"/export?of={of}&amp;" in read_page(client, officer, f"/{of}?of=x")


def test_a_workbook_holds_each_sheet_with_days_as_days_and_numbers_as_numbers(client: FlaskClient) -> None:
    officer, _ = a_failing_partnership()
    book = CalamineWorkbook.from_filelike(io.BytesIO(signed_in(client, officer).post("/export/xlsx").data))
    assert book.sheet_names == [sheet.key for sheet in SHEETS]
    titles, row, *_ = book.get_sheet_by_name("deals").to_python()
    deal = dict(zip(titles, row, strict=True))
    assert deal["Value"] == 4_200_000.0
    assert isinstance(deal["Review on"], date)


def test_csv_files_lie_beside_their_metadata_and_are_what_excel_reads(client: FlaskClient) -> None:
    officer, _ = a_failing_partnership()
    with zipfile.ZipFile(io.BytesIO(signed_in(client, officer).post("/export/csv").data)) as zipped:
        told = json.loads(zipped.read("csv-metadata.json"))
        for table in told["tables"]:
            content = zipped.read(table["url"])
            assert content.startswith(b"\xef\xbb\xbf")
            titles = content.decode("utf-8-sig").split("\r\n")[0]
            assert len(table["tableSchema"]["columns"]) == titles.count(",") + 1 - titles.count(", ")


def test_dates_ahead_stand_in_the_calendar(client: FlaskClient) -> None:
    officer, _ = a_failing_partnership()
    calendar = Calendar.from_ical(signed_in(client, officer).post("/export/calendar").data)
    found = {str(event["UID"]).split("-")[0] for event in calendar.events}
    assert found == {"review", "end", "meeting"}


def test_published_lists_leave_restricted_partnerships_out_even_for_members(client: FlaskClient) -> None:
    officer, partnership = a_failing_partnership()
    assert "Night Sitting Service" in signed_in(client, officer).post("/export/contracts").text
    edit_partnership("register", partnership, {"is_restricted": True})
    assert "Night Sitting Service" in client.post("/export/partnerships").text
    assert "Night Sitting Service" not in client.post("/export/contracts").text


def test_an_auditor_sees_restricted_ones_once_the_opening_is_recorded(client: FlaskClient) -> None:
    auditor = a_person("auditor")
    a_partnership(name="Hidden Hand", is_restricted=True)
    assert "Hidden Hand" not in signed_in(client, auditor).post("/export/partnerships").text
    open_restricted(auditor, "Audit 7.")
    assert "Hidden Hand" in client.post("/export/partnerships").text


def test_the_whole_register_is_for_those_who_opened_the_restricted_records(client: FlaskClient) -> None:
    officer, auditor = a_person(), a_person("auditor")
    a_partnership(name="Hidden Hand", is_restricted=True)
    assert signed_in(client, officer).post("/export/archive").status_code == 403
    assert "Archive" not in read_page(client, auditor, "/export")
    assert client.post("/export/archive").status_code == 403
    open_restricted(auditor, "Audit 7.")
    assert "Archive" in read_page(client, auditor, "/export")
    with zipfile.ZipFile(io.BytesIO(client.post("/export/archive").data)) as packed:
        assert b"Hidden Hand" in packed.read("tables/partnership.jsonl")


def test_templates_are_empty_and_explained(client: FlaskClient) -> None:
    answer = signed_in(client, a_person()).get("/export/template.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    assert book.sheet_names == [*(sheet.key for sheet in SHEETS), "How to fill this in"]
    assert len(book.get_sheet_by_name("contacts").to_python()) == 1
    assert zipfile.ZipFile(io.BytesIO(client.get("/export/templates.zip").data)).namelist()
    assert "Needed beside a value." in words_of(read_page(client, a_person(), "/guidance/sheets"))


@pytest.mark.parametrize("of", ["partnerships", "organisations", "interactions"])
@pytest.mark.parametrize("asked", ["q=birch", "q=birch&lead=1&kind=meeting&mine=yes", "q=birch&known=2026-01-01"])
def test_each_format_of_a_list_is_handed_out_as_the_list_was_narrowed(
    client: FlaskClient, of: str, asked: str,
) -> None:
    officer = a_person()
    partnership = a_partnership([an_organisation("Birch"), an_organisation("Cedar")], {officer: "lead"})
    an_interaction(officer, partnership, {"ilm:openness": 4})
    signed_in(client, officer)
    for export in EXPORTS:
        if of in export.lists:
            answer = client.post(f"/export/{export.key}?of={of}&{asked}")
            answer.close()
            assert answer.status_code in (200, 422), export.key
