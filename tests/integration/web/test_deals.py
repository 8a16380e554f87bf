"""A deal is revised in the browser: money as people write it, both sides, and no revision lost."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from register.accounts.models import Person
from register.partnerships.deal_changes import Share, current_deal, revise_deal
from register.partnerships.deal_models import DealRevision
from register.partnerships.lookups import deal_revisions, shares_of
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, an_organisation, partners_of, signed_in


@pytest.fixture
def officer(app: object) -> Person:
    return a_person()


@pytest.fixture
def partnership(officer: Person) -> Partnership:
    return a_partnership(
        partners=[an_organisation("Tarnshire"), an_organisation("Ferncote")],
        members={officer: "officer"},
    )


def form_of(partnership: Partnership) -> str:
    """Return the address of the form."""
    return f"/partnerships/{partnership.id}/deal/edit"


def entered(**changed: Any) -> dict[str, Any]:
    """Return what the form sends."""
    return {
        "version": "0",
        "value_pence": "4.2m",
        "value_basis": "annual",
        "starts_on": "1 April 2023",
        "ends_on": "31/03/2028",
        "documents": ["agreement", "exit"],
        "form_key": "one-form",
        **changed,
    }


def kept(partnership: Partnership) -> DealRevision:
    """Return the terms in force."""
    deal = current_deal(partnership.id)
    assert deal is not None
    return deal


def test_the_first_terms_are_kept_once_although_the_form_is_sent_twice(
    client: FlaskClient,
    officer: Person,
    partnership: Partnership,
) -> None:
    browser = signed_in(client, officer)
    for _ in range(2):
        answer = browser.post(form_of(partnership), data=entered())
        assert answer.location == f"/partnerships/{partnership.id}/deal"
    deal = kept(partnership)
    assert (deal.revision, deal.value_pence, deal.starts_on, deal.ends_on, deal.documents_in_place) == (
        1,
        420_000_000,
        date(2023, 4, 1),
        date(2028, 3, 31),
        ("agreement", "exit"),
    )


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("4.2m", 420_000_000),
        ("£4,200,000", 420_000_000),
        ("80k", 8_000_000),
        ("12.50", 1250),
        ("£ 0", 0),
        ("", None),
        ("1,234,567.89", 123_456_789),
        ("4.35", 435),
        ("999,999,999.99", 99_999_999_999),
    ],
)
def test_money_is_read_as_people_write_it(
    client: FlaskClient,
    officer: Person,
    partnership: Partnership,
    typed: str,
    pence: int | None,
) -> None:
    signed_in(client, officer).post(form_of(partnership), data=entered(value_pence=typed))
    assert kept(partnership).value_pence == pence


@pytest.mark.parametrize("typed", ["a lot", "-5", "4,20", "1e9", "9" * 500, "4.2b", "£", "1.234", "inf"])
def test_what_is_no_amount_is_refused_and_kept_in_the_form(
    client: FlaskClient,
    officer: Person,
    partnership: Partnership,
    typed: str,
) -> None:
    answer = signed_in(client, officer).post(form_of(partnership), data=entered(value_pence=typed))
    assert answer.status_code == 422
    assert answer.text.count("Enter an amount in pounds") == 2
    assert f'value="{typed}"' in answer.text
    assert current_deal(partnership.id) is None


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"value_pence": "9" * 30}, "must be between £0 and £1,000,000,000,000"),
        ({"value_basis": ""}, "Say what the value is: a year, or over the whole term."),
        ({"value_basis": "none"}, "You say that no money changes hands"),
        ({"starts_on": "2026-05-02", "ends_on": "2026-05-01"}, "The deal’s end must be after its start."),
        ({"notice_on": "2030-05-02"}, "The last day to give notice must be before the deal ends."),
        ({"review_on": "32 May 2026"}, "Enter a day that exists"),
        ({"legal_form": "handshake"}, "Choose a legal form from the list."),
        ({"reference": "a" * 201}, "The reference must be 200 characters or fewer."),
        ({"exit_arrangement": "a\x00"}, "The exit arrangement has characters that cannot be kept"),
        ({"documents": ["a joke"]}, "Choose documents from the list."),
    ],
)
def test_terms_that_cannot_be_are_refused_beside_their_field(
    client: FlaskClient,
    officer: Person,
    partnership: Partnership,
    changed: dict[str, Any],
    sentence: str,
) -> None:
    answer = signed_in(client, officer).post(form_of(partnership), data=entered(**changed))
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2
    assert current_deal(partnership.id) is None


def test_each_side_puts_in_money_and_other_things(
    client: FlaskClient,
    officer: Person,
    partnership: Partnership,
) -> None:
    first, second = partners_of(partnership)
    browser = signed_in(client, officer)
    data = entered(**{f"money_{first.id}": "3.5m", f"kind_{second.id}": "two discharge nurses"})
    browser.post(form_of(partnership), data=data)
    assert [(row.organisation_id, row.money_pence, row.in_kind) for row in shares_of(kept(partnership))] == [
        (first.id, 350_000_000, None),
        (second.id, None, "two discharge nurses"),
    ]
    page = browser.get(f"/partnerships/{partnership.id}/deal").text
    assert "£3.5m" in page
    assert "two discharge nurses" in page


def test_what_a_stranger_puts_in_is_not_even_read(
    client: FlaskClient,
    officer: Person,
    partnership: Partnership,
) -> None:
    stranger = an_organisation()
    signed_in(client, officer).post(form_of(partnership), data=entered(**{f"money_{stranger.id}": "5"}))
    assert shares_of(kept(partnership)) == []


def test_the_form_opens_with_the_terms_in_force(client: FlaskClient, officer: Person, partnership: Partnership) -> None:
    first = partners_of(partnership)[0]
    revise_deal(
        "register",
        partnership,
        {
            "value_pence": 420_000_000,
            "value_basis": "annual",
            "reference": "LCC/1",
            "documents": ["exit"],
            "starts_on": date(2023, 4, 1),
        },
        (Share(first.id, 350_000_000, "a depot"),),
    )
    page = signed_in(client, officer).get(form_of(partnership)).text
    for part in (
        'value="4,200,000"',
        'value="LCC/1"',
        'value="2023-04-01"',
        'value="3,500,000"',
        'value="a depot"',
        'value="exit" checked',
        '<option value="annual" selected>',
    ):
        assert part in page


def test_a_revision_shows_what_it_changed_and_keeps_the_terms_before(
    client: FlaskClient,
    officer: Person,
    partnership: Partnership,
) -> None:
    revise_deal("register", partnership, {"value_pence": 585_000_000, "value_basis": "annual"})
    browser = signed_in(client, officer)
    browser.post(form_of(partnership), data=entered(version="1", value_pence="6.3m", reason="The price rose."))
    assert [row.value_pence for row in deal_revisions(partnership.id)] == [630_000_000, 585_000_000]
    page = browser.get(f"/partnerships/{partnership.id}/deal").text
    assert "<del>£5.85m</del>" in page
    assert "<ins>£6.3m</ins>" in page
    assert "Revision 2" in page
    assert "9 of 11" not in page
    assert "2 of 11 in place" in page


def test_the_second_of_two_who_revise_sees_mine_theirs_and_the_original(
    client: FlaskClient,
    officer: Person,
    partnership: Partnership,
) -> None:
    revise_deal("register", partnership, {"reference": "the original"})
    revise_deal("register", partnership, {"reference": "theirs"})
    browser = signed_in(client, officer)
    data = entered(version="1", reference="mine")
    answer = browser.post(form_of(partnership), data=data)
    assert answer.status_code == 409
    for text in ("the original", "theirs", "mine", 'name="version" value="2"'):
        assert text in answer.text
    assert kept(partnership).reference == "theirs"
    assert browser.post(form_of(partnership), data={**data, "version": "2"}).status_code == 302
    assert kept(partnership).reference == "mine"


def test_two_first_terms_do_not_overwrite_one_another(
    client: FlaskClient,
    officer: Person,
    partnership: Partnership,
) -> None:
    revise_deal("register", partnership, {"reference": "theirs"})
    assert signed_in(client, officer).post(form_of(partnership), data=entered()).status_code == 409


def test_where_no_deal_is_on_record_the_page_says_so(
    client: FlaskClient, officer: Person, partnership: Partnership
) -> None:
    page = signed_in(client, officer).get(f"/partnerships/{partnership.id}/deal").text
    assert "No deal is on record" in page
    assert form_of(partnership) in page
    other = signed_in(client, a_person("auditor")).get(f"/partnerships/{partnership.id}/deal").text
    assert form_of(partnership) not in other


def test_terms_that_a_notice_told_name_its_day(client: FlaskClient, officer: Person, partnership: Partnership) -> None:
    revise_deal("register", partnership, {"reference": "R1"}, told_at=datetime(2025, 3, 31, 23, 30, tzinfo=UTC))
    page = signed_in(client, officer).get(f"/partnerships/{partnership.id}/deal").text
    assert "As told by a notice of 1 April 2025." in page or "As told by a notice of 1 Apr 2025." in page
