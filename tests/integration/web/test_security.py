"""Every address with who may use it, the headers of every answer, and where signing in leads."""

import re

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from register.accounts.permissions import PERMISSION_BY_ACTION
from register.web.security import CONTENT_SECURITY_POLICY, permission_of
from tests.factories import PASSWORD, a_person, signed_in
from tests.fixtures.addresses import told_apart
from tests.fixtures.pages import Furnished

MARKS = {
    "/": "register:see",
    "/clocks": "register:see",
    "/commitments/<int:commitment_id>": "interaction:see",
    "/contacts/<int:contact_id>/edit": "organisation:add",
    "/disagreements/<int:disagreement_id>/withdraw": "disagreement:state",
    "/export": "register:export",
    "/export/<key>": "register:export",
    "/export/calendars": "register:export",
    "/export/calendars/<int:feed_id>/revoke": "register:export",
    "/export/template.xlsx": "register:export",
    "/export/templates.zip": "register:export",
    "/erasures": "erasure:see",
    "/erasures/<int:erasure_id>": "erasure:see",
    "/erasures/new": "erasure:ask",
    "/desk": "desk:use",
    "/desk/access": "access-log:see",
    "/desk/figures": "desk:use",
    "/desk/figures/<int:rater_id>/of/<int:ratee_id>": "desk:use",
    "/desk/gaps": "desk:use",
    "/desk/pack": "desk:use",
    "/desk/reconcile": "desk:use",
    "/desk/sample": "desk:use",
    "/guidance": "register:see",
    "/guidance/accessibility": "public",
    "/guidance/api": "register:see",
    "/guidance/first-steps": "register:see",
    "/guidance/history": "register:see",
    "/guidance/imports": "register:see",
    "/guidance/network": "register:see",
    "/guidance/permissions": "register:see",
    "/guidance/self-check": "partnership:see",
    "/guidance/rules": "register:see",
    "/guidance/sheets": "register:see",
    "/guidance/trust": "register:see",
    "/guidance/words": "register:see",
    "/history": "history:see-record",
    "/history/<entity>/<int:entity_id>": "history:see-record",
    "/history/entries/<int:sequence>": "history:see-record",
    "/history/late": "history:see-record",
    "/history/checkpoints": "history:verify",
    "/history/key": "history:verify",
    "/history/receipt": "history:verify",
    "/history/receipts": "history:verify",
    "/history/verifier": "history:verify",
    "/history/verify": "history:verify",
    "/holds": "erasure:see",
    "/holds/<int:hold_id>/lift": "erasure:ask",
    "/holds/new": "erasure:ask",
    "/import": "register:import",
    "/import/<kind_key>": "register:import",
    "/import/batches/<int:batch_id>": "register:import",
    "/import/batches/<int:batch_id>/undo": "register:import",
    "/import/batches/<int:batch_id>/undoing": "register:import",
    "/import/files/<token>": "register:import",
    "/import/files/<token>/discard": "register:import",
    "/import/files/<token>/keep": "register:import",
    "/import/files/<token>/outcome": "register:import",
    "/import/files/<token>/refused.csv": "register:import",
    "/interactions": "interaction:see",
    "/interactions/<int:interaction_id>": "interaction:see",
    "/interactions/<int:interaction_id>/correct": "interaction:correct",
    "/interactions/<int:interaction_id>/opinions/<int:rater_id>/of/<int:ratee_id>/disagreement": "disagreement:state",
    "/interactions/new": "interaction:log",
    "/network": "partnership:see",
    "/network/data": "partnership:see",
    "/network/download/<key>": "register:export",
    "/network/views": "view:save",
    "/network/views/<int:view_id>": "view:save",
    "/network/views/<int:view_id>/delete": "view:save",
    "/network/views/<int:view_id>/edit": "view:save",
    "/network/views/new": "view:save",
    "/network/measures": "partnership:see",
    "/network/what-if": "partnership:see",
    "/organisations": "partnership:see",
    "/organisations/<int:organisation_id>": "partnership:see",
    "/organisations/<int:organisation_id>/close": "organisation:add",
    "/organisations/<int:organisation_id>/contacts/new": "organisation:add",
    "/organisations/<int:organisation_id>/edit": "organisation:add",
    "/organisations/<int:organisation_id>/same-as/<int:other_id>": "organisation:merge",
    "/organisations/duplicates": "organisation:merge",
    "/organisations/merges/<int:merge_id>/undo": "organisation:merge",
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
    "/rules/<int:rule_set_id>": "rules:propose",
    "/rules/trial": "rules:propose",
    "/search": "partnership:see",
    "/sign-in": "public",
    "/sign-out": "public",
    "/static/<path:filename>": "public",
    "/tokens": "token:use",
    "/tokens/<int:token_id>/end": "token:use",
    "/tokens/new": "token:use",
    "/watchlist": "partnership:see",
}
"""Each address and who may use it. A new one is written down here, by somebody who thought about it."""

FOR_PROGRAMS = {
    "/api/v1/interactions": "interaction:log",
    "/api/v1/interactions/<int:interaction_id>": "interaction:see",
    "/api/v1/network": "partnership:see",
    "/api/v1/openapi.json": "public",
    "/api/v1/organisations": "partnership:see",
    "/api/v1/organisations/<int:organisation_id>": "partnership:see",
    "/api/v1/partnerships": "partnership:see",
    "/api/v1/partnerships/<int:partnership_id>": "partnership:see",
    "/api/v1/relationships": "partnership:see",
    "/api/v1/relationships/<int:rater_id>/to/<int:ratee_id>": "partnership:see",
    "/api/v1/watchlist": "partnership:see",
    "/calendars/<token>.ics": "public",
}
"""The same of addresses that programs ask; of one with two methods, the mark of the one that writes."""

ROLES = ("officer", "leader", "auditor", "governance", "administrator")


def test_every_address_stands_in_the_table_with_its_mark(app: Flask) -> None:
    found = {rule.rule: permission_of(rule.endpoint) for rule in app.url_map.iter_rules()}
    assert told_apart(found, {**MARKS, **FOR_PROGRAMS}) == []


def test_every_mark_is_an_action_of_the_permission_table() -> None:
    assert {*MARKS.values(), *FOR_PROGRAMS.values()} - {"public"} <= PERMISSION_BY_ACTION.keys()


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
            if method in (rule.methods or ()) and rule.rule in MARKS
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


def test_without_a_token_no_program_gets_anything(app: Flask, client: FlaskClient, furnished: Furnished) -> None:
    parts = furnished.addresses(furnished.open)
    for rule in app.url_map.iter_rules():
        if FOR_PROGRAMS.get(rule.rule, "public") != "public":
            with app.test_request_context():
                address = url_for(rule.endpoint, **{name: parts[name] for name in rule.arguments})
            for method in (rule.methods or set()) - {"OPTIONS"}:
                answer = client.open(address, method=method)
                assert answer.status_code == 401, address
                assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_after_signing_in_one_is_where_one_wanted_to_be(client: FlaskClient) -> None:
    person = a_person()
    leads_to = client.get("/guidance/trust?on=2026-01-01").location
    page = client.get(leads_to).text
    assert 'value="/guidance/trust?on=2026-01-01"' in page
    sent = {"email": person.email, "password": PASSWORD, "next": "/guidance/trust?on=2026-01-01"}
    assert client.post("/sign-in", data=sent).location == "/guidance/trust?on=2026-01-01"


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
            kept = "private, no-cache" if answer.request.path == "/network/data" else "no-store"
            assert headers["Cache-Control"] == kept, answer.request.path


def test_the_policy_has_nothing_unsafe_and_no_other_host() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert "*" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")
