"""What broke, and what is overdue: since when, and when it expires by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.risk.breach_rules import expiry, present_run, promises_overdue, recent_breach
from register.risk.facts import PromiseFacts
from tests.fixtures.risks import TODAY, a_breach, ago, some_facts


def test_a_dispute_within_180_days_is_a_recent_breach_with_its_link_and_its_expiry() -> None:
    found = recent_breach(some_facts(breaches=(a_breach(100),)))

    assert found is not None
    assert found.words == "One dispute on 15 August 2026."
    assert found.since == ago(100)
    assert found.clears == "No further breach by 12 February 2027. It then expires by itself."
    assert [(reason.kind, reason.target) for reason in found.reasons] == [("interaction", (100,))]
    assert str(found.reasons[0]) == "Dispute: What broke 100 days ago (15 August 2026)"
    assert found.severity is None


@pytest.mark.parametrize(("days", "fires"), [(0, True), (180, True), (181, False), (400, False)])
def test_one_breach_counts_for_180_days_and_then_expires_by_itself(days: int, fires: bool) -> None:
    assert (recent_breach(some_facts(breaches=(a_breach(days),))) is not None) is fires


def test_nothing_broken_raises_nothing() -> None:
    assert recent_breach(some_facts()) is None


def test_breaches_that_have_not_faded_below_one_still_count_after_180_days() -> None:
    breaches = tuple(a_breach(days) for days in (200, 210, 220))
    found = recent_breach(some_facts(breaches=breaches))

    assert found is not None
    assert found.since == ago(220)
    # Three breaches of about the same time fade to one after 365 * log2(2.944) = 569 days.
    assert expiry(breaches) == ago(200) + timedelta(days=569)


def test_the_flag_is_as_old_as_the_unbroken_run_and_not_as_the_first_breach_ever() -> None:
    found = recent_breach(some_facts(breaches=(a_breach(20), a_breach(150), a_breach(900))))

    assert found is not None
    assert found.since == ago(150)
    assert found.words.startswith("Two disputes since 26 June 2026")


def test_a_dispute_with_three_readings_of_1_is_one_breach() -> None:
    one = tuple(a_breach(30, kind, interaction=5) for kind in ("reading of 1", "dispute", "reading of 1"))
    found = recent_breach(some_facts(breaches=one))

    assert found is not None
    assert found.words == "One dispute on 24 October 2026."
    assert len(found.reasons) == 1


def test_a_single_broken_promise_is_less_grave_than_a_dispute() -> None:
    found = recent_breach(some_facts(breaches=(a_breach(30, "broken promise"),)))

    assert found is not None
    assert found.severity == "medium"
    assert found.reasons[0].kind == "commitment"


def test_many_breaches_are_counted_by_kind_and_the_older_ones_summed_up() -> None:
    breaches = (*map(a_breach, range(10, 60, 10)), a_breach(61, "broken promise"))
    found = recent_breach(some_facts(breaches=breaches))

    assert found is not None
    assert found.words == "Five disputes and one broken promise since 23 September 2026, the last on 13 November 2026."
    assert str(found.reasons[-1]) == "and one earlier one"


@given(st.lists(st.integers(0, 2000), min_size=1, max_size=8, unique=True))
def test_without_a_further_breach_the_flag_holds_until_its_expiry_and_never_again(days: list[int]) -> None:
    breaches = tuple(a_breach(one) for one in sorted(days))
    last = expiry(breaches)

    assert present_run(breaches, last) == []
    assert present_run(breaches, last + timedelta(days=500)) == []
    assert present_run(breaches, last - timedelta(days=1))


def a_promise(days: int) -> PromiseFacts:
    return PromiseFacts(days + 1000, f"Bring plan {days}", "Riverside", "Council", ago(days))


def test_a_promise_past_its_date_is_overdue_since_the_day_after() -> None:
    found = promises_overdue(some_facts(promises=(a_promise(38), a_promise(-5))))

    assert found is not None
    assert found.words == "One promise is 38 days past its date."
    assert found.since == ago(37)
    assert found.clears == "It is kept, or agreed anew with a new date."
    assert str(found.reasons[0]) == "Riverside to Council: Bring plan 38 (due 16 October 2026)"
    assert found.reasons[0].target == (1038,)


def test_several_are_counted_from_the_oldest() -> None:
    found = promises_overdue(some_facts(promises=(a_promise(38), a_promise(1))))

    assert found is not None
    assert found.words == "Two promises are past their dates, the oldest by 38 days."


@pytest.mark.parametrize("days", [0, -1, -90])
def test_a_promise_due_today_or_later_is_not_overdue(days: int) -> None:
    assert promises_overdue(some_facts(promises=(a_promise(days),))) is None


def test_the_flag_of_yesterday_is_asked_with_the_facts_of_yesterday() -> None:
    facts = replace(some_facts(promises=(a_promise(0),)), on=TODAY + timedelta(days=1))

    assert promises_overdue(facts) is not None
