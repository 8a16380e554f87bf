"""A partnership chooses what its readings ask about; what is usual for its kind is the default."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from register.database import db
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of, signed_in
from tests.fixtures.stories import days_ago, read_page, why_address, words_of


def edited(partnership: Partnership, **changed: str) -> dict[str, str]:
    return {
        "name": partnership.name, "kind": partnership.kind, "significance": partnership.significance,
        "stage": partnership.stage, "version": str(partnership.version), **changed,
    }


@pytest.mark.parametrize(("kind", "chosen", "kept"), [
    ("commissioning", "", "ilm"), ("community_codesign", "", "demos"), ("commissioning", "covey", "covey"),
    ("community_codesign", "ilm", "ilm"),
])
def test_a_new_partnership_asks_what_was_chosen_or_what_is_usual(
    client: FlaskClient, kind: str, chosen: str, kept: str,
) -> None:
    first, second = an_organisation(), an_organisation()
    answer = signed_in(client, a_person()).post("/partnerships/new", data={
        "name": "Night Sitting Service", "kind": kind, "significance": "key", "scheme": chosen, "form_key": "one-form",
        "first_id": first.id, "first_role": "commissioner", "second_id": second.id, "second_role": "provider",
    })
    assert answer.status_code == 302
    assert db.session.scalars(select(Partnership.scheme)).all() == [kept]


@pytest.mark.parametrize(("chosen", "kept"), [("demos", "demos"), ("", "ilm")])
def test_an_edit_changes_what_is_asked_and_the_usual_one_is_that_of_the_kind(
    client: FlaskClient, chosen: str, kept: str,
) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"}, scheme="covey")
    client = signed_in(client, officer)
    assert 'value="covey" selected' in client.get(f"/partnerships/{partnership.id}/edit").text.replace("  ", " ")
    sent = edited(partnership, scheme=chosen)
    assert client.post(f"/partnerships/{partnership.id}/edit", data=sent).status_code == 302
    assert partnership.scheme == kept


def test_a_scheme_that_does_not_exist_is_refused_on_its_field(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    sent = edited(partnership, scheme="x")
    answer = signed_in(client, officer).post(f"/partnerships/{partnership.id}/edit", data=sent)
    assert answer.status_code == 422
    assert "Choose a scheme from the list." in answer.text
    assert partnership.scheme == "ilm"


def test_readings_keep_what_they_were_asked_when_the_scheme_changes(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    an_interaction(officer, partnership, {"ilm:openness": 4}, held_on=days_ago(3))
    client = signed_in(client, officer)
    client.post(f"/partnerships/{partnership.id}/edit", data=edited(partnership, scheme="covey"))
    parts = words_of(read_page(client, officer, why_address(partnership)).split('id="parts"')[1])
    assert "Openness" in parts
    assert "Character" in parts


def test_what_people_disagree_on_stands_on_the_agenda_after_logging(client: FlaskClient) -> None:
    officer, colleague = a_person(), a_person()
    partnership = a_partnership(members={officer: "lead"})
    an_interaction(colleague, partnership, {"ilm:openness": 2}, held_on=days_ago(9))
    logged = an_interaction(officer, partnership, {"ilm:openness": 5}, held_on=days_ago(3))
    seen = words_of(read_page(client, officer, f"/interactions/{logged.id}"))
    us, them = partners_of(partnership)
    assert f"Where we disagree {them.label}’s openness, for {us.label} rated 3 points apart in half a year" in seen
