"""The list of partnerships finds them by what they are, and says what is not known of each."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from register.accounts.models import Person
from register.clock import today
from register.partnerships.changes import close_partnership
from register.partnerships.deal_changes import revise_deal
from register.partnerships.member_changes import set_member
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, signed_in

ILM = ("ability", "understanding", "fairness", "openness", "integrity", "consistency")


def listed(client: FlaskClient, query: str = "") -> list[str]:
    """Return the names of the partnerships in the list, in its order."""
    page = client.get(f"/partnerships{query}").text
    rows = page.split("<tbody>")[-1].split("</tbody>")[0].split("<tr>")[1:] if "<tbody>" in page else []
    return [row.split("<b>")[1].split("</b>")[0] for row in rows]


def rated(officer: Person, partnership: Partnership, score: int) -> None:
    """Log enough of one score that the standing is known."""
    for days in range(5):
        an_interaction(
            officer,
            partnership,
            {f"ilm:{name}": score for name in ILM},
            held_on=today() - timedelta(days=days),
        )


def test_partnerships_stand_by_name_in_large_and_small_letters_alike(client: FlaskClient) -> None:
    for name in ("beta", "Alpha", "Gamma"):
        a_partnership(name=name)
    assert listed(signed_in(client, a_person())) == ["Alpha", "beta", "Gamma"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?sort=-name", ["C", "B", "A"]),
        ("?sort=kind", ["B", "A", "C"]),
        ("?sort=stage", ["C", "A", "B"]),
        ("?sort=start", ["B", "A", "C"]),
        ("?sort=-start", ["A", "B", "C"]),
        ("?kind=shared_service", ["B"]),
        ("?kind=shared_service&kind=internal", ["B", "C"]),
        ("?kind=internal&stage=reviewing", []),
        ("?theme=care", ["A"]),
        ("?significance=key", ["B"]),
        ("?stage=forming", ["C"]),
        ("?q=hospital+home", ["A"]),
        ("?q=ferncote", ["A"]),
        ("?q=100%25", []),
        ("?q=_", []),
        ("?kind=nonsense", ["A", "B", "C"]),
    ],
)
def test_the_list_is_filtered_and_sorted_by_its_address(client: FlaskClient, query: str, names: list[str]) -> None:
    provider = an_organisation("Ferncote Care Ltd")
    a_partnership(
        name="A",
        kind="commissioning",
        theme="care",
        purpose="Home from hospital",
        started_on=date(2026, 2, 1),
        partners=[an_organisation("Tarnshire"), provider],
    )
    a_partnership(name="B", kind="shared_service", significance="key", stage="reviewing", started_on=date(2026, 1, 1))
    a_partnership(name="C", kind="internal", stage="forming")
    assert listed(signed_in(client, a_person()), query) == names


def test_a_lead_officer_and_ones_own_partnerships_can_be_asked_for(client: FlaskClient) -> None:
    officer, other = a_person(), a_person()
    a_partnership(name="Mine", members={officer: "officer"}, lead_officer_id=other.id)
    a_partnership(name="Theirs", members={other: "lead"})
    browser = signed_in(client, officer)
    assert listed(browser, "?mine=yes") == ["Mine"]
    assert listed(browser, f"?lead={other.id}") == ["Mine"]


def test_closed_partnerships_are_shown_when_they_are_asked_for(client: FlaskClient) -> None:
    a_partnership(name="Open")
    close_partnership("register", a_partnership(name="Closed"), today(), "Done.")
    browser = signed_in(client, a_person())
    assert listed(browser) == ["Open"]
    assert listed(browser, "?state=closed") == ["Closed"]
    assert listed(browser, "?state=open&state=closed") == ["Closed", "Open"]


def test_on_an_earlier_day_the_list_is_as_it_was(client: FlaskClient) -> None:
    a_partnership(name="Later", started_on=date(2026, 6, 1))
    ended = a_partnership(name="Ended since", started_on=date(2025, 1, 1))
    close_partnership("register", ended, date(2026, 8, 1), "Done.")
    browser = signed_in(client, a_person())
    assert listed(browser) == ["Later"]
    assert listed(browser, "?on=2026-03-01") == ["Ended since"]


def test_a_partnership_that_starts_next_month_can_be_found(client: FlaskClient) -> None:
    a_partnership(name="To come", started_on=today() + timedelta(days=30))
    assert listed(signed_in(client, a_person())) == ["To come"]


def test_the_weakest_known_standing_stands_beside_the_deal_and_what_is_not_known_is_said(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    revise_deal("register", partnership, {"value_pence": 420_000_000, "value_basis": "annual"})
    rated(officer, partnership, 1)
    a_partnership(name="No deal")
    page = signed_in(client, officer).get("/partnerships").text
    assert "standing--weak" in page
    assert "1 of 2 not known" in page
    assert "£4.2m" in page
    assert "no deal yet" in page
    assert "2 of 2 not known" in page
    assert "Of 1 the value is not on record." in page


def test_a_restricted_partnership_changes_no_byte_for_others(client: FlaskClient) -> None:
    lead, leader = a_person(), a_person("leader")
    partners = [an_organisation("Tarnshire"), an_organisation("Ferncote")]
    a_partnership(name="Open", partners=partners)
    browser = signed_in(client, leader)
    urls = ("/partnerships", "/partnerships?q=tarnshire", "/partnerships?state=closed&kind=internal", "/organisations")
    before = [browser.get(url).text.split("<main")[1].split("</main>")[0] for url in urls]
    secret = a_partnership(
        name="Secret",
        kind="internal",
        theme="children",
        partners=partners,
        is_restricted=True,
        members={lead: "lead"},
        lead_officer_id=lead.id,
    )
    rated(lead, secret, 1)
    assert [browser.get(url).text.split("<main")[1].split("</main>")[0] for url in urls] == before
    set_member("register", secret, leader.id, "named")
    assert listed(browser) == ["Open", "Secret"]


def test_filters_count_what_they_would_show(client: FlaskClient) -> None:
    a_partnership(kind="internal")
    a_partnership(kind="internal")
    a_partnership(kind="commissioning")
    page = signed_in(client, a_person()).get("/partnerships?kind=commissioning").text
    internal = page.split("Internal collaboration</label>")[1][:80]
    assert ">2<" in internal
    assert "<b>1</b> partnership of 3" in page


def test_an_empty_register_says_what_to_do_next(client: FlaskClient) -> None:
    page = signed_in(client, a_person()).get("/partnerships").text
    assert "No partnership is in the register yet." in page
    assert page.count("/partnerships/new") == 2
    assert "/partnerships/new" not in signed_in(client, a_person("leader")).get("/partnerships").text


def test_filters_that_fit_nothing_can_be_cleared(client: FlaskClient) -> None:
    a_partnership()
    assert "No partnership fits these filters." in signed_in(client, a_person()).get("/partnerships?q=zzz").text


def test_long_lists_go_on_to_the_next_page_with_their_filters(client: FlaskClient) -> None:
    partners = [an_organisation(), an_organisation()]
    for number in range(52):
        a_partnership(name=f"P{number:02}", partners=partners, kind="internal")
    browser = signed_in(client, a_person())
    first = browser.get("/partnerships?kind=internal").text
    assert "<b>50</b> shown of 52" in first
    following = first.split('rel="next"')[0].split('href="')[-1].split('"')[0].replace("&amp;", "&")
    assert "kind=internal" in following
    assert listed(browser, following.removeprefix("/partnerships")) == ["P50", "P51"]


@pytest.mark.parametrize(
    "query", ["?q=%00", "?after=%00", "?lead=%00", "?lead=99999999999999", "?sort=%27", "?place=%00"]
)
def test_hostile_addresses_are_read_as_nothing(client: FlaskClient, query: str) -> None:
    a_partnership(name="Here")
    assert listed(signed_in(client, a_person()), query) == ["Here"]


def test_an_administrator_sees_no_list(client: FlaskClient) -> None:
    assert signed_in(client, a_person("administrator")).get("/partnerships").status_code == 403
