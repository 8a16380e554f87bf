"""Organisations are added, edited, closed and opened again in the browser."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from register.clock import today
from register.database import db
from register.partnerships.organisation_changes import edit_organisation
from register.partnerships.organisation_lookups import aliases_of, identifiers_of, surroundings_of
from register.partnerships.organisation_models import Organisation
from tests.factories import a_partnership, a_person, an_organisation, signed_in


def entered(**changed: Any) -> dict[str, Any]:
    """Return what the form sends."""
    return {
        "name": "Ferncote Care Ltd",
        "short_name": "Ferncote",
        "sector": "private",
        "kind": "company",
        "place": "Aldermere",
        "opened_on": "1 May 1999",
        "aliases": "Ferncote Homecare\nBright Care\n\n",
        "identifiers-0-scheme": "GB-COH",
        "identifiers-0-value": "99991",
        "form_key": "one-form",
        **changed,
    }


def number() -> int | None:
    """Return how many organisations there are."""
    return db.session.scalar(select(func.count(Organisation.id)))


def test_an_organisation_is_added_once_although_the_form_is_sent_twice(client: FlaskClient) -> None:
    browser = signed_in(client, a_person())
    answers = [browser.post("/organisations/new", data=entered()) for _ in range(2)]
    added = db.session.scalars(select(Organisation)).one()
    assert {answer.location for answer in answers} == {f"/organisations/{added.id}"}
    assert (added.name, added.short_name, added.opened_on) == ("Ferncote Care Ltd", "Ferncote", date(1999, 5, 1))
    assert aliases_of(added.id) == ["Bright Care", "Ferncote Homecare"]
    assert [(row.scheme, row.value) for row in identifiers_of(added.id)] == [("GB-COH", "00099991")]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " "}, "Enter the organisation’s name."),
        ({"name": "a" * 201}, "The name must be 200 characters or fewer."),
        ({"name": "a\x00"}, "The name has characters that cannot be kept"),
        ({"short_name": "a" * 61}, "The short name must be 60 characters or fewer."),
        ({"sector": ""}, "Choose a sector: public, private, voluntary or community."),
        ({"kind": ""}, "Choose what kind of organisation it is."),
        ({"kind": "band"}, "Choose what kind of organisation it is."),
        ({"parent_id": "999999"}, "Choose the organisation it is part of from the list."),
        ({"opened_on": "once"}, "Enter a day that exists"),
        ({"aliases": "fine\n" + "a" * 201}, "The other name must be 200 characters or fewer."),
        ({"aliases": "\x07"}, "The other names has characters that cannot be kept"),
        ({"identifiers-0-scheme": ""}, "Choose which register this number is from."),
        ({"identifiers-0-scheme": "XX"}, "Choose a register from the list."),
        ({"identifiers-0-value": "a\x00"}, "The identifier has characters that cannot be kept"),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field_and_nothing_typed_is_lost(
    client: FlaskClient,
    changed: dict[str, str],
    sentence: str,
) -> None:
    answer = signed_in(client, a_person()).post("/organisations/new", data=entered(**changed))
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2
    assert 'value="Aldermere"' in answer.text
    assert number() == 0


def test_a_number_that_another_has_is_refused_and_the_other_is_named(client: FlaskClient) -> None:
    an_organisation("Ferncote Holdings", identifiers=[("GB-COH", "00099991")])
    data = entered(
        **{
            "identifiers-0-scheme": "",
            "identifiers-0-value": "",
            "identifiers-1-scheme": "GB-COH",
            "identifiers-1-value": "99991",
        }
    )
    answer = signed_in(client, a_person()).post("/organisations/new", data=data)
    assert answer.status_code == 422
    assert "Companies House 00099991 belongs to Ferncote Holdings already." in answer.text
    assert 'href="#identifiers-1-value"' in answer.text
    assert number() == 1


@pytest.mark.parametrize("role", ["leader", "auditor", "governance", "administrator"])
def test_only_officers_add_and_change_organisations(client: FlaskClient, role: str) -> None:
    organisation = an_organisation()
    browser = signed_in(client, a_person(role))
    urls = ["/organisations/new", *(f"/organisations/{organisation.id}/{page}" for page in ("edit", "close", "reopen"))]
    assert [browser.post(url, data=entered()).status_code for url in urls] == [403] * 4
    assert number() == 1


def edit_data(organisation: Organisation, **changed: Any) -> dict[str, Any]:
    """Return what the edit form sends."""
    return {
        "name": organisation.name,
        "sector": organisation.sector,
        "kind": organisation.kind,
        "version": organisation.version,
        **changed,
    }


def test_an_edit_changes_facts_and_other_names_and_adds_numbers(client: FlaskClient) -> None:
    parent = an_organisation("Tarnshire County Council")
    organisation = an_organisation("Old", aliases=["Older"], identifiers=[("GB-COH", "1")])
    browser, url = signed_in(client, a_person()), f"/organisations/{organisation.id}"
    assert "Older" in browser.get(f"{url}/edit").text
    answer = browser.post(
        f"{url}/edit",
        data=edit_data(
            organisation,
            **{
                "name": "New",
                "parent_id": parent.id,
                "aliases": "Old",
                "identifiers-0-scheme": "GB-CHC",
                "identifiers-0-value": "1234567",
            },
        ),
    )
    assert answer.location == url
    assert (organisation.name, organisation.parent_id) == ("New", parent.id)
    assert aliases_of(organisation.id) == ["Old"]
    assert [row.scheme for row in identifiers_of(organisation.id)] == ["GB-CHC", "GB-COH"]
    assert surroundings_of(parent.id).units == [organisation]


def test_a_body_cannot_be_a_part_of_its_own_part(client: FlaskClient) -> None:
    whole = an_organisation("Whole")
    part = an_organisation("Part", parent_id=whole.id)
    answer = signed_in(client, a_person()).post(
        f"/organisations/{whole.id}/edit", data=edit_data(whole, parent_id=part.id)
    )
    assert answer.status_code == 422
    assert answer.text.count("An organisation cannot be a part of itself") == 2


def test_the_second_of_two_editors_sees_mine_theirs_and_the_original(client: FlaskClient) -> None:
    organisation = an_organisation("The original")
    data = edit_data(organisation, name="Mine")
    browser = signed_in(client, a_person())
    edit_organisation("register", organisation, {"name": "Theirs"})
    answer = browser.post(f"/organisations/{organisation.id}/edit", data=data)
    assert answer.status_code == 409
    for text in ("Mine", "Theirs", "The original"):
        assert text in answer.text
    assert organisation.name == "Theirs"
    browser.post(f"/organisations/{organisation.id}/edit", data={**data, "version": organisation.version})
    assert organisation.name == "Mine"


def test_an_organisation_ends_with_its_successors_named(client: FlaskClient) -> None:
    old, first, second = (an_organisation(name) for name in ("Old District", "North", "South"))
    a_partnership(partners=[old, first])
    browser, url = signed_in(client, a_person()), f"/organisations/{old.id}"
    assert "<b>1</b> open partnership." in browser.get(f"{url}/close").text
    data = {
        "closed_on": "2023-03-31",
        "successor_1": first.id,
        "successor_2": second.id,
        "successor_3": first.id,
        "version": old.version,
    }
    assert [browser.post(f"{url}/close", data=data).status_code for _ in range(2)] == [302, 302]
    assert old.closed_on == date(2023, 3, 31)
    assert surroundings_of(old.id).successors == [first, second]
    assert surroundings_of(first.id).predecessors == [old]
    page = browser.get(url).text
    assert "Ended on 31 March 2023." in page
    assert "North" in page


@pytest.mark.parametrize(
    ("closed_on", "sentence"),
    [
        ("", "Enter the day on which it ended."),
        ((today() + timedelta(days=2)).isoformat(), "The day it closed must be today or earlier."),
        ("1990-01-01", "The day it closed must be after the day it opened."),
        ("31 June 2020", "Enter a day that exists"),
    ],
)
def test_an_organisation_ends_on_a_day_of_its_life(client: FlaskClient, closed_on: str, sentence: str) -> None:
    organisation = an_organisation(opened_on=date(2000, 1, 1))
    answer = signed_in(client, a_person()).post(
        f"/organisations/{organisation.id}/close", data={"closed_on": closed_on, "version": organisation.version}
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not organisation.is_closed


def test_a_closing_that_was_a_mistake_is_undone_with_the_reason(client: FlaskClient) -> None:
    organisation = an_organisation(closed_on=date(2023, 3, 31))
    browser, url = signed_in(client, a_person()), f"/organisations/{organisation.id}/reopen"
    assert browser.post(url, data={"reason": "", "version": organisation.version}).status_code == 422
    assert browser.post(url, data={"reason": "A slip.", "version": organisation.version}).status_code == 302
    assert not organisation.is_closed


@pytest.mark.parametrize("url", ["", "/edit", "/close", "/reopen", "/contacts/new"])
@pytest.mark.parametrize("number", [999_999, 10**30])
def test_an_unknown_organisation_is_not_found(client: FlaskClient, url: str, number: int) -> None:
    assert signed_in(client, a_person()).get(f"/organisations/{number}{url}").status_code == 404
