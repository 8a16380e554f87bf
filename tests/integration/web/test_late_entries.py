"""What the register learned long after it happened: left out of earlier days, counted, and listed."""

import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from register.accounts.models import Person
from register.clock import today
from tests.factories import a_partnership, a_person, an_interaction, signed_in
from tests.fixtures.stories import words_of


def story(client: FlaskClient, person: Person, address: str) -> str:
    answer = signed_in(client, person).get(address)
    assert answer.status_code == 200, address
    return words_of(answer.text)


def test_what_was_recorded_later_is_left_out_counted_and_listed(client: FlaskClient) -> None:
    officer = a_person()
    found = a_partnership(members={officer: "lead"}, name="Bins")
    long_ago = today() - timedelta(days=30)
    an_interaction(officer, found, held_on=long_ago, account="Learned late.")
    yesterday = today() - timedelta(days=1)
    address = f"/history/partnership/{found.id}?known={yesterday}&on={yesterday}"
    told = story(client, officer, address)
    assert "1 entry recorded later is left out" in told
    assert "Learned late." not in told
    listed = story(client, officer, f"/history/late?left_out=1&known={yesterday}&on={yesterday}&partnership={found.id}")
    assert "Learned late." in listed
    assert "Left out" in listed


@pytest.mark.parametrize(("days", "is_listed"), [("", True), ("29", True), ("30", False), ("x", True), ("-1", True)])
def test_late_entries_are_listed_with_both_days(client: FlaskClient, days: str, *, is_listed: bool) -> None:
    officer = a_person()
    found = a_partnership(members={officer: "lead"}, name="Bins")
    held = today() - timedelta(days=30)
    an_interaction(officer, found, held_on=held, account="Learned late.")
    an_interaction(officer, found, held_on=today(), account="At once.")
    told = story(client, officer, f"/history/late?days={days}")
    assert ("Learned late." in told) == is_listed
    assert "At once." not in told
    assert f"of 2 entries were recorded more than {days if days.isdigit() else 14} days after" in told
    assert not is_listed or (f"{held:%-d %B %Y}" in told and f"{today():%-d %B %Y}" in told)


def test_late_entries_of_restricted_partnerships_are_for_their_members_alone(client: FlaskClient) -> None:
    officer = a_person()
    hidden = a_partnership(members={officer: "lead"}, name="Quiet", is_restricted=True)
    an_interaction(officer, hidden, held_on=today() - timedelta(days=30), account="Learned late.")
    assert "0 of 0 entries" in story(client, a_person("leader"), "/history/late")
    assert "1 of 1 entries" in story(client, officer, "/history/late")
    assert signed_in(client, a_person("leader")).get(f"/history/late?partnership={hidden.id}").status_code == 404


def test_long_lists_of_late_entries_are_paged(client: FlaskClient) -> None:
    officer = a_person()
    found = a_partnership(members={officer: "lead"})
    for number in range(60):
        an_interaction(officer, found, held_on=today() - timedelta(days=30 + number), account=f"Late {number:02}.")
    signed_in(client, officer)
    address: str | None = "/history/late"
    seen: list[str] = []
    while address:
        page = client.get(address).text
        seen += re.findall(r"Late \d\d\.", page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        address = following[1].replace("&amp;", "&") if following else None
    assert sorted(seen) == [f"Late {number:02}." for number in range(60)]


def test_the_two_clocks_are_drawn_and_said(client: FlaskClient) -> None:
    officer = a_person()
    found = a_partnership(members={officer: "lead"})
    an_interaction(officer, found, held_on=today() - timedelta(days=30))
    signed_in(client, officer)
    page = client.get(f"/history/partnership/{found.id}").text
    assert 'class="clocks clocks--wide"' in page
    assert "clocks__link--late" in page
    assert f"interaction of {today() - timedelta(days=30):%-d %B %Y}, recorded on {today():%-d %B %Y}" in page
    day = date(2020, 1, 1)
    assert client.get(f"/history/partnership/{found.id}?on={day}&known={day}").status_code == 200
