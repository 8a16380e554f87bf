"""The list of organisations and the page of one show what the reader may know of."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from register.clock import today
from register.partnerships.contact_changes import add_contact
from register.partnerships.organisation_changes import close_organisation, join_organisation
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, signed_in

ILM = ("ability", "understanding", "fairness", "openness", "integrity", "consistency")


def listed(client: FlaskClient, query: str = "") -> list[str]:
    """Return the names in the list, in its order."""
    page = client.get(f"/organisations{query}").text
    rows = page.split("<tbody>")[-1].split("</tbody>")[0].split("<tr>")[1:] if "<tbody>" in page else []
    return [row.split("<b>")[1].split("</b>")[0] for row in rows]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Arden", "Brook", "Cole"]),
        ("?sort=-name", ["Cole", "Brook", "Arden"]),
        ("?sort=place", ["Brook", "Cole", "Arden"]),
        ("?sort=-place", ["Cole", "Brook", "Arden"]),
        ("?sector=voluntary", ["Brook"]),
        ("?kind=council", ["Arden", "Cole"]),
        ("?state=closed", ["Ended"]),
        ("?place=alder", ["Brook"]),
        ("?q=brk", ["Brook"]),
        ("?q=old+name", ["Arden"]),
        ("?q=name+old", ["Arden"]),
        ("?q=99991", ["Brook"]),
        ("?q=0009+9991", ["Brook"]),
        ("?q=9999", []),
        ("?q=%25", []),
        ("?q=%00&sort=nonsense&after=nonsense", ["Arden", "Brook", "Cole"]),
    ],
)
def test_organisations_are_found_by_any_name_or_number(client: FlaskClient, query: str, names: list[str]) -> None:
    an_organisation("Arden", aliases=["An old name"])
    an_organisation(
        "Brook",
        sector="voluntary",
        kind="charity",
        place="Aldermere",
        short_name="BRK",
        identifiers=[("GB-COH", "99991")],
    )
    an_organisation("Cole", place="Thornley")
    close_organisation("register", an_organisation("Ended"), today())
    assert listed(signed_in(client, a_person()), query) == names


def test_a_withdrawn_name_finds_nothing(client: FlaskClient) -> None:
    browser = signed_in(client, a_person())
    body = an_organisation("Arden", aliases=["Wrong"])
    data = {"name": "Arden", "sector": body.sector, "kind": body.kind, "aliases": "", "version": body.version}
    browser.post(f"/organisations/{body.id}/edit", data=data)
    assert listed(browser, "?q=wrong") == []


def test_on_an_earlier_day_the_list_is_as_it_was(client: FlaskClient) -> None:
    an_organisation("New", opened_on=date(2026, 4, 1))
    close_organisation("register", an_organisation("Old"), date(2026, 3, 31))
    browser = signed_in(client, a_person())
    assert listed(browser) == ["New"]
    assert listed(browser, "?on=2026-03-01") == ["Old"]


def test_a_page_shows_partnerships_standings_contacts_and_surroundings(client: FlaskClient) -> None:
    officer = a_person()
    council, provider = an_organisation("Tarnshire", short_name="LCC"), an_organisation("Ferncote Care")
    an_organisation("Tarnshire Libraries", parent_id=council.id)
    authority = an_organisation("Combined Authority")
    join_organisation("register", council, authority.id)
    add_contact("register", organisation_id=council.id, role="Head of commissioning", name="Hugh Arden")
    partnership = a_partnership(name="Night Sitting Service", partners=[council, provider], members={officer: "lead"})
    for days in range(5):
        an_interaction(officer, partnership, {f"ilm:{name}": 5 for name in ILM}, held_on=today() - timedelta(days=days))
    page = signed_in(client, officer).get(f"/organisations/{council.id}").text
    for part in (
        "Night Sitting Service",
        "Of Ferncote Care",
        "Hugh Arden",
        "Tarnshire Libraries",
        "Combined Authority",
        "standing--strong",
        "standing--not-known",
        "1 of 1 not known",
        "None of 1 not known",
        f"/relationships/{council.id}/to/{provider.id}?partnership={partnership.id}",
    ):
        assert part in page
    assert "Tarnshire" in signed_in(client, officer).get(f"/organisations/{authority.id}").text


def test_a_restricted_partnership_changes_no_byte_of_an_organisations_page_for_others(client: FlaskClient) -> None:
    lead = a_person()
    partners = [an_organisation("Tarnshire"), an_organisation("Ferncote")]
    a_partnership(partners=partners)
    browser = signed_in(client, a_person("leader"))
    urls = [f"/organisations/{partners[0].id}", "/search?q=tarnshire", "/search?q=secret"]
    before = [browser.get(url).text.split("<main")[1].split("</main>")[0] for url in urls]
    secret = a_partnership(name="Secret", partners=partners, members={lead: "lead"}, is_restricted=True)
    an_interaction(lead, secret, {"ilm:openness": 1})
    assert [browser.get(url).text.split("<main")[1].split("</main>")[0] for url in urls] == before
    assert "Secret" in signed_in(client, lead).get(urls[0]).text


def test_in_the_past_a_page_shows_what_was_then(client: FlaskClient) -> None:
    officer, council = a_person(), an_organisation("Tarnshire")
    a_partnership(name="Newer", partners=[council, an_organisation()], started_on=date(2026, 5, 1))
    partnership = a_partnership(name="Older", partners=[council, an_organisation()], members={officer: "lead"})
    an_interaction(officer, partnership, {"ilm:openness": 5})
    page = signed_in(client, officer).get(f"/organisations/{council.id}?on=2026-03-01").text
    assert "None of" not in page
    assert "on=2026-03-01" in page


def test_an_organisation_in_no_partnership_says_what_to_do_next(client: FlaskClient) -> None:
    body = an_organisation()
    page = signed_in(client, a_person()).get(f"/organisations/{body.id}").text
    assert "It takes part in no partnership that you can see." in page
    assert "/partnerships/new" in page
    assert "Nobody is known here yet." in page
    assert "/partnerships/new" not in signed_in(client, a_person("leader")).get(f"/organisations/{body.id}").text


def test_an_empty_register_says_what_to_do_next(client: FlaskClient) -> None:
    page = signed_in(client, a_person()).get("/organisations").text
    assert "No organisation is in the register yet." in page
    assert "No organisation fits these filters." in signed_in(client, a_person()).get("/organisations?q=zzz").text
