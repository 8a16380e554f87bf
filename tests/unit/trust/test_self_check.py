"""How well forecasts did is said only with enough history, by hand-made cases, and survives being kept as text."""

import math
from datetime import date, timedelta
from random import Random

import numpy as np
import pytest

from register.trust.forecast import FIGURE, PLAIN, SIMPLE
from register.trust.judgements import Judgement
from register.trust.metrics import CLIP
from register.trust.metrics import log_loss as log_loss_of_two
from register.trust.self_check import (
    ENOUGH,
    ENOUGH_OF_KIND,
    Check,
    log_loss,
    read_check,
    reliability,
    self_check,
    written,
)

DAY = date(2024, 1, 1)


def a_past(rows: int, relationships: int = 4) -> list[Judgement]:
    """Return judgements of relationships that are good or bad for good: worth forecasting."""
    chance = Random(7)
    found = []
    for row in range(rows):
        about = chance.randrange(relationships)
        good = min(max((0.9 if about % 2 else 0.2) + chance.uniform(-0.1, 0.1), 0.0), 1.0)
        held = DAY + timedelta(days=3 * row)
        found.append(Judgement(held, held, about, 1, 2 + about, f"person:{about}:own", good))
    return found


KINDS = [(0, "commissioning"), (1, "commissioning"), (2, "multi_agency"), (3, "multi_agency")]


def test_nothing_at_all_is_no_error() -> None:
    assert self_check([], []) == Check(0, (), FIGURE, self_check([], []).steps, ())


def test_below_a_hundred_judgements_nothing_is_measured() -> None:
    check = self_check(a_past(ENOUGH - 1), KINDS)
    assert (check.rows, check.groups, check.form) == (ENOUGH - 1, (), FIGURE)


def test_from_a_hundred_on_the_figure_is_measured_against_the_base_rate() -> None:
    check = self_check(a_past(ENOUGH), KINDS)
    whole = check.groups[0]
    assert (whole.kind, whole.rows) == ("", ENOUGH)
    assert whole.figure.scores.skill > 0.1
    assert whole.base.skill == 0
    assert whole.figure.scores.brier < whole.base.brier
    assert whole.forecast == whole.figure  # nothing was fitted yet, so the forecast is the figure


def test_each_kind_with_enough_stands_by_itself_and_together_they_are_all() -> None:
    kinds = self_check(a_past(200), KINDS).groups[1:]
    assert [group.kind for group in kinds] == ["commissioning", "multi_agency"]
    assert sum(group.rows for group in kinds) == 200


def test_a_kind_with_too_few_is_left_out() -> None:
    past = [one for place, one in enumerate(a_past(300)) if one.partnership_id or place < ENOUGH_OF_KIND]
    check = self_check(past, [(0, "shared_service"), *KINDS[1:]])
    assert [group.kind for group in check.groups] == ["", "commissioning", "multi_agency"]


def test_the_bins_hold_every_forecast_once() -> None:
    whole = self_check(a_past(300), KINDS).groups[0]
    assert sum(one.rows for one in whole.figure.bins) == 300
    assert [one.lowest for one in whole.figure.bins] == sorted({one.lowest for one in whole.figure.bins})


def test_reliability_by_hand() -> None:
    bins = reliability(np.array([1.0, 0.5, 0.0]), np.array([0.91, 1.0, 0.05]))
    assert [(one.lowest, one.rows) for one in bins] == [(0.0, 1), (0.9, 2)]
    assert [bins[1].forecast, bins[1].happened] == pytest.approx([0.955, 0.75])


def test_log_loss_of_a_half_good_outcome_by_hand() -> None:
    assert log_loss(np.array([0.5]), np.array([0.8])) == pytest.approx(-(math.log(0.8) + math.log(0.2)) / 2)


def test_log_loss_of_outcomes_of_one_or_nought_is_that_of_the_back_test() -> None:
    outcomes, chances = np.array([1.0, 0.0, 1.0]), np.array([0.7, 0.0, CLIP / 2])
    assert log_loss(outcomes, chances) == pytest.approx(log_loss_of_two(outcomes, chances), rel=1e-12)


def test_a_check_is_read_back_as_it_was_written() -> None:
    check = self_check(a_past(700), KINDS)
    assert read_check(written(check)) == check
    assert check.model(SIMPLE).form == SIMPLE
    assert check.model("unheard of") == PLAIN


def test_the_order_of_entry_changes_nothing() -> None:
    past = a_past(150)
    assert written(self_check(past[::-1], KINDS)) == written(self_check(past, KINDS))
