"""Views of the network saved under a name: the question is kept, each reader has an own answer."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from register.accounts.models import Person
from register.database import db
from register.network.models import SavedView
from register.network.saved_view_changes import save_view
from tests.factories import a_partnership, a_person, an_organisation, signed_in

HERE = "/network/views"


@pytest.fixture
def officer(client: FlaskClient) -> Person:
    """An officer, signed in."""
    person = a_person()
    signed_in(client, person)
    return person


def kept() -> list[SavedView]:
    return list(db.session.scalars(select(SavedView).order_by(SavedView.id)))


def a_view(
    person: Person, name: str = "Weak ties", query: str = "view=table&standing=weak", *, shared: bool = False
) -> int:
    view = save_view(person, name, query, is_shared=shared)
    db.session.commit()
    return view.id


def test_a_view_is_saved_from_the_page_and_opened_again(client: FlaskClient, officer: Person) -> None:
    link = client.get("/network?view=matrix&sector=public&tier=key&sort=nonsense").text
    assert f"{HERE}/new?view=matrix&amp;tier=key&amp;sector=public" in link
    address = f"{HERE}/new?view=matrix&tier=key&sector=public"
    assert "Matrix" in client.get(address).text

    answer = client.post(address, data={"name": "Public matrix", "form_key": "one"})
    assert answer.location == HERE
    listed = client.get(HERE).text
    assert "Public matrix" in listed
    assert "only you" in listed
    opened = client.get(f"{HERE}/{kept()[0].id}")
    assert opened.location == "/network?view=matrix&tier=key&sector=public"


def test_a_form_that_is_sent_twice_saves_one_view(client: FlaskClient, officer: Person) -> None:
    for _ in range(2):
        assert client.post(f"{HERE}/new?view=table", data={"name": "Once", "form_key": "k"}).location == HERE
    assert len(kept()) == 1


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Enter a name for this view."),
        ("y" * 201, "The name must be 200 characters or fewer."),
        ("\x00", "The name has characters that cannot be kept"),
        ("WEAK ties", "You have a view of this name already."),
    ],
)
def test_a_name_that_cannot_be_kept_is_refused_beside_its_field(
    client: FlaskClient, officer: Person, name: str, sentence: str
) -> None:
    a_view(officer)
    answer = client.post(f"{HERE}/new?view=table&sector=public", data={"name": name, "is_shared": "y"})

    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2
    assert "checked" in answer.text
    assert len(kept()) == 1


def test_filters_that_there_are_not_are_not_saved(client: FlaskClient, officer: Person) -> None:
    client.post(f"{HERE}/new?view=table&kind=nonsense&lead=999&standing=weak", data={"name": "Odd"})

    assert kept()[0].query == "view=table&standing=weak"


def test_somebody_elses_own_view_is_not_there(client: FlaskClient, officer: Person) -> None:
    own = a_view(a_person(), "A private thought")

    assert "A private thought" not in client.get(HERE).text
    for address in (f"{HERE}/{own}", f"{HERE}/{own}/edit", f"{HERE}/{own}/delete", f"{HERE}/99999", f"{HERE}/{10**30}"):
        assert client.get(address).status_code == 404


def test_a_shared_view_can_be_opened_and_not_changed(client: FlaskClient, officer: Person) -> None:
    shared = a_view(a_person(name="Ada Moss"), "For all", shared=True)
    text = client.get(HERE).text

    assert "For all" in text
    assert "Ada Moss" in text
    assert client.get(f"{HERE}/{shared}").status_code == 302
    assert client.post(f"{HERE}/{shared}/edit", data={"name": "Mine", "version": "1"}).status_code == 403
    assert client.post(f"{HERE}/{shared}/delete").status_code == 403


def test_a_view_is_renamed_and_shared_and_kept_to_oneself_again(client: FlaskClient, officer: Person) -> None:
    own = a_view(officer)
    client.post(f"{HERE}/{own}/edit", data={"name": "Renamed", "is_shared": "y", "version": "1"})
    assert (kept()[0].name, kept()[0].is_shared) == ("Renamed", True)
    client.post(f"{HERE}/{own}/edit", data={"name": "Renamed", "version": "2"})
    assert kept()[0].is_shared is False


def test_the_second_of_two_edits_is_told_of_the_first(client: FlaskClient, officer: Person) -> None:
    own = a_view(officer)
    client.post(f"{HERE}/{own}/edit", data={"name": "Theirs", "version": "1"})
    answer = client.post(f"{HERE}/{own}/edit", data={"name": "Mine", "version": "1"})

    assert answer.status_code == 409
    assert "Theirs" in answer.text


def test_a_view_is_deleted_only_after_it_was_asked(client: FlaskClient, officer: Person) -> None:
    own = a_view(officer)
    assert "Delete this view?" in client.get(f"{HERE}/{own}/delete").text
    assert "Weak ties" in client.get(HERE).text

    assert client.post(f"{HERE}/{own}/delete").location == HERE
    assert client.get(f"{HERE}/{own}").status_code == 404
    assert a_view(officer) != own


def test_a_hostile_name_is_text_wherever_it_stands(client: FlaskClient, officer: Person) -> None:
    own = a_view(officer, "<script>alert('x')</script>")
    for address in (HERE, f"{HERE}/{own}/edit", f"{HERE}/{own}/delete"):
        assert "<script>alert" not in client.get(address).text


def test_administrators_have_no_map_to_save(client: FlaskClient) -> None:
    signed_in(client, a_person("administrator"))
    for address in (HERE, f"{HERE}/new"):
        assert client.get(address).status_code == 403


def test_a_shared_view_of_a_hidden_lead_tells_an_outsider_nothing(client: FlaskClient, officer: Person) -> None:
    member = a_person(name="Quiet Lead")
    a_partnership(
        [an_organisation("Hidden One"), an_organisation("Hidden Two")], is_restricted=True, members={member: "lead"},
        lead_officer_id=member.id, name="Quiet board",
    )  # fmt: skip
    shared = a_view(member, "Mine", f"view=table&nodes=both&lead={member.id}", shared=True)
    text = client.get(f"{HERE}/{shared}", follow_redirects=True).text

    assert "There is no such lead" in text
    assert "Quiet" not in text


def test_a_view_of_a_past_day_keeps_its_days(client: FlaskClient, officer: Person) -> None:
    client.post(f"{HERE}/new?view=matrix&on=2026-03-01&known=2026-04-01&against=2026-01-01", data={"name": "Spring"})

    assert client.get(f"{HERE}/{kept()[0].id}").location == (
        "/network?view=matrix&on=2026-03-01&known=2026-04-01&against=2026-01-01"
    )


@pytest.mark.parametrize("query", ["on=never", "against=%00"])
def test_a_view_of_no_day_is_refused_in_a_sentence(client: FlaskClient, officer: Person, query: str) -> None:
    answer = client.post(f"{HERE}/new?view=table&{query}", data={"name": "Never"})

    assert answer.status_code == 400
    assert "Enter a day that exists" in answer.text
    assert kept() == []
