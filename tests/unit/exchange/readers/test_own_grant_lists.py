"""Funders' own lists: without the standard's titles, without numbers, without a column of the funder."""

import json

import pytest

from register.exchange.readers.arrangements import Arrangements
from register.exchange.readers.grant_files import read_grants
from register.exchange.reading.choices import Choices
from register.exchange.reading.uploads import Upload

FUND = {"funding-org:name": "Alder Fund"}


def read(header: str, *rows: str, **values: str) -> Arrangements:
    upload = Upload("grants.csv", "\n".join([header, *rows]).encode())
    return read_grants(upload, Choices(values=values))


@pytest.mark.parametrize(("header", "row"), [
    ("Grant ref;Charity;Charity number;Amount;Date awarded;Project title;Funder",
     "A1;Mill Hub;1234567;£5,000;13/5/24;Heating;Alder Fund"),
    ("id;recipientOrganization/0/name;recipientOrganization/0/id;amountAwarded;awardDate;title;fundingOrganization/0/name",
     "A1;Mill Hub;GB-CHC-1234567;5000;2024-05-13;Heating;Alder Fund"),
    ("Grant Reference Number;Recipient Name;Charity No.;Grant Amount (£);Date of award;Project;Funder name",
     "A1;Mill Hub;1234567;5k;13 May 2024;Heating;Alder Fund"),
])  # fmt: skip
def test_a_funders_own_list_is_read_as_it_titles_its_columns(header: str, row: str) -> None:
    found = read(header, row)
    assert found.findings.problems == []
    (grant,) = found.arrangements
    assert (grant.identifier, grant.title, grant.value_pence) == (("360G", "A1"), "Heating", 500_000)
    assert str(grant.agreed_on) == "2024-05-13"
    assert [(one.name, one.identifiers) for one in found.organisations] == [
        ("Alder Fund", ()), ("Mill Hub", (("GB-CHC", "1234567"),)),
    ]  # fmt: skip


def test_grants_without_numbers_are_known_by_what_they_are() -> None:
    rows = ("Mill Hub;£5,000;13/5/24", "Mill Hub;£6,000;13/5/24", "Elm Hub;;")
    header = "Organisation;Amount of grant;Date"
    first, again = (read(header, *rows, **FUND) for _ in range(2))
    assert first.findings.problems == []
    assert [grant.identifier for grant in first.arrangements] == [grant.identifier for grant in again.arrangements]
    assert len({grant.identifier for grant in first.arrangements}) == 3
    assert next((grant.title, grant.reference) for grant in first.arrangements) == ("Grant to Mill Hub", None)
    assert "No column has numbers of grants" in first.findings.notices[-1]
    (problem,) = read(header, rows[0], rows[0], **FUND).findings.problems
    assert problem.reason == "row 2 is the same grant: recipient, day, sum and title"


def test_who_gives_and_who_receives_is_asked_once_for_the_whole_file() -> None:
    (problem,) = read("Organisation;Amount", "Mill Hub;5", "Elm Hub;6").findings.problems
    assert problem.sentence().startswith("Column funding-org:name: no column says who funds; say which column does")
    first, second = read("Contract;Weather", "a;b").findings.problems
    assert "who funds" in first.reason
    assert "who receives; say which column does, or say it for every row alike; the file begins with" in second.reason


def test_bodies_without_numbers_are_not_taken_to_have_the_same_one() -> None:
    found = read("Charity;Charity number;Amount;Funder", "Mill Hub;1234567;5;Alder Fund")
    assert found.findings.notes == []
    assert found.organisations[1].identifiers == (("GB-CHC", "1234567"),)


def test_a_grant_to_a_named_person_is_left_out() -> None:
    found = read("Identifier;Recipient Org:Name;Recipient Ind:Name;Funding Org:Name", "1;;A person;Alder Fund")
    assert found.findings.skipped == {"grant to a person": 1}


def test_json_of_two_bytes_a_letter_is_json() -> None:
    grant = {"id": "1", "recipientOrganization": [{"name": "Mill"}], "fundingOrganization": [{"name": "Alder"}]}
    upload = Upload("grants.json", json.dumps({"grants": [grant]}).encode("utf-16"))
    assert upload.is_json
    assert len(read_grants(upload).arrangements) == 1
