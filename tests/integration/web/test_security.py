"""Every address with who may use it, the headers of every answer, and where signing in leads."""

import re

import pytest
from flask import Flask, session, url_for
from flask.testing import FlaskClient

from register.accounts.permissions import PERMISSION_BY_ACTION
from register.web.security import CONTENT_SECURITY_POLICY, permission_of
from register.web.sign_in import safe_target
from tests.factories import PASSWORD, a_person, signed_in
from tests.fixtures.pages import Furnished

MARKS = {
    "/": "register:see",
    "/clocks": "register:see",
    "/commitments/<int:commitment_id>": "interaction:see",
    "/contacts/<int:contact_id>/edit": "organisation:add",
    "/guidance": "register:see",
    "/guidance/accessibility": "public",
    "/guidance/permissions": "register:see",
    "/guidance/self-check": "partnership:see",
    "/guidance/trust": "register:see",
    "/guidance/words": "register:see",
    "/history": "history:see-record",
    "/history/<entity>/<int:entity_id>": "history:see-record",
    "/history/entries/<int:sequence>": "history:see-record",
    "/history/verify": "history:verify",
    "/interactions": "interaction:see",
    "/interactions/<int:interaction_id>": "interaction:see",
    "/interactions/<int:interaction_id>/correct": "interaction:correct",
    "/interactions/new": "interaction:log",
    "/network": "partnership:see",
    "/organisations": "partnership:see",
    "/organisations/<int:organisation_id>": "partnership:see",
    "/organisations/<int:organisation_id>/close": "organisation:add",
    "/organisations/<int:organisation_id>/contacts/new": "organisation:add",
    "/organisations/<int:organisation_id>/edit": "organisation:add",
    "/organisations/<int:organisation_id>/reopen": "organisation:add",
    "/organisations/new": "organisation:add",
    "/partnerships": "partnership:see",
    "/partnerships/<int:partnership_id>": "partnership:see",
    "/partnerships/<int:partnership_id>/close": "partnership:edit",
    "/partnerships/<int:partnership_id>/deal": "partnership:see",
    "/partnerships/<int:partnership_id>/deal/edit": "partnership:edit",
    "/partnerships/<int:partnership_id>/edit": "partnership:edit",
    "/partnerships/<int:partnership_id>/flags/<rule>": "partnership:see",
    "/partnerships/<int:partnership_id>/members": "partnership:see",
    "/partnerships/<int:partnership_id>/members/<int:member_id>/end": "partnership:members",
    "/partnerships/<int:partnership_id>/partners": "partnership:see",
    "/partnerships/<int:partnership_id>/partners/<int:participation_id>": "partnership:edit",
    "/partnerships/<int:partnership_id>/reopen": "partnership:edit",
    "/partnerships/<int:partnership_id>/restriction": "partnership:members",
    "/partnerships/new": "partnership:start",
    "/people": "people:see",
    "/people/<int:person_id>/disable": "people:change",
    "/people/<int:person_id>/edit": "people:change",
    "/people/<int:person_id>/reset": "people:change",
    "/people/new": "people:change",
    "/relationships/<int:rater_id>/to/<int:ratee_id>": "partnership:see",
    "/restricted/open": "restricted:open",
    "/search": "partnership:see",
    "/sign-in": "public",
    "/sign-out": "public",
    "/static/<path:filename>": "public",
    "/watchlist": "partnership:see",
}
"""Each address and who may use it. A new one is written down here, by somebody who thought about it."""

ROLES = ("officer", "leader", "auditor", "governance", "administrator")


def test_every_address_stands_in_the_table_with_its_mark(app: Flask) -> None:
    found = {rule.rule: permission_of(rule.endpoint) for rule in app.url_map.iter_rules()}
    assert found == MARKS


def test_every_mark_is_an_action_of_the_permission_table() -> None:
    assert set(MARKS.values()) - {"public"} <= PERMISSION_BY_ACTION.keys()


