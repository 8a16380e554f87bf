"""The pages of one's own tokens, and the page that reads the interface out."""

import re

import pytest
from flask.testing import FlaskClient

from register.accounts.token_changes import good_token, issue_token, tokens_of
from tests.factories import a_person, signed_in


def test_somebody_without_tokens_is_told_what_they_are_for(client: FlaskClient) -> None:
    page = signed_in(client, a_person("leader")).get("/tokens").text
    assert "You have no tokens" in page


def test_a_token_is_made_shown_once_and_ended(client: FlaskClient) -> None:
    person = a_person()
    signed_in(client, person)
    typed = {"name": "Board <b>screen</b>", "scopes": ["read"], "days": "30", "form_key": "k"}
    page = client.post("/tokens/new", data=typed)
    found = re.search(r"prt_[\w-]+", page.text)
    assert found
    assert good_token(found[0])
    again = client.post("/tokens/new", data=typed)
    assert again.status_code == 302
    listed = client.get("/tokens").text
    assert found[0] not in listed
    assert "Board &lt;b&gt;screen" in listed
    (token,) = tokens_of(person)
    assert "refused from now on" in client.get(f"/tokens/{token.id}/end").text
    assert client.post(f"/tokens/{token.id}/end").status_code == 302
    assert good_token(found[0]) is None
    assert "Ended" in client.get("/tokens").text


@pytest.mark.parametrize("data", [
    {"name": "", "scopes": ["read"], "days": "30"}, {"name": "x", "days": "30"},
    {"name": "x", "scopes": ["all"], "days": "30"}, {"name": "x", "scopes": ["read"], "days": "9" * 5000},
    {"name": "x", "scopes": ["read"], "days": ""},
])  # fmt: skip
def test_what_cannot_be_made_comes_back_as_typed(client: FlaskClient, data: dict[str, object]) -> None:
    person = a_person()
    page = signed_in(client, person).post("/tokens/new", data=data)
    assert page.status_code == 422
    assert "There is a problem" in page.text
    assert not data["name"] or f'value="{data["name"]}"' in page.text
    assert tokens_of(person) == []


def test_the_token_of_another_is_not_there(client: FlaskClient) -> None:
    token, secret = issue_token(a_person(), "Theirs", ["read"], 30)
    signed_in(client, a_person())
    assert client.get(f"/tokens/{token.id}/end").status_code == 404
    assert client.post(f"/tokens/{token.id}/end").status_code == 404
    assert good_token(secret)


def test_administrators_have_no_page_of_tokens(client: FlaskClient) -> None:
    assert signed_in(client, a_person("administrator")).get("/tokens").status_code == 403


def test_the_interface_is_read_out_with_every_address(client: FlaskClient) -> None:
    page = signed_in(client, a_person()).get("/guidance/api").text
    for path in ("/api/v1/watchlist", "/api/v1/interactions", "Idempotency-Key", "recorded_since"):
        assert path in page
