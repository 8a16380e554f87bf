"""What is argued from trust: who fires, who does not, since when, and what would clear it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.risk.exposure import exposure_of
from register.risk.facts import PartnershipFacts
from register.risk.trust_rules import breach_exposure, is_one_sided, is_weak, not_known, one_sided, weak_trust
from register.trust.figure import chance_below, chance_exceeds
from tests.fixtures.risks import BAD, BEGAN, GOOD, TODAY, a_view, ago, some_facts

MIXED = tuple((days, 0.5) for days in range(10, 200, 20))


def test_trust_that_is_low_beyond_doubt_is_weak_since_the_evidence_said_so() -> None:
    found = weak_trust(some_facts(views=(a_view(BAD), a_view(GOOD, rater=2, ratee=1))))

    assert found is not None
    assert found.words == "Council’s trust in Riverside stands at 11."
    # It takes three bad ones until more is known than not; those came 190, 170 and 150 days ago.
    assert found.since == ago(150)
    assert found.clears.startswith("It is no longer clear that trust lies below 50: ")
    assert {reason.kind for reason in found.reasons} == {"interaction", "relationship"}
    assert ("interaction", (10,)) in {(reason.kind, reason.target) for reason in found.reasons}
    assert found.reasons[-1].target == (1, 2)


@pytest.mark.parametrize("said", [GOOD, MIXED, (), ((10, 0.0),), ((10, 0.0), (20, 0.0))])
def test_good_and_mixed_trust_is_not_weak_and_neither_is_what_is_not_known(said: tuple[tuple[int, float], ...]) -> None:
    assert weak_trust(some_facts(views=(a_view(said),))) is None


def test_one_determinant_alone_can_be_weak_and_is_named() -> None:
    found = weak_trust(some_facts(views=(a_view(GOOD),), determinants=(a_view(BAD, determinant="Openness"),)))

    assert found is not None
    assert found.words == "Council’s trust in Riverside is low for openness."


def test_the_weak_parts_of_a_weak_whole_are_named_with_it() -> None:
    found = weak_trust(some_facts(views=(a_view(BAD),), determinants=(a_view(BAD, determinant="Fairness"),)))

    assert found is not None
    assert found.words == "Council’s trust in Riverside stands at 11, lowest for fairness."


def test_weak_trust_clears_with_as_many_good_meetings_as_it_says() -> None:
    view = a_view(((20, 0.0), (15, 0.0), (10, 0.0)))
    found = weak_trust(some_facts(views=(view,)))

    assert found is not None
    assert "two meetings rated “good”" in found.clears
    assert chance_below(0.5, view.good + 0.75, view.bad + 0.25, view.lent) > 0.8
    assert chance_below(0.5, view.good + 1.5, view.bad + 0.5, view.lent) <= 0.8


def test_one_side_that_sees_it_far_worse_is_one_sided() -> None:
    ours, theirs = a_view(GOOD), a_view(BAD, rater=2, ratee=1)
    found = one_sided(some_facts(views=(ours, theirs)))

    assert found is not None
    assert found.words == (
        "Riverside sees it worse: Riverside’s trust in Council stands at 11, Council’s trust in Riverside at 89."
    )
    assert found.since == ago(150)
    assert {reason.target for reason in found.reasons if reason.kind == "relationship"} == {(1, 2), (2, 1)}


@pytest.mark.parametrize("theirs", [GOOD, (), ((10, 0.0),)])
def test_sides_that_agree_or_of_which_one_is_not_known_are_not_one_sided(theirs: tuple[tuple[int, float], ...]) -> None:
    assert one_sided(some_facts(views=(a_view(GOOD), a_view(theirs, rater=2, ratee=1)))) is None


@given(
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])), max_size=12),
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])), max_size=12),
)
@settings(max_examples=60)
def test_the_short_cut_for_means_in_the_wrong_order_never_hides_a_one_sided_pair(
    ours: list[Any], theirs: list[Any]
) -> None:
    one, other = a_view(ours), a_view(theirs, rater=2, ratee=1)
    chance = chance_exceeds((one.good, one.bad, one.lent), (other.good, other.bad, other.lent), 0.2)

    assert is_one_sided(one, other) == (one.is_known and other.is_known and chance > 0.8)


def test_a_significant_pair_that_nobody_rated_is_not_known_since_it_began() -> None:
    found = not_known(some_facts(views=(a_view(), a_view(rater=2, ratee=1))))

    assert found is not None
    assert found.words == "Nothing was logged that says how the partners stand."
    assert found.since == BEGAN
    assert found.clears == "A review is logged with readings: three interactions rated would do."
    assert str(found.reasons[0]) == "Council’s trust in Riverside (never rated)"


def test_evidence_that_faded_is_not_known_since_the_day_half_was_not_known() -> None:
    # Four good meetings of one day are worth two units after 180 * log2(4 / 2) = 180 days.
    view = a_view(((400, 1.0), (400, 1.0), (400, 1.0), (400, 1.0)))
    found = not_known(some_facts(views=(view, a_view(rater=2, ratee=1))))

    assert found is not None
    assert found.words == "The evidence has faded: how the partners stand is not known."
    assert not_known(some_facts(views=(view, a_view(GOOD, rater=2, ratee=1)))).since == ago(220)  # type: ignore[union-attr]


def test_it_is_known_again_and_so_the_earlier_gap_does_not_count() -> None:
    view = a_view(((900, 1.0), (900, 1.0), (900, 1.0), *((days, 1.0) for days in (300, 300, 300, 300))))
    found = not_known(some_facts(views=(view, a_view(GOOD, rater=2, ratee=1))))

    assert found is not None
    assert ago(120) <= found.since <= ago(100)


def test_a_routine_partnership_may_stay_unknown() -> None:
    assert not_known(some_facts(views=(a_view(),), significance="routine")) is None


def test_with_three_partners_only_views_that_were_known_once_are_missed() -> None:
    faded = a_view(((400, 1.0), (400, 1.0), (400, 1.0)), rater=2, ratee=3)
    found = not_known(some_facts(views=(a_view(GOOD), a_view(rater=1, ratee=3), faded)))

    assert found is not None
    assert [reason.target for reason in found.reasons] == [(2, 3)]
    assert not_known(some_facts(views=(a_view(GOOD), a_view(rater=1, ratee=3), a_view(((5, 1.0),), rater=3)))) is None


def exposed(line: float | None) -> PartnershipFacts:
    return some_facts(views=(a_view(BAD),), exposure_line=line)


def test_the_most_exposed_tenth_is_flagged_with_what_caused_it() -> None:
    found = breach_exposure(exposed(1.0))

    assert found is not None
    assert "Council’s trust in Riverside is among the most exposed tenth" in found.words
    assert found.reasons[0].kind == "interaction"
    assert found.severity is None


@pytest.mark.parametrize("line", [None, 1000.0])
def test_below_the_line_or_without_one_nobody_is_most_exposed(line: float | None) -> None:
    assert breach_exposure(exposed(line)) is None


def test_a_flag_needs_reasons_so_good_meetings_alone_are_no_exposure() -> None:
    assert breach_exposure(some_facts(views=(a_view(GOOD),), exposure_line=0.001)) is None


def test_exposure_of_a_sound_relationship_is_less_grave() -> None:
    view = a_view((*GOOD, *((days, 1.0) for days in range(11, 200, 12)), (5, 0.0)))
    found = breach_exposure(some_facts(views=(view,), exposure_line=exposure_of(view, TODAY)))

    assert view.word in ("sound", "strong")
    assert found is not None
    assert found.severity == "medium"


SAID = st.lists(st.tuples(st.integers(0, 300), st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])), min_size=1, max_size=10)


@given(SAID, SAID, st.integers(1, 1500), st.sampled_from([0.05, 0.3, 0.5, 0.9]))
@settings(max_examples=80)
def test_silence_alone_never_raises_the_risk_of_a_dispute(
    ours: list[Any], theirs: list[Any], silence: int, lent: float
) -> None:
    last = min(days for days, _ in (*ours, *theirs))
    before, after = (
        some_facts(
            views=(a_view(ours, lent=lent, on=day), a_view(theirs, rater=2, ratee=1, lent=lent, on=day)),
            on=day,
            exposure_line=0.5,
        )
        for day in (ago(last), ago(last) + timedelta(days=silence))
    )
    for rule in (breach_exposure, weak_trust, one_sided):
        if rule(before) is None:
            assert rule(after) is None


@given(SAID)
def test_a_weak_view_is_known(said: list[Any]) -> None:
    view = a_view(said)
    assert not is_weak(view) or view.is_known
    assert weak_trust(some_facts(views=(replace(view, unknown=1.0),))) is None
