"""Grants: both forms of 360Giving, with what is borne, what is left out and what is refused by its place."""

import io
import json
from typing import Any

import pytest
import xlsxwriter

from register.exchange.readers.arrangements import Arrangements
from register.exchange.readers.grant_files import read_grants
from register.exchange.reading.uploads import Upload
from register.refusals import Refusal

HEADER = (
    "Identifier,Title,Description,Currency,Amount Awarded,Award Date,Planned Dates:Start Date,Planned Dates:End Date,"
    "Recipient Org:Identifier,Recipient Org:Name,Recipient Org:Charity Number,Funding Org:Identifier,Funding Org:Name"
)
ROW = (
    "360G-x-1,A hub,Warm rooms,GBP,30000.50,24/07/2024,2024-09-01,2025-08-31,GB-CHC-1234567,Mill Hub,1234567,"
    "GB-CHC-7654321,Alder Fund"
)


def sheet(*rows: str, header: str = HEADER) -> Arrangements:
    return read_grants(Upload("grants.csv", "\n".join([header, *rows]).encode()))


def document(*grants: Any) -> Arrangements:
    return read_grants(Upload("grants.json", json.dumps({"grants": list(grants)}).encode()))


def a_grant(**facts: Any) -> dict[str, Any]:
    return {
        "id": "360G-x-1", "title": "A hub", "currency": "GBP", "amountAwarded": 30000.5,
        "awardDate": "2024-07-24T00:00:00+00:00",
        "plannedDates": [{"startDate": "2024-09-01", "endDate": "2025-08-31"}],
        "fundingOrganization": [{"id": "GB-CHC-7654321", "name": "Alder Fund"}],
        "recipientOrganization": [{"id": "GB-CHC-1234567", "name": "Mill Hub"}],
        **facts,
    }  # fmt: skip


@pytest.mark.parametrize("read", [sheet(ROW), document(a_grant())], ids=["sheet", "json"])
def test_a_grant_becomes_an_arrangement_of_funder_and_recipient(read: Arrangements) -> None:
    assert read.findings.problems == []
    (grant,) = read.arrangements
    funder, recipient = (read.organisations[places[0]] for places in (grant.commissioners, grant.providers))
    assert (funder.name, funder.identifiers) == ("Alder Fund", (("GB-CHC", "7654321"),))
    assert (recipient.name, recipient.sector, recipient.kind) == ("Mill Hub", "voluntary", "charity")
    assert (grant.identifier, grant.value_pence, grant.legal_form) == (("360G", "360G-x-1"), 3_000_050, "grant")
    assert [str(day) for day in (grant.agreed_on, grant.starts_on, grant.ends_on)] == [
        "2024-07-24", "2024-09-01", "2025-08-31",
    ]  # fmt: skip


@pytest.mark.parametrize(("cell", "day"), [
    ("2024-07-24", "2024-07-24"), ("24/07/2024", "2024-07-24"), ("24.07.24", "2024-07-24"),
    ("24 July 2024", "2024-07-24"), ("24-Jul-2024", "2024-07-24"), ("2024-07-24T00:00:00Z", "2024-07-24"),
    ("24/07/2024 00:00", "2024-07-24"), ("", "None"),
])  # fmt: skip
def test_days_are_read_as_people_write_them(cell: str, day: str) -> None:
    read = sheet(ROW.replace("24/07/2024", cell))
    assert str(read.arrangements[0].agreed_on) == day


@pytest.mark.parametrize(("old", "new", "said"), [
    ("24/07/2024", "31/13/2024", 'Row 2, column Award Date, "31/13/2024": this is not a date'),
    ("30000.50", "much", 'column Amount Awarded, "much": this is not an amount'),
    ("360G-x-1", "", "a grant needs an identifier"),
    ("GB-CHC-7654321,Alder Fund", ",", "a grant needs its funder"),
])  # fmt: skip
def test_what_cannot_be_kept_is_named_by_row_and_column(old: str, new: str, said: str) -> None:
    (problem,) = sheet(ROW.replace(old, new)).findings.problems
    assert said.casefold() in problem.sentence().casefold()


def test_a_grant_met_twice_is_refused() -> None:
    (problem,) = sheet(ROW, ROW).findings.problems
    assert "row 2 has this identifier already" in problem.sentence()
    (problem,) = document(a_grant(), a_grant()).findings.problems
    assert "row 1 has this identifier already" in problem.sentence()


def test_a_grant_to_a_person_is_left_out_and_counted() -> None:
    person = a_grant(recipientIndividual={"id": "x", "name": "Individual"})
    del person["recipientOrganization"]
    read = document(person)
    assert read.arrangements == ()
    assert read.findings.skipped == {"grant to a person": 1}
    assert read.organisations == ()


