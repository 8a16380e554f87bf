"""The picture's data: small, tagged by what one sees, silent about what one does not."""

import gzip
from typing import Any

import pytest
from flask.testing import FlaskClient

from register.accounts.models import Person
from register.partnerships.models import Partnership
from register.trust.changes import set_restriction
from register.web.network_data import Kept
from tests.factories import (
    a_partnership,
    a_person,
    an_interaction,
    an_organisation,
    partners_of,
    signed_in,
)


@pytest.fixture
def officer(client: FlaskClient) -> Person:
    """An officer, signed in."""
    person = a_person()
    signed_in(client, person)
    return person


def a_pair(officer: Person) -> Partnership:
    pair = a_partnership([an_organisation("Council"), an_organisation("Riverside")], members={officer: "lead"})
    an_interaction(officer, pair, {"ilm:fairness": 1})
    return pair


def data(client: FlaskClient, query: str = "") -> dict[str, Any]:
    return dict(client.get(f"/network/data?{query}").json or {})


def tag(client: FlaskClient, query: str = "") -> str:
    return client.get(f"/network/data?{query}").headers["ETag"]


def test_it_holds_organisations_ties_and_the_addresses_of_their_evidence(client: FlaskClient, officer: Person) -> None:
    one, other = partners_of(a_pair(officer))
    found = data(client, "view=picture")

    assert found["nodes"]["id"] == [one.id, other.id]
    assert found["nodes"]["label"] == ["Council", "Riverside"]
    assert (found["ties"]["a"], found["ties"]["b"]) == ([0], [1])
    assert found["urls"]["node"] == ["/organisations/", ""]
    assert found["urls"]["evidence"] == ["/relationships/", "/to/", "?partnership=", ""]


def test_it_honours_filters_and_clocks(client: FlaskClient, officer: Person) -> None:
    a_pair(officer)

    assert data(client, "standing=strong")["nodes"]["id"] == []
    then = data(client, "on=2001-01-01")
    assert [then["words"][at] for at in then["ties"]["word"]] == ["not known"]
    assert then["urls"]["node"] == ["/organisations/", "?on=2001-01-01"]


def test_it_is_compressed_for_whoever_reads_that(client: FlaskClient, officer: Person) -> None:
    a_pair(officer)
    plain = client.get("/network/data")
    small = client.get("/network/data", headers={"Accept-Encoding": "gzip"})

    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert small.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in small.headers["Vary"]


def test_what_did_not_change_is_not_sent_again(client: FlaskClient, officer: Person) -> None:
    a_pair(officer)
    same = client.get("/network/data", headers={"If-None-Match": tag(client)})

    assert (same.status_code, same.data) == (304, b"")


def test_the_tag_moves_with_a_meeting_a_filter_and_a_day(client: FlaskClient, officer: Person) -> None:
    pair = a_pair(officer)
    before = {tag(client), tag(client, "standing=weak"), tag(client, "on=2001-01-01")}
    an_interaction(officer, pair, {"ilm:fairness": 5})

    assert len(before) == 3
    assert tag(client) not in before


def test_a_restricted_partnership_moves_nothing_for_an_outsider(client: FlaskClient, officer: Person) -> None:
    pair, insider = a_pair(officer), a_person()
    before = client.get("/network/data")
    hidden = a_partnership(partners_of(pair), is_restricted=True, members={insider: "lead"})
    an_interaction(insider, hidden, {"ilm:fairness": 5})
    after = client.get("/network/data")

    assert (after.headers["ETag"], after.data) == (before.headers["ETag"], before.data)
    signed_in(client, insider)
    assert tag(client) != before.headers["ETag"]


def test_a_partnership_that_becomes_restricted_moves_the_tag_of_those_who_lose_it(
    client: FlaskClient, officer: Person
) -> None:
    insider = a_person()
    hidden = a_partnership([an_organisation(), an_organisation()], members={insider: "lead"})
    a_pair(officer)
    before = tag(client)
    set_restriction(insider.actor, hidden, is_restricted=True, reason="A delicate thing.")

    assert tag(client) != before
    assert len(data(client)["ties"]["a"]) == 1


def test_administrators_and_strangers_get_nothing(client: FlaskClient) -> None:
    assert client.get("/network/data").status_code == 302
    signed_in(client, a_person("administrator"))
    assert client.get("/network/data").status_code == 403


def test_the_oldest_answers_are_forgotten_once_they_grow_too_many() -> None:
    kept = Kept(largest=5)
    kept.keep("a", b"12")
    kept.keep("b", b"12")
    kept.find("a")
    kept.keep("c", b"12")

    assert [kept.find(name) for name in "abc"] == [b"12", None, b"12"]
    kept.keep("d", b"123456")
    assert [kept.find(name) for name in "abcd"] == [None] * 4
