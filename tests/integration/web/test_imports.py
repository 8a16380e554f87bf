"""Bringing in a file by page: what was read, the dry run, the import, and undoing it."""

import time
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from register.accounts.models import Person
from register.database import db
from register.exchange.bringing import staging
from register.exchange.bringing.batch_models import ImportBatch
from register.history.models import HistoryEntry
from register.partnerships.models import Partnership
from register.partnerships.organisation_changes import edit_organisation, organisation_with
from register.partnerships.organisation_models import Organisation
from register.settings import Settings
from tests.factories import a_partnership, a_person, signed_in
from tests.fixtures.bringing import CHOICES, check, keep, send, staged, text

FIXTURES = Path(__file__).parents[2] / "fixtures" / "exchange"
HEADER = "local-authority-code,official-name,nation,end-date\n"
TWO = HEADER + "QXA,Alder Council,England,\nQXB,Birch Council,England,\n"


@pytest.fixture
def officer(app: Flask) -> Person:
    """An officer who looks after a partnership."""
    person = a_person()
    a_partnership(members={person: "lead"})
    db.session.commit()
    return person


@pytest.fixture
def browser(app: Flask, client: FlaskClient, officer: Person) -> FlaskClient:
    return signed_in(client, officer)


def organisations() -> int:
    return db.session.scalar(select(func.count()).select_from(Organisation)) or 0


def test_a_file_is_read_checked_imported_and_undone(browser: FlaskClient, officer: Person) -> None:
    before, entries = organisations(), db.session.scalar(select(func.count(HistoryEntry.sequence)))
    address = staged(browser, TWO)
    page = browser.get(address)
    assert "Alder Council" in text(page)
    assert "Between cells comma" in text(page)
    outcome = check(browser, address)
    assert "Organisations 2 0 0 0 0" in text(outcome)
    assert "Import it now" in text(outcome)
    assert (organisations(), db.session.scalar(select(func.count(HistoryEntry.sequence)))) == (before, entries)
    done = keep(browser, address)
    assert done.request.path.startswith("/import/batches/")
    assert f"by {officer.name}" in text(done)
    assert "Look at possible duplicates" in text(done)
    assert organisations() == before + 2
    assert "brought.csv" in text(browser.get("/import"))
    question = browser.get(f"{done.request.path}/undo")
    assert "Undo this import?" in text(question)
    undone = browser.post(f"{done.request.path}/undo", follow_redirects=True)
    assert "It was undone on" in text(undone)
    birch = organisation_with("GB-LAE", "QXB")
    assert birch is not None
    assert birch.is_closed
    assert browser.get(f"{done.request.path}/undo").location == done.request.path


def test_a_file_is_imported_once(browser: FlaskClient) -> None:
    address = staged(browser, TWO)
    check(browser, address)
    first, second = keep(browser, address), keep(browser, address)
    assert first.request.path.startswith("/import/batches/")
    assert second.status_code == 404
    assert browser.get(f"{address}/outcome").location == first.request.path
    assert db.session.scalar(select(func.count(ImportBatch.id))) == 1


def test_without_a_dry_run_nothing_is_imported(browser: FlaskClient) -> None:
    address = staged(browser, TWO)
    assert keep(browser, address).request.path == address
    check(browser, address)
    browser.post(address, data={**CHOICES, "step": "read", "mode": "create"})
    assert keep(browser, address).request.path == address
    assert db.session.scalar(select(func.count(ImportBatch.id))) == 0


