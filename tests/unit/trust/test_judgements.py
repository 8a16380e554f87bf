"""What was known before each judgement: nothing of its own day, nothing recorded later, nobody's own part."""

from datetime import date, timedelta

import numpy as np
import pytest

from register.trust.evidence import Item, summed
from register.trust.figure import HALF_LIFE, PRIOR_HALF_LIFE, counterpart_share, network_share
from register.trust.judgements import Judged, Judgement, in_order, known_before_each

DAY = date(2026, 3, 1)
ONE, TWO, THREE = 1, 2, 3


def a_judgement(
    days: int, good: float, *, about: tuple[int, int, int] = (10, ONE, TWO), by: str = "person:1:own", late: int = 0,
) -> Judgement:
    held = DAY + timedelta(days=days)
    return Judgement(held, held + timedelta(days=late), *about, by, good)


def known_of_last(judgements: list[Judgement]) -> dict[str, float]:
    """Return what was known before the last judgement, at the figure's own half-life."""
    known = known_before_each(Judged(in_order(judgements)))
    return {
        "good": known.goods[-1, 1], "bad": known.bads[-1, 1], "lent": known.lent[-1], "network": known.network[-1],
        "rater_good": known.rater_good[-1], "rater_bad": known.rater_bad[-1], "reverse_good": known.reverse_good[-1],
    }


def test_a_judgement_is_forecast_from_those_before_it_aged_to_its_day() -> None:
    told = [a_judgement(0, 0.75), a_judgement(30, 0.25), a_judgement(60, 1.0)]
    known = known_of_last(told)
    items = [Item("", one.held_on, one.good, 1 - one.good, "") for one in told[:2]]
    assert (known["good"], known["bad"]) == pytest.approx(summed(items, told[2].held_on, HALF_LIFE))


def test_what_was_recorded_on_the_day_or_later_is_not_known_before_it() -> None:
    told = [a_judgement(0, 1.0, late=90), a_judgement(60, 0.0, by="person:2:own"), a_judgement(60, 1.0)]
    known = known_of_last(told)
    assert known["good"] == 0
    assert known["bad"] == 0


def test_without_a_past_the_network_is_one_half_and_lends_it() -> None:
    known = known_of_last([a_judgement(0, 1.0)])
    assert (known["network"], known["lent"]) == (0.5, 0.5)


def test_what_is_lent_leaves_out_the_relationship_itself_but_not_the_same_pair_elsewhere() -> None:
    elsewhere = a_judgement(0, 1.0, about=(11, ONE, TWO))
    known = known_of_last([a_judgement(0, 0.0), elsewhere, a_judgement(100, 1.0)])
    left = 0.5 ** (100 / PRIOR_HALF_LIFE)
    network = network_share(left, left)
    assert known["network"] == pytest.approx(network)
    assert known["lent"] == pytest.approx(counterpart_share(left, 0, network))


def test_a_rater_is_known_by_what_the_same_voice_said_elsewhere() -> None:
    others = [
        a_judgement(0, 1.0, about=(12, ONE, THREE)),
        a_judgement(0, 0.0, about=(12, ONE, THREE), by="person:1:told"),
        a_judgement(1, 0.0),
    ]
    known = known_of_last([*others, a_judgement(100, 1.0)])
    assert known["rater_good"] == pytest.approx(0.5 ** (100 / PRIOR_HALF_LIFE))
    assert known["rater_bad"] == pytest.approx(0, abs=1e-12)


def test_a_promise_has_no_rater_so_nothing_is_known_of_one_elsewhere() -> None:
    others = [a_judgement(0, 1.0, about=(12, ONE, THREE), by=""), a_judgement(1, 1.0, by="")]
    known = known_of_last([*others, a_judgement(100, 1.0, by="")])
    assert known["rater_good"] == pytest.approx(0, abs=1e-12)


def test_the_reverse_direction_is_that_of_the_same_partnership() -> None:
    back = a_judgement(0, 1.0, about=(10, TWO, ONE), by="person:1:told")
    other = a_judgement(0, 1.0, about=(13, TWO, ONE), by="person:1:told")
    known = known_of_last([back, other, a_judgement(50, 0.5)])
    assert known["reverse_good"] == pytest.approx(0.5 ** (50 / HALF_LIFE))


def test_the_order_in_which_judgements_come_does_not_matter() -> None:
    told = [a_judgement(day, day % 5 / 4, about=(day % 3, ONE, TWO), late=day % 4) for day in range(40)]
    forwards = known_before_each(Judged(in_order(told)))
    backwards = known_before_each(Judged(in_order(told[::-1])))
    for one, other in zip(forwards, backwards, strict=True):
        assert np.allclose(one, other, rtol=0, atol=1e-12)
