"""Correcting an interaction in the browser: filled in, both versions side by side, nothing overwritten."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from register.accounts.models import Person
from register.clock import clocks_now, today
from register.database import db
from register.interactions.changes import Happening, NewReading, Present, log_interaction
from register.interactions.lookups import attendances, readings
from register.interactions.models import Interaction
from register.partnerships.lookups import Relationship
from register.partnerships.models import Partnership
from register.trust.lookups import views
from tests.factories import a_partnership, a_person, an_interaction, partners_of, signed_in

TODAY = today()


@pytest.fixture
def officer(session: Any) -> Person:
    return a_person()


@pytest.fixture
def partnership(officer: Person) -> Partnership:
    return a_partnership(members={officer: "officer"})


@pytest.fixture
def mistaken(officer: Person, partnership: Partnership) -> Interaction:
    return an_interaction(officer, partnership, {"ilm:openness": 2}, held_on=TODAY - timedelta(days=3))


def typed(partnership: Partnership, **changed: Any) -> dict[str, Any]:
    council, charity = partners_of(partnership)[:2]
    return {
        "kind": "meeting", "held_on": (TODAY - timedelta(days=3)).isoformat(),
        "organisations": [council.id, charity.id], "account": "We met and talked.", "we": council.id,
        "reason": "A slip of the mouse", "form_key": "a-key",
        f"did-{charity.id}-ilm:openness": "4", f"did-{charity.id}-ilm:openness-seen": "what was seen", **changed,
    }


def test_the_form_holds_what_was_logged(
    client: FlaskClient, officer: Person, partnership: Partnership, mistaken: Interaction,
) -> None:
    page = signed_in(client, officer).get(f"/interactions/{mistaken.id}/correct").text
    assert "We met and talked." in page
    assert mistaken.held_on.isoformat() in page
    assert 'value="2" checked' in page
    assert 'value="what was seen"' in page
    assert page.count('class="chip__input"') == 2
    assert page.count('type="checkbox" value="') >= 2


def test_a_correction_supersedes_and_both_versions_are_shown(
    client: FlaskClient, officer: Person, partnership: Partnership, mistaken: Interaction,
) -> None:
    council, charity = partners_of(partnership)
    address = f"/interactions/{mistaken.id}/correct"
    answer = signed_in(client, officer).post(address, data=typed(partnership))
    assert answer.status_code == 302
    page = client.get(answer.location).text
    assert "A slip of the mouse" in page
    assert "2 Poor: what was seen" in page
    assert "4 Good: what was seen" in page
    first = client.get(f"/interactions/{mistaken.id}").text
    assert "This version was corrected" in first
    assert answer.location in first
    relationship = Relationship(partnership.id, council.id, charity.id)
    assert views([relationship], clocks_now())[relationship].standing.good == pytest.approx(0.75, abs=0.01)


def test_without_a_reason_everything_typed_is_kept_and_nothing_changes(
    client: FlaskClient, officer: Person, partnership: Partnership, mistaken: Interaction,
) -> None:
    sent = typed(partnership, reason="  ", account="Another account")
    answer = signed_in(client, officer).post(f"/interactions/{mistaken.id}/correct", data=sent)
    assert answer.status_code == 422
    assert "Say why it is corrected." in answer.text
    assert 'href="#reason"' in answer.text
    assert "Another account" in answer.text
    assert len(db.session.scalars(select(Interaction)).all()) == 1


def test_a_correction_sent_twice_makes_one_version(
    client: FlaskClient, officer: Person, partnership: Partnership, mistaken: Interaction,
) -> None:
    signed_in(client, officer)
    address = f"/interactions/{mistaken.id}/correct"
    first, second = (client.post(address, data=typed(partnership)) for _ in range(2))
    assert first.location == second.location
    assert len(db.session.scalars(select(Interaction)).all()) == 2


def test_who_corrects_a_version_that_was_corrected_meanwhile_is_told_so(
    client: FlaskClient, officer: Person, partnership: Partnership, mistaken: Interaction,
) -> None:
    address = f"/interactions/{mistaken.id}/correct"
    newer = signed_in(client, officer).post(address, data=typed(partnership)).location
    answer = client.post(address, data=typed(partnership, form_key="another"))
    assert answer.status_code == 422
    assert "This version was corrected already" in answer.text
    assert client.get(address).location == f"{newer}/correct"


def test_readings_that_the_form_cannot_show_are_carried_on(
    client: FlaskClient, officer: Person,
) -> None:
    three = a_partnership(partners=3, members={officer: "officer"})
    council, charity, trust = partners_of(three)
    given = [
        NewReading(council.id, charity.id, "ilm:openness", 2, "slow"),
        NewReading(council.id, trust.id, "ilm:openness", 3),
        NewReading(charity.id, trust.id, "ilm:ability", 5, "they said so", "told"),
    ]
    present = [Present(body.id) for body in (council, charity, trust)]
    logged = log_interaction(officer, three, Happening("meeting", TODAY - timedelta(days=3), "Met.", present, given))
    page = signed_in(client, officer).get(f"/interactions/{logged.id}/correct").text
    assert "1 other readings" in page
    sent = typed(three, **{f"did-{trust.id}-ilm:openness": ""})
    location = client.post(f"/interactions/{logged.id}/correct", data=sent).location
    corrected = int(location.rsplit("/", 1)[1])
    rows = {(row.rater_id, row.ratee_id, row.determinant, row.score) for row in readings([corrected])[corrected]}
    assert rows == {(council.id, charity.id, "ilm:openness", 4), (charity.id, trust.id, "ilm:ability", 5)}
    assert {row.organisation_id for row in attendances([corrected])[corrected]} == {council.id, charity.id}
