"""The two clocks: asked for on a page, kept in every link, taken off again."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from register.clock import Clocks, today
from register.refusals import Refusal
from register.web.clocks import asked_clocks, clocks_or_now, kept_in_links
from tests.factories import a_person, signed_in

YESTERDAY = today() - timedelta(days=1)


def clocks(app: Flask, query: str) -> Clocks:
    with app.test_request_context(f"/?{query}"):
        return asked_clocks()


def test_without_days_the_clocks_stand_at_now(app: Flask) -> None:
    assert clocks(app, "") == clocks(app, "on=&known=") == Clocks(today())
    assert clocks(app, "").is_now


def test_days_are_read_as_people_write_them(app: Flask) -> None:
    asked = clocks(app, "on=3+March+2026&known=4/3/2026")
    assert (asked.on.isoformat(), asked.known and asked.known.isoformat()) == ("2026-03-03", "2026-03-04")


def test_to_know_today_is_to_know_now(app: Flask) -> None:
    assert clocks(app, f"known={today()}").known is None
    assert clocks(app, f"known={YESTERDAY}").known == YESTERDAY


@pytest.mark.parametrize("query", ["on=x", "known=30+February+2026", "on=2026-01-01&known=x"])
def test_what_is_no_day_is_refused_and_the_frame_stands_at_now(app: Flask, query: str) -> None:
    with app.test_request_context(f"/?{query}"):
        with pytest.raises(Refusal, match="Enter a day that exists"):
            asked_clocks()
        assert clocks_or_now() == Clocks(today())


def test_links_keep_the_clocks_only_when_they_stand_in_the_past() -> None:
    assert kept_in_links(Clocks(today())) == {}
    assert kept_in_links(Clocks(YESTERDAY)) == {"on": YESTERDAY.isoformat()}
    both = Clocks(YESTERDAY, YESTERDAY)
    assert kept_in_links(both) == {"on": YESTERDAY.isoformat(), "known": YESTERDAY.isoformat()}
    assert kept_in_links(Clocks(today(), YESTERDAY)) == {"known": YESTERDAY.isoformat()}


def test_the_bar_says_the_day_and_leads_back_to_now(client: FlaskClient) -> None:
    signed_in(client, a_person())
    page = client.get("/partnerships?kind=co_design&on=2026-03-03&known=2026-03-04").text
    assert "Tuesday 3 March 2026" in page
    assert "Wednesday 4 March 2026" in page
    assert 'href="/partnerships?kind=co_design"' in page
    assert "on%3D2026-03-03" in page


@pytest.mark.parametrize(("asked", "leads_to"), [
    ("back=/partnerships&on=2026-03-03&known=", "/partnerships?on=2026-03-03"),
    ("back=/partnerships&on=3+March+2026&known=4+March+2026", "/partnerships?on=2026-03-03&known=2026-03-04"),
    ("back=/partnerships%3Fkind%3Dco_design%26on%3D2020-01-01%26known%3D2020-01-01&on=&known=",
     "/partnerships?kind=co_design"),
    ("on=2026-03-03", "/?on=2026-03-03"),
    ("back=https://elsewhere.example/&on=2026-03-03", "/?on=2026-03-03"),
])  # fmt: skip
def test_the_days_go_into_the_address_of_the_page_that_asked(client: FlaskClient, asked: str, leads_to: str) -> None:
    signed_in(client, a_person())
    answer = client.get(f"/clocks?{asked}")
    assert (answer.status_code, answer.location) == (302, leads_to)


def test_a_day_that_does_not_exist_is_said_and_kept(client: FlaskClient) -> None:
    signed_in(client, a_person())
    answer = client.get("/clocks?back=/partnerships&on=30+February+2026&known=%3Cb%3E")
    assert answer.status_code == 422
    assert "Enter a day that exists" in answer.text
    assert 'value="30 February 2026"' in answer.text
    assert "<b>" not in answer.text.split("<form", 1)[1].split("</form")[0]
    assert 'value="/partnerships"' in answer.text


def test_the_page_asks_first(client: FlaskClient) -> None:
    signed_in(client, a_person())
    page = client.get("/clocks?back=/network").text
    assert 'name="on"' in page
    assert 'name="known"' in page
    assert 'href="/network"' in page
