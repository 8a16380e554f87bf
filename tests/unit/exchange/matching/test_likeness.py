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
    ("Mill Hub", "Mill Hub CIC"), ("St. Mary's Hosp NHS FT", "St Marys Hospital NHS Foundation Trust"),
    ("Univ. of Wexmere", "University of Wexmere"), ("Mind in Wexmere", "Wexmere Mind"),
    ("Brook Svcs", "Brook Services Ltd"), ("Wexmere MBC", "Wexmere Metropolitan Borough Council"),
    ("Cyngor Tref Aberllan", "Aberllan Town Council"), ("Wexmere Comm. Assn", "Wexmere Community Association"),
    ("Wexmere Citizens Advice Bureau (CAB)", "Wexmere Citizens Advice Bureau"),
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


def test_names_written_short_are_said_to_be_so() -> None:
    found = compare(a(1, "Wexmere Hosp"), a(2, "Hospital of Wexmere"))
    assert found
    assert found.words == "The same words, in another order or some of them written short."


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


NAMES = st.lists(
    st.sampled_from(["Mill", "Hub", "Hubs", "Trust", "Ltd", "Limited", "CIC", "Council", "&", "and", "é", "’", ""]),
    min_size=1, max_size=5,
).map(" ".join)  # fmt: skip
NUMBERS = st.frozensets(st.tuples(st.sampled_from(["GB-COH", "GB-CHC", "XX-OWN"]), st.sampled_from("12")), max_size=3)
BODIES = st.tuples(st.lists(NAMES, min_size=1, max_size=3), st.sampled_from([None, "Wexmere", "Ley"]), NUMBERS)


@given(BODIES, BODIES)
def test_likeness_is_the_same_seen_from_either_side(
    one: tuple[list[str], str | None, frozenset[tuple[str, str]]],
    other: tuple[list[str], str | None, frozenset[tuple[str, str]]],
) -> None:
    here, there = (
        Candidate(number, tuple(names), place, numbers) for number, (names, place, numbers) in ((1, one), (2, other))
    )
    found, back = compare(here, there), compare(there, here)
    assert (found is None) == (back is None)
    if found and back:
        assert found.score == back.score
        assert found.pair == tuple(reversed(back.pair))


@given(st.lists(BODIES, max_size=6), st.data())
def test_the_order_in_which_organisations_are_known_changes_no_proposal(
    bodies: list[tuple[list[str], str | None, frozenset[tuple[str, str]]]], data: st.DataObject
) -> None:
    known = [Candidate(at, tuple(names), place, numbers) for at, (names, place, numbers) in enumerate(bodies)]
    assert proposals(data.draw(st.permutations(known))) == proposals(known)


@given(BODIES)
def test_an_organisation_is_like_itself_entered_twice(
    body: tuple[list[str], str | None, frozenset[tuple[str, str]]]
) -> None:
    names, place, numbers = body
    found = compare(Candidate(1, tuple(names), place, numbers), Candidate(2, tuple(names), place, numbers))
    if any(a(1, *names).marks):
        assert found is not None
        assert found.score == 100