def test_refused_rows_can_be_taken_away_mended_and_brought_again(browser: FlaskClient) -> None:
    address = staged(browser, TWO + "QXC,,England,\nQXD,Dun Council,England,2020-13-01\n")
    outcome = check(browser, address)
    assert "Nothing is imported while rows are refused" in text(outcome)
    assert "Row 4, column official-name: this is blank and has to be filled." in text(outcome)
    assert keep(browser, address).request.path == f"{address}/outcome"
    file = browser.get(f"{address}/refused.csv")
    assert file.headers["Content-Disposition"] == 'attachment; filename="brought-refused.csv"'
    assert file.get_data(as_text=True).splitlines() == [
        "\ufefflocal-authority-code,official-name,nation,end-date,Why it was refused",
        "QXC,,England,,official-name: this is blank and has to be filled.",
        "QXD,Dun Council,England,2020-13-01,end-date: this is not a date; write it as 2023-04-01 or 01/04/2023.",
    ]
    assert "Import it now" in text(check(browser, address, row_by_row="y"))
    keep(browser, address)
    assert organisation_with("GB-LAE", "QXA") is not None
    mended = file.get_data(as_text=True).replace("QXC,,", "QXC,Cedar Council,").replace("2020-13-01", "")
    again = staged(browser, mended)
    assert "Not read: Why it was refused" in text(browser.get(again))
    assert "Organisations 2 0 0 0 0" in text(check(browser, again))


def test_a_change_is_told_field_by_field(browser: FlaskClient) -> None:
    address = staged(browser, TWO)
    check(browser, address)
    keep(browser, address)
    address = staged(browser, TWO.replace("Birch Council", "Birch City Council"))
    outcome = text(check(browser, address))
    assert "Organisations 0 1 1 0 0" in outcome
    assert "Name was Birch Council now Birch City Council" in outcome
    assert "There is nothing to import" in text(check(browser, address, mode="create"))


def test_who_is_skipped_is_named_with_the_row(browser: FlaskClient) -> None:
    answer = check(browser, staged(browser, TWO), mode="update")
    assert "Alder Council row 2 , Birch Council row 3" in text(answer)


def test_how_a_file_is_read_can_be_changed_and_its_columns_are_remembered(browser: FlaskClient) -> None:
    odd = "A list of ours\nCode|Council|nation\nQXA|Al\u00e9der Council|England\n".encode("cp850")
    address = staged(browser, odd)
    browser.post(
        address,
        data={**CHOICES, "step": "read", "encoding": "cp850", "delimiter": "upright stroke", "header_row": "2"},
    )
    page = browser.get(address)
    assert "Al\u00e9der Council" in text(page)
    columns = {"column-local-authority-code": "Code", "column-official-name": "Council", "column-nation": "nation"}
    how = {"encoding": "cp850", "delimiter": "upright stroke", "header_row": "2"}
    outcome = check(browser, address, **how, **columns)
    assert "Al\u00e9der Council row 3" in text(outcome)
    done = keep(browser, address)
    assert "Local authority code Code" in text(done)
    address = staged(browser, odd.replace(b"QXA", b"QXB"))
    browser.post(address, data={**CHOICES, **how, "step": "read"})
    markup = browser.get(address).get_data(as_text=True)
    assert '<option value="Code" selected>' in markup
    assert '<option value="Council" selected>' in markup