@pytest.mark.parametrize(("facts", "column"), [
    ({"currency": "EUR"}, "currency"), ({"amountAwarded": -5}, "amountAwarded"),
])  # fmt: skip
def test_an_amount_that_cannot_be_kept_is_left_out_with_a_note(facts: dict[str, Any], column: str) -> None:
    read = document(a_grant(**facts))
    assert read.arrangements[0].value_pence is None
    (said,) = read.findings.borne()
    assert f"column {column}" in said


def test_bodies_are_known_by_their_number_and_a_name_joins_only_those_without() -> None:
    spelt = ROW.replace("x-1", "x-2").replace("Mill Hub", "The Mill Hub Ltd")
    other = ROW.replace("x-1", "x-3").replace("1234567", "1111111")
    read = sheet(ROW, spelt, other)
    assert len(read.organisations) == 3
    assert [row.identifiers for row in read.organisations if "Mill" in row.name] == [
        (("GB-CHC", "1234567"),), (("GB-CHC", "1111111"),),
    ]  # fmt: skip
    nameless = ROW.replace("GB-CHC-1234567,", ",").replace(",1234567,", ",,")
    assert len(sheet(*(nameless.replace("x-1", f"x-{number}") for number in (4, 5))).organisations) == 2


def test_a_number_typed_otherwise_in_another_column_gives_way_to_the_identifier() -> None:
    read = sheet(ROW.replace(",1234567,", ",1234576,"))
    assert read.organisations[1].identifiers == (("GB-CHC", "1234567"),)


def test_the_funders_own_number_in_the_place_of_the_recipients_is_noted_and_left_out() -> None:
    read = sheet(ROW.replace("GB-CHC-1234567", "GB-CHC-7654321").replace(",1234567,", ",,"))
    assert [row.name for row in read.organisations] == ["Alder Fund", "Mill Hub"]
    assert "that of the funder" in read.findings.notes[0].reason


def test_a_grant_from_a_body_to_itself_is_left_out() -> None:
    itself = ROW.replace("GB-CHC-1234567,Mill Hub,1234567", "GB-CHC-7654321,Alder Fund,")
    read = sheet(itself)
    assert read.arrangements == ()
    assert read.findings.skipped == {"grant from a body to itself": 1}


def test_an_end_before_its_start_is_left_out() -> None:
    assert sheet(ROW.replace("2025-08-31", "2023-08-31")).arrangements[0].ends_on is None


@pytest.mark.parametrize("content", ['{"grants": {}}', '{"releases": []}', "[1", '{"grants": [', "[]x"])
def test_what_is_no_list_of_grants_is_refused_in_a_sentence(content: str) -> None:
    with pytest.raises(Refusal):
        read_grants(Upload("grants.json", content.encode()))


@pytest.mark.parametrize(
    "grant", [1, None, "x", [], {}, {"id": 5}, a_grant(fundingOrganization="Alder"), a_grant(id={})]
)
def test_a_grant_of_another_shape_is_named_by_its_place(grant: Any) -> None:
    read = document(a_grant(), grant)
    assert {problem.row for problem in read.findings.problems} == {2}
    assert [grant.row for grant in read.arrangements] == [1]


def test_semicolons_and_other_words_of_the_header_are_understood() -> None:
    header = HEADER.replace(",", ";").replace("Recipient Org:Name", "Recipient Org:0:Name")
    read = sheet(ROW.replace(",", ";"), header=header)
    assert read.findings.problems == []
    assert read.organisations[1].name == "Mill Hub"


@pytest.mark.parametrize(("cell", "pence"), [
    ("£1,234.50", 123_450), ("1.234,50", 123_450), ("1.2m", 120_000_000), ("£1.5 million", 150_000_000),
    ("£ 1 234", 123_400), ("GBP 1,234", 123_400), ("1,234 GBP", 123_400), ("'500", 50_000), ("\uffe1500", 50_000),
    ("n/a", None), ("TBC", None), ("-", None), ("Nil", None), ("£-", None), ("0", None), ("(500)", None),
])  # fmt: skip
def test_sums_are_read_as_people_write_them(cell: str, pence: int | None) -> None:
    read = sheet(ROW.replace("30000.50", f'"{cell}"'))
    assert read.findings.problems == []
    assert read.arrangements[0].value_pence == pence


