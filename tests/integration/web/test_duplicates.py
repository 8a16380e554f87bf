"""The pages of who is who: pairs to look at, one pair side by side, a merge and its undoing."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from register.accounts.changes import open_restricted
from register.accounts.models import Person
from register.database import db
from register.exchange.matching.merge_changes import merge_organisations
from register.exchange.matching.merge_models import OrganisationMerge
from register.partnerships.organisation_models import Organisation
from tests.factories import a_partnership, a_person, an_organisation, signed_in


@pytest.fixture
def officer(client: FlaskClient) -> Person:
    person = a_person()
    signed_in(client, person)
    return person


@pytest.fixture
def pair(officer: Person) -> tuple[Organisation, Organisation]:
    return an_organisation("Mill <b>Hub</b>"), an_organisation("The Mill <b>Hub</b> Ltd")


def address(pair: tuple[Organisation, Organisation]) -> str:
    return f"/organisations/{pair[0].id}/same-as/{pair[1].id}"


def test_without_pairs_the_page_says_so(client: FlaskClient, officer: Person) -> None:
    page = client.get("/organisations/duplicates").text
    assert "No two organisations look alike" in page
    assert "No two organisations were made one yet" in page


def test_a_pair_is_listed_compared_made_one_and_two_again(
    client: FlaskClient, pair: tuple[Organisation, Organisation]
) -> None:
    first, second = pair
    a_partnership([an_organisation(), second], name="Quiet matter", is_restricted=True)
    a_partnership([an_organisation(), second], name="Open matter")
    listed = client.get("/organisations/duplicates").text
    assert address(pair) in listed
    assert "Mill &lt;b&gt;Hub" in listed
    side_by_side = client.get(address(pair)).text
    assert "Open matter" in side_by_side
    assert "Quiet matter" not in side_by_side
    sent = {"judgement": "same", "kept": str(first.id), "reason": "One charity number."}
    assert client.post(address(pair), data=sent).location == "/organisations/duplicates"
    assert "where all of it stands since" in client.get(f"/organisations/{second.id}").text
    assert "Open matter" in client.get(f"/organisations/{first.id}").text
    merge = db.session.scalars(select(OrganisationMerge)).one()
    assert "One charity number." in client.get("/organisations/duplicates").text
    undo = f"/organisations/merges/{merge.id}/undo"
    assert "two again?" in client.get(undo).text
    assert client.post(undo).status_code == 302
    assert "Open matter" in client.get(f"/organisations/{second.id}").text
    assert client.post(undo).status_code == 422


@pytest.mark.parametrize(("sent", "said"), [
    ({"judgement": "same", "reason": ""}, "Say how you know"),
    ({"judgement": "", "reason": "typed <i>words</i>"}, "Say whether they are the same"),
    ({"judgement": "same", "kept": "99999", "reason": "x"}, "Choose which record is kept"),
])  # fmt: skip
def test_what_cannot_be_saved_comes_back_as_typed(
    client: FlaskClient, pair: tuple[Organisation, Organisation], sent: dict[str, str], said: str
) -> None:
    page = client.post(address(pair), data={"kept": str(pair[0].id), **sent})
    assert page.status_code == 422
    assert said in page.text
    if "typed" in sent["reason"]:
        assert "typed &lt;i&gt;words" in page.text
    assert db.session.scalars(select(OrganisationMerge)).all() == []


@pytest.mark.parametrize("judgement", ["different", "later"])
def test_a_pair_judged_apart_is_not_asked_about_again(
    client: FlaskClient, pair: tuple[Organisation, Organisation], judgement: str
) -> None:
    assert client.post(address(pair), data={"judgement": judgement}).status_code == 302
    page = client.get("/organisations/duplicates").text
    assert ("Put off" in page) == (judgement == "later")
    assert (address(pair) in page) == (judgement == "later")
    assert "judged this pair already" in client.get(address(pair)).text


def test_an_organisation_is_not_compared_with_itself_or_with_none(
    client: FlaskClient, pair: tuple[Organisation, Organisation]
) -> None:
    assert client.get(f"/organisations/{pair[0].id}/same-as/{pair[0].id}").status_code == 404
    assert client.get(f"/organisations/{pair[0].id}/same-as/99999").status_code == 404
    assert client.get("/organisations/merges/99999/undo").status_code == 404


@pytest.mark.parametrize("role", ["leader", "auditor", "governance", "administrator"])
def test_only_officers_say_who_is_who(client: FlaskClient, role: str) -> None:
    signed_in(client, a_person(role))
    assert client.get("/organisations/duplicates").status_code == 403


def test_an_auditor_reads_a_merge_in_words(client: FlaskClient, pair: tuple[Organisation, Organisation]) -> None:
    merge = merge_organisations(a_person(), *pair, "One charity number.")
    auditor = a_person("auditor")
    open_restricted(auditor, "Audit 7.")
    story = signed_in(client, auditor).get(f"/history/organisation_merge/{merge.id}").text
    assert "The Mill &lt;b&gt;Hub&lt;/b&gt; Ltd went into Mill &lt;b&gt;Hub&lt;/b&gt;." in story
    assert "organisation_alias.organisation_id" not in story


def test_more_pairs_than_a_page_shows_are_paged_and_found_by_name(client: FlaskClient, officer: Person) -> None:
    for number in range(51):
        an_organisation(f"Pair{number} House")
        an_organisation(f"Pair{number} House Ltd")
    first = client.get("/organisations/duplicates").text
    assert "<b>50</b> shown of 51" in first
    assert 'href="/organisations/duplicates?after=50" rel="next"' in first
    rest = client.get("/organisations/duplicates?after=50").text
    assert "<b>1</b> shown of 51" in rest
    assert "Pair50 House Ltd" in rest
    assert "Pair50 House Ltd" not in first
    named = client.get("/organisations/duplicates?name=pair50+HOUSE").text
    assert "Pair50 House Ltd" in named
    assert "1 pair of 51" in named
    assert "Pair49" not in named


@pytest.mark.parametrize("name", ["nobody", "<b>x</b>", "---", "x" * 500])
def test_a_name_of_no_pair_says_so_and_leads_back(
    client: FlaskClient, pair: tuple[Organisation, Organisation], name: str
) -> None:
    page = client.get("/organisations/duplicates", query_string={"name": name}).text
    assert "No pair to look at has an organisation of this name." in page
    assert 'href="/organisations/duplicates">Show all</a>' in page
    assert "<b>x</b>" not in page
    assert address(pair) not in page