def test_a_choice_that_cannot_be_read_is_told_and_nothing_typed_is_lost(browser: FlaskClient) -> None:
    address = staged(browser, TWO.replace("Alder", "\u00c1lder"))
    answer = check(browser, address, encoding="cp1252", header_row="3")
    assert answer.status_code == 422
    assert "is not Windows-1252" in text(answer)
    assert 'value="3"' in answer.get_data(as_text=True)
    for bad in ("0", "-1", "x", "99999999999999999999"):
        assert check(browser, address, header_row=bad).status_code == 422
    assert "this column is missing" in text(check(browser, address, header_row="900"))


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "a.csv", "a.csv is empty."),
        (b"", "a.xlsx", "a.xlsx is empty"),
        (b"PK\x03\x04junk", "a.xlsx", "a.xlsx is damaged"),
        (b"<html>", "a.csv", "is a web page or XML"),
        (b"%PDF-1.7", "../../etc/pass<b>wd.pdf", "pass&lt;b&gt;wd.pdf is a PDF"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_the_field(
    browser: FlaskClient, content: bytes, name: str, says: str
) -> None:
    answer = send(browser, content, name)
    assert answer.status_code == 422
    assert says in answer.get_data(as_text=True)


def test_a_table_for_a_kind_that_reads_none_is_refused(browser: FlaskClient) -> None:
    assert "a.csv is not JSON." in text(send(browser, TWO, "a.csv", "ocds"))


def test_no_file_at_all_is_refused(browser: FlaskClient) -> None:
    assert "Choose the file to bring in." in text(browser.post("/import/councils", data={}))


def test_a_document_is_brought_in_as_well(browser: FlaskClient, officer: Person) -> None:
    address = staged(browser, (FIXTURES / "release_package.json").read_bytes(), name="package.json", kind="ocds")
    assert "Records to bring 14" in text(browser.get(address))
    assert "Partnerships 6 0 0 3 0" in text(check(browser, address))
    keep(browser, address)
    assert db.session.scalar(select(func.count(Partnership.id))) == 7


def test_a_file_is_its_persons_alone(app: Flask, browser: FlaskClient, officer: Person) -> None:
    address = staged(browser, TWO)
    check(browser, address)
    done = keep(browser, staged(browser, TWO))
    other = a_person()
    a_partnership(members={other: "officer"})
    stranger = signed_in(app.test_client(), other)
    for path in (address, f"{address}/outcome", f"{address}/refused.csv", f"{done.request.path}/undo"):
        assert stranger.get(path).status_code == 404
    for step in ("keep", "discard"):
        assert stranger.post(f"{address}/{step}").status_code == 404
    assert browser.get(address).status_code == 200


def test_importing_comes_with_a_partnership(app: Flask, client: FlaskClient) -> None:
    nobody = signed_in(client, a_person())
    for answer in (nobody.get("/import"), send(nobody, TWO)):
        assert answer.status_code == 403
        assert "you look after none yet" in text(answer)


def test_a_file_can_be_thrown_away(browser: FlaskClient, app: Flask) -> None:
    address = staged(browser, TWO)
    settings: Settings = app.config["REGISTER"]
    assert "Nothing of it was imported" in text(browser.post(f"{address}/discard", follow_redirects=True))
    assert browser.get(address).status_code == 404
    assert not (settings.staging_folder / address.rpartition("/")[2]).exists()


def test_a_file_waits_a_day(browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    address = staged(browser, TWO)
    later = time.time() + staging.LASTS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert browser.get(address).status_code == 404


def test_an_import_whose_records_were_touched_says_which(browser: FlaskClient) -> None:
    address = staged(browser, TWO)
    check(browser, address)
    done = keep(browser, address)
    alder = organisation_with("GB-LAE", "QXA")
    assert alder is not None
    edit_organisation("register", alder, {"place": "Elsewhere"})
    db.session.commit()
    answer = browser.post(f"{done.request.path}/undo")
    assert answer.status_code == 422
    assert "Organisation “Alder Council” was changed since." in text(answer)


def test_a_file_that_is_too_large_is_refused_by_its_length_with_the_limit(browser: FlaskClient) -> None:
    answer = browser.post("/import/councils", environ_overrides={"CONTENT_LENGTH": "100000000"})
    assert answer.status_code == 413
    assert "larger than the 50 MB" in text(answer)
    answer = browser.post("/organisations/new", environ_overrides={"CONTENT_LENGTH": "20000000"})
    assert answer.status_code == 413
    assert "larger than the 10 MB" in text(answer)


def test_an_address_that_no_file_can_have_is_not_found(browser: FlaskClient) -> None:
    for path in ("/import/files/..%2f..%2fetc", "/import/files/" + "x" * 500, "/import/nothing", "/import/batches/9"):
        assert browser.get(path).status_code == 404
