"""Likeness: what is worth a person's look, and what is known to be two without one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.exchange.matching.likeness import ALIKE, Candidate, _worth_comparing, compare, proposals

NUMBER = ("GB-COH", "01234567")


def a(number: int, *names: str, place: str | None = None, numbers: tuple[tuple[str, str], ...] = ()) -> Candidate:
    return Candidate(number, names, place, frozenset(numbers))


@pytest.mark.parametrize(("one", "other"), [
    ("Alder & Birch Co. Ltd", "The Alder and Birch Company Limited"),
    ("Wexmere Borough Council", "Borough Council, Wexmere"),
    ("Carers’ Network Testshire", "Testshire Carers Network"),
    ("Harbour Housing Association", "Harbour Houzing Association"),
    ("Ésther House", "Esther House"),
    ("Mill Hub", "Mill Hub CIC"),
])  # fmt: skip
def test_names_that_may_be_one_are_proposed(one: str, other: str) -> None:
    found = proposals([a(1, one), a(2, other)])
    assert [proposal.pair for proposal in found] == [(1, 2)]
    assert found[0].score >= ALIKE


@pytest.mark.parametrize(("one", "other"), [
    ("Alder Trust", "Birch Trust"), ("Police", "Library"), ("Testshire County Council", "Wexmere District Council"),
])  # fmt: skip
def test_names_that_are_not_alike_are_not(one: str, other: str) -> None:
    assert proposals([a(1, one), a(2, other)]) == []


def test_two_numbers_of_one_register_say_that_they_are_two() -> None:
    one, other = a(1, "Alder Ltd", numbers=(NUMBER,)), a(2, "Alder Limited", numbers=(("GB-COH", "07654321"),))
    assert compare(one, other) is None
    assert compare(one, a(2, "Alder Limited", numbers=(("GB-CHC", "7654321"),)))
    assert compare(one, a(2, "Alder Limited", numbers=(NUMBER, ("GB-COH", "07654321"))))


def test_another_name_counts_and_is_said() -> None:
    found = compare(a(1, "Testshire Recovery", "TRC"), a(2, "Recovery College", "T.R.C."))
    assert found is None
    found = compare(a(1, "Old Mill Trust", "Mill Hub"), a(2, "Mill Hub", place="Wexmere"))
    assert found
    assert "“Mill Hub” and “Mill Hub”" in found.words


def test_the_place_is_said_where_both_have_one() -> None:
    here = a(1, "Mill Hub", place="Wexmere")
    same, apart = (compare(here, a(2, "Mill hub", place=place)) for place in ("Wexmere", "Ley"))
    assert same
    assert "the same place" in same.words
    assert apart
    assert "but Wexmere and Ley" in apart.words


def test_what_was_settled_is_left_out_and_the_most_alike_come_first() -> None:
    bodies = [a(1, "Mill Hub"), a(2, "Mill hub"), a(3, "Mill Hubs")]
    assert proposals(bodies)[0].pair == (1, 2)
    assert (1, 2) not in [one.pair for one in proposals(bodies, [(1, 2)])]


def test_thousands_of_names_with_a_word_in_common_are_compared_in_few_pairs() -> None:
    bodies = [a(number, f"Council {number:04}{number % 7}{number % 11}") for number in range(3000)]
    assert len(_worth_comparing(bodies)) == 0


@given(st.lists(st.text(max_size=40), max_size=12))
def test_no_name_breaks_it_and_each_pair_is_named_once_smaller_first(names: list[str]) -> None:
    found = proposals([a(number, name) for number, name in enumerate(names)])
    assert all(one.one_id < one.other_id and ALIKE <= one.score <= 100 for one in found)
    assert len({one.pair for one in found}) == len(found)
