"""The root over the history is the one of RFC 6962, however the tree was grown."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from register.history.merkle import EMPTY, Frontier

DIGESTS = st.lists(st.binary(min_size=32, max_size=32), max_size=70)


def root_by_definition(leaves: list[bytes]) -> bytes:
    """The definition of RFC 6962, 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + root_by_definition(leaves[:split]) + root_by_definition(leaves[split:])).digest()


def test_the_root_of_nothing_is_the_digest_of_nothing() -> None:
    assert Frontier().root() == EMPTY
    assert EMPTY.hex().startswith("e3b0c44298fc1c14")


@given(DIGESTS)
def test_the_root_is_the_one_of_the_definition(leaves: list[bytes]) -> None:
    tree = Frontier()
    tree.add(one.hex() for one in leaves)
    assert tree.root() == root_by_definition(leaves)
    assert tree.size == len(leaves)
    assert len(tree.peaks) == len(leaves).bit_count()


@given(DIGESTS, st.integers(0, 70))
def test_a_tree_grown_in_two_steps_is_the_one_grown_in_one(leaves: list[bytes], place: int) -> None:
    tree = Frontier()
    tree.add(one.hex() for one in leaves[:place])
    grown = Frontier(tree.size, list(tree.peaks))
    grown.add(one.hex() for one in leaves[place:])
    assert grown.root() == root_by_definition(leaves)
