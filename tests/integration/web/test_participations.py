"""Organisations are added to a partnership, change their role, and leave, in the browser."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from register.partnerships.changes import edit_participation
from register.partnerships.lookups import all_participations
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, an_organisation, partners_of, signed_in


def page_of(partnership: Partnership) -> str:
    """Return the address of who takes part."""
    return f"/partnerships/{partnership.id}/partners"


def test_an_organisation_joins_once_although_the_form_is_sent_twice(client: FlaskClient) -> None:
    officer, body = a_person(), an_organisation("Aldermere Hospitals Trust")
    partnership = a_partnership(members={officer: "officer"})
    browser = signed_in(client, officer)
    data = {"organisation_id": body.id, "role": "partner", "joined_on": "1 May 2026", "form_key": "one"}
    for _ in range(2):
        assert browser.post(page_of(partnership), data=data).location == page_of(partnership)
    third = all_participations(partnership.id)[2:]
    assert [(row.organisation_id, row.role, row.joined_on) for row in third] == [(body.id, "partner", date(2026, 5, 1))]
    assert "Aldermere Hospitals Trust" in browser.get(page_of(partnership)).text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"organisation_id": ""}, "Choose an organisation from the list."),
        ({"organisation_id": "999999"}, "Choose an organisation from the list."),
        ({"role": ""}, "Choose the organisation’s role."),
        ({"role": "friend"}, "Choose what part this organisation takes."),
        ({"joined_on": "soon"}, "Enter a day that exists"),
    ],
)
def test_a_part_that_cannot_be_is_refused_beside_its_field(
    client: FlaskClient,
    changed: dict[str, str],
    sentence: str,
) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    data = {"organisation_id": an_organisation().id, "role": "partner", "joined_on": "2026-05-01", **changed}
    answer = signed_in(client, officer).post(page_of(partnership), data=data)
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2
    assert len(all_participations(partnership.id)) == 2


def test_who_takes_part_already_is_named(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    body = partners_of(partnership)[0]
    answer = signed_in(client, officer).post(page_of(partnership), data={"organisation_id": body.id, "role": "funder"})
    assert f"{body.name} takes part already." in answer.text


def test_an_ended_organisation_is_not_offered(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    an_organisation("Gone District Council", closed_on=date(2023, 3, 31))
    assert "Gone District Council" not in signed_in(client, officer).get(page_of(partnership)).text


def test_a_part_ends_on_a_day_and_stays_on_the_page(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    part = all_participations(partnership.id)[1]
    browser, url = signed_in(client, officer), f"{page_of(partnership)}/{part.id}"
    data = {"role": "funder", "joined_on": "2026-01-01", "left_on": "2026-02-01", "version": part.version}
    assert browser.post(url, data=data).location == page_of(partnership)
    assert (part.role, part.left_on) == ("funder", date(2026, 2, 1))
    page = browser.get(page_of(partnership)).text
    assert "Took part before" in page
    assert "1 February 2026" in page


def test_days_the_wrong_way_round_are_refused_and_kept_in_the_form(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    part = all_participations(partnership.id)[1]
    data = {"role": "partner", "joined_on": "2026-02-01", "left_on": "1/1/2026", "version": part.version}
    answer = signed_in(client, officer).post(f"{page_of(partnership)}/{part.id}", data=data)
    assert answer.status_code == 422
    assert "The day it left must be after the day it joined." in answer.text
    assert 'value="1/1/2026"' in answer.text


def test_two_people_who_change_one_part_are_told(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    part = all_participations(partnership.id)[1]
    data = {"role": "provider", "version": part.version}
    browser = signed_in(client, officer)
    edit_participation("register", part, role="funder", joined_on=None, left_on=None)
    answer = browser.post(f"{page_of(partnership)}/{part.id}", data=data)
    assert answer.status_code == 409
    for word in ("Provider", "Funder", "Partner"):
        assert word in answer.text


def test_a_part_is_found_only_under_its_own_partnership(client: FlaskClient) -> None:
    officer = a_person()
    mine, other = a_partnership(members={officer: "lead"}), a_partnership()
    foreign = all_participations(other.id)[0]
    assert signed_in(client, officer).get(f"{page_of(mine)}/{foreign.id}").status_code == 404


def test_others_read_who_takes_part_but_change_nothing(client: FlaskClient) -> None:
    partnership = a_partnership(members={a_person(): "lead"})
    browser = signed_in(client, a_person("leader"))
    page = browser.get(page_of(partnership)).text
    assert partners_of(partnership)[0].name in page
    assert "Add an organisation" not in page
    assert browser.post(page_of(partnership), data={"organisation_id": an_organisation().id}).status_code == 403
    assert len(all_participations(partnership.id)) == 2
