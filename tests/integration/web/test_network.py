"""The network's page: four renderings of what one person may see."""

import html
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from register.accounts.models import Person
from register.clock import today
from register.network.layout_lookups import whole_places
from register.partnerships.models import Partnership
from register.web.network_page import UNKNOWN
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of, signed_in

VIEWS = ("sentences", "table", "matrix", "picture")
HOSTILE = "<script>alert('x')</script>"


@pytest.fixture
def officer(client: FlaskClient) -> Person:
    """An officer, signed in."""
    person = a_person()
    signed_in(client, person)
    return person


def a_weak_pair(officer: Person, one: str = "Children’s Services", other: str = "Lanmark Transport") -> Partnership:
    pair = a_partnership(
        [an_organisation(one), an_organisation(other)], members={officer: "lead"}, name="Home to school"
    )
    for days in range(0, 50, 10):
        an_interaction(officer, pair, {"ilm:fairness": 1}, held_on=today() - timedelta(days=days))
    return pair


def page(client: FlaskClient, query: str = "", status: int = 200) -> str:
    response = client.get(f"/network?{query}")
    assert response.status_code == status
    return response.text


def test_the_first_sentence_counts_and_the_table_says_who_stands_how_with_whom(
    client: FlaskClient, officer: Person
) -> None:
    pair = a_weak_pair(officer)
    text = page(client)
    one, other = partners_of(pair)

    assert "2 organisations, 1 live relationship." in text
    assert f"/relationships/{one.id}/to/{other.id}?partnership={pair.id}" in text
    assert "Home to school" in text


@pytest.mark.parametrize("view", VIEWS)
def test_every_rendering_names_the_organisations_and_the_words(client: FlaskClient, officer: Person, view: str) -> None:
    a_weak_pair(officer)
    text = page(client, f"view={view}")

    assert "Lanmark Transport" in text
    assert "Weak" in text or "weak" in text


@pytest.mark.parametrize("view", VIEWS)
def test_an_empty_register_gets_a_page_that_tells_the_next_step(
    client: FlaskClient, officer: Person, view: str
) -> None:
    text = page(client, f"view={view}")

    assert "There is no organisation to show here." in text
    assert "/partnerships" in text


@pytest.mark.parametrize("view", VIEWS)
def test_one_organisation_alone_gets_a_sensible_page(client: FlaskClient, officer: Person, view: str) -> None:
    an_organisation("Nobody’s Partner")

    assert "has no live relationship." in page(client, f"view={view}")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", [HOSTILE, "y" * 200, "جمعية الأمل"])
def test_odd_names_are_shown_as_the_text_they_are(client: FlaskClient, officer: Person, view: str, name: str) -> None:
    a_weak_pair(officer, one=name)
    text = page(client, f"view={view}")

    assert HOSTILE not in text
    assert name[:10] in html.unescape(text)


def test_the_matrix_speaks_each_cell_in_words(client: FlaskClient, officer: Person) -> None:
    a_weak_pair(officer)

    assert re.search(r"Children’s Services of Lanmark Transport: weak, \d+ out of 100", page(client, "view=matrix"))


def test_the_picture_names_its_data_and_has_a_still_drawing_and_a_list(client: FlaskClient, officer: Person) -> None:
    one, _ = partners_of(a_weak_pair(officer))
    text = page(client, "view=picture&standing=weak").replace("&amp;", "&")

    assert 'data-source="/network/data?view=picture&standing=weak"' in text
    assert '<svg class="network__still"' in text
    assert f'data-node="{one.id}"' in text


def test_what_is_chosen_shows_its_ties_without_a_script(client: FlaskClient, officer: Person) -> None:
    one, _ = partners_of(a_weak_pair(officer))
    card = page(client, f"view=picture&chosen={one.id}").split('id="network-chosen"')[1].split("</section>")[0]

    assert "Children’s Services" in card
    assert "Lanmark Transport" in card
    assert "around=" in card


def test_no_rendering_needs_an_inline_script_or_style(client: FlaskClient, officer: Person) -> None:
    a_weak_pair(officer)
    for view in VIEWS:
        text = page(client, f"view={view}")
        assert not re.search(r"<script(?![^>]*(src=|application/json))|<style| style=| on\w+=", text)


def test_the_filters_stay_in_the_address_of_every_tab(client: FlaskClient, officer: Person) -> None:
    a_weak_pair(officer)
    text = page(client, "view=matrix&sector=public&standing=weak").replace("&amp;", "&")

    assert "/network?view=picture&sector=public&standing=weak" in text


def test_a_standing_shows_only_ties_of_that_word(client: FlaskClient, officer: Person) -> None:
    a_weak_pair(officer)
    a_partnership([an_organisation("Quiet One"), an_organisation("Quiet Two")])
    rows = page(client, "standing=weak").split("<tbody>")[1]

    assert "Lanmark Transport" in rows
    assert "Quiet One" not in rows


