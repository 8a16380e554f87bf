"""Partnerships are started, edited, closed and opened again in the browser."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from register.clock import today
from register.database import db
from register.partnerships.changes import close_partnership, edit_partnership
from register.partnerships.lookups import all_participations, members
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, an_organisation, signed_in

HOSTILE = '"><script>alert(1)</script>'


def entered(**changed: Any) -> dict[str, Any]:
    """Return a filled-in form of a partnership between two new organisations."""
    first, second = an_organisation("Tarnshire Council"), an_organisation("Ferncote Care", sector="private")
    return {
        "name": "Night Sitting Service",
        "kind": "commissioning",
        "purpose": "Home in two days.",
        "theme": "care",
        "significance": "key",
        "cadence_days": "30",
        "started_on": "1 April 2023",
        "ends_on": "2028-03-31",
        "senior_owner": "Helen Okafor, Director",
        "first_id": first.id,
        "first_role": "commissioner",
        "second_id": second.id,
        "second_role": "provider",
        "form_key": "one-form",
        **changed,
    }


def only() -> Partnership:
    """Return the one partnership that there is."""
    return db.session.scalars(select(Partnership)).one()


def number() -> int | None:
    """Return how many partnerships there are."""
    return db.session.scalar(select(func.count(Partnership.id)))


def test_whoever_starts_a_partnership_leads_it_and_is_told_what_comes_next(client: FlaskClient) -> None:
    officer, lead_officer = a_person(name="Asha Verne"), a_person(name="Tom Reyes")
    answer = signed_in(client, officer).post("/partnerships/new", data=entered(lead_officer_id=lead_officer.id))
    partnership = only()
    assert answer.location == f"/partnerships/{partnership.id}"
    assert (partnership.name, partnership.cadence_days, partnership.started_on) == (
        "Night Sitting Service",
        30,
        date(2023, 4, 1),
    )
    assert [(row.organisation.name, row.role) for row in all_participations(partnership.id)] == [
        ("Tarnshire Council", "commissioner"),
        ("Ferncote Care", "provider"),
    ]
    assert {(row.person_id, row.part) for row in members(partnership.id)} == {
        (officer.id, "lead"),
        (lead_officer.id, "lead"),
    }
    with client.session_transaction() as cookie:
        assert f"/interactions/new?partnership={partnership.id}" in str(cookie["_flashes"])


def test_community_co_design_is_rated_in_its_own_scheme(client: FlaskClient) -> None:
    signed_in(client, a_person()).post("/partnerships/new", data=entered(kind="community_codesign"))
    assert only().scheme == "demos"


def test_the_same_form_sent_twice_starts_one_partnership(client: FlaskClient) -> None:
    data = entered()
    browser = signed_in(client, a_person())
    first = browser.post("/partnerships/new", data=data)
    second = browser.post("/partnerships/new", data=data)
    assert first.location == second.location
    assert number() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Enter the partnership’s name."),
        ({"name": "a" * 201}, "must be 200 characters or fewer. It has 201."),
        ({"name": "a\x00b"}, "characters that cannot be kept"),
        ({"purpose": "a\x1b"}, "The purpose has characters that cannot be kept"),
        ({"purpose": "a" * 4001}, "The purpose must be 4000 characters or fewer."),
        ({"kind": ""}, "Choose what kind of partnership it is."),
        ({"kind": "friendship"}, "Choose what kind of partnership it is."),
        ({"theme": "weather"}, "Choose a theme from the list."),
        ({"cadence_days": "monthly"}, "Enter a whole number of days"),
        ({"cadence_days": "9" * 30}, "Enter a whole number of days"),
        ({"cadence_days": "0"}, "from 1 to 1100"),
        ({"started_on": "31 February 2026"}, "Enter a day that exists"),
        ({"started_on": "2026-05-02", "ends_on": "2026-05-01"}, "The end date must be after the start date."),
        ({"first_id": ""}, "Choose the first organisation from the list."),
        ({"second_id": "999999"}, "Choose the second organisation from the list."),
        ({"second_id": "Ferncote"}, "Choose the second organisation from the list."),
        ({"second_role": ""}, "Choose what part this organisation takes."),
        ({"lead_officer_id": "999999"}, "Choose the lead officer from the list."),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field_and_nothing_typed_is_lost(
    client: FlaskClient,
    changed: dict[str, str],
    sentence: str,
) -> None:
    data = entered(**changed)
    answer = signed_in(client, a_person()).post("/partnerships/new", data=data)
    assert answer.status_code == 422
    assert answer.text.count(sentence) >= 2, "in the summary and beside the field"
    assert "There is a problem" in answer.text
    for name in ("senior_owner", "cadence_days", "started_on"):
        assert f'value="{data[name]}"' in answer.text
    assert number() == 0


def test_a_partnership_is_between_two_organisations(client: FlaskClient) -> None:
    data = entered()
    answer = signed_in(client, a_person()).post("/partnerships/new", data={**data, "second_id": data["first_id"]})
    assert answer.status_code == 422
    assert "Choose another organisation than the first" in answer.text


def test_all_that_is_missing_is_said_at_once(client: FlaskClient) -> None:
    answer = signed_in(client, a_person()).post("/partnerships/new", data={"significance": "key"})
    for sentence in ("Enter the partnership’s name.", "Choose what kind", "Choose the first", "Choose the second"):
        assert sentence in answer.text


def test_hostile_text_stays_text(client: FlaskClient) -> None:
    browser = signed_in(client, a_person())
    refused = browser.post("/partnerships/new", data=entered(name=HOSTILE, kind=""))
    assert HOSTILE not in refused.text
    assert "&lt;script&gt;" in refused.text
    browser.post("/partnerships/new", data=entered(name=HOSTILE, form_key="another"))
    assert HOSTILE not in browser.get("/partnerships").text


@pytest.mark.parametrize("role", ["leader", "auditor", "governance", "administrator"])
def test_only_officers_start_partnerships(client: FlaskClient, role: str) -> None:
    browser = signed_in(client, a_person(role))
    assert browser.get("/partnerships/new").status_code == 403
    assert browser.post("/partnerships/new", data=entered()).status_code == 403
    assert number() == 0


def edit_data(partnership: Partnership, **changed: Any) -> dict[str, Any]:
    """Return what the edit form sends of a partnership."""
    return {
        "name": partnership.name,
        "kind": partnership.kind,
        "stage": partnership.stage,
        "significance": partnership.significance,
        "version": partnership.version,
        **changed,
    }


def test_an_edit_changes_the_facts_and_keeps_the_restriction(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "officer"}, is_restricted=True)
    url = f"/partnerships/{partnership.id}"
    answer = signed_in(client, officer).post(f"{url}/edit", data=edit_data(partnership, name="New", stage="reviewing"))
    assert answer.location == url
    assert (partnership.name, partnership.stage, partnership.is_restricted) == ("New", "reviewing", True)


def test_the_edit_form_opens_with_what_stands(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"}, name="Night Sitting Service", cadence_days=30, theme="care")
    page = signed_in(client, officer).get(f"/partnerships/{partnership.id}/edit").text
    for part in ('value="Night Sitting Service"', 'value="30"', '<option value="care" selected>'):
        assert part in page


def test_the_second_of_two_editors_sees_mine_theirs_and_the_original(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"}, name="The original")
    data = edit_data(partnership, name="Mine")
    browser = signed_in(client, officer)
    edit_partnership("register", partnership, {"name": "Theirs"})
    answer = browser.post(f"/partnerships/{partnership.id}/edit", data=data)
    assert answer.status_code == 409
    for text in ("Mine", "Theirs", "The original"):
        assert text in answer.text
    assert partnership.name == "Theirs"
    assert (
        browser.post(
            f"/partnerships/{partnership.id}/edit",
            data={**data, "version": partnership.version},
        ).status_code
        == 302
    )
    assert partnership.name == "Mine"


def test_closing_asks_for_the_reason_and_sent_twice_closes_once(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "officer"})
    browser, url = signed_in(client, officer), f"/partnerships/{partnership.id}/close"
    data = {"closed_on": today().isoformat(), "reason": "", "version": partnership.version}
    refused = browser.post(url, data=data)
    assert refused.status_code == 422
    assert "Say why the partnership is closed." in refused.text
    late = {**data, "reason": "Done.", "closed_on": (today() + timedelta(days=1)).isoformat()}
    assert "today or earlier" in browser.post(url, data=late).text
    assert not partnership.is_closed
    for _ in range(2):
        assert browser.post(url, data={**data, "reason": "The contract ended."}).status_code == 302
    assert (partnership.is_closed, partnership.close_reason) == (True, "The contract ended.")


def test_a_closed_partnership_is_opened_again_with_the_reason(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "officer"})
    close_partnership("register", partnership, today(), "Done.")
    browser, url = signed_in(client, officer), f"/partnerships/{partnership.id}/reopen"
    assert "Done." in browser.get(url).text
    assert browser.post(url, data={"reason": " ", "version": partnership.version}).status_code == 422
    assert browser.post(url, data={"reason": "Not done.", "version": partnership.version}).status_code == 302
    assert not partnership.is_closed


@pytest.mark.parametrize("page", ["edit", "close", "reopen", "partners", "members", "restriction", "deal", "deal/edit"])
def test_a_hidden_partnership_answers_like_one_that_never_was(client: FlaskClient, page: str) -> None:
    partnership = a_partnership(members={a_person(): "lead"}, is_restricted=True)
    browser = signed_in(client, a_person())
    hidden, unknown = browser.get(f"/partnerships/{partnership.id}/{page}"), browser.get(f"/partnerships/99999/{page}")
    assert hidden.status_code == unknown.status_code == 404
    assert browser.post(f"/partnerships/{partnership.id}/{page}").status_code in (404, 405)
    assert browser.get(f"/partnerships/{10**30}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["edit", "close", "deal/edit", "restriction"])
def test_an_officer_outside_an_open_partnership_changes_nothing(client: FlaskClient, page: str) -> None:
    partnership = a_partnership(members={a_person(): "lead"})
    browser = signed_in(client, a_person())
    assert browser.get(f"/partnerships/{partnership.id}/{page}").status_code == 403
    assert browser.post(f"/partnerships/{partnership.id}/{page}").status_code == 403
