"""What the first steps promise of an empty register holds: each with no more than they say it needs."""

from flask.testing import FlaskClient

from register.clock import today
from tests.factories import a_person, signed_in
from tests.integration.web.test_home import home


def added(browser: FlaskClient, name: str) -> int:
    """Add an organisation by its name, sector and kind alone, and return its id."""
    fields = {"name": name, "sector": "public", "kind": "council", "form_key": name}
    answer = browser.post("/organisations/new", data=fields)
    return int(answer.location.rpartition("/")[2])


def test_the_first_steps_lead_from_an_empty_register_to_an_agenda_and_an_import(client: FlaskClient) -> None:
    browser = signed_in(client, a_person())
    shown = home(browser)
    places = ["/organisations/new", "/partnerships/new", "/import", "/interactions/new"]
    assert [shown.index(f'href="{place}"', shown.index("First steps")) for place in places] == sorted(
        shown.index(f'href="{place}"', shown.index("First steps")) for place in places
    )
    assert browser.get("/import").status_code == 403

    ours, theirs = added(browser, "Ferncote Council"), added(browser, "Aldermere Trust")
    sides = {"first_id": ours, "first_role": "lead", "second_id": theirs, "second_role": "partner"}
    fields = {"name": "Warm Homes", "kind": "shared_service", "form_key": "p", **sides}
    partnership = int(browser.post("/partnerships/new", data=fields).location.rpartition("/")[2])
    assert browser.get("/import").status_code == 200


    lines = {"partnership": partnership, "account": "We met.", "kind": "meeting", "held_on": today().isoformat()}
    answer = browser.post("/interactions/new", data={**lines, "form_key": "m"}, follow_redirects=True)
    assert "Next agenda" in answer.text
    assert "First steps" not in home(browser)
