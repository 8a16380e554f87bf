"""What if: an answer for everything that can go, a good answer where nothing would, and 404 for what is hidden."""

import html
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from register.accounts.models import Person
from register.clock import today
from register.interactions.changes import Happening, Present, log_interaction
from register.partnerships.changes import close_partnership
from register.partnerships.contact_changes import add_contact
from register.partnerships.deal_changes import revise_deal
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, an_organisation, partners_of, signed_in
from tests.fixtures.stories import words_of

HOSTILE = "<script>alert('x')</script>"


@pytest.fixture
def officer(client: FlaskClient) -> Person:
    """An officer, signed in."""
    person = a_person(name="Ada Officer")
    signed_in(client, person)
    return person


def ask(client: FlaskClient, question: str = "", status: int = 200, more: str = "") -> str:
    response = client.get(f"/network/what-if?without={question}{more}")
    assert response.status_code == status
    return html.unescape(response.text)


def a_chain(officer: Person, **facts: Any) -> tuple[Partnership, Partnership]:
    """Alder works with Birch and Birch with Cedar; Birch leads what it does with Cedar."""
    alder, birch, cedar = (an_organisation(name) for name in ("Alder", "Birch", "Cedar"))
    first = a_partnership([alder, birch], {officer: "lead"}, name="Walks")
    second = a_partnership([birch, cedar], {officer: "lead"}, name="Floods", theme="environment", **facts)
    return first, second


def a_meeting(officer: Person, partnership: Partnership) -> int:
    """Let the officer meet a contact of the second partner; return the contact's id."""
    one, other = partners_of(partnership)
    contact = add_contact("register", organisation_id=other.id, role="Director", name="Kit Marsh")
    present = [Present(one.id), Present(other.id, contact.id)]
    happening = Happening("meeting", today() - timedelta(days=5), "We met.", present, [])
    log_interaction(officer, partnership, happening, ())
    return contact.id


def test_without_an_organisation_those_it_alone_joined_are_cut_off_by_name(
    client: FlaskClient, officer: Person
) -> None:
    first, _ = a_chain(officer)
    text = words_of(ask(client, f"organisation-{partners_of(first)[1].id}"))

    assert "If Birch left" in text
    assert "Cedar would be cut off from the rest." in text
    assert "2 relationships would end, with Alder and Cedar ." in text
    assert "Floods would have nobody to lead it." in text
    assert "The work on Waste, climate and environment would have no lead left." in text
    assert "A cross: who is gone." in text


def test_without_a_partnership_its_relationships_end(client: FlaskClient, officer: Person) -> None:
    _, second = a_chain(officer)
    text = words_of(ask(client, f"partnership-{second.id}"))

    assert "If Floods ended" in text
    assert "1 relationship would end: Birch with Cedar ." in text
    assert "Cedar would be cut off" in text


def test_a_deal_ends_on_its_date(client: FlaskClient, officer: Person) -> None:
    _, second = a_chain(officer)
    revise_deal(officer.actor, second, {"legal_form": "contract", "ends_on": date(2031, 3, 31)})

    assert "If the deal of Floods ended on 31 March 2031, its date" in ask(client, f"deal-{second.id}")
    assert "Floods, 31 March 2031" in ask(client)


def test_a_deal_without_a_date_is_said_to_have_none(client: FlaskClient, officer: Person) -> None:
    first, _ = a_chain(officer)

    assert "No end date is on record for this deal." in ask(client, f"deal-{first.id}")


def test_without_a_person_the_relationships_that_rest_on_nobody_are_named(client: FlaskClient, officer: Person) -> None:
    first, _ = a_chain(officer)
    contact = a_meeting(officer, first)

    for question in (f"officer-{officer.id}", f"contact-{contact}"):
        text = words_of(ask(client, question))
        assert "1 relationship would rest on nobody: Alder with Birch" in text
        assert "A person takes no relationship along." in text
    assert "If Kit Marsh, Director of Birch left" in text


