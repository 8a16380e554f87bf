"""The page of measures: sentences, figures and what they mean, on what the person may see and on nothing else."""

import html
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from register.accounts.models import Person
from register.background import MEASURES, Wanted
from register.clock import Clocks, clocks_now, today
from register.network import kept_lookups
from register.network.carriers import Met, carriers_of
from register.network.changes import keep_carriers, keep_measures
from register.network.indexed import indexed
from register.network.kept_lookups import OPEN, part_name
from register.network.layout_lookups import whole_places
from register.network.lookups import network_for, open_network
from register.network.narrowing import Filters
from register.network.worked_out import work_out
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of, signed_in
from tests.fixtures.stories import words_of

HOSTILE = "<script>alert('x')</script>"


@pytest.fixture
def officer(client: FlaskClient) -> Person:
    """An officer, signed in."""
    person = a_person()
    signed_in(client, person)
    return person


def page(client: FlaskClient, query: str = "", status: int = 200) -> str:
    response = client.get(f"/network/measures?{query}", buffered=True)
    assert response.status_code == status
    return html.unescape(response.text)


def wanted_by(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return what pages will have left to a process of its own."""
    wanted: list[object] = []
    monkeypatch.setitem(client.application.config, "REFRESHING", lambda _settings, one: wanted.append(one))
    return wanted


def a_hub(officer: Person, spokes: int = 9) -> Partnership:
    """A council that works with each of its partners alone, each of which rated it."""
    hub = an_organisation("Hub Council")
    for at in range(spokes):
        pair = a_partnership([hub, an_organisation(f"Spoke {at:02}")], {officer: "lead"}, theme="safety")
        for days in range(3):
            an_interaction(officer, pair, {"ilm:fairness": 5}, held_on=today() - timedelta(days=days), back=True)
    return pair


def test_the_measures_are_said_and_shown(client: FlaskClient, officer: Person) -> None:
    a_hub(officer)
    text = words_of(page(client))

    assert "Of 45 pairs of organisations that could work together 9 do, 20 in 100." in text
    assert "Hub Council stands between most of the others." in text
    assert "Hub Council is central, and we know of nobody how they see them." in text
    assert "Hub Council 9 100.0 100 edge 1 8 0 If it left : Hub Council" in text
    assert "only link nobody named" in text
    assert "reckoned from the partnerships that you may see" in text


def test_in_a_handful_nobody_is_ranked_and_the_columns_of_rank_are_gone(client: FlaskClient, officer: Person) -> None:
    a_hub(officer, spokes=3)
    text = page(client, "sort=-between")

    assert "Nobody is ranked: among fewer than 10 organisations" in text
    assert 'data-label="Between others"' not in text
    assert text.index("Hub Council</bdi>") < text.index("Spoke 00</bdi>", text.index("<tbody>"))


def test_where_little_is_known_nobody_is_ranked(client: FlaskClient, officer: Person) -> None:
    a_partnership(partners=11)

    assert "a ranking needs 50." in page(client)


def test_tables_are_sorted_as_the_address_says_and_keep_the_filters(client: FlaskClient, officer: Person) -> None:
    a_hub(officer)
    text = page(client, "sort=name&theme=safety&ties=-name")

    assert '/network/measures?theme=safety&sort=-degree&ties=-name"' in text
    assert 'aria-sort="ascending"' in text
    assert 'aria-sort="descending"' in text


def test_a_filter_leaves_out_what_it_does_not_ask_for(client: FlaskClient, officer: Person) -> None:
    a_hub(officer, spokes=2)
    a_partnership([an_organisation("Elsewhere One"), an_organisation("Elsewhere Two")], theme="health")
    whole = page(client, "theme=safety")
    text = whole.split("<tbody>")[1]

    assert "This is a part of the network" in whole
    assert "Spoke 01" in text
    assert "Elsewhere One" not in text


@pytest.mark.parametrize(
    "query", ["kind=nonsense", "sort=nonsense&ties=nonsense", "after=nobody", "around=999999999999", "nodes=both"]
)
def test_an_address_without_sense_gets_a_sensible_page(client: FlaskClient, officer: Person, query: str) -> None:
    a_hub(officer, spokes=2)

    assert "Hub Council" in page(client, query)


@pytest.mark.parametrize("query", ["on=nonsense", "known=2026-02-30"])
def test_a_day_that_does_not_exist_is_told(client: FlaskClient, officer: Person, query: str) -> None:
    assert "Enter a day that exists" in page(client, query, 400)


def test_before_the_register_began_there_is_nothing_to_measure(client: FlaskClient, officer: Person) -> None:
    a_hub(officer, spokes=2)

    assert "nothing to measure" in page(client, "known=1950-01-01")


@pytest.mark.parametrize("number", [0, 1])
def test_an_empty_register_and_one_organisation_get_a_page_with_the_next_step(
    client: FlaskClient, officer: Person, number: int
) -> None:
    for _ in range(number):
        an_organisation()
    text = page(client)

    assert "nothing to measure" in text
    assert "Look at all partnerships" in text


@pytest.mark.parametrize("name", [HOSTILE, "y" * 200, "جمعية الأمل"])
def test_odd_names_are_shown_as_the_text_they_are(client: FlaskClient, officer: Person, name: str) -> None:
    a_partnership([an_organisation(name), an_organisation("Plain")])
    raw = client.get("/network/measures").text

    assert HOSTILE not in raw
    assert name[:10] in html.unescape(raw)


def test_a_restricted_partnership_changes_no_byte_for_others(client: FlaskClient, officer: Person) -> None:
    one, other = partners_of(a_hub(officer, spokes=2))
    third = an_organisation("Spoke with a secret")
    before = page(client)
    keeper = a_person()
    hidden = a_partnership([other, one, third], {keeper: "lead"}, is_restricted=True)
    an_interaction(keeper, hidden, {"ilm:fairness": 1})

    assert page(client).split("<main")[1].split("<footer")[0] == before.split("<main")[1].split("<footer")[0]


def test_a_large_network_shows_what_was_kept_and_since_when(
    client: FlaskClient, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_lookups, "SMALL", 1)
    monkeypatch.setattr(kept_lookups, "AT_ONCE", 1)
    shown = a_hub(officer, spokes=2)
    assert "They are being worked out in the background; all else is here already." in page(client)
    assert "Who met whom is being read in the background" in page(client)
    assert "Until then, what would rest on nobody is not said." in client.get(
        f"/network/what-if?without=organisation-{partners_of(shown)[0].id}"
    ).text
    found = indexed(open_network(clocks_now()))
    keep_measures(OPEN, found, work_out(found))
    hub, spoke = partners_of(shown)
    keep_carriers(OPEN, carriers_of([Met(hub.id, spoke.id, officer.id, 7)]))
    text = page(client)
    assert "who works with whom has not changed since" in text
    assert "1 of 2 relationships rests on one officer and one contact" in text
    assert "Who met whom was read on" in text

    a_partnership([partners_of(shown)[1], an_organisation("Newcomer")])
    assert "the network has changed since, and they are being worked out anew" in page(client)
    assert "in the background for just this part or day" in page(client, "standing=not+known")


def test_nobody_but_those_who_see_partnerships_gets_the_page(client: FlaskClient) -> None:
    assert client.get("/network/measures").status_code == 302
    signed_in(client, a_person("administrator"))
    assert client.get("/network/measures").status_code == 403


def test_the_network_leads_to_the_measures_with_its_filters_and_its_day(client: FlaskClient, officer: Person) -> None:
    a_hub(officer, spokes=2)
    text = html.unescape(client.get("/network?theme=safety&on=2026-01-01&view=table").text)

    assert "/network/measures?theme=safety&on=2026-01-01" in text
    assert "/network/what-if?on=2026-01-01" in text


def test_in_a_large_network_a_write_leaves_the_layout_and_the_measures_to_a_process_of_its_own(
    client: FlaskClient, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = wanted_by(client, monkeypatch)
    monkeypatch.setattr("register.web.network.number_taking_part", lambda: 501)
    a_partnership()
    form = {"name": "Newcomer", "sector": "public", "kind": "council", "form_key": "a" * 32}
    assert client.post("/organisations/new", data=form, buffered=True).status_code == 302

    assert started == [None]
    assert whole_places() == {}


def test_in_a_small_network_a_write_keeps_the_places_itself(
    client: FlaskClient, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = wanted_by(client, monkeypatch)
    pair = a_partnership()
    form = {"name": "Newcomer", "sector": "public", "kind": "council", "form_key": "a" * 32}
    assert client.post("/organisations/new", data=form).status_code == 302

    assert whole_places().keys() == {body.id for body in partners_of(pair)}
    assert started == []


def test_a_large_network_of_a_past_day_is_measured_in_the_background_and_then_shown(
    client: FlaskClient, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_lookups, "SMALL", 1)
    monkeypatch.setattr(kept_lookups, "AT_ONCE", 1)
    a_hub(officer, spokes=2)
    started = wanted_by(client, monkeypatch)
    day = (today() - timedelta(days=1)).isoformat()
    text = page(client, f"on={day}&theme=safety")

    assert "take a moment. They are being worked out in the background for just this part or day" in text
    assert "Look again" in text
    assert started == [Wanted(MEASURES, "theme=safety", OPEN, day)]
    filters, clocks = Filters(theme="safety"), Clocks(today() - timedelta(days=1))
    found = indexed(network_for(officer, clocks, filters))
    keep_measures(OPEN, found, work_out(found), part_name(filters, clocks))
    keep_carriers(OPEN, {}, part_name(filters, clocks))
    started.clear()

    assert "who works with whom has not changed since" in page(client, f"on={day}&theme=safety")
    assert started == []


def test_up_to_some_thousands_a_past_day_is_measured_at_once(
    client: FlaskClient, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_lookups, "SMALL", 1)
    a_hub(officer)
    started = wanted_by(client, monkeypatch)
    text = words_of(page(client, f"on={(today() - timedelta(days=1)).isoformat()}"))

    assert "They are being worked out" not in text
    assert "Who met whom is being read in the background. Look again in a moment" in text
    assert len(started) == 1
