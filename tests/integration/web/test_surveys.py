"""Pages of a large register: they show the list that was made, say of when it is, and have one made that is due."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient

from register.accounts.models import Person
from register.accounts.token_changes import issue_token
from register.clock import Clocks, clocks_now, now, pretending, today
from register.database import db
from register.partnerships.models import Partnership
from register.risk import kept_lookups
from register.risk.kept_changes import LOOKED_BACK, REST, keep_survey
from register.risk.kept_lookups import history_size
from register.risk.watchlist import surveyed
from tests.factories import a_partnership, a_person, an_interaction, signed_in

MAKING = "is being made in the background"
Started = list[Clocks | None]


def ago(days: int) -> date:
    return today() - timedelta(days=days)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """What processes were asked to make; every register counts as large."""
    made: Started = []
    monkeypatch.setattr(kept_lookups, "FEW", 0)
    monkeypatch.setattr("register.background.start", lambda _, wanted=None: made.append(wanted and wanted.clocks))
    return made


@pytest.fixture
def officer(client: FlaskClient, started: Started) -> Iterator[Person]:
    """An officer signed in, who leads a partnership in dispute; no list is made yet."""
    person = a_person(name="Asha Verne")
    partnership = a_partnership(
        name="Night Sitting", members={person: "lead"}, started_on=ago(900), lead_officer_id=person.id,
    )
    an_interaction(person, partnership, kind="dispute", held_on=ago(20), account="They withheld it.")
    signed_in(client, person)
    yield person
    started.clear()


def make(*several: Clocks) -> None:
    """Make the lists of some days as the process does."""
    for clocks in several:
        keep_survey(surveyed(clocks), history_size())
    db.session.commit()


def make_all() -> None:
    make(clocks_now(), Clocks(today() - LOOKED_BACK))


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    with client.get(address) as answer:
        assert answer.status_code == status, address
        return unescape(answer.get_data(as_text=True))


@pytest.mark.parametrize("address", ["/watchlist", "/", "/watchlist?on=2026-01-01"])
def test_where_no_list_is_made_the_page_says_so_and_has_it_made(
    client: FlaskClient, officer: Person, started: Started, address: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("register.risk.watchlist.gather", lambda *_: pytest.fail("a page makes no list"))
    text = page(client, address)

    assert MAKING in text
    assert "Look again" in text
    assert "No partnership is at work" not in text
    assert "You look after no partnership" not in text
    assert started == [Clocks(date(2026, 1, 1)) if "on=" in address else clocks_now()]


def test_a_list_that_is_made_is_shown_with_when_it_is_of_and_nothing_is_started(
    client: FlaskClient, officer: Person, started: Started,
) -> None:
    make_all()
    text = page(client, "/watchlist")

    assert "1 partnership are" not in text
    assert "Night Sitting" in text
    assert "Takes in everything recorded up to now" in text
    assert MAKING not in text
    assert started == []
    assert "Takes in everything recorded up to now" in page(client, "/")


def test_what_is_recorded_since_is_on_the_page_which_says_that_the_whole_is_older(
    client: FlaskClient, officer: Person, started: Started,
) -> None:
    make_all()
    new = a_partnership(name="Day Care", members={officer: "lead"}, started_on=ago(90))
    an_interaction(officer, new, kind="dispute")
    db.session.commit()
    text = page(client, "/watchlist")

    assert "Day Care" in text
    assert "Weighed as a whole as of" in text
    assert started == [], "some minutes it stands"
    with pretending(now() + REST + timedelta(minutes=1)):
        page(client, "/watchlist")
    assert started == [clocks_now()]


def test_while_the_earlier_list_is_missing_the_page_shows_all_but_the_comparison(
    client: FlaskClient, officer: Person, started: Started,
) -> None:
    make(clocks_now())
    text = page(client, "/watchlist")

    assert "Night Sitting" in text
    assert MAKING in text
    assert "came on" not in text
    assert started == [Clocks(today() - LOOKED_BACK)]
    leader = signed_in(client.application.test_client(), a_person("leader"))
    assert MAKING in page(leader, "/")
    assert "Night Sitting" in page(leader, "/")


def test_a_write_has_a_list_made_that_is_due(client: FlaskClient, officer: Person, started: Started) -> None:
    form = {"name": "Newcomer", "sector": "public", "kind": "council", "form_key": "a" * 32}
    assert client.post("/organisations/new", data=form, buffered=True).status_code == 302
    assert started == [None]
    make_all()
    form = {**form, "name": "Another", "form_key": "b" * 32}
    assert client.post("/organisations/new", data=form, buffered=True).status_code == 302
    assert started == [None]


def test_the_page_of_a_partnership_needs_no_list_and_says_which_rules_it_lacks(
    client: FlaskClient, officer: Person, started: Started,
) -> None:
    number = db.session.query(Partnership.id).scalar()
    lacking = "Two rules weigh the whole register"
    text = page(client, f"/partnerships/{number}")
    assert "Recent breach" in text
    assert lacking in text
    make_all()

    assert lacking not in page(client, f"/partnerships/{number}")
    assert lacking in page(client, f"/partnerships/{number}?on={ago(10).isoformat()}")
    assert "Recent breach" in page(client, f"/partnerships/{number}/flags/recent_breach")


def test_the_desk_says_that_gaps_of_flags_are_still_to_come(client: FlaskClient, started: Started) -> None:
    auditor = a_person("auditor")
    a_partnership()
    signed_in(client, auditor)
    assert MAKING in page(client, "/desk/gaps")
    make_all()
    assert MAKING not in page(client, "/desk/gaps")


def test_programs_are_told_to_come_back(client: FlaskClient, officer: Person, started: Started) -> None:
    token = issue_token(officer, name="A program", scopes=["read"], days=30)[1]
    db.session.commit()
    sent = {"Authorization": f"Bearer {token}"}
    with client.application.test_client().get("/api/v1/watchlist", headers=sent) as answer:
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "60"
        assert answer.get_json()["title"] == "Service Unavailable"
    make_all()
    with client.application.test_client().get("/api/v1/watchlist", headers=sent) as answer:
        assert [one["name"] for one in answer.get_json()["items"]] == ["Night Sitting"]


def test_a_restricted_partnership_moves_no_byte_of_the_list_of_others(
    client: FlaskClient, officer: Person, started: Started,
) -> None:
    hidden = a_partnership(name="Hidden", members={officer: "lead"}, is_restricted=True, started_on=ago(400))
    db.session.commit()
    make_all()
    other = signed_in(client.application.test_client(), a_person())

    def shown() -> str:
        # A form's token tells the second it was made in.
        return re.sub(r'name="csrf_token"[^>]*', "", page(other, "/watchlist") + page(other, "/"))

    shown()
    before = shown()
    an_interaction(officer, hidden, kind="dispute", held_on=ago(1))
    db.session.commit()

    assert shown() == before
    assert "Hidden" in page(client, "/watchlist")
    make_all()
    assert shown() == before


def test_an_officer_of_very_many_sees_the_worst_of_them_and_can_see_all(
    client: FlaskClient, started: Started, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("register.web.home_officer.LISTED", 2)
    person = a_person()
    for name in ("Alder", "Birch", "Cedar"):
        a_partnership(name=name, members={person: "lead"}, started_on=ago(90))
    signed_in(client, person)
    make_all()
    text = page(client, "/")

    assert "Show all 3" in text
    assert "2 of 3" in text
    everything = page(client, "/?all=1")
    assert "3 of 3" in everything
    assert "Only the worst" in everything
