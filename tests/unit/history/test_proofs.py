"""Each entry's way leads to the root over all, and an altered entry's does not."""

import hashlib

import pytest

from register.history.merkle import Frontier
from register.history.proofs import audit_paths
from register.reports.check_pack import rooted


def hashes(number: int) -> list[str]:
    return [hashlib.sha256(bytes([place])).hexdigest() for place in range(number)]


@pytest.mark.parametrize("number", [1, 2, 3, 7, 8, 9, 33])
def test_every_way_leads_to_the_root_that_the_checkpoint_signs(number: int) -> None:
    every = hashes(number)
    tree = Frontier()
    tree.add(every)
    root, paths = audit_paths(every, range(number))
    assert bytes.fromhex(root) == tree.root()
    for place, entry_hash in enumerate(every):
        assert rooted(entry_hash, [list(step) for step in paths[place]]) == tree.root()
        other = hashlib.sha256(b"other").hexdigest()
        assert rooted(other, [list(step) for step in paths[place]]) != tree.root()


def test_no_entries_have_the_root_of_nothing() -> None:
    assert audit_paths([], []) == (hashlib.sha256(b"").hexdigest(), {})
