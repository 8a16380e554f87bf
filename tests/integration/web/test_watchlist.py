"""The watchlist in the browser: argued, filtered, compared with another day, and never more than one may know."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from register.accounts.models import Person
from register.clock import today
from register.partnerships.changes import close_partnership
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, an_interaction, signed_in

HOSTILE = '"><script>alert(1)</script>'


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def in_dispute(name: str, days: int = 20, **facts: Any) -> tuple[Person, Partnership]:
    """Return the officer and a partnership in which nothing is wrong but a dispute."""
    officer = a_person()
    partnership = a_partnership(**{
        "name": name, "members": {officer: "lead"}, "significance": "routine", "started_on": ago(900),
        "lead_officer_id": officer.id, **facts,
    })
    an_interaction(officer, partnership, kind="dispute", held_on=ago(days), account="They withheld £86,400.")
    return officer, partnership


def page(client: FlaskClient, address: str = "/watchlist", status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return unescape(answer.text)


def test_a_card_says_why_since_when_what_clears_it_and_who_acts(client: FlaskClient) -> None:
    officer, partnership = in_dispute("Night Sitting Service")
    shown = page(signed_in(client, a_person("leader")))

    for words in ("1 of 1 partnership", "Recent breach.", "They withheld £86,400.", "Because", "Since", "Clears when",
                  "Who acts", officer.name, f'href="/partnerships/{partnership.id}"', 'href="/interactions/'):
        assert words in shown
    assert "New since" in shown


def test_a_name_and_an_account_are_shown_as_text(client: FlaskClient) -> None:
    officer, partnership = in_dispute(HOSTILE)
    an_interaction(officer, partnership, kind="dispute", held_on=ago(5), account=HOSTILE)
    answer = signed_in(client, officer).get("/watchlist")

    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_an_empty_register_says_what_comes_first(client: FlaskClient) -> None:
    shown = page(signed_in(client, a_person("leader")))

    assert "No partnership is at work yet." in shown
    assert 'href="/partnerships"' in shown


def test_where_nothing_is_at_risk_that_is_said(client: FlaskClient) -> None:
    a_partnership(significance="routine")

    assert "None of 1 partnership is on the list." in page(signed_in(client, a_person("leader")))


def test_those_with_nobody_to_act_are_counted(client: FlaskClient) -> None:
    in_dispute("Orphaned", lead_officer_id=None)
    shown = page(signed_in(client, a_person("leader")))

    assert "<b>1</b> has nobody named to act." in shown
    assert "Nobody yet" in shown


@pytest.mark.parametrize(("query", "seen", "hidden"), [
    ("kind=internal", "Inside", "Outside"), ("kind=commissioning", "Outside", "Inside"),
    ("significance=key", "Inside", "Outside"), ("theme=care", "Inside", "Outside"), ("mine=1", "Outside", "Inside"),
    ("why=1", "Outside", None), ("why=1&kind=internal", "Inside", "Outside"), ("kind=nonsense", "Inside", None),
])
def test_the_filters_narrow_the_list(client: FlaskClient, query: str, seen: str, hidden: str | None) -> None:
    in_dispute("Inside", kind="internal", significance="key", theme="care")
    officer, _ = in_dispute("Outside")
    shown = page(signed_in(client, officer), f"/watchlist?{query}").partition("list-head")[2]

    assert seen in shown
    assert hidden is None or hidden not in shown


def test_filters_that_leave_nothing_say_how_to_clear_them(client: FlaskClient) -> None:
    in_dispute("Outside")
    shown = page(signed_in(client, a_person("leader")), "/watchlist?kind=internal")

    assert "Nothing on the list fits these filters." in shown
    assert "Clear filters" in shown


def test_what_changed_is_told_since_the_day_asked_for(client: FlaskClient) -> None:
    officer, ended = in_dispute("Ended", 200)
    in_dispute("Came on", 20)
    close_partnership(officer.actor, ended, ago(10), "Done.")
    in_dispute("Expired", 260)
    signed_in(client, a_person("leader"))

    shown = page(client, f"/watchlist?since={ago(100).isoformat()}").partition("What changed since")[2]
    changes = shown.partition("list-head")[0]
    assert "+1" in changes
    assert "Came on" in changes
    assert "−1" in changes
    assert "Expired" in changes
    assert "(recent breach)" in changes
    assert "Closed meanwhile" in changes
    assert "nobody came on" in page(client, f"/watchlist?since={ago(5).isoformat()}")


def test_it_is_read_as_it_was_on_another_day_and_links_keep_the_day(client: FlaskClient) -> None:
    _, partnership = in_dispute("Night Sitting Service", 20)
    signed_in(client, a_person("leader"))

    assert "None of 1 partnership" in page(client, f"/watchlist?on={ago(21).isoformat()}")
    day = ago(10).isoformat()
    assert f'href="/partnerships/{partnership.id}?on={day}"' in page(client, f"/watchlist?on={day}")


@pytest.mark.parametrize("query", ["on=yesterday", "since=2026-02-30", "known=soon"])
def test_a_day_that_does_not_exist_is_refused_with_a_sentence(client: FlaskClient, query: str) -> None:
    shown = page(signed_in(client, a_person("leader")), f"/watchlist?{query}", 400)

    assert "Enter a day that exists" in shown


def test_a_restricted_partnership_is_on_the_list_of_its_members_only(client: FlaskClient) -> None:
    member, _ = in_dispute("Hidden Group", is_restricted=True)
    in_dispute("Open Group")
    outsider = page(signed_in(client, a_person("officer")))

    assert "Hidden Group" not in outsider
    assert "1 of 1 partnership" in outsider
    inside = page(signed_in(client, member))
    assert "Hidden Group" in inside
    assert "2 of 2 partnerships" in inside
    assert "Restricted" in inside


def test_of_a_long_list_the_rest_is_a_table_that_can_be_opened_up(client: FlaskClient) -> None:
    for number in range(10):
        in_dispute(f"Partnership {number}", 20 + number)
    signed_in(client, a_person("leader"))

    assert page(client).count('class="flag flag--') == 8
    assert "Also on the list" in page(client)
    assert page(client, "/watchlist?all=1").count('class="flag flag--') == 10


def test_an_administrator_has_no_watchlist_and_nobody_gets_in_without_signing_in(client: FlaskClient) -> None:
    assert client.get("/watchlist").status_code == 302
    assert signed_in(client, a_person("administrator")).get("/watchlist").status_code == 403


def test_a_very_long_list_comes_a_page_at_a_time_and_the_ways_on_keep_the_filters(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("register.web.watchlist.LISTED", 3)
    monkeypatch.setattr("register.web.watchlist.CARDS", 2)
    monkeypatch.setattr("register.web.watchlist.ARGUED", 2)
    for number in range(7):
        in_dispute(f"Partnership {number}", kind="commissioning")
    in_dispute("Of another kind", kind="multi_agency")
    client = signed_in(client, a_person("leader"))

    first = page(client, "/watchlist?kind=commissioning")
    assert "<b>3</b> on this page, of 7 that fit; 8 are on the list" in first
    assert (first.count('class="flag flag--'), first.count('data-label="Place"')) == (2, 1)
    assert 'href="/watchlist?kind=commissioning&after=3" rel="next"' in first
    assert 'rel="prev"' not in first

    last = page(client, "/watchlist?kind=commissioning&after=6")
    assert (last.count('class="flag flag--'), last.count('data-label="Place"')) == (0, 1)
    assert 'href="/watchlist?kind=commissioning&after=3" rel="prev"' in last
    assert 'rel="next"' not in last
    assert 'href="/watchlist?kind=commissioning&all=1"' in last, "all of them in full begins at the start"

    assert page(client, "/watchlist?all=1&after=2").count('class="flag flag--') == 2


@pytest.mark.parametrize("after", ["-1", "x", "9" * 40, "³", "", "1.5"])
def test_a_page_that_the_list_never_gave_leads_to_a_page_of_it(client: FlaskClient, after: str) -> None:
    in_dispute("Only one")
    client = signed_in(client, a_person("leader"))

    assert "Only one" in page(client, f"/watchlist?after={after}")
    assert "Only one" in page(client, "/watchlist?after=100")
