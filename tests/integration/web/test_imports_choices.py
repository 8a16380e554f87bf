"""What an officer says of a file: one value for all rows, and how days in numbers are meant."""

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from register.database import db
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Organisation
from tests.factories import a_partnership, a_person, signed_in
from tests.fixtures.bringing import check, keep, staged, text


@pytest.fixture
def browser(app: Flask, client: FlaskClient) -> FlaskClient:
    """The browser of an officer who looks after a partnership."""
    person = a_person()
    a_partnership(members={person: "lead"})
    db.session.commit()
    return signed_in(client, person)


NAMES = "Name\nAlder Residents\nBirch Trust\n"
EACH = {"column-name": "Name", "column-sector": "–=", "column-kind": "–="}


def test_a_column_that_the_file_lacks_can_say_the_same_in_every_row(browser: FlaskClient) -> None:
    address = staged(browser, NAMES, kind="sheet-organisations")
    assert "– the same in every row –" in text(browser.get(address))
    empty = check(browser, address, **EACH)
    assert empty.status_code == 422
    assert "Sector: say what it is in every row." in text(empty)
    wrong = check(browser, address, **EACH, **{"value-sector": "Odd", "value-kind": "Charity"})
    assert wrong.status_code == 422
    assert "Sector, “Odd”: this word is not known; use one of Public" in text(wrong)
    outcome = check(browser, address, **EACH, **{"value-sector": "Voluntary", "value-kind": "Charity"})
    assert "Organisations 2 0 0 0 0" in text(outcome)
    assert "Column Sector: “Voluntary” in every row, as was chosen." in text(outcome)
    done = keep(browser, address)
    assert "Sector “Voluntary” in every row" in text(done)
    found = db.session.scalar(select(Organisation).where(Organisation.name == "Birch Trust"))
    assert found is not None
    assert (found.sector, found.kind) == ("voluntary", "charity")
    again = browser.get(staged(browser, "Name\nElm Trust\n", kind="sheet-organisations")).get_data(as_text=True)
    assert re.search(r'<option value="–=" selected>', again)
    assert re.search(r'<option value="Voluntary" selected>', again)


def test_what_days_in_numbers_mean_can_be_said_and_is_remembered(browser: FlaskClient) -> None:
    header = "name,sector,kind,opened on\n"
    address = staged(browser, header + "Alder Trust,Voluntary,Charity,03/04/2019\n", kind="sheet-organisations")
    undecided = check(browser, address)
    assert "nothing shows whether its dates are written day first or month first" in text(undecided)
    check(browser, address, days="month-first")
    keep(browser, address)
    found = db.session.scalar(select(Organisation).where(Organisation.name == "Alder Trust"))
    assert found is not None
    assert str(found.opened_on) == "2019-03-04"
    again = browser.get(staged(browser, header + "Elm,Voluntary,Charity,05/04/2019\n", kind="sheet-organisations"))
    assert re.search(r'<option value="month-first" selected>', again.get_data(as_text=True))


def test_the_columns_of_peoples_own_lists_are_found(browser: FlaskClient) -> None:
    content = "My list\nOrganisation name;Town;Sector\nAlder Trust;Wexmere;Public\n"
    address = staged(browser, content, kind="sheet-organisations")
    page = browser.get(address).get_data(as_text=True)
    for title in ("Organisation name", "Town", "Sector"):
        assert f'<option value="{title}" selected>' in page


REGISTER = (
    "Ref;Title;Supplier;Contract End\nC2;Day care;Birch Ltd;soon\nC1;Home care;Alder Ltd;31/03/2027\n"
    "Total;;;\nC1;Other care;Elm Ltd;\n"
)


def test_the_good_rows_of_a_register_are_kept_where_that_is_chosen(browser: FlaskClient) -> None:
    address = staged(browser, REGISTER, kind="contracts")
    chosen = {"column-organisation": "–=", "value-organisation": "Wexmere Council"}
    refused = text(check(browser, address, **chosen))
    assert "Nothing is imported while rows are refused" in refused
    assert refused.index("Row 2, column Contract End") < refused.index("Row 5, column Ref")
    outcome = text(check(browser, address, **chosen, row_by_row="y"))
    assert "New 3 Organisations Wexmere Council row 3 Alder Ltd row 3 Partnerships Home care row 3" in outcome
    assert "1 × row with one cell filled, such as a heading or a note" in outcome
    assert "Partnerships 1 0 0 1 2" in text(keep(browser, address))


