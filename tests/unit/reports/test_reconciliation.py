"""Two dates of a register add up, whatever came and went between them."""

from hypothesis import given
from hypothesis import strategies as st

from register.reports.reconciliation import AGAIN, BRIEF, CAME, CHANGED, ENDED, State, reconciled

STATES = st.dictionaries(st.integers(1, 30), st.booleans())


def states(opened: dict[int, bool]) -> dict[int, State]:
    return {key: State(f"Record {key}", is_open) for key, is_open in opened.items()}


def test_each_way_to_move_has_its_word() -> None:
    earlier = states({1: True, 2: True, 3: False, 4: True})
    later = states({1: True, 2: False, 3: True, 4: True, 5: True, 6: False})
    found = reconciled(earlier, later, [1, 2, 5])
    assert {one.record_id: one.word for one in found.moved} == {2: ENDED, 3: AGAIN, 5: CAME, 6: BRIEF, 1: CHANGED}
    assert (found.opening, found.closing, found.reckoned, found.adds_up) == (3, 4, 4, True)


@given(earlier=STATES, more=STATES, touched=st.sets(st.integers(1, 40)))
def test_it_adds_up_whatever_came_and_went(earlier: dict[int, bool], more: dict[int, bool], touched: set[int]) -> None:
    found = reconciled(states(earlier), states({**earlier, **more}), touched)
    assert found.adds_up
    assert len({one.record_id for one in found.moved}) == len(found.moved)


def test_a_record_that_vanished_is_seen() -> None:
    assert not reconciled(states({1: True, 2: True}), states({1: True}), []).adds_up
