"""Every address that takes a form, sent by everybody: who may not is refused, what is hidden is not there."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from register.accounts.permissions import role_may
from register.history.lookups import head
from register.web.record_ids import LARGEST_ID
from register.web.security import PUBLIC, permission_of
from tests.factories import signed_in
from tests.fixtures.pages import Furnished

OUTSIDE = ("officer", "leader", "auditor", "governance", "administrator")
HIDING = frozenset({
    "partnership_id", "interaction_id", "commitment_id", "member_id", "participation_id", "disagreement_id",
    "erasure_id", "hold_id",
})  # fmt: skip
"""Parts of addresses that stand for something of one partnership: hidden with it."""
SENT = {"name": "x", "reason": "x", "version": "1", "account": "x", "on": "2026-01-01", "statement": "x"}
DRAWN_ANEW = re.compile(r'name="(?:form_key|csrf_token)"[^>]*value="[^"]*"')


def forms(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Yield each address that takes a form of somebody signed in, with its mark."""
    for rule in app.url_map.iter_rules():
        mark = permission_of(rule.endpoint)
        if "POST" in (rule.methods or ()) and mark != PUBLIC and not rule.rule.startswith("/api"):
            assert mark, rule.rule
            yield rule, mark


def address_of(app: Flask, rule: Rule, parts: dict[str, Any]) -> str:
    with app.test_request_context():
        return url_for(rule.endpoint, **{name: parts[name] for name in rule.arguments})


def end_of_history() -> str:
    last = head()
    assert last
    return last.entry_hash


def told(answer: TestResponse) -> str:
    """Return a page without the address that was asked for and what is drawn by lot."""
    return DRAWN_ANEW.sub("", answer.text.replace(answer.request.path, ""))


@pytest.mark.parametrize("role", OUTSIDE)
def test_who_may_not_is_refused_wherever_it_is_sent_and_nothing_is_kept(
    app: Flask, client: FlaskClient, furnished: Furnished, role: str,
) -> None:
    signed_in(client, furnished.people[role])
    parts, end = furnished.addresses(furnished.open), end_of_history()
    for rule, mark in forms(app):
        if not role_may(role, mark):
            assert client.post(address_of(app, rule, parts), data=SENT).status_code == 403, rule.rule
    assert end_of_history() == end


@pytest.mark.parametrize("role", OUTSIDE)
def test_what_is_hidden_takes_a_form_as_what_is_not_there(
    app: Flask, client: FlaskClient, furnished: Furnished, role: str,
) -> None:
    signed_in(client, furnished.people[role])
    parts, end = furnished.addresses(furnished.restricted), end_of_history()
    for rule, mark in forms(app):
        if role_may(role, mark) and (hiding := HIDING & rule.arguments):
            hidden = client.post(address_of(app, rule, parts), data=SENT)
            nowhere = client.post(address_of(app, rule, {**parts, **dict.fromkeys(hiding, LARGEST_ID)}), data=SENT)
            assert (hidden.status_code, nowhere.status_code) == (404, 404), rule.rule
            assert told(hidden) == told(nowhere), rule.rule
    assert end_of_history() == end


def test_an_address_that_only_takes_forms_shows_nothing(app: Flask, client: FlaskClient, furnished: Furnished) -> None:
    signed_in(client, furnished.people["member"])
    parts, end = furnished.addresses(furnished.open), end_of_history()
    shown = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    for rule, _ in forms(app):
        if rule.rule not in shown:
            assert client.get(address_of(app, rule, parts), query_string=SENT).status_code == 405, rule.rule
    assert end_of_history() == end
