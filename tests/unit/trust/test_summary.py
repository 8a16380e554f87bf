"""Covey's two sum up the six: each of the six once, as means, and nothing from what was never rated."""

import pytest

from register.trust.figure import standing
from register.trust.schemes import COVEY, ILM
from register.trust.summary import SUMMARY, summed_up


def test_each_of_the_six_is_summed_up_once_into_one_of_the_two() -> None:
    assert sorted(one for parts in SUMMARY.values() for one in parts) == sorted(one.key for one in ILM.determinants)
    assert list(SUMMARY) == [one.key for one in COVEY.determinants]


def test_a_summary_is_the_mean_of_the_evidence_of_what_was_rated() -> None:
    parts = {"ilm:integrity": standing(4, 0, 0.5), "ilm:openness": standing(2, 2, 0.5)}
    found = summed_up(parts, 0.7)
    assert list(found) == ["covey:character"]
    assert found["covey:character"].figure == pytest.approx((3 + 2 * 0.7) / (3 + 1 + 2))


def test_without_any_of_the_six_there_is_no_summary() -> None:
    assert summed_up({"demos:service_quality": standing(3, 0, 0.5)}, 0.5) == {}
