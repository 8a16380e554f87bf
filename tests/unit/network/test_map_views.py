"""A view is a question, the same however it is asked, and its places outlast what comes and goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.network.map_views import BOTH, STANDING, WHOLE, as_query, from_query, is_by_itself, laid_out, name_of
from register.network.narrowing import Filters
from tests.fixtures.networks import network

WORDS = st.none() | st.text(min_size=1, max_size=12)


@given(
    st.builds(
        Filters,
        kind=WORDS,
        theme=WORDS,
        place=WORDS,
        standing=WORDS,
        around=st.none() | st.integers(1, 10**9 - 1),
        with_partnerships=st.booleans(),
    )
)
def test_a_view_that_is_written_and_read_again_is_the_same_question(filters: Filters) -> None:
    assert as_query(from_query(as_query(filters))) == as_query(filters)


def test_how_a_question_is_written_makes_no_other_view() -> None:
    saved = from_query("view=matrix&place=Lanmark&theme=children&steps=2&sort=name")

    assert as_query(saved) == as_query(Filters(theme="children", place="LANMARK")) == "place=lanmark&theme=children"
    assert as_query(WHOLE) == ""
    assert as_query(BOTH) == "nodes=both"


@pytest.mark.parametrize("query", ["around=x", "around=99999999999", "steps=2", "nodes=none", "%00=%ff&&==", "on=1066"])
def test_an_address_without_sense_is_the_whole(query: str) -> None:
    assert from_query(query) == WHOLE


def test_each_theme_is_a_view_of_either_kind() -> None:
    assert Filters(theme="children") in STANDING
    assert Filters(theme="none", with_partnerships=True) in STANDING
    assert len({name_of(as_query(view)) for view in STANDING}) == len(STANDING)


def test_who_is_gone_keeps_a_place_and_nobody_else_moves() -> None:
    first = laid_out(network(4, [(1, 2), (2, 3), (3, 4)]), {})
    without = laid_out(network(3, [(1, 2), (2, 3)]), first)
    grown = laid_out(network(5, [(1, 2), (2, 3), (3, 4), (4, 5)]), first)

    assert without == first
    assert {one: grown[one] for one in first} == first
    assert 5 in grown


def test_a_picture_that_hardly_anybody_is_left_of_is_laid_out_afresh() -> None:
    old = {one: (one * 100.0, 0.0) for one in range(1, 11)}
    left = network(3, [(1, 2), (2, 3)])

    assert laid_out(left, old) == laid_out(left, {})
    assert laid_out(network(4, [(1, 2), (2, 3), (3, 4)]), old) == old


def test_a_large_part_stands_as_in_the_whole_and_the_whole_by_itself() -> None:
    many = network(1501, [])

    assert not is_by_itself(many, Filters(theme="children"))
    assert is_by_itself(many, WHOLE)
    assert is_by_itself(many, BOTH)
