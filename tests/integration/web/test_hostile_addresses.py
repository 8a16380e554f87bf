"""Whatever stands in an address, a page answers in words: nothing of it reaches the database or a header raw."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

import register.web
from register.accounts.token_changes import issue_token
from tests.factories import signed_in
from tests.fixtures.pages import Furnished

ASKED = re.compile(r"""(?:args|values)\.get(?:list)?\(\s*"([a-z_]+)"|asked_text\("([a-z_]+)"|Facet\("([a-z_]+)\"""")
OTHERS = ("on", "known", "against", "after", "before", "limit", "sort", "q", "view", "around", "without")
HOSTILE = ("a\x00b", "9" * 4300, "\r\nSet-Cookie: a=b", "WyJcdTAwMDAiLDFd")
"""The last is a place in a list with a letter that PostgreSQL cannot keep."""
LOOKED_AT = ("/network", "/history", "/interactions", "/partnerships", "/export", "/api", "/watchlist", "/search")
SERVER_ERROR = 500


def names_asked() -> list[str]:
    """Return every name that the pages' code asks addresses for."""
    folder = Path(register.web.__file__).parent
    found = {
        name for path in folder.rglob("*.py") for names in ASKED.findall(path.read_text(encoding="utf-8"))
        for name in names if name
    }
    return sorted(found | {*OTHERS})


def read_addresses(app: Flask, furnished: Furnished) -> Iterator[str]:
    parts = furnished.addresses(furnished.open)
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.rule.startswith(LOOKED_AT):
                yield url_for(rule.endpoint, **{name: parts[name] for name in rule.arguments})


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_page_breaks_at_what_it_is_asked(
    app: Flask, client: FlaskClient, furnished: Furnished, hostile: str,
) -> None:
    asked = dict.fromkeys(names_asked(), hostile)
    head = {"Authorization": f"Bearer {issue_token(furnished.people['member'], 'x', ['read', 'log'], 30)[1]}"}
    signed_in(client, furnished.people["member"])
    for address in read_addresses(app, furnished):
        heads = head if address.startswith("/api") else {}
        answer = client.get(address, query_string=asked, headers=heads)
        answer.close()
        assert answer.status_code < SERVER_ERROR, address
        assert "a=b" not in answer.headers.get("Set-Cookie", "")
