"""The page of a partnership that is hidden, empty, closed or hostile."""


import pytest
from flask.testing import FlaskClient

from register.clock import today
from register.partnerships.changes import close_partnership
from register.partnerships.deal_changes import revise_deal
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, signed_in
from tests.fixtures.stories import HOSTILE, a_failing_partnership, days_ago, partnership_page, promised, words_of


@pytest.mark.parametrize("number", [0, 999_999, 2**31, 10**25])
def test_a_partnership_that_does_not_exist_is_not_found(client: FlaskClient, number: int) -> None:
    assert signed_in(client, a_person("officer")).get(f"/partnerships/{number}").status_code == 404


def test_a_restricted_partnership_is_not_found_by_those_outside_and_marked_for_those_inside(
    client: FlaskClient,
) -> None:
    lead = a_person("officer")
    partnership = a_partnership(2, {lead: "lead"}, is_restricted=True, name="Quiet talks")
    for role in ("officer", "leader", "auditor", "governance"):
        answer = signed_in(client, a_person(role)).get(f"/partnerships/{partnership.id}")
        assert answer.status_code == 404, role
        assert "Quiet talks" not in answer.text
    assert "Restricted" in partnership_page(client, lead, partnership)
    assert signed_in(client, a_person("administrator")).get(f"/partnerships/{partnership.id}").status_code == 403


def test_where_most_is_not_known_the_page_opens_with_that(client: FlaskClient) -> None:
    officer = a_person("officer")
    bodies = [an_organisation(name) for name in ("Alder", "Birch", "Cedar")]
    partnership = a_partnership(bodies, {officer: "lead"}, kind="multi_agency")
    for days in (1, 2, 3, 4, 5):
        an_interaction(officer, partnership, {"ilm:ability": 4}, held_on=days_ago(days))
    seen = words_of(partnership_page(client, officer, partnership))
    assert "How most partners stand is not known (5 of 6). The lowest that is: Alder’s trust in Birch is sound" in seen


def test_an_empty_partnership_tells_the_next_steps(client: FlaskClient) -> None:
    officer = a_person("officer")
    seen = words_of(partnership_page(client, officer, a_partnership(2, {officer: "lead"})))
    assert "No deal is on record. How the partners stand is not known: too little was logged to say." in seen
    assert "Record the deal" in seen
    assert "Log the first interaction" in seen
    assert "No promise is on record." in seen
    assert "Rests on: nobody lately" in seen


@pytest.mark.parametrize("partners", [0, 1])
def test_a_partnership_without_two_partners_says_what_is_missing(client: FlaskClient, partners: int) -> None:
    officer = a_person("officer")
    seen = words_of(partnership_page(client, officer, a_partnership(partners, {officer: "lead"})))
    assert "There is no relationship yet: it takes two partners." in seen
    assert "Add a partner" in seen
    assert "Trust over time" not in seen


def test_a_closed_partnership_says_so_and_takes_no_more_interactions(client: FlaskClient) -> None:
    officer, partnership = a_failing_partnership()
    close_partnership(officer.actor, partnership, today(), "The contract was handed over.")
    html = partnership_page(client, officer, partnership)
    assert "The contract was handed over." in html
    assert f"/interactions/new?partnership={partnership.id}" not in html
    assert "A closed partnership has no flags." in html
    assert "Brook Care’s trust in Testshire Council" in html


def test_hostile_names_and_words_stay_text(client: FlaskClient) -> None:
    officer = a_person("officer", HOSTILE)
    bodies = [an_organisation(f"{HOSTILE} {number}") for number in (1, 2)]
    partnership = a_partnership(bodies, {officer: "lead"}, name=HOSTILE, purpose=HOSTILE, senior_owner=HOSTILE)
    revise_deal(officer.actor, partnership, {"benefits_expected": HOSTILE, "documents": ["agreement"]})
    for days in (20, 10, 5, 1):
        an_interaction(officer, partnership, {"ilm:openness": 1}, held_on=days_ago(days), account=HOSTILE, back=True)
    promised(officer, partnership, HOSTILE, 90, 30, "broken")
    html = partnership_page(client, officer, partnership)
    assert HOSTILE not in html
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_reading_the_page_writes_nothing(client: FlaskClient) -> None:
    officer, partnership = a_failing_partnership()
    browser = signed_in(client, officer)
    before = partnership.version
    assert browser.get(f"/partnerships/{partnership.id}").status_code == 200
    assert partnership.version == before
    assert browser.post(f"/partnerships/{partnership.id}").status_code == 405
