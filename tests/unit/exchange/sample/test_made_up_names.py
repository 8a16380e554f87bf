"""How large a made-up register is, and what things in it are called."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.exchange.sample.names import organisations
from register.exchange.sample.sizes import LARGEST, SIZES, SMALLEST, Size, size_of
from register.refusals import Refusal


def test_the_sizes_that_speeds_are_measured_at() -> None:
    assert size_of("S") == size_of("s") == Size(2_000, 5_000, 100_000)
    assert size_of("L") == SIZES["L"] == Size(20_000, 50_000, 1_000_000)


@given(st.integers(SMALLEST, LARGEST))
def test_a_number_of_interactions_has_the_rest_in_proportion(count: int) -> None:
    size = size_of(str(count))
    assert size.interactions == count
    assert size.organisations >= 8
    assert size.relationships >= 4
    assert size.organisations < size.relationships or count < 200


@pytest.mark.parametrize("word", ["", "M", "-5", "1.5", "19", "5000001", "²", "S "])
def test_other_sizes_are_refused(word: str) -> None:
    with pytest.raises(Refusal, match="The size is S, L, or a number"):
        size_of(word)


@pytest.mark.parametrize("seed", range(3))
def test_no_two_organisations_have_one_name_and_some_can_begin_a_partnership(seed: int) -> None:
    found = list(organisations(5_000, Random(seed)))
    assert len({one.name for one in found}) == len(found)
    assert all(one.is_public for one in found[:2])
    assert len({one.kind for one in found}) > 8


def test_the_same_seed_gives_the_same_names() -> None:
    assert list(organisations(50, Random(7))) == list(organisations(50, Random(7)))
    assert list(organisations(50, Random(7))) != list(organisations(50, Random(8)))
