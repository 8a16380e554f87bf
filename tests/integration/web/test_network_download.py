"""Taking the network away: narrowed as it is shown, silent about what one may not see, and kept in the history."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from register.accounts.models import Person
from register.database import db
from register.exchange.network_formats import NETWORK_FORMATS
from register.exchange.taking.export_models import ExportMade
from register.history.models import HistoryEntry
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of, signed_in

KEYS = [one.key for one in NETWORK_FORMATS]


@pytest.fixture
def officer(client: FlaskClient) -> Person:
    """An officer, signed in."""
    person = a_person()
    signed_in(client, person)
    return person


def a_pair(officer: Person) -> Partnership:
    partners = [an_organisation("Council"), an_organisation("Riverside")]
    pair = a_partnership(partners, members={officer: "lead"}, name="Bins")
    an_interaction(officer, pair, {"ilm:fairness": 1})
    return pair


def took(client: FlaskClient, key: str, query: str = "") -> bytes:
    answer = client.post(f"/network/download/{key}?{query}")
    assert answer.status_code == 200
    return bytes(answer.data)


@pytest.mark.parametrize("one", NETWORK_FORMATS, ids=lambda one: one.key)
def test_each_format_is_handed_out_and_kept_in_the_history(client: FlaskClient, officer: Person, one: object) -> None:
    a_pair(officer)
    key, ending = one.key, one.ending  # type: ignore[attr-defined]  # a row of the table
    answer = client.post(f"/network/download/{key}?theme=none")
    made = db.session.scalars(select(ExportMade)).one()

    assert answer.headers["Content-Disposition"].endswith(f'.{ending}"')
    assert (made.person_id, made.format, made.rows) == (officer.id, f"network-{key}", 3)
    assert made.narrowed == "Theme: No theme recorded"
    entry = db.session.scalars(select(HistoryEntry).where(HistoryEntry.entity == "export")).one()
    assert (entry.actor, entry.action) == (officer.actor, "export:made")


@pytest.mark.parametrize("key", ["graphml", "gexf", "cytoscape"])
def test_a_file_honours_the_filters(client: FlaskClient, officer: Person, key: str) -> None:
    a_pair(officer)

    assert b"Riverside" in took(client, key)
    assert b"Bins" in took(client, key)
    assert b"Riverside" not in took(client, key, "standing=strong")


def test_a_drawing_says_what_it_was_narrowed_to_and_who_saw_it(client: FlaskClient, officer: Person) -> None:
    a_pair(officer)
    for key in ("svg", "html"):
        text = took(client, key, "sector=public&on=2024-05-06").decode()
        assert "Sector" in text
        assert "2024-05-06" in text
        assert officer.name in text


@pytest.mark.parametrize("key", KEYS)
def test_a_restricted_partnership_changes_no_byte_for_an_outsider(
    client: FlaskClient, officer: Person, key: str
) -> None:
    pair = a_pair(officer)
    before = took(client, key)
    a_partnership(partners_of(pair), is_restricted=True, members={a_person(): "lead"}, name="Hidden board")

    assert took(client, key) == before


def test_a_png_is_kept_before_the_script_makes_it(client: FlaskClient, officer: Person) -> None:
    a_pair(officer)
    answer = client.post("/network/download/png")

    assert (answer.status_code, answer.data) == (204, b"")
    assert db.session.scalars(select(ExportMade.format)).one() == "network-png"


def test_a_format_that_there_is_not_is_not_found_and_no_address_hands_out_by_itself(
    client: FlaskClient, officer: Person
) -> None:
    a_pair(officer)

    assert client.post("/network/download/docx").status_code == 404
    assert client.get("/network/download/svg").status_code == 405


def test_administrators_take_nothing_away(client: FlaskClient) -> None:
    signed_in(client, a_person("administrator"))

    assert client.post("/network/download/svg").status_code == 403
    assert db.session.scalars(select(ExportMade)).first() is None


def test_the_page_offers_each_format_with_the_filters_of_the_page(client: FlaskClient, officer: Person) -> None:
    a_pair(officer)
    text = client.get("/network?view=picture&theme=none").text.replace("&amp;", "&")

    for key in (*KEYS, "png"):
        assert f'action="/network/download/{key}?view=picture&theme=none"' in text
