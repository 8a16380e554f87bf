"""The deal beside the relationship, and the deal's own dates."""

from datetime import date
from typing import Any

import pytest

from register.risk.deal_rules import (
    end_near,
    no_agreement,
    no_exit,
    notice_open,
    review_overdue,
    strong_deal_weak_relationship,
    thin_deal_good_relationship,
)
from register.risk.facts import DealFacts
from tests.fixtures.risks import BAD, BEGAN, GOOD, a_deal, a_view, ago, some_facts

COMPLETE = a_deal(completeness=0.9)
DEAR = a_deal(completeness=0.3, annual_pence=420_000_000)
WEAK = (a_view(BAD),)
SOUND = (a_view(GOOD), a_view(GOOD, rater=2, ratee=1))


@pytest.mark.parametrize(("deal", "said"), [(COMPLETE, "all but complete"), (DEAR, "of high value")])
def test_a_strong_deal_with_a_weak_relationship_is_the_named_failure(deal: DealFacts, said: str) -> None:
    found = strong_deal_weak_relationship(some_facts(deal=deal, views=WEAK))

    assert found is not None
    assert found.words == f"The deal is {said}, and Council’s trust in Riverside is weak, at 11."
    assert found.reasons[0].kind == "deal"
    assert found.reasons[-1].target == (1, 2)
    assert found.severity is None
    # The deal is older: the flag is as old as the weakness.
    assert ago(190) <= found.since <= ago(130)


def test_a_relationship_that_is_not_known_beside_a_strong_deal_is_no_bad_news() -> None:
    found = strong_deal_weak_relationship(some_facts(deal=COMPLETE, views=(a_view(), a_view(rater=2, ratee=1))))

    assert found is not None
    assert found.words == "The deal is all but complete, and how the partners stand is not known."
    assert found.severity == "not-known"
    assert found.since == ago(900)


@pytest.mark.parametrize(
    "facts",
    [
        {"deal": COMPLETE, "views": SOUND},
        {"deal": a_deal(), "views": WEAK},
        {"deal": None, "views": WEAK},
        {"deal": a_deal(annual_pence=99_999_999), "views": WEAK},
    ],
)
def test_a_good_relationship_or_a_plain_deal_is_not_that_failure(facts: dict[str, Any]) -> None:
    assert strong_deal_weak_relationship(some_facts(**facts)) is None


def test_good_will_that_no_paper_holds_is_said_with_what_is_missing() -> None:
    found = thin_deal_good_relationship(
        some_facts(
            deal=a_deal(completeness=0.4, missing=("Signed agreement", "Exit arrangement")),
            views=SOUND,
        )
    )

    assert found is not None
    assert found.words == "They trust one another, and two governing documents are missing."
    assert "signed agreement and exit arrangement" in str(found.reasons[0])


@pytest.mark.parametrize(
    "facts",
    [
        {"deal": a_deal(completeness=0.5), "views": SOUND},
        {"deal": a_deal(completeness=0.4), "views": WEAK},
        {"deal": a_deal(completeness=0.4), "views": ()},
        {"deal": a_deal(completeness=0.4), "views": SOUND, "significance": "routine"},
        {"deal": None, "views": SOUND},
    ],
)
def test_a_deal_that_is_half_there_or_does_not_matter_is_not_too_thin(facts: dict[str, Any]) -> None:
    assert thin_deal_good_relationship(some_facts(**facts)) is None


@pytest.mark.parametrize(("days", "fires"), [(181, False), (180, True), (1, True), (0, True), (-1, False)])
def test_notice_can_be_given_from_180_days_before_its_last_day_until_it(days: int, fires: bool) -> None:
    found = notice_open(some_facts(deal=a_deal(notice_on=ago(-days), ends_on=ago(-400))))

    assert (found is not None) is fires
    if found:
        assert found.since == ago(180 - days)


def test_the_notice_names_the_day_and_what_ends_it() -> None:
    found = notice_open(some_facts(deal=a_deal(notice_on=date(2027, 3, 31), ends_on=date(2028, 3, 31))))

    assert found is not None
    assert found.words == "The last day to give notice is 31 March 2027, in 128 days."
    assert str(found.reasons[0]) == "The deal’s dates (ends 31 March 2028)"
    assert "31 March 2027 goes by" in found.clears


def test_a_review_is_overdue_from_the_day_after() -> None:
    assert review_overdue(some_facts(deal=a_deal(review_on=ago(0)))) is None
    found = review_overdue(some_facts(deal=a_deal(review_on=ago(54))))

    assert found is not None
    assert found.words == "The review was due on 30 September 2026, 54 days ago."
    assert found.since == ago(53)


def test_a_partnership_that_matters_needs_an_agreement_and_a_deal() -> None:
    for deal, words in ((None, "No deal is recorded."), (a_deal(is_agreed=False), "No agreement is recorded.")):
        found = no_agreement(some_facts(deal=deal))
        assert found is not None
        assert (found.words, found.since) == (words, BEGAN)
        assert no_agreement(some_facts(deal=deal, significance="routine")) is None
    assert no_agreement(some_facts()) is None


def test_a_deal_that_matters_needs_an_exit() -> None:
    found = no_exit(some_facts(deal=a_deal(has_exit=False)))

    assert found is not None
    assert found.since == ago(900)
    assert no_exit(some_facts()) is None
    # Where there is no agreement at all, that is said, and not this as well.
    assert no_exit(some_facts(deal=a_deal(has_exit=False, is_agreed=False))) is None
    assert no_exit(some_facts(deal=a_deal(has_exit=False), significance="routine")) is None


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (181, None),
        (180, "It ends on 22 May 2027, in 180 days."),
        (0, "It ends on 23 November 2026, today."),
        (-10, "It ended on 13 November 2026 and is still open."),
    ],
)
def test_the_end_is_near_within_180_days_and_stays_said_until_it_is_closed(days: int, words: str | None) -> None:
    found = end_near(some_facts(deal=a_deal(ends_on=ago(-days))))

    assert (found.words if found else None) == words
    if found:
        assert found.since == ago(180 - days)


def test_without_an_end_in_the_deal_the_partnerships_own_counts() -> None:
    assert end_near(some_facts(ends_on=ago(-30))) is not None
    assert end_near(some_facts()) is None
