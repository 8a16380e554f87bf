"""The Merkle tree of RFC 6962 over the history: one root stands for every entry before it, in order."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

EMPTY = hashlib.sha256(b"").digest()
"""The root of no entries at all."""


def leaf(entry_hash: str) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 || the entry's hash, its 32 bytes)."""
    return hashlib.sha256(b"\x00" + bytes.fromhex(entry_hash)).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash over two subtrees: SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass
class Frontier:
    """The right edge of the tree: the roots of its full subtrees, largest first; enough to grow it and name its root.

    A tree of 11 entries has three: over 8, over 2 and over 1.
    """

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def add(self, entry_hashes: Iterable[str]) -> None:
        """Append entries, each in constant time on average."""
        for entry_hash in entry_hashes:
            self.peaks.append(leaf(entry_hash))
            self.size += 1
            whole = self.size
            while whole % 2 == 0:
                right = self.peaks.pop()
                self.peaks.append(node(self.peaks.pop(), right))
                whole //= 2

    def root(self) -> bytes:
        """Return the root of everything added."""
        if not self.peaks:
            return EMPTY
        *rest, found = self.peaks
        for peak in reversed(rest):
            found = node(peak, found)
        return found