def test_words_that_say_nothing_are_taken_for_blank_and_said_once() -> None:
    rows = [ROW.replace("x-1", f"x-{number}").replace("2025-08-31", "N/A") for number in (1, 2, 3)]
    read = sheet(*rows, ROW.replace("x-1", "x-4").replace("2025-08-31", "ongoing"))
    assert [grant.ends_on for grant in read.arrangements] == [None] * 4
    assert read.findings.borne() == [
        'Row 2, column Planned Dates:End Date, "N/A": this says nothing, and was taken for blank. So it is in 2 other '
        "rows.",
        'Row 5, column Planned Dates:End Date, "ongoing": this names no day, and was taken for blank.',
    ]


@pytest.mark.parametrize("number", ["N/A", "GB-CHC-N/A", "GB-CHC-", "1.23E+07", "GB-CHC-1.23E+07", "none", "0"])
def test_a_number_that_names_nobody_joins_nobody(number: str) -> None:
    one = ROW.replace("GB-CHC-1234567", number).replace(",1234567,", ",,")
    read = sheet(one, one.replace("x-1", "x-2").replace("Mill Hub", "Elm Hub"))
    assert sorted((row.name, row.identifiers) for row in read.organisations[1:]) == [("Elm Hub", ()), ("Mill Hub", ())]


def test_days_of_json_are_read_as_funders_write_them() -> None:
    read = document(a_grant(awardDate="05/06/2014"), a_grant(id="2", awardDate="25/06/2014 00:00"))
    assert read.findings.problems == []
    assert [str(grant.agreed_on) for grant in read.arrangements] == ["2014-06-05", "2014-06-25"]
    read = document(a_grant(awardDate="05/06/2014"), a_grant(id="2", awardDate="06/25/2014"))
    assert [str(grant.agreed_on) for grant in read.arrangements] == ["2014-05-06", "2014-06-25"]
    assert "month first, as 06/25/2014 shows" in read.findings.notices[0]


def test_days_of_json_that_could_be_two_are_refused_by_their_place() -> None:
    dates = ("25/06/2014", "06/25/2014", "05/06/2014", "30/02/2014")
    read = document(*(a_grant(id=str(place), awardDate=day) for place, day in enumerate(dates)))
    first, second = read.findings.problems
    assert (first.row, first.column) == (3, "awardDate")
    assert "this could be 5 June 2014 or 6 May 2014" in first.reason
    assert (second.row, second.reason[:22]) == (4, "this is not a date; wr")


def test_json_that_is_nearly_of_the_standard_is_read() -> None:
    loose = a_grant(
        amountAwarded="£30,000.50", recipientOrganization={"id": "GB-CHC-1234567", "name": "Mill Hub"},
        plannedDates={"startDate": "01/09/2024"}, currency="£",
    )  # fmt: skip
    (grant,) = document(loose).arrangements
    assert (grant.value_pence, str(grant.starts_on)) == (3_000_050, "2024-09-01")
    lines = "\n".join(json.dumps(a_grant(id=str(number))) for number in range(3))
    assert len(read_grants(Upload("grants.json", lines.encode())).arrangements) == 3
    two = a_grant(fundingOrganization=[{"name": "Alder Fund"}, {"name": "Birch Fund"}])
    assert "of the 2 funders, Alder Fund alone was kept" in document(two).findings.borne()[0]
    (problem,) = document(a_grant(amountAwarded="much")).findings.problems
    assert problem.reason == "this should be a number"


@pytest.mark.parametrize("above", ["Grants of the Alder Fund,,,\nPublished 1 May 2024\n\n", "sep=,\r\n", ""])
def test_what_stands_above_and_under_a_table_is_no_grant(above: str) -> None:
    under = "\n,,,\nTotal,,,,30000.50\n\nSource: the fund\n"
    read = read_grants(Upload("grants.csv", f"{above}{HEADER}\n{ROW}{under}".encode()))
    assert read.findings.problems == []
    assert len(read.arrangements) == 1
    assert read.findings.skipped.total() == 2


def test_a_table_is_read_whatever_stands_between_its_cells() -> None:
    for sign in ";\t|":
        content = f"Grants of the Alder Fund, 2024\n{HEADER}\n{ROW}".replace(",", sign)
        content = content.replace(f"Fund{sign} 2024", "Fund, 2024")
        assert len(read_grants(Upload("grants.csv", content.encode("utf-16"))).arrangements) == 1


def test_of_several_sheets_the_one_with_the_columns_is_read() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet("Read me").write_column(0, 0, ["The grants of the Alder Fund", "Title", "Ask us"])
        sheet_of_grants = book.add_worksheet("Grants 2024")
        sheet_of_grants.write_row(2, 0, HEADER.split(","))
        sheet_of_grants.write_row(3, 0, ROW.split(","))
    read = read_grants(Upload("grants.xlsx", made.getvalue()))
    assert read.findings.problems == []
    assert (read.findings.sheet, len(read.arrangements)) == ("Grants 2024", 1)
