"""Where the marks of the leader's picture stand, and that no name lies on another."""

from dataclasses import replace
from itertools import combinations

import pytest

from register.risk.entries import Entry, entry_from
from register.web.quadrant import (
    BOTTOM,
    LEFT,
    LETTER,
    LINE,
    RIGHT,
    SHAPES,
    SIZE,
    STRIP_BOTTOM,
    STRIP_TOP,
    TOP,
    Label,
    quadrant,
    shape,
)
from tests.fixtures.risks import BAD, GOOD, a_deal, a_view, some_facts


def an_entry(number: int, completeness: float, said: tuple[tuple[int, float], ...] = GOOD) -> Entry:
    facts = some_facts(views=(a_view(said),), deal=a_deal(completeness=completeness))
    return entry_from(replace(facts, id=number, name=f"Partnership of number {number}"))


def box(label: Label) -> tuple[float, float, float, float]:
    wide = len(label.text) * LETTER
    left = {"start": label.x, "end": label.x - wide, "middle": label.x - wide / 2}[label.anchor]
    return left, label.y - 4 - LINE / 2, left + wide, label.y - 4 + LINE / 2


def test_a_fuller_deal_stands_further_right_and_more_trust_higher() -> None:
    low, high = quadrant([an_entry(1, 0.3, BAD), an_entry(2, 0.9, GOOD)]).marks

    assert low.x < high.x
    assert low.y > high.y
    assert low.high is not None
    assert low.low is not None
    assert low.high < low.y < low.low


def test_what_is_not_known_stands_in_its_strip_and_has_no_band() -> None:
    (mark,) = quadrant([an_entry(1, 0.5, ())]).marks

    assert STRIP_TOP < mark.y < STRIP_BOTTOM
    assert (mark.low, mark.high) == (None, None)


def test_one_without_a_deal_has_no_place_and_is_named_as_such() -> None:
    entry = entry_from(some_facts(deal=None))
    found = quadrant([entry])

    assert found.marks == ()
    assert found.left_out == (entry,)


@pytest.mark.parametrize("number", [2, 15, 40])
def test_no_mark_and_no_name_lies_on_another_and_none_leaves_the_picture(number: int) -> None:
    found = quadrant([an_entry(one, (one * 7 % 11 + 1) / 11, GOOD if one % 3 else BAD) for one in range(number)])

    for one, other in combinations(found.marks, 2):
        assert abs(one.x - other.x) > 2 * SIZE or abs(one.y - other.y) > 2 * SIZE
    boxes = [box(mark.label) for mark in found.marks if mark.label]
    for one_box, other_box in combinations(boxes, 2):
        apart = one_box[2] <= other_box[0] or other_box[2] <= one_box[0] or one_box[3] <= other_box[1]
        assert apart or other_box[3] <= one_box[1]
    assert all(left >= LEFT and right <= RIGHT for left, _, right, _ in boxes)
    assert all(top >= TOP and bottom <= BOTTOM for _, top, _, bottom in boxes)
    assert boxes


def test_each_kind_has_a_closed_shape_of_its_own() -> None:
    drawn = {shape(name, 10, 10) for name in SHAPES.values()}

    assert len(drawn) == len(SHAPES)
    assert all(path.startswith("M") and path.endswith("z") for path in drawn)


def test_only_flagged_partnerships_have_a_place_on_the_watchlist() -> None:
    flagged, fine = quadrant([an_entry(1, 0.9, BAD), an_entry(2, 0.7, GOOD)]).marks

    assert flagged.rank == 1
    assert fine.rank is None
