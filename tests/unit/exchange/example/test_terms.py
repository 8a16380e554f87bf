"""Deals of the example: dates counted from today, money that adds up, terms that agree with their documents."""

from datetime import date
from random import Random

import pytest

from register.exchange.example.outlines import Outline, Terms
from register.exchange.example.partnerships import OUTLINES
from register.exchange.example.terms import deals
from register.partnerships.kinds import DOCUMENTS, names

TODAY = date(2026, 11, 23)


def test_months_become_the_first_and_last_days_of_months() -> None:
    (deal,) = deals(Terms(starts=-32, ends=4, review=-1, notice=3, agreed=-33), TODAY, Random(1))

    assert deal.starts_on == date(2024, 3, 1)
    assert deal.ends_on == date(2027, 3, 31)
    assert deal.review_on == date(2026, 10, 1)
    assert deal.notice_on == date(2026, 12, 31)
    assert deal.agreed_on == date(2024, 2, 12)


def test_terms_that_are_not_agreed_have_no_dates() -> None:
    (deal,) = deals(Terms(), TODAY, Random(1))

    assert {deal.agreed_on, deal.starts_on, deal.review_on, deal.notice_on, deal.ends_on, deal.value_pence} == {None}
    assert deal.documents == tuple(names(DOCUMENTS))


def test_a_revision_keeps_the_value_before_and_says_why() -> None:
    shares = (("adults", 3_500_000, None), ("icb", 2_800_000, None), ("varrow", None, "Vans"))
    terms = Terms(pounds=6_300_000, starts=-32, shares=shares, before=(5_850_000, 13, "A second crew"))

    first, second = deals(terms, TODAY, Random(1))

    assert first.recorded_at < second.recorded_at
    assert (first.value_pence, second.value_pence) == (585_000_000, 630_000_000)
    assert (first.reason, second.reason) == (None, "A second crew")
    assert sum(share.money_pence or 0 for share in first.shares) == first.value_pence
    assert first.shares[2].money_pence is None


@pytest.mark.parametrize("outline", OUTLINES, ids=lambda outline: outline.key)
def test_every_deal_agrees_with_itself(outline: Outline) -> None:
    for deal in deals(outline.terms, TODAY, Random(1)):
        money = [share.money_pence for share in deal.shares if share.money_pence is not None]
        assert ("exit" in deal.documents) <= (deal.exit_arrangement is not None)
        assert ("agreement" in deal.documents) == (deal.agreed_on is not None)
        assert deal.value_pence is None or sum(money) == deal.value_pence
        assert deal.ends_on is None or deal.starts_on is None or deal.starts_on < deal.ends_on
        assert deal.notice_on is None or deal.ends_on is None or deal.notice_on <= deal.ends_on


def test_some_deals_are_complete_and_some_lack_most_parts() -> None:
    shares = {outline.key: len(outline.terms.missing) for outline in OUTLINES}

    assert shares["equipment"] == 0
    assert min(shares.values()) == 0
    assert max(shares.values()) >= 6


def test_missing_documents_are_of_the_checklist() -> None:
    assert {key for outline in OUTLINES for key in outline.terms.missing} <= set(names(DOCUMENTS))