def test_refused_rows_mended_come_back_read_as_the_others_were(browser: FlaskClient) -> None:
    address = staged(browser, REGISTER, kind="contracts")
    check(browser, address, **{"column-organisation": "–=", "value-organisation": "Wexmere Council", "row_by_row": "y"})
    mended = browser.get(f"{address}/refused.csv").get_data(as_text=True).replace("soon", "31/03/2028")
    assert "Wexmere Council" not in mended
    keep(browser, address)
    again = staged(browser, mended, kind="contracts")
    page = browser.get(again).get_data(as_text=True)
    assert 'value="Wexmere Council"' in page
    outcome = text(check(browser, again, **{"column-organisation": "–=", "value-organisation": "Wexmere Council"}))
    assert "Partnerships Day care" in outcome


def a_release(process: str, day: str) -> dict[str, object]:
    buyer, supplier = {"id": "b", "name": "Merle Council"}, {"id": "s", "name": f"Birch {process}"}
    award = {"id": "a1", "date": day, "suppliers": [supplier]}
    return {"ocid": process, "id": "n1", "date": "2025-01-23T10:00:00Z", "buyer": buyer, "awards": [award]}


PARTLY = {
    "ocds": (
        "package.json",
        json.dumps({"releases": [a_release("p-1", "2025-01-01"), a_release("p-2", "soon")]}),
        "Releases, row 2, column awards/0/date, “soon”: this is not a date",
        "releases,2,awards/0/date,soon,this is not a date; write it as 2023-04-01 or 2023-04-01T00:00:00Z",
    ),
    "network": (
        "drawn.edgelist",
        "Alder Birch\nCedar\n",
        "Row 2, “Cedar”: this line does not name two nodes",
        ",2,,Cedar,this line does not name two nodes",
    ),
}


@pytest.mark.parametrize("kind", PARTLY)
def test_row_by_row_keeps_what_can_be_kept_and_tells_the_rest(browser: FlaskClient, kind: str) -> None:
    name, content, said, line = PARTLY[kind]
    address = staged(browser, content, kind=kind, name=name)
    before = db.session.scalar(select(func.count(Partnership.id)))
    whole = text(check(browser, address)).replace("&#34;", "“").replace("”", "“")
    assert "Nothing is imported while rows are refused" in whole
    assert said.replace("”", "“") in whole
    assert line in browser.get(f"{address}/refused.csv").get_data(as_text=True)
    assert "Partnerships 1 0 0 0 1" in text(check(browser, address, row_by_row="y"))
    keep(browser, address)
    assert db.session.scalar(select(func.count(Partnership.id))) == (before or 0) + 1


def test_days_that_an_import_changes_are_told_as_pages_tell_them(browser: FlaskClient) -> None:
    package = {"releases": [a_release("p-1", "2025-01-01")]}
    award = package["releases"][0]["awards"][0]  # type: ignore[index]  # a list of awards
    for ends_on, said in (("2026-01-05", ""), ("2027-01-05", "5 January 2027")):
        award["contractPeriod"] = {"startDate": "2025-01-06", "endDate": ends_on}
        address = staged(browser, json.dumps(package), kind="ocds", name="package.json")
        outcome = text(check(browser, address))
        assert said in outcome
        assert ends_on not in outcome
        keep(browser, address)
    for day, said in (("2019-04-03", ""), ("2019-04-05", "5 April 2019")):
        rows = f"name,sector,kind,opened on,identifiers\nAlder Trust,Voluntary,Charity,{day},GB-CHC 1234567\n"
        address = staged(browser, rows, kind="sheet-organisations")
        outcome = text(check(browser, address))
        assert said in outcome
        assert day not in outcome
        keep(browser, address)
