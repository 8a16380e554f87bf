"""Leads say who looks after a partnership and whether it is restricted, in the browser."""

import pytest
from flask.testing import FlaskClient

from register.accounts.models import Person
from register.history.lookups import entries_of
from register.partnerships.changes import edit_partnership
from register.partnerships.lookups import members
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, signed_in


@pytest.fixture
def lead(app: object) -> Person:
    return a_person(name="Asha Verne")


@pytest.fixture
def partnership(lead: Person) -> Partnership:
    return a_partnership(members={lead: "lead"})


def page_of(partnership: Partnership) -> str:
    """Return the address of who looks after a partnership."""
    return f"/partnerships/{partnership.id}/members"


def parts(partnership: Partnership) -> dict[int, str]:
    """Return each person's part."""
    return {row.person_id: row.part for row in members(partnership.id)}


def test_a_lead_gives_parts_and_changes_them(client: FlaskClient, lead: Person, partnership: Partnership) -> None:
    officer, leader = a_person(), a_person("leader")
    browser = signed_in(client, lead)
    for person, part in ((officer, "officer"), (leader, "named"), (officer, "lead")):
        assert browser.post(page_of(partnership), data={"person_id": person.id, "part": part}).status_code == 302
    assert parts(partnership) == {lead.id: "lead", officer.id: "lead", leader.id: "named"}


def test_one_form_sent_twice_gives_one_part(client: FlaskClient, lead: Person, partnership: Partnership) -> None:
    data = {"person_id": a_person().id, "part": "officer", "form_key": "one"}
    browser = signed_in(client, lead)
    assert [browser.post(page_of(partnership), data=data).status_code for _ in range(2)] == [302, 302]
    assert len(parts(partnership)) == 2


@pytest.mark.parametrize(
    ("role", "part", "sentence"),
    [
        ("officer", "", "Choose the person’s part."),
        ("officer", "owner", "Choose the person’s part."),
        ("officer", "named", "A senior leader is named"),
        ("leader", "lead", "A senior leader is named"),
        ("auditor", "officer", "Choose a person from the list."),
        (None, "officer", "Choose a person from the list."),
    ],
)
def test_a_part_that_cannot_be_given_is_refused(
    client: FlaskClient,
    lead: Person,
    partnership: Partnership,
    role: str | None,
    part: str,
    sentence: str,
) -> None:
    person_id = a_person(role).id if role else ""
    answer = signed_in(client, lead).post(page_of(partnership), data={"person_id": person_id, "part": part})
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2
    assert parts(partnership) == {lead.id: "lead"}


def test_a_part_ends_after_a_question(client: FlaskClient, lead: Person, partnership: Partnership) -> None:
    officer = a_person()
    browser = signed_in(client, lead)
    browser.post(page_of(partnership), data={"person_id": officer.id, "part": "officer"})
    member = members(partnership.id)[1]
    url = f"{page_of(partnership)}/{member.id}/end"
    assert officer.name in browser.get(url).text
    assert parts(partnership)[officer.id] == "officer"
    assert [browser.post(url).status_code for _ in range(2)] == [302, 302]
    assert parts(partnership) == {lead.id: "lead"}


def test_the_last_lead_stays(client: FlaskClient, lead: Person, partnership: Partnership) -> None:
    member = members(partnership.id)[0]
    answer = signed_in(client, lead).post(f"{page_of(partnership)}/{member.id}/end")
    assert answer.status_code == 422
    assert "Name another lead first" in answer.text
    assert parts(partnership) == {lead.id: "lead"}


def test_a_part_is_ended_only_under_its_own_partnership(
    client: FlaskClient,
    lead: Person,
    partnership: Partnership,
) -> None:
    foreign = members(a_partnership(members={a_person(): "lead"}).id)[0]
    assert signed_in(client, lead).post(f"{page_of(partnership)}/{foreign.id}/end").status_code == 404
    assert foreign.ended_at is None


def test_restricting_hides_a_partnership_and_the_reason_stands_in_the_history(
    client: FlaskClient,
    lead: Person,
    partnership: Partnership,
) -> None:
    browser, url = signed_in(client, lead), f"/partnerships/{partnership.id}/restriction"
    assert "Asha Verne" in browser.get(url).text
    assert browser.post(url, data={"reason": "", "version": partnership.version}).status_code == 422
    assert not partnership.is_restricted
    browser.post(url, data={"reason": "Names a child.", "version": partnership.version})
    assert partnership.is_restricted
    assert entries_of("partnership", partnership.id)[-1].action == "partnership:edited"
    assert signed_in(client, a_person()).get(page_of(partnership)).status_code == 404
    assert (
        signed_in(client, lead).post(url, data={"reason": "Over.", "version": partnership.version}).status_code == 302
    )
    assert not partnership.is_restricted


def test_a_restriction_sent_twice_is_not_undone_by_the_second(
    client: FlaskClient,
    lead: Person,
    partnership: Partnership,
) -> None:
    browser, url = signed_in(client, lead), f"/partnerships/{partnership.id}/restriction"
    data = {"reason": "Names a child.", "version": partnership.version}
    assert [browser.post(url, data=data).status_code for _ in range(2)] == [302, 409]
    assert partnership.is_restricted


def test_a_partnership_changed_meanwhile_is_not_restricted_unseen(
    client: FlaskClient,
    lead: Person,
    partnership: Partnership,
) -> None:
    data = {"reason": "Names a child.", "version": partnership.version}
    edit_partnership("register", partnership, {"name": "Changed"})
    assert signed_in(client, lead).post(f"/partnerships/{partnership.id}/restriction", data=data).status_code == 409


@pytest.mark.parametrize("part", ["officer", None])
def test_only_a_lead_sets_members_and_restriction(
    client: FlaskClient,
    lead: Person,
    partnership: Partnership,
    part: str | None,
) -> None:
    person = a_person()
    browser = signed_in(client, lead)
    if part:
        browser.post(page_of(partnership), data={"person_id": person.id, "part": part})
    browser, before = signed_in(client, person), parts(partnership)
    page = browser.get(page_of(partnership)).text
    assert "Asha Verne" in page
    assert "Give somebody a part" not in page
    assert browser.post(page_of(partnership), data={"person_id": person.id, "part": "lead"}).status_code == 403
    member = members(partnership.id)[0]
    for url in (f"{page_of(partnership)}/{member.id}/end", f"/partnerships/{partnership.id}/restriction"):
        assert browser.post(url, data={"reason": "Mine.", "version": partnership.version}).status_code == 403
    assert parts(partnership) == before
    assert not partnership.is_restricted
