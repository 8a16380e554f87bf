"""A picture whose view has no places yet has them worked out after the page; a restricted partnership moves nothing."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from register.accounts.models import Person
from register.background import PLACES, Wanted
from register.clock import clocks_now, today
from register.network.facts_lookups import facts_where
from register.network.layout_changes import keep_layout, keep_positions
from register.network.layout_lookups import kept_places
from register.network.map_views import laid_out, to_lay_out
from register.network.narrowing import Filters
from register.partnerships.visibility import open_to_all
from tests.factories import a_partnership, a_person, an_organisation, partners_of, signed_in

THEME = Filters(theme="children")


@pytest.fixture
def officer(client: FlaskClient) -> Person:
    """An officer, signed in."""
    person = a_person()
    signed_in(client, person)
    return person


@pytest.fixture
def wanted(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return what pages leave to a process of its own."""
    found: list[object] = []
    monkeypatch.setitem(client.application.config, "REFRESHING", lambda _settings, one: found.append(one))
    return found


def opened(client: FlaskClient, query: str) -> dict[int, tuple[float, float]]:
    """Open a picture and return where everybody stands in it."""
    assert client.get(f"/network?view=picture&{query}", buffered=True).status_code == 200
    data = client.get(f"/network/data?view=picture&{query}").get_json()
    return dict(zip(data["nodes"]["id"], zip(data["nodes"]["x"], data["nodes"]["y"], strict=True), strict=True))


def keep(view: Filters) -> None:
    facts = facts_where(open_to_all(), clocks_now())
    keep_layout(view, laid_out(to_lay_out(facts, view), kept_places(view) or {}))


def test_a_picture_asks_once_for_the_places_of_its_view(
    client: FlaskClient, officer: Person, wanted: list[object]
) -> None:
    a_partnership(theme="children", partners=3)
    before = opened(client, "theme=children")

    assert wanted == [Wanted(PLACES, "theme=children")]
    keep(THEME)
    wanted.clear()
    assert opened(client, "theme=children") == before
    assert wanted == []


def test_a_past_day_asks_for_nothing_and_has_everybody_where_they_stand_today(
    client: FlaskClient, officer: Person, wanted: list[object]
) -> None:
    a_partnership(theme="children", partners=3)
    keep(THEME)
    now = opened(client, "theme=children")
    then = opened(client, f"theme=children&on={today() - timedelta(days=1)}")

    assert then == now
    assert wanted == []


def test_a_newcomer_is_asked_for_and_moves_nobody(client: FlaskClient, officer: Person, wanted: list[object]) -> None:
    pair = a_partnership(theme="children", partners=3)
    keep(THEME)
    before = opened(client, "theme=children")
    newcomer = an_organisation()
    a_partnership([partners_of(pair)[0], newcomer], theme="children")
    after = opened(client, "theme=children")

    assert {one: after[one] for one in before} == before
    assert wanted == [Wanted(PLACES, "theme=children")]
    keep(THEME)
    assert opened(client, "theme=children") == after


def test_the_data_of_a_view_are_tagged_by_its_own_places(client: FlaskClient, officer: Person) -> None:
    a_partnership(theme="children", partners=3)
    keep_positions()
    tag = client.get("/network/data?theme=children").headers["ETag"]
    whole = client.get("/network/data").headers["ETag"]
    keep(THEME)

    assert client.get("/network/data", headers={"If-None-Match": whole}).status_code == 304
    assert client.get("/network/data?theme=children", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("query", ["theme=children", "nodes=both", "theme=children&nodes=both", ""])
def test_a_restricted_partnership_moves_nobody_whoever_looks(
    client: FlaskClient, officer: Person, wanted: list[object], query: str
) -> None:
    keeper = a_person()
    pair = a_partnership(theme="children", partners=3)
    before = opened(client, query)
    asked = list(wanted)
    hidden = a_partnership(
        [*partners_of(pair)[:2], an_organisation()], {keeper: "lead"}, theme="children", is_restricted=True
    )
    secret = partners_of(hidden)[2].id
    wanted.clear()
    seen_by_others = opened(client, query)

    assert {one: seen_by_others[one] for one in before} == before
    assert wanted == asked
    signed_in(client, keeper)
    wanted.clear()
    seen_by_keeper = opened(client, query)
    assert {one: seen_by_keeper[one] for one in before} == before
    assert seen_by_keeper.keys() - before.keys() >= {secret}
    assert wanted == asked