@pytest.mark.parametrize("role", ROLES)
def test_a_view_without_a_mark_is_refused_to_everybody(
    app: Flask,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    role: str,
) -> None:
    monkeypatch.setitem(app.view_functions, "guidance.index", lambda: "secret")
    assert client.get("/guidance").status_code == 302
    assert signed_in(client, a_person(role)).get("/guidance").status_code == 403


def test_a_mark_that_the_table_does_not_know_does_not_start() -> None:
    from register.web.security import allow  # noqa: PLC0415 - tested by itself

    with pytest.raises(KeyError):
        allow("partnership:destroy")


# Nobody signed in


def addresses(app: Flask, furnished: Furnished, method: str) -> list[tuple[str, str]]:
    """Return (address, mark) of each route that answers a method, about the open partnership."""
    parts = furnished.addresses(furnished.open)
    with app.test_request_context():
        return [
            (url_for(rule.endpoint, **{name: parts[name] for name in rule.arguments}), MARKS[rule.rule])
            for rule in app.url_map.iter_rules()
            if method in (rule.methods or ())
        ]


def test_without_signing_in_every_page_leads_to_the_sign_in(
    app: Flask,
    client: FlaskClient,
    furnished: Furnished,
) -> None:
    for address, mark in addresses(app, furnished, "GET"):
        answer = client.get(address)
        answer.close()
        if mark == "public":
            assert answer.status_code == 200, address
        else:
            assert answer.status_code == 302, address
            assert answer.location.startswith("/sign-in?next=%2F") or answer.location.startswith("/sign-in?next=/"), (
                address
            )


def test_without_signing_in_nothing_can_be_sent(app: Flask, client: FlaskClient, furnished: Furnished) -> None:
    for address, mark in addresses(app, furnished, "POST"):
        if mark != "public":
            answer = client.post(address, data={"name": "x"})
            assert (answer.status_code, answer.location) == (302, "/sign-in"), address


def test_after_signing_in_one_is_where_one_wanted_to_be(client: FlaskClient) -> None:
    person = a_person()
    leads_to = client.get("/guidance/trust?on=2026-01-01").location
    page = client.get(leads_to).text
    assert 'value="/guidance/trust?on=2026-01-01"' in page
    sent = {"email": person.email, "password": PASSWORD, "next": "/guidance/trust?on=2026-01-01"}
    assert client.post("/sign-in", data=sent).location == "/guidance/trust?on=2026-01-01"


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


# Forms


def test_a_form_without_its_token_is_refused(
    app: Flask,
    client: FlaskClient,
    furnished: Furnished,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    signed_in(client, furnished.people["member"])
    for address, _mark in addresses(app, furnished, "POST"):
        answer = client.post(address, data={"name": "x"})
        assert answer.status_code == 400, address
        assert "too old" in answer.text, address


def test_a_form_with_its_token_is_taken(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    person = a_person()
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/sign-in").text)
    assert found
    sent = {"email": person.email, "password": PASSWORD, "csrf_token": found[1]}
    assert client.post("/sign-in", data={**sent, "csrf_token": "x"}).status_code == 400
    assert client.post("/sign-in", data=sent).status_code == 302


# Headers


def test_every_answer_keeps_the_page_to_itself(app: Flask, client: FlaskClient, furnished: Furnished) -> None:
    answers = [client.get("/sign-in"), client.get("/partnerships"), client.get("/nowhere"), client.delete("/")]
    signed_in(client, furnished.people["officer"])
    answers += [client.get(address) for address, _ in addresses(app, furnished, "GET")]
    answers += [client.get("/people"), client.get("/nowhere"), client.post("/sign-out")]
    assert {answer.status_code for answer in answers} >= {200, 302, 403, 404, 405}
    for answer in answers:
        answer.close()
        headers = answer.headers
        assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY, answer.request.path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        if not answer.request.path.startswith("/static"):
            assert headers["Cache-Control"] == "no-store", answer.request.path


def test_the_policy_has_nothing_unsafe_and_no_other_host() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert "*" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")


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
