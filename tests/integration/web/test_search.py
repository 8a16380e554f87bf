"""One search finds partnerships, organisations and contacts, and nothing that the reader may not know of."""

import pytest
from flask.testing import FlaskClient

from register.partnerships.contact_changes import add_contact
from register.partnerships.member_changes import set_member
from tests.factories import a_partnership, a_person, an_organisation, signed_in


def found(client: FlaskClient, text: str) -> list[str]:
    """Return what a search finds, in the order of the page."""
    page = client.get("/search", query_string={"q": text}).text
    rows = page.split('<li class="row row--one">')[1:]
    return [row.split(">")[2].split("<")[0] for row in rows]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("sitting", ["Night Sitting Service"]),
        ("SITTING night", ["Night Sitting Service"]),
        ("discharge", ["Night Sitting Service"]),
        ("ferncote", ["Night Sitting Service", "Ferncote Care", "Tess Amory, Head of operations"]),
        ("BWC", ["Night Sitting Service", "Ferncote Care"]),
        ("bright homecare", ["Night Sitting Service", "Ferncote Care"]),
        ("99991", ["Ferncote Care"]),
        ("dawn", ["Tess Amory, Head of operations"]),
        ("dawn@ferncote.example", ["Tess Amory, Head of operations"]),
        ("100%", []),
        ("_", []),
        ("\x00", []),
        ("' OR 1=1 --", []),
    ],
)
def test_a_text_finds_by_every_name(client: FlaskClient, text: str, names: list[str]) -> None:
    provider = an_organisation(
        "Ferncote Care", short_name="BWC", aliases=["Bright Homecare"], identifiers=[("GB-COH", "99991")]
    )
    add_contact(
        "register",
        organisation_id=provider.id,
        role="Head of operations",
        name="Tess Amory",
        email="dawn@ferncote.example",
    )
    a_partnership(
        name="Night Sitting Service", purpose="Safe discharge.", partners=[an_organisation("Council"), provider]
    )
    assert found(signed_in(client, a_person()), text) == names


def test_a_restricted_partnership_is_found_by_its_members_alone(client: FlaskClient) -> None:
    leader = a_person("leader")
    partnership = a_partnership(name="Missing Children", members={a_person(): "lead"}, is_restricted=True)
    browser = signed_in(client, leader)
    assert found(browser, "missing") == []
    assert "Nothing was found for “missing”." in browser.get("/search?q=missing").text
    set_member("register", partnership, leader.id, "named")
    assert found(browser, "missing") == ["Missing Children"]


def test_many_results_lead_to_the_list(client: FlaskClient) -> None:
    for number in range(12):
        an_organisation(f"Council {number:02}")
    browser = signed_in(client, a_person())
    page = browser.get("/search?q=council").text
    assert "<b>12</b> results for “council”." in page
    assert "All 12 organisations" in page
    assert len(found(browser, "council")) == 10


def test_without_a_text_the_page_asks_for_one(client: FlaskClient) -> None:
    page = signed_in(client, a_person()).get("/search").text
    assert "Find partnerships, organisations and contacts" in page
    assert "Nothing was found" not in page


def test_what_was_searched_for_stays_text(client: FlaskClient) -> None:
    page = signed_in(client, a_person()).get("/search", query_string={"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_administrator_searches_nothing(client: FlaskClient) -> None:
    assert signed_in(client, a_person("administrator")).get("/search?q=a").status_code == 403
