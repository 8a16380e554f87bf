"""Thresholds by kind and significance, kept and read again, and what rules do with others."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.refusals import Refusal
from register.risk.rules import RULES, flags_from
from register.risk.thresholds import (
    PLACES,
    PUBLISHED,
    RULES_AS_PUBLISHED,
    THRESHOLDS,
    Thresholds,
    base_of,
    check_value,
    differences,
    read,
)
from register.risk.trial import Raised, compared, month_ends
from tests.fixtures.risks import BAD, GOOD, a_breach, a_deal, a_view, ago, some_facts


def changed(*changes: tuple[str, str, float]) -> Thresholds:
    return RULES_AS_PUBLISHED.with_(changes)


def rules_by(thresholds: Thresholds, **facts: object) -> set[str]:
    return {flag.rule for flag in flags_from(some_facts(**facts), thresholds)}


def test_each_threshold_is_of_a_rule_has_words_and_lies_in_its_range() -> None:
    assert len({one.key for one in THRESHOLDS}) == len(THRESHOLDS)
    for one in THRESHOLDS:
        assert one.rule in {rule.key for rule in RULES}
        assert one.words[0].isupper()
        assert one.least <= one.value <= one.most


def test_each_rule_says_its_thresholds_in_its_sentence() -> None:
    for rule in RULES:
        said = rule.said(PUBLISHED.get(rule.key, {}))
        assert "{" not in said
        for name in PUBLISHED.get(rule.key, {}):
            assert f"{{{name}}}" in rule.says, (rule.key, name)
    million = next(rule for rule in RULES if rule.key == "strong_deal_weak_relationship")
    assert "£1,000,000 a year" in million.said(PUBLISHED[million.key])


@pytest.mark.parametrize(("kind", "significance", "days"), [
    ("commissioning", "routine", 60), ("internal", "routine", 90), ("internal", "key", 30),
    ("commissioning", "key", 30),
])
def test_a_kind_has_its_own_threshold_and_a_significance_decides(kind: str, significance: str, days: float) -> None:
    thresholds = changed(("kind:internal", "gone_quiet.days", 90), ("significance:key", "gone_quiet.days", 30))
    assert thresholds.limits("gone_quiet", kind, significance)["days"] == days
    assert thresholds.limits("gone_quiet", kind, significance)["times"] == 2
    assert thresholds.limits("not_known", kind, significance) == {}
    assert {limits["days"] for limits in thresholds.every("gone_quiet")} == {60, 90, 30}


def test_the_published_thresholds_are_the_first_set() -> None:
    assert RULES_AS_PUBLISHED.number == 1
    for rule, limits in PUBLISHED.items():
        assert RULES_AS_PUBLISHED.limits(rule, "internal", "key") == limits


@pytest.mark.parametrize(("key", "value", "facts", "rule"), [
    ("recent_breach.days", 30, {"breaches": (a_breach(60),)}, "recent_breach"),
    ("recent_breach.faded", 3, {"breaches": tuple(a_breach(days) for days in (300, 301, 302))}, "recent_breach"),
    ("weak_trust.below", 10, {"views": (a_view(BAD),)}, "weak_trust"),
    ("one_sided.margin", 80, {"views": (a_view(GOOD), a_view(BAD, rater=2, ratee=1))}, "one_sided"),
    ("gone_quiet.days", 200, {"last_held_on": ago(100), "cadence_days": 30}, "gone_quiet"),
    ("gone_quiet.times", 5, {"last_held_on": ago(100), "cadence_days": 30}, "gone_quiet"),
    ("strong_deal_weak_relationship.complete", 95, {"views": (a_view(BAD),), "deal": a_deal(completeness=0.9)},
     "strong_deal_weak_relationship"),
    ("thin_deal_good_relationship.thin", 20, {
        "views": (a_view(GOOD), a_view(GOOD, rater=2, ratee=1)), "deal": a_deal(completeness=0.3),
    }, "thin_deal_good_relationship"),
    ("notice_open.days", 10, {"deal": a_deal(notice_on=ago(-60))}, "notice_open"),
    ("review_overdue.grace", 30, {"deal": a_deal(review_on=ago(9))}, "review_overdue"),
    ("end_near.days", 10, {"deal": a_deal(ends_on=ago(-60))}, "end_near"),
])
def test_another_threshold_takes_a_flag_away(key: str, value: float, facts: dict[str, object], rule: str) -> None:
    assert rule in rules_by(RULES_AS_PUBLISHED, **facts)
    assert rule not in rules_by(changed(("", key, value)), **facts)
    # Of another kind or significance the change takes nothing away.
    assert rule in rules_by(changed(("kind:internal", key, value)), **facts)


def test_a_flag_carries_the_number_of_its_set() -> None:
    (flag,) = flags_from(some_facts(breaches=(a_breach(3),)), Thresholds(7, RULES_AS_PUBLISHED.values))
    assert flag.rule_set == 7


@given(st.lists(st.tuples(
    st.sampled_from(["", *PLACES]), st.sampled_from(THRESHOLDS), st.floats(0, 1),
), max_size=6))
def test_a_set_that_was_kept_is_read_again_as_it_was(drawn: list[tuple[str, object, float]]) -> None:
    changes = [(place, one.key, one.least + share * (one.most - one.least)) for place, one, share in drawn]  # type: ignore[attr-defined]  # a threshold
    kept = changed(*changes)
    again = read(5, kept.as_text())
    assert (again.number, base_of(kept.as_text())) == (5, 1)
    assert differences(kept, again) == []
    assert len(differences(RULES_AS_PUBLISHED, again)) <= len({change[:2] for change in changes})


def test_a_threshold_that_a_kept_set_does_not_know_has_the_value_the_register_came_with() -> None:
    old = read(2, '{"base": 1, "values": {"gone_quiet.days": 90}, "overrides": '
                  '[{"for": "kind:internal", "threshold": "gone.rule", "value": 1}]}')
    assert old.values["gone_quiet.days"] == 90
    assert old.values["gone_quiet.times"] == 2
    assert old.overrides == ()


@pytest.mark.parametrize("value", [0, 1001, float("nan"), float("inf"), -5])
def test_a_value_out_of_range_is_refused(value: float) -> None:
    with pytest.raises(Refusal, match="Enter a number from 1 to 1,000"):
        check_value("gone_quiet.days", value)


# The trial


def test_the_month_ends_lie_before_the_day() -> None:
    assert month_ends(date(2026, 11, 23), 3) == (date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31))
    assert month_ends(date(2024, 3, 1), 1) == (date(2024, 2, 29),)
    assert len(month_ends(date(2026, 11, 30))) == 24


def test_a_trial_tells_what_came_and_what_went_with_its_months() -> None:
    first, second = days = (date(2026, 9, 30), date(2026, 10, 31))
    stays = {Raised(1, "Bins", "gone_quiet", day) for day in days}
    gone = {Raised(2, "Buses", "gone_quiet", day) for day in days} | {Raised(3, "Care", "gone_quiet", second)}
    came = {Raised(1, "Bins", "end_near", first)}
    found = compared(days, stays | gone, stays | came)

    assert found.before == {first: 2, second: 3}
    assert found.after == {first: 2, second: 1}
    assert [(moved.name, moved.days) for moved in found.gone] == [("Buses", days), ("Care", (second,))]
    assert [(moved.name, moved.rule) for moved in found.came] == [("Bins", "end_near")]