def test_a_lead_officer_leaves_partnerships_without_one(client: FlaskClient, officer: Person) -> None:
    a_chain(officer, lead_officer_id=officer.id)

    assert "Floods would have no lead officer." in words_of(ask(client, f"officer-{officer.id}"))


def test_where_nothing_would_change_that_is_said(client: FlaskClient, officer: Person) -> None:
    a_chain(officer)
    alone = an_organisation("Hermit")

    assert "Nothing else would be different: nobody would be cut off" in ask(client, f"organisation-{alone.id}")


def test_what_is_not_at_work_changes_nothing(client: FlaskClient, officer: Person) -> None:
    _, second = a_chain(officer)
    close_partnership(officer.actor, second, today(), "It is done.")

    assert "Floods is no part of the network today" in ask(client, f"partnership-{second.id}")


def test_what_is_hidden_or_unknown_is_not_found(client: FlaskClient, officer: Person) -> None:
    a_chain(officer)
    keeper = a_person(name="Keeper Secret")
    hidden = a_partnership([an_organisation(), an_organisation()], {keeper: "lead"}, is_restricted=True)
    a_meeting(keeper, hidden)

    for question in (f"partnership-{hidden.id}", f"deal-{hidden.id}", f"officer-{keeper.id}"):
        ask(client, question, 404)
    for kind in ("organisation", "partnership", "deal", "officer", "contact"):
        ask(client, f"{kind}-999999", 404)
    assert "Keeper Secret" not in ask(client)
    assert "Kit Marsh" not in ask(client)


def test_a_restricted_partnership_changes_no_answer_for_others(client: FlaskClient, officer: Person) -> None:
    first, second = a_chain(officer)
    alder, birch = partners_of(first)
    question = f"organisation-{birch.id}"
    before = ask(client, question)
    a_partnership([alder, partners_of(second)[1]], {a_person(): "lead"}, is_restricted=True)

    assert ask(client, question).split("<main")[1].split("<footer")[0] == before.split("<main")[1].split("<footer")[0]


@pytest.mark.parametrize(
    "question", ["nonsense", "organisation", "organisation-x", "organisation--1", "-", "robot-1", "officer-" + "9" * 40]
)
def test_what_is_no_question_is_answered_with_what_can_be_asked(
    client: FlaskClient, officer: Person, question: str
) -> None:
    a_chain(officer)
    text = ask(client, question)

    assert "That is nothing one can ask about." in text
    assert '<optgroup label="An organisation leaves">' in text


def test_the_address_holds_the_question_and_the_day(client: FlaskClient, officer: Person) -> None:
    first, _ = a_chain(officer)
    text = ask(client, f"partnership-{first.id}", more="&on=2026-11-01&known=2026-11-02")

    assert f'value="partnership-{first.id}" selected' in text or "no part of the network on that day" in text
    assert '<input type="hidden" name="on" value="2026-11-01">' in text
    assert "Enter a day that exists" in ask(client, "organisation-1", 400, "&on=nonsense")


@pytest.mark.parametrize("name", [HOSTILE, "y" * 200, "جمعية الأمل"])
def test_odd_names_are_shown_as_the_text_they_are(client: FlaskClient, officer: Person, name: str) -> None:
    body = an_organisation(name)
    a_partnership([body, an_organisation("Plain")])
    raw = client.get(f"/network/what-if?without=organisation-{body.id}").text

    assert HOSTILE not in raw
    assert name[:10] in html.unescape(raw)


def test_an_empty_register_offers_nothing_and_says_what_the_page_is_for(client: FlaskClient, officer: Person) -> None:
    text = ask(client)

    assert "Choose what would go" in text
    assert '<optgroup label="A partnership ends">' not in text


def test_nobody_but_those_who_see_partnerships_gets_the_page(client: FlaskClient) -> None:
    assert client.get("/network/what-if").status_code == 302
    signed_in(client, a_person("administrator"))
    assert client.get("/network/what-if").status_code == 403
