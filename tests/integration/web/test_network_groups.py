"""A network too large for one picture: groups to look into, by address, by list and by search."""

import re

import pytest
from flask.testing import FlaskClient

from register.accounts.models import Person
from register.partnerships.organisation_models import Organisation
from register.web import network_groups
from tests.factories import a_partnership, a_person, an_organisation, partners_of, signed_in


@pytest.fixture
def officer(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Person:
    """An officer, signed in, for whom six organisations are already too many for one picture."""
    monkeypatch.setattr(network_groups, "LARGEST_DRAWN", 5)
    person = a_person()
    signed_in(client, person)
    return person


@pytest.fixture
def two_groups(officer: Person) -> list[Organisation]:
    """Two partnerships of four, joined by one of two: East 1 to East 4, West 1 to West 4."""
    assert officer.id
    made = [an_organisation(f"{side} {number}") for side in ("East", "West") for number in range(1, 5)]
    a_partnership(made[:4])
    a_partnership(made[4:])
    a_partnership([made[0], made[4]])
    return made


def page(client: FlaskClient, query: str = "") -> str:
    answer = client.get(f"/network?view=picture&{query}")
    assert answer.status_code == 200
    return answer.text.replace("&amp;", "&")


def test_it_opens_on_groups_each_with_the_way_into_it(client: FlaskClient, two_groups: list[Organisation]) -> None:
    text = page(client)

    assert "8 organisations are too many" in text
    assert "East 1 and 3 others" in text
    assert f"/network?view=picture&within={two_groups[0].id}" in text
    assert "1 relationship: 1 not known" in text
    assert '<svg class="network__still"' in text


def test_the_inside_of_a_group_is_drawn_with_the_way_back(client: FlaskClient, two_groups: list[Organisation]) -> None:
    text = page(client, f"within={two_groups[6].id}")

    assert "West 4" in text
    assert "East" not in text.split('id="network-list"')[1]
    assert 'href="/network?view=picture">Back to all groups' in text
    assert f"within={two_groups[6].id}&chosen=" in text or f"chosen={two_groups[4].id}" in text


def test_the_data_are_those_of_what_is_looked_at(client: FlaskClient, two_groups: list[Organisation]) -> None:
    groups = client.get("/network/data?view=picture").json
    inside = client.get(f"/network/data?view=picture&within={two_groups[0].id}").json
    whole = client.get("/network/data?view=picture&draw=all").json
    assert groups
    assert inside
    assert whole

    assert groups["ties"]["told"] == ["1 relationship: 1 not known"]
    assert groups["nodes"]["url"][0] == f"/network?view=picture&within={two_groups[0].id}"
    assert inside["nodes"]["label"] == ["East 1", "East 2", "East 3", "East 4"]
    assert len(whole["nodes"]["id"]) == 8


def test_somebody_is_found_in_the_groups_without_a_script(client: FlaskClient, two_groups: list[Organisation]) -> None:
    found = page(client, "find=west+3").split("Found</h2>")[1]

    assert re.search(rf'within=\d+&chosen={two_groups[6].id}"><bdi>West 3', found)
    assert "Nobody here has" in page(client, "find=%3Cscript%3E")
    assert "<script>" not in page(client, "find=%3Cscript%3E").split("Found</h2>")[1].split("</ul>")[0]


@pytest.mark.parametrize("within", ["0", "rest", "x-y", "-", "99999999999999999999", "%00", "<script>"])
def test_a_group_that_there_is_not_is_said_and_all_are_shown(
    client: FlaskClient, two_groups: list[Organisation], within: str
) -> None:
    text = page(client, f"within={within}")

    assert two_groups[0].name in text
    assert ("There is no such group" in text) == (within != "-")


def test_a_drawing_that_is_taken_away_holds_the_groups_and_a_graph_holds_everybody(
    client: FlaskClient, two_groups: list[Organisation]
) -> None:
    assert "East 1 and 3 others" in client.post("/network/download/svg?view=picture").text
    assert "East 1 and 3 others" in client.post("/network/download/html?view=picture").text
    assert two_groups[7].name in client.post("/network/download/graphml?view=picture").text
    assert "East" not in client.post(f"/network/download/graphml?within={two_groups[7].id}").text


def test_a_restricted_partnership_moves_nobody_to_another_group(
    client: FlaskClient, two_groups: list[Organisation]
) -> None:
    before = client.get("/network/data?view=picture").data
    hidden = a_partnership([*two_groups[:2], *two_groups[5:]], is_restricted=True, members={a_person(): "lead"})

    assert len(partners_of(hidden)) == 5
    assert client.get("/network/data?view=picture").data == before
