"""Signing in on the page: sessions that die with the sign-out, and addresses that lead nowhere else."""

import pytest
from flask import Flask, session
from flask.testing import FlaskClient

from register.web.sign_in import safe_target
from tests.factories import PASSWORD, a_person, signed_in

# Where it leads

ELSEWHERE = [
    "https://elsewhere.example",
    "http://elsewhere.example/",
    "//elsewhere.example",
    "///elsewhere.example",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "/\\/elsewhere.example",
    "/\t/elsewhere.example",
    "\t//elsewhere.example",
    " //elsewhere.example",
    "/\n/elsewhere.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "elsewhere.example",
    "//[",
    "/\t/[",
    "http://[::1",
    "/x\r\nSet-Cookie: a=b",
    "/\x00",
    "\x01//elsewhere.example",
    "?x=1",
    "#x",
    "",
    "https:elsewhere.example",
    "/;@elsewhere.example\\",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_nowhere_else(app: Flask, target: str) -> None:
    with app.test_request_context():
        assert safe_target(target) == "/"


@pytest.mark.parametrize(
    "target", ["/", "/partnerships?kind=co_design&on=2026-01-01", "/search?q=http://x.example", "/guidance#a"]
)
def test_signing_in_leads_to_pages_of_the_register(app: Flask, target: str) -> None:
    with app.test_request_context():
        assert safe_target(target) == target


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_address_sends_a_browser_elsewhere(client: FlaskClient, target: str) -> None:
    person = a_person()
    sent = {"email": person.email, "password": PASSWORD, "next": target}
    assert client.post("/sign-in", data=sent).location == "/"
    asked = client.get("/clocks", query_string={"back": target, "on": "2026-01-01", "known": ""})
    assert asked.location == "/?on=2026-01-01"
    assert client.get("/sign-in", query_string={"next": target}).status_code == 302


# Sessions


def test_a_copied_cookie_dies_with_the_sign_out(app: Flask, client: FlaskClient) -> None:
    signed_in(client, a_person())
    copied = app.test_client()
    with client.session_transaction() as own, copied.session_transaction() as other:
        other.update(own)
    assert copied.get("/guidance").status_code == 200
    assert client.post("/sign-out").status_code == 302
    assert copied.get("/guidance").status_code == 302
    assert client.get("/guidance").status_code == 302


def test_the_cookie_is_kept_from_scripts_and_other_sites(app: Flask, client: FlaskClient) -> None:
    person = a_person()
    cookie = client.post("/sign-in", data={"email": person.email, "password": PASSWORD}).headers["Set-Cookie"]
    assert cookie.startswith("register=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert person.email not in cookie


def test_signing_in_starts_the_session_anew(app: Flask, client: FlaskClient) -> None:
    first, second = a_person(), a_person()
    with client.session_transaction() as cookie:
        cookie["left by somebody else"] = "x"
    client.post("/sign-in", data={"email": first.email, "password": PASSWORD})
    with client:
        client.post("/sign-in", data={"email": second.email, "password": PASSWORD})
        assert "left by somebody else" not in session
    assert client.get("/").status_code == 200


def test_a_failed_try_counts_although_the_page_is_refused(client: FlaskClient) -> None:
    person = a_person()
    wrong = {"email": person.email, "password": "a wrong password"}
    for _ in range(5):
        answer = client.post("/sign-in", data=wrong)
        assert answer.status_code == 422
        assert "The email address or the password is wrong." in answer.text
        assert person.email in answer.text
        assert "a wrong password" not in answer.text
    answer = client.post("/sign-in", data={**wrong, "password": PASSWORD})
    assert "Wait 15 minutes" in answer.text


@pytest.mark.parametrize("token", [7, None, ["x"], {"a": 1}, "", "x" * 3000])
def test_a_cookie_with_something_else_in_it_signs_nobody_in(client: FlaskClient, token: object) -> None:
    with client.session_transaction() as cookie:
        cookie["token"] = token
    assert client.get("/guidance").status_code == 302
    assert client.post("/sign-out").status_code == 302


def test_hostile_text_at_the_sign_in_is_a_wrong_password(client: FlaskClient) -> None:
    for text in ("\x00", "a" * 100_000, "' OR 1=1 --", "<script>alert(1)</script>", "\U0001f30d", "İ" * 300):
        answer = client.post("/sign-in", data={"email": text, "password": text, "next": text})
        assert answer.status_code == 422
        assert "<script>alert" not in answer.text
