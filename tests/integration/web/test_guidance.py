"""Guidance is drawn from the tables that the code runs on, so that it cannot drift."""

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from register.accounts.kinds import ROLES
from register.accounts.permissions import PERMISSIONS
from register.interactions.kinds import INTERACTION_KINDS, OUTCOMES
from register.network.measure_words import MEANINGS
from register.partnerships import kinds
from register.trust import figure
from register.trust.schemes import SCHEMES
from register.web.guidance import EXAMPLES, worked
from register.web.guidance import PAGES as GUIDANCE
from tests.factories import a_person, signed_in

PAGES = (
    "/guidance", "/guidance/first-steps", "/guidance/network", "/guidance/history", "/guidance/trust",
    "/guidance/words", "/guidance/permissions", "/guidance/accessibility",
)  # fmt: skip


@pytest.mark.parametrize("role", [role.key for role in ROLES])
def test_everybody_reads_the_guidance(client: FlaskClient, role: str) -> None:
    signed_in(client, a_person(role))
    for address in PAGES:
        assert client.get(address).status_code == 200, address


def test_the_page_about_accessibility_needs_nobody_signed_in(client: FlaskClient) -> None:
    assert client.get("/guidance/accessibility").status_code == 200


def test_every_word_stands_on_the_page_of_words(client: FlaskClient) -> None:
    page = signed_in(client, a_person()).get("/guidance/words").text
    tables = (kinds.PARTNERSHIP_KINDS, kinds.SECTORS, INTERACTION_KINDS, OUTCOMES)
    for name in [row.name for table in tables for row in table]:
        assert name in page, name


def test_every_permission_stands_on_the_page_of_permissions(client: FlaskClient) -> None:
    page = signed_in(client, a_person()).get("/guidance/permissions").text
    for permission in PERMISSIONS:
        assert permission.words[1:] in page
    for role in ROLES:
        assert role.name in page


def test_every_scheme_and_determinant_is_explained(client: FlaskClient) -> None:
    page = signed_in(client, a_person()).get("/guidance/trust").text
    for scheme in SCHEMES:
        assert scheme.name in page
        for determinant in scheme.determinants:
            assert determinant.name in page


@pytest.mark.parametrize("example", EXAMPLES, ids=[title for title, _ in EXAMPLES])
def test_an_example_is_worked_by_the_code_that_computes_every_figure(
    example: tuple[str, tuple[tuple[int, float], ...]],
) -> None:
    _, happened = example
    shown = worked(example)
    good = sum(share * 2 ** (-days / figure.HALF_LIFE) for days, share in happened)
    bad = sum((1 - share) * 2 ** (-days / figure.HALF_LIFE) for days, share in happened)
    assert (shown["good"], shown["bad"]) == pytest.approx((good, bad))
    assert shown["standing"] == figure.standing(shown["good"], shown["bad"], shown["lent"])  # type: ignore[arg-type]  # values of one dict


def test_the_examples_show_what_they_are_told_for(client: FlaskClient) -> None:
    words = {title: worked((title, happened))["standing"].word for title, happened in EXAMPLES}  # type: ignore[attr-defined]  # a standing
    assert words["Ten good meetings, then three silent years"] == "not known"
    assert words["One good meeting, today"] == "not known"
    assert words["Six meetings, half good and half bad"] == "mixed"


def test_the_index_leads_to_every_page_of_guidance(app: Flask, client: FlaskClient) -> None:
    page = signed_in(client, a_person()).get("/guidance").text
    with app.test_request_context():
        addresses = [url_for(endpoint) for _, pages in GUIDANCE for endpoint, _, _ in pages]
    own = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("guidance.")}
    assert own - {endpoint for _, pages in GUIDANCE for endpoint, _, _ in pages} == {"guidance.index"}
    for address in addresses:
        assert f'href="{address}"' in page, address
        assert client.get(address).status_code == 200, address


def test_the_first_steps_lead_an_officer_and_only_tell_others(client: FlaskClient) -> None:
    officer = signed_in(client, a_person()).get("/guidance/first-steps").text
    leader = signed_in(client, a_person("leader")).get("/guidance/first-steps").text
    for address in ("/organisations/new", "/partnerships/new", "/interactions/new"):
        assert f'href="{address}"' in officer
        assert f'href="{address}"' not in leader
    for role in ROLES:
        assert role.duty in leader
    assert "After 2 fresh interactions" in leader


def test_the_page_of_the_network_explains_every_measure(client: FlaskClient) -> None:
    page = signed_in(client, a_person()).get("/guidance/network").text
    for meaning in MEANINGS:
        assert meaning.name in page
        assert meaning.term in page