def test_surroundings_leave_out_who_is_further_away(client: FlaskClient, officer: Person) -> None:
    one, _ = partners_of(a_weak_pair(officer))
    a_partnership([an_organisation("Far One"), an_organisation("Far Two")])

    assert "Far One" not in page(client, f"around={one.id}").split("<tbody>")[1]


@pytest.mark.parametrize(
    "query",
    [
        *("kind=nonsense", "sector=%00", "standing=purple", "around=99999999999999999999", "around=-1", "view=3d"),
        *("tier=highest", "lead=99999", "lead=x", "place=Nowhere%00", "theme=<script>", "steps=9", "nodes=all"),
        *("around=2147483646", "order=random"),
    ],
)
def test_filters_that_there_are_not_are_left_out_and_said(client: FlaskClient, officer: Person, query: str) -> None:
    a_weak_pair(officer)
    text = page(client, query)

    name = query.partition("=")[0]
    assert f"There is no such {UNKNOWN.get(name, name)}" in text
    assert "Lanmark Transport" in text


def test_tier_lead_officer_and_place_narrow_and_stay_in_every_tab(client: FlaskClient, officer: Person) -> None:
    far = an_organisation("Far Harbour", place="Saltmarsh")
    a_partnership([an_organisation("Near Bank", place="Ferncote"), far], significance="key", lead_officer_id=officer.id)
    a_weak_pair(officer)
    query = f"tier=key&lead={officer.id}&place=Saltmarsh"
    text = page(client, query)

    assert "Far Harbour" in text.split("<tbody>")[1]
    assert "Lanmark Transport" not in text.split("<tbody>")[1]
    assert f"/network?view=matrix&{query}" in text.replace("&amp;", "&")


def test_the_lead_officer_of_a_hidden_partnership_is_no_choice(client: FlaskClient, officer: Person) -> None:
    other = a_person(name="Somebody Else")
    a_partnership(is_restricted=True, members={other: "lead"}, lead_officer_id=other.id)

    assert "Somebody Else" not in page(client)
    assert "There is no such lead" in page(client, f"lead={other.id}")


@pytest.mark.parametrize("view", VIEWS)
def test_partnerships_can_be_shown_as_nodes_with_a_way_to_their_pages(
    client: FlaskClient, officer: Person, view: str
) -> None:
    pair = a_weak_pair(officer)
    text = page(client, f"view={view}&nodes=both")

    assert "2 organisations, 1 live partnership, 2 parts taken in them." in text
    assert "Home to school" in text
    assert view == "sentences" or f"/partnerships/{pair.id}" in text


def test_surroundings_of_an_organisation_before_its_time_are_an_empty_page_that_keeps_the_question(
    client: FlaskClient, officer: Person
) -> None:
    a_weak_pair(officer)
    young = an_organisation("Young Body", opened_on=today())
    text = page(client, f"around={young.id}&on=2020-01-01")

    assert "There is no such" not in text
    assert f"around={young.id}" in text
    assert "No relationship matches what you asked for." in text


@pytest.mark.parametrize("sort", ["name", "-name", "other", "standing", "-partnerships", "-last", "nonsense"])
def test_the_table_sorts_by_what_its_headings_offer(client: FlaskClient, officer: Person, sort: str) -> None:
    a_weak_pair(officer)
    text = page(client, f"sort={sort}")

    assert ("aria-sort" in text) is True


def test_as_it_was_before_the_meetings_the_tie_is_not_known_and_links_keep_the_day(
    client: FlaskClient, officer: Person
) -> None:
    a_weak_pair(officer)
    then = (today() - timedelta(days=90)).isoformat()
    text = page(client, f"view=matrix&on={then}").replace("&amp;", "&")

    assert "cell--weak" not in text
    assert f"on={then}" in text


def test_a_restricted_partnership_leaves_no_trace_for_an_outsider(client: FlaskClient, officer: Person) -> None:
    pair = a_weak_pair(officer)
    before = [page(client, f"view={view}") for view in VIEWS]
    hidden = a_partnership(partners_of(pair), is_restricted=True, members={a_person(): "lead"}, name="Hidden board")
    after = [page(client, f"view={view}") for view in VIEWS]

    assert [_without_changing_parts(text) for text in after] == [_without_changing_parts(text) for text in before]
    assert all(hidden.name not in text for text in after)


def _without_changing_parts(text: str) -> str:
    """Take out what is no part of the page's subject: the token of the form and the head of the history."""
    return re.sub(r'name="csrf_token" value="[^"]*"|History [\d,]+ · [0-9a-f ]+', "", text)


def test_administrators_may_not_see_the_network(client: FlaskClient) -> None:
    signed_in(client, a_person("administrator"))

    page(client, status=403)


def test_looking_at_the_picture_keeps_no_places_but_a_write_does(client: FlaskClient) -> None:
    person = a_person()
    a_partnership()
    signed_in(client, person)
    page(client, "view=picture")
    assert whole_places() == {}

    client.post("/sign-in", data={"email": person.email, "password": "correct horse battery"})
    assert len(whole_places()) == 2
