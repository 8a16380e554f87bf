"""The measures of flags, by hand."""

import pytest

from register.risk.flag_measures import Asked, churn, measured


def one(key: str, score: float, flagged: bool, badly: bool) -> Asked:
    return Asked((key,), score, flagged, badly)


def test_the_measures_by_hand() -> None:
    first = [one("a", 9, True, True), one("b", 5, False, False), one("c", 3, False, True), one("d", 1, False, False)]
    second = [one("b", 9, True, False), one("a", 5, False, False), one("d", 3, False, False), one("e", 1, False, False)]
    found = measured([first, second], 30)
    assert (found.days, found.asked) == (2, 8)
    assert (found.base_rate, found.precision, found.recall, found.lift) == (0.25, 0.5, 0.5, 2.0)
    # Of 2 that went badly (9 and 3) against 6 others: 5.5 pairs right for the 9, 2.5 for the 3.
    assert found.auc == pytest.approx(8 / 12)
    # a, b and d are asked on both days; a lost its flag and b got one.
    assert found.churn == pytest.approx(2 / (3 * 30 / 365.25))


def test_churn_counts_only_days_following_one_another() -> None:
    days = [[one("a", 1, True, False)], [one("b", 1, True, False)], [one("a", 1, False, False)]]
    assert churn(days, 30) is None


def test_of_nobody_asked_nothing_is_measured() -> None:
    found = measured([], 30)
    assert (found.days, found.asked) == (0, 0)
    assert {found.base_rate, found.precision, found.recall, found.lift, found.auc, found.churn} == {None}


def test_a_flag_that_holds_still_has_no_churn() -> None:
    days = [[one("a", 2, True, False), one("b", 1, False, False)]] * 5
    assert churn(days, 30) == 0.0
