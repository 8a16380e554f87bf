"""A sample depends on its seed and its population and on nothing else."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from register.reports.sampling import number_of_record, sample

IDS = st.sets(st.integers(1, 2000), max_size=60)


def test_anybody_can_find_a_records_number() -> None:
    assert number_of_record("7", "interaction", 12) == hashlib.sha256(b"7:interaction:12").hexdigest()


@given(ids=IDS, size=st.integers(1, 30))
def test_a_sample_is_the_same_in_whatever_order_the_population_comes(ids: set[int], size: int) -> None:
    once = sample("s", "k", sorted(ids), size)
    assert once == sample("s", "k", sorted(ids, reverse=True), size)
    assert len(once) == len(set(once)) == min(size, len(ids))
    assert set(once) <= ids


@given(ids=IDS, size=st.integers(1, 30), newcomer=st.integers(2001, 3000))
def test_a_newcomer_moves_at_most_one(ids: set[int], size: int, newcomer: int) -> None:
    before, after = set(sample("s", "k", ids, size)), set(sample("s", "k", ids | {newcomer}, size))
    assert after - before <= {newcomer}
    assert len(before - after) <= 1


def test_seeds_and_kinds_draw_differently() -> None:
    drawn = {tuple(sample(seed, kind, range(500), 20)) for seed in "abc" for kind in ("interaction", "partnership")}
    assert len(drawn) == 6
