"""Who may read, log and correct interactions, and the list of them."""

from datetime import timedelta
from typing import Any

import pytest
from flask import g
from flask.testing import FlaskClient

from register.accounts.models import Person
from register.clock import today
from register.database import db
from tests.factories import a_partnership, a_person, an_interaction, partners_of, signed_in

TODAY = today()


def seen_by(client: FlaskClient, person: Person) -> FlaskClient:
    """Return the browser with another person signed in: the test's own context must forget the one before."""
    for name in ("person", "frame", "_login_user"):
        g.pop(name, None)
    return signed_in(client, person)


@pytest.mark.parametrize("role", ["leader", "auditor", "governance", "administrator"])
@pytest.mark.usefixtures("session")
def test_only_officers_log(client: FlaskClient, role: str) -> None:
    partnership = a_partnership()
    answer = signed_in(client, a_person(role)).get(f"/interactions/new?partnership={partnership.id}")
    assert answer.status_code == 403


@pytest.mark.usefixtures("session")
def test_an_officer_outside_the_partnership_may_read_but_not_log_or_correct(client: FlaskClient) -> None:
    inside = a_person()
    partnership = a_partnership(members={inside: "lead"})
    interaction = an_interaction(inside, partnership)
    signed_in(client, a_person())
    assert client.get(f"/interactions/{interaction.id}").status_code == 200
    assert client.get(f"/interactions/{interaction.id}/correct").status_code == 403
    assert client.get(f"/interactions/new?partnership={partnership.id}").status_code == 403
    sent = {"partnership": partnership.id, "account": "x", "held_on": TODAY.isoformat(), "kind": "meeting"}
    assert client.post("/interactions/new", data=sent).status_code == 403


@pytest.mark.usefixtures("session")
def test_what_happened_in_a_hidden_partnership_does_not_exist(client: FlaskClient) -> None:
    inside = a_person()
    hidden = a_partnership(members={inside: "lead"}, is_restricted=True, name="Quiet matter")
    interaction = an_interaction(inside, hidden, account="A delicate thing")
    signed_in(client, a_person())
    for address in (
        f"/interactions/{interaction.id}", f"/interactions/{interaction.id}/correct",
        f"/interactions/new?partnership={hidden.id}", "/interactions/999999", "/interactions/99999999999999999999",
        "/interactions/new?partnership=99999999999999999999", "/interactions/new?partnership=x",
    ):
        assert client.get(address).status_code == 404, address
    page = client.get(f"/interactions?partnership={hidden.id}&q=delicate").text
    assert "Quiet matter" not in page
    assert "A delicate thing" not in page
    assert "A delicate thing" in seen_by(client, inside).get("/interactions?q=DELICATE").text


@pytest.mark.usefixtures("session")
def test_an_officer_corrects_own_interactions_and_a_lead_everybodys(client: FlaskClient) -> None:
    lead, officer, other = a_person(), a_person(), a_person()
    partnership = a_partnership(members={lead: "lead", officer: "officer", other: "officer"})
    interaction = an_interaction(officer, partnership)
    for person, status in ((officer, 200), (lead, 200), (other, 403)):
        assert seen_by(client, person).get(f"/interactions/{interaction.id}/correct").status_code == status
        offered = f'href="/interactions/{interaction.id}/correct"' in client.get(f"/interactions/{interaction.id}").text
        assert offered == (status == 200)


def listed(client: FlaskClient, **asked: Any) -> str:
    page = client.get("/interactions", query_string=asked)
    assert page.status_code == 200
    return page.text


@pytest.mark.usefixtures("session")
def test_the_list_is_filtered_by_kind_partnership_organisation_days_and_words(client: FlaskClient) -> None:
    officer = a_person()
    homes, waste = a_partnership(members={officer: "lead"}, name="Homes"), a_partnership(name="Waste")
    an_interaction(officer, homes, account="Rota is covered", held_on=TODAY - timedelta(days=40))
    an_interaction(officer, waste, account="Lorries were late", kind="dispute")
    signed_in(client, officer)
    rota, lorries = "Rota is covered", "Lorries were late"
    assert rota in (page := listed(client))
    assert lorries in page
    for asked, shown, hidden in (
        ({"kind": "dispute"}, lorries, rota), ({"partnership": "home"}, rota, lorries),
        ({"partnership": homes.id}, rota, lorries), ({"q": "LORRIES"}, lorries, rota),
        ({"organisation": partners_of(waste)[0].id}, lorries, rota),
        ({"organisation": partners_of(homes)[1].name.upper()}, rota, lorries),
        ({"since": (TODAY - timedelta(days=5)).isoformat()}, lorries, rota),
        ({"until": (TODAY - timedelta(days=5)).isoformat()}, rota, lorries),
        ({"mine": "yes"}, rota, lorries), ({"on": (TODAY - timedelta(days=9)).isoformat()}, rota, lorries),
    ):
        page = listed(client, **asked)
        assert shown in page, asked
        assert hidden not in page, asked


@pytest.mark.usefixtures("session")
def test_filters_that_name_no_day_or_match_nothing_say_so(client: FlaskClient) -> None:
    signed_in(client, a_person())
    assert "Nothing was logged yet" in listed(client)
    assert "Enter a day that exists" in listed(client, since="31 February 2026")
    assert "No interaction fits these filters" in listed(client, q="100%_\\")
    assert "No interaction fits these filters" in listed(client, kind="dispute", partnership="9" * 30)


@pytest.mark.usefixtures("session")
def test_a_long_list_is_read_page_by_page(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    for number in range(53):
        an_interaction(officer, partnership, account=f"Number {number:02}", held_on=TODAY - timedelta(days=number))
    first = signed_in(client, officer).get("/interactions").text
    assert "Number 00" in first
    assert "Number 50" not in first
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = client.get(following).text
    assert "Number 52" in second
    assert "Number 49" not in second


def page_for(client: FlaskClient, person: Person, asked: str = "") -> str:
    db.session.commit()
    return seen_by(client, person).get(f"/interactions{asked}").text


@pytest.mark.usefixtures("session")
def test_the_list_counts_what_was_logged_at_once_and_for_each_only_what_they_may_see(client: FlaskClient) -> None:
    inside, outside = a_person(), a_person()
    known = a_partnership(members={inside: "lead"})
    hidden = a_partnership(members={inside: "lead"}, is_restricted=True)
    an_interaction(inside, known, kind="meeting")
    assert ">1</b> shown" in page_for(client, outside)
    an_interaction(inside, hidden, kind="call")
    assert ">1</b> shown" in page_for(client, outside)
    assert ">2</b> shown" in page_for(client, inside)
    an_interaction(inside, known, kind="call")
    db.session.commit()
    assert ">2</b> shown" in page_for(client, outside)
    assert ">3</b> shown" in page_for(client, inside)
    assert ">1</b> shown" in page_for(client, outside, "?kind=call")
    assert ">2</b> shown" in page_for(client, inside, "?kind=call")
    assert ">3</b> shown" in page_for(client, inside, "?mine=yes&sort=partnership")
