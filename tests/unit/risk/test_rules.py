"""The table of rules, the words of flags, exposure, and the walk back through the evidence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.risk.exposure import exposure, exposure_line, exposure_of
from register.risk.flags import SEVERITIES, Reason, counted, listed, shortened
from register.risk.replay import moments, not_known_since, run_start
from register.risk.rules import GROUPS, RULES, flags_from, who_acts
from register.trust.figure import unknown
from tests.fixtures.risks import BAD, BEGAN, GOOD, TODAY, a_breach, a_deal, a_view, ago, some_facts


def test_each_rule_has_a_key_of_its_own_a_sentence_and_a_severity() -> None:
    assert len({rule.key for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.says.endswith(".")
        assert rule.severity in SEVERITIES
        assert rule.group in GROUPS
        assert rule.check.__doc__
    # What is merely missing is no trouble to come.
    assert all(not rule.is_trouble for rule in RULES if rule.severity in ("quiet", "not-known", "deal"))


def test_the_rules_stand_in_the_order_in_which_they_are_explained() -> None:
    assert [rule.key for rule in RULES][:8] == [
        "breach_exposure",
        "recent_breach",
        "weak_trust",
        "one_sided",
        "gone_quiet",
        "not_known",
        "promises_overdue",
        "strong_deal_weak_relationship",
    ]


def test_a_partnership_in_order_has_no_flag() -> None:
    assert flags_from(some_facts(views=(a_view(GOOD), a_view(GOOD, rater=2, ratee=1)))) == ()


def test_a_flag_says_who_acts_the_lead_officer_and_for_the_deal_the_senior_owner() -> None:
    flags = {
        flag.rule: flag
        for flag in flags_from(
            some_facts(
                views=(a_view(BAD), a_view(GOOD, rater=2, ratee=1)),
                breaches=(a_breach(3),),
                deal=a_deal(review_on=ago(9)),
            )
        )
    }

    assert flags["recent_breach"].who_acts == "Asha Verne"
    assert flags["recent_breach"].is_trouble
    assert flags["review_overdue"].who_acts == "Helen Okafor, Director"
    assert not flags["review_overdue"].is_trouble
    assert {flag.partnership_id for flag in flags.values()} == {7}


def test_where_one_of_the_two_is_missing_the_other_acts_and_else_nobody() -> None:
    assert who_acts(some_facts(lead_officer=None), owner=False) == "Helen Okafor, Director"
    assert who_acts(some_facts(senior_owner=None), owner=True) == "Asha Verne"
    assert who_acts(some_facts(senior_owner=None, lead_officer=None), owner=True) is None


def test_exposure_is_pace_times_distrust_times_ninety_days() -> None:
    # One a week for a year: 36.6 of them left of 52, which stand for 263 days.
    count = sum(0.5 ** (days / 365) for days in range(0, 365, 7))
    assert exposure(count, ago(364), 0.5, TODAY) == pytest.approx(90 / 7 * 0.5, rel=0.03)


def test_a_first_week_is_reckoned_over_thirty_days() -> None:
    assert exposure(2.0, TODAY, 0.5, TODAY) == pytest.approx(2 / 30 * 0.5 * 90)


def test_only_what_is_known_and_has_five_pieces_of_evidence_is_exposed() -> None:
    assert exposure_of(a_view(BAD[:4]), TODAY) is None
    assert exposure_of(a_view(((900, 0.0), *((days, 0.0) for days in range(800, 860, 10)))), TODAY) is None
    assert exposure_of(a_view(), TODAY) is None
    assert exposure_of(a_view(BAD), TODAY) is not None


@pytest.mark.parametrize(("number", "line"), [(0, None), (9, None), (10, 10.0), (19, 19.0), (20, 19.0), (100, 91.0)])
def test_the_most_exposed_tenth_is_rounded_down_to_whole_relationships(number: int, line: float | None) -> None:
    assert exposure_line([float(value) for value in range(1, number + 1)]) == line


def test_a_run_starts_after_the_last_day_on_which_it_did_not_hold() -> None:
    days = [(ago(40), True), (ago(30), False), (ago(20), True), (ago(10), True)]
    assert run_start(days) == ago(20)
    assert run_start([*days, (ago(5), False)]) is None
    assert run_start([]) is None


@given(st.lists(st.tuples(st.integers(0, 900), st.floats(0, 1)), min_size=1, max_size=12))
def test_the_walk_ends_where_the_sums_of_today_stand(said: list[tuple[int, float]]) -> None:
    view = a_view(said)
    last = list(moments(view))[-1]
    left = 0.5 ** ((TODAY - last.day).days / 180)

    assert last.rows == view.rows
    assert (last.good * left, last.bad * left) == pytest.approx((view.good, view.bad))
    assert last.count_365 * 0.5 ** ((TODAY - last.day).days / 365) == pytest.approx(view.count_365)


@given(st.lists(st.integers(1, 900), min_size=1, max_size=12))
def test_not_known_since_is_the_day_on_which_half_was_no_longer_known(days: list[int]) -> None:
    view = a_view([(one, 1.0) for one in days])
    since = not_known_since(view, BEGAN)
    known = [day for day in (ago(count) for count in range(901)) if _is_known(days, day)]

    if view.is_known:
        assert since > TODAY
    elif known:
        assert since == max(known) + timedelta(days=1)
    else:
        assert since == BEGAN


def _is_known(days: list[int], day: date) -> bool:
    held = [(day - ago(one)).days for one in days if ago(one) <= day]
    return unknown(sum(0.5 ** (age / 180) for age in held), 0) < 0.5


def test_words_are_put_together_as_people_say_them() -> None:
    assert listed([]) == ""
    assert listed(["one"]) == "one"
    assert listed(["one", "two", "three"]) == "one, two and three"
    assert [counted(number, "day") for number in (0, 1, 2, 1234)] == ["no days", "one day", "two days", "1,234 days"]
    assert shortened("  A line\nof words  ") == "A line of words"
    assert shortened("word " * 40, 20) == "word word word…"
    assert str(Reason("The deal", "deal", (), "no end date")) == "The deal (no end date)"
